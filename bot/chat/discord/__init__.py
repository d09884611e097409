"""Discord: the bot in a server, through discord.py."""
