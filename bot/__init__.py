"""Interview practice for study groups: one core, several chats."""
