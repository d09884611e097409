"""What only Discord has to say; every other sentence stands in `bot/chat/wording`."""

from collections.abc import Mapping
from datetime import timedelta

from bot.chat.calls import UPLOAD
from bot.chat.cards import Block, Button, Card, Heading, Preformatted, Style, Text, Tone
from bot.chat.literal import shown, shown_name

PORTAL = "the Developer Portal (discord.com/developers/applications)"

WRONG_TOKEN = (
    "Discord refuses the bot token. Make a new one in"
    f" {PORTAL}: your application, Bot, Reset Token; put it into DISCORD_TOKEN and start again."
)
FORM_ONLY = (
    "Discord: the Message Content Intent is off, so answers come by the Answer button only. To have replies in threads"
    f" read as well, turn it on in {PORTAL}: your application, Bot, Message Content Intent; then restart."
)
NO_INTENT_ASKED = (
    "Discord: reading replies in threads is turned off in the settings; answers come by the Answer button."
)
STARTING = "connecting to Discord"
BROKEN = "connecting to Discord: the connection broke, and is being resumed"


def connected(name: str, guilds: int, form_only: bool) -> str:
    """Everything works."""
    where = "1 server" if guilds == 1 else f"{guilds} servers"
    return f"connected as {name}, in {where}{', answers by the Answer button only' if form_only else ''}"


def trying_again(cause: str, delay: float) -> str:
    """The connection failed, and is tried again."""
    return f"connecting to Discord: {cause}; trying again in {delay:.0f} s"


def waiting_for_sessions(left: int, wait: timedelta) -> str:
    """So many new sessions were used up that the rest is saved."""
    hours = wait.total_seconds() / 3600
    return (
        f"connecting to Discord: only {left} of this day’s session starts are left, so I wait {hours:.1f} h"
        " for new ones. Something makes me start over and over; look at the log."
    )


def closed_for_good(code: int) -> str:
    """The gateway closed the connection with a code after which trying again helps nobody."""
    why = {
        4010: "shard_ids and shard_count do not fit together",
        4011: "the bot is in so many servers that it needs shards; leave shard_count out, and they are counted for you",
        4012: "it no longer speaks this version of the gateway; update practice-bot",
        4013: "it knows none of the intents asked for; update practice-bot",
        4014: f"an intent is not allowed; look at {PORTAL}: your application, Bot, Privileged Gateway Intents",
    }
    return f"Discord closed the connection for good ({code}): {why.get(code, 'see its list of gateway close codes')}."


def invite(link: str) -> str:
    """Where the bot can be asked into a server."""
    return f"Discord: invite me into a server with {link}"


def field_error(sentence: str, typed: Mapping[str, str], action: str, value: str) -> Card:
    """A form that was not kept, with what was typed by field; a modal itself cannot show a fault.

    The form that is opened again begins with it: `forms.begun_again` reads it from this very card.
    """
    again = Button("Open the form again", action, value, Style.MAIN)
    written: list[Block] = [Text(("This is what you wrote:",))] if any(map(str.strip, typed.values())) else []
    for field, text in typed.items():
        if text.strip():
            written += [Heading(field.capitalize()), Preformatted(shown(text))]
    return Card("That was not sent.", (Text((sentence,)), *written), (again,), Tone.CAREFUL)


def press_again() -> Card:
    """The form could not be opened in time."""
    return Card(
        "That took me too long.",
        (Text(("Discord opens a form only within three seconds. Do the same once more.",)),),
        tone=Tone.CAREFUL,
    )


def in_direct_messages(card: Card, server: str | None) -> Card:
    """A card as it is sent to one person alone: its buttons would do nothing there, as a server's commands would."""
    place = f"the server {shown_name(server)}" if server else "the server"
    where = Text((f"In {place}, /review next gives you one.",))
    return Card(card.title, (where, *card.blocks), tone=card.tone)


def stand_in() -> Card:
    """Stands for a moment where the sign of waiting was, when the answer is not for the same eyes."""
    return Card("One moment.")


def no_file(why: str) -> Card:
    """A file that came with a call could not be had, so the call was not made."""
    return Card("I could not take the file.", (Text((why,)),), tone=Tone.REFUSED)


def file_too_big(size: int | None) -> str:
    """A file is bigger than files may be; `size` in bytes, if it is known."""
    has = "more than that" if size is None else f"{size / 1_000_000:,.1f} MB"
    return f"A file may have at most {UPLOAD / 1_000_000:g} MB, and this one has {has}. Nothing was changed."


FILE_ELSEWHERE = (
    "It is not where Discord keeps files, so I did not fetch it. Attach the file itself; nothing was changed."
)
FILE_LATE = "Discord did not give it to me in time. Nothing was changed; try again in a minute."
FILE_NOT_GIVEN = "Discord did not give it to me. Nothing was changed; attach it anew, and try again."


def only_in_servers() -> Card:
    """A command or a press came from outside a server."""
    return Card(
        "That did not work.",
        (Text(("I work in the channels of a server. Try it there.",)),),
        tone=Tone.REFUSED,
    )


CHANNEL_DELETED = "the channel was deleted"
THREAD_DELETED = "the thread was deleted"
NOT_POSTED = "the question is not posted"
DELETED_AT_ONCE = "the message was deleted right after it was posted"
LOCKED = "the thread is locked, and I lack Manage Threads"
NO_DIRECT_MESSAGES = "they take no direct messages from me"


def lacking(rights: tuple[str, ...]) -> str:
    """A short reason for the ledger: what the bot may not do there."""
    return f"I lack {', '.join(rights)}" if rights else "Discord does not let me post there"
