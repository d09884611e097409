"""Discord's ids and objects <-> places, members and replies. No object of discord.py goes further than this file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import discord

from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.rounds import Reply

READ_TYPES = frozenset({discord.MessageType.default, discord.MessageType.reply})
"""Messages that people write; pins, joins and the like are written by Discord."""

_NO_PLACE = Workspace(Platform.DISCORD, "global")


def workspace_of(guild_id: int) -> Workspace:
    """The workspace of a guild."""
    return Workspace(Platform.DISCORD, str(guild_id))


def commands_workspace(guild: str | None) -> Workspace:
    """Under which the hash of the registered commands is remembered: the guild that they are for, or everywhere."""
    return Workspace(Platform.DISCORD, guild) if guild else _NO_PLACE


def channel_of(guild_id: int, channel_id: int) -> Channel:
    """A guild's channel."""
    return Channel(workspace_of(guild_id), str(channel_id))


def thread_of(guild_id: int, parent_id: int, thread_id: int) -> Thread:
    """A thread under a channel."""
    return Thread(channel_of(guild_id, parent_id), str(thread_id))


def member_of(guild_id: int, user_id: int) -> Member:
    """A person in a guild."""
    return Member(workspace_of(guild_id), str(user_id))


def number(id_: str) -> int:
    """A snowflake back from an id of ours; raises ValueError for what is none, such as a form's id."""
    if not (id_.isascii() and id_.isdigit() and len(id_) <= 20):
        raise ValueError(f"{id_!r} is no snowflake")
    return int(id_)


def created_at(snowflake: int) -> datetime:
    """The instant that Discord made something, in UTC; it stands in the id."""
    return discord.utils.snowflake_time(snowflake)


def is_persons(message: discord.Message) -> bool:
    """Whether a person wrote a message: no bot, no webhook, nothing of Discord's own."""
    return message.webhook_id is None and not message.author.bot and message.type in READ_TYPES


def is_raw_persons(raw: Mapping[str, Any]) -> bool:
    """The same of a message as an interaction tells it."""
    kinds = {kind.value for kind in READ_TYPES}
    return raw.get("webhook_id") is None and not raw["author"].get("bot") and raw.get("type", 0) in kinds


def text_of(message: discord.Message) -> str:
    """What a message says; files stand in it as links, without the part that runs out and changes each time."""
    if not message.attachments:
        return message.content or ""  # null where Discord sends none
    return _with_links(message.content, [attachment.url for attachment in message.attachments])


def _with_links(text: str, urls: list[str]) -> str:
    return "\n".join(part for part in (text, *(url.partition("?")[0] for url in urls)) if part)


def reply_of(message: discord.Message, thread: Thread) -> Reply:
    """A person's message as the reply that it is in a thread."""
    author = Member(thread.channel.workspace, str(message.author.id))
    return Reply(thread, str(message.id), author, text_of(message), created_at(message.id))


def raw_reply(raw: Mapping[str, Any], thread: Thread) -> Reply:
    """A message as an interaction tells it, as the reply that it is in a thread."""
    text = _with_links(raw.get("content") or "", [str(each["url"]) for each in raw.get("attachments") or ()])
    author = Member(thread.channel.workspace, str(raw["author"]["id"]))
    return Reply(thread, str(raw["id"]), author, text, created_at(int(raw["id"])))
