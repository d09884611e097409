"""The rights that the bot asks for, as Discord's screens name them, and the link that asks."""

import base64

import discord

RIGHTS = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "create_public_threads": "Create Public Threads",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
    "add_reactions": "Add Reactions",
}
"""Every right that is asked for, and no other; never Administrator."""

FOR_SIGNS = "add_reactions"
"""Only the sign on later comments needs it, so that nothing is refused for the lack of it."""

SCOPES = ("bot", "applications.commands")


def application_of(token: str) -> int | None:
    """The application that a token belongs to, which stands in its first part; None if it does not."""
    first = token.strip().partition(".")[0]
    try:
        return int(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii"))
    except ValueError:
        return None


def wanted() -> discord.Permissions:
    """The rights as Discord counts them."""
    return discord.Permissions(**dict.fromkeys(RIGHTS, True))


def lacking(granted: discord.Permissions) -> tuple[str, ...]:
    """The names of the rights that are needed and not granted."""
    return tuple(name for right, name in RIGHTS.items() if right != FOR_SIGNS and not getattr(granted, right))


def invite_link(application_id: int) -> str:
    """Where a server's manager can ask the bot in, with just these rights."""
    return discord.utils.oauth_url(application_id, permissions=wanted(), scopes=SCOPES)
