"""The fewest scopes that the Slack app needs, each with its reason; the README's table is made from this."""

SCOPES = {
    "commands": "slash commands, and what stands in the menu of a message",
    "chat:write": "post questions, open their threads, acknowledge replies privately",
    "channels:history": "hear replies and edits in threads of public channels, and read them again after a gap",
    "groups:history": "the same in private channels that I was invited to",
    "channels:read": "see whether I may post in a public channel, and hear that it was archived or deleted",
    "groups:read": "the same for private channels that I was invited to",
    "users:read": "names, time zones, who is an admin, and whose account is closed",
    "reactions:write": "leave a lasting sign on a reply that was kept",
    "files:read": "read the file of a message that a manager chose “Import question pack” on",
    "files:write": "send `/privacy export` as a file",
    "im:write": "open the direct message that this file goes to",
}
"""Bot scopes by name."""

APP_SCOPES = {
    "connections:write": "open Socket Mode; the scope of the app-level token (xapp-), and not needed in HTTP mode"
}
"""Scopes of the app-level token."""

EVENTS = {
    "message.channels": "replies in threads of public channels",
    "message.groups": "replies in threads of private channels",
    "app_home_opened": "draw the page of App Home",
    "user_change": "follow a member’s time zone, and whether their account is open",
    "channel_archive": "pause the schedules of a channel that was archived",
    "channel_deleted": "pause the schedules of a channel that was deleted",
    "group_archive": "the same for private channels",
    "group_deleted": "the same for private channels",
    "app_uninstalled": "stop when the app is removed",
    "tokens_revoked": "stop when its token is revoked",
}
"""Events that the app subscribes to."""


def scopes_table() -> str:
    """The scopes as a Markdown table; the README holds the same."""
    rows = [f"| `{scope}` | {reason} |" for scope, reason in {**SCOPES, **APP_SCOPES}.items()]
    return "\n".join(["| scope | why |", "|---|---|", *rows])
