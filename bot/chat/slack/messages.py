"""An event about a message, as what it is to practice: said, edited, deleted, a call of the bot, or nothing."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.chat.commands import COMMANDS
from bot.chat.slack.convert import (
    Identity,
    Malformed,
    checked_ts,
    instant,
    is_ts,
    mapping,
    thread_in,
    typed_words,
    words_of,
)
from bot.chat.slack.marks import REVIEW, marker_of
from bot.domain.places import Member, Thread
from bot.domain.rounds import Reply
from bot.practice.catching_up import Found

PEOPLE_SAY = frozenset({None, "", "file_share", "me_message", "thread_broadcast"})
"""Subtypes of what a person wrote."""
FILES = 10
_MENTIONED = re.compile(r"\s*<@(\w+)(?:\|[^<>]*)?>[\s,:]*")
_FIRST_WORDS = frozenset(command.words[0] for command in COMMANDS)


@dataclass(frozen=True, slots=True)
class Said:
    """A person's message in a thread."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class Edited:
    """The new text of a person's message in a thread."""

    reply: Reply
    edited_at: datetime


@dataclass(frozen=True, slots=True)
class Deleted:
    """A person's message in a thread is gone."""

    thread: Thread
    message: str
    author: Member
    created_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Called:
    """A message that begins with a mention of the bot and a command."""

    line: str
    member: Member
    channel: str
    message: str
    thread: Thread | None


@dataclass(frozen=True, slots=True)
class OwnPrompt:
    """A prompt of ours, as it arrived in its channel."""

    round: str
    channel: str
    message: str


@dataclass(frozen=True, slots=True)
class OwnReview:
    """The card of a review, as it arrived in its thread."""

    review: str
    channel: str
    message: str


Happening = Said | Edited | Deleted | Called | OwnPrompt | OwnReview


def read_event(identity: Identity, event: dict[str, Any]) -> Happening | None:
    """What a `message` event says; None for what is not practice's. Raises Malformed."""
    subtype = event.get("subtype")
    channel = event.get("channel")
    if subtype == "message_changed":
        return _changed(identity, event, channel)
    if subtype == "message_deleted":
        return _deleted(identity, event, channel)
    marker = marker_of(identity, event)
    if marker is not None:
        return OwnPrompt(marker, identity.channel(channel).id, checked_ts(event.get("ts")))
    review = marker_of(identity, event, REVIEW)
    if review is not None:
        return OwnReview(review, identity.channel(channel).id, checked_ts(event.get("ts")))
    called = _called(identity, event, channel)
    if called is not None:
        return called
    reply = reply_of(identity, event, channel)
    return Said(reply) if reply is not None else None


def reply_of(identity: Identity, message: dict[str, Any], channel: object) -> Reply | None:
    """A person's message in a thread as the reply it is; None for bots, and outside of threads. Raises Malformed."""
    if message.get("subtype") not in PEOPLE_SAY or message.get("bot_id") or message.get("hidden"):
        return None
    ts, thread = message.get("ts"), message.get("thread_ts")
    if thread is None or thread == ts or message.get("user") == identity.user:
        return None
    place = thread_in(identity.channel(channel), thread)
    said = checked_ts(ts)
    return Reply(place, said, author_of(identity, message), _words_and_files(message), instant(said))


def author_of(identity: Identity, message: dict[str, Any]) -> Member:
    """Who wrote a message; raises Malformed."""
    team = message.get("user_team") or message.get("source_team") or message.get("team")
    return identity.member(message.get("user"), team)


def found_in(identity: Identity, message: dict[str, Any], channel: str) -> Found | None:
    """A message of a thread's history; None for what is no reply. Raises Malformed."""
    if is_call(identity, message):
        return None
    reply = reply_of(identity, message, channel)
    return Found(reply, _edited_at(message)) if reply is not None else None


def is_call(identity: Identity, message: dict[str, Any]) -> bool:
    """Whether a message begins with a mention of the bot and the name of a command."""
    line = _line(identity, message)
    return line is not None and line.split(maxsplit=1)[:1] != [] and _first(line) in _FIRST_WORDS


def _called(identity: Identity, event: dict[str, Any], channel: object) -> Called | None:
    """A call by mention. In a thread only what names a command is one: an answer that greets the bot is none."""
    line = _line(identity, event)
    if line is None or event.get("subtype") not in PEOPLE_SAY or event.get("bot_id"):
        return None
    place, ts = identity.channel(channel), checked_ts(event.get("ts"))
    thread_ts = event.get("thread_ts")
    thread = thread_in(place, thread_ts) if thread_ts not in (None, ts) else None
    if thread is not None and _first(line) not in _FIRST_WORDS:
        return None
    return Called(f"/{typed_words(line)}", author_of(identity, event), place.id, ts, thread)


def _line(identity: Identity, message: dict[str, Any]) -> str | None:
    text = message.get("text")
    match = _MENTIONED.match(text) if isinstance(text, str) else None
    if match is None or not isinstance(text, str) or match.group(1) != identity.user:
        return None
    return text[match.end() :].removeprefix("/")


def _first(line: str) -> str:
    return "".join(line.split(maxsplit=1)[:1]).casefold()


def _changed(identity: Identity, event: dict[str, Any], channel: object) -> Edited | None:
    """An edit by its author. Links that unfold and other changes of the platform's have no new `edited`."""
    message = mapping(event.get("message"), "message")
    before = event.get("previous_message")
    edited_at = _edited_at(message)
    if edited_at is None:
        return None
    if isinstance(before, dict) and all(before.get(key) == message.get(key) for key in ("edited", "text")):
        return (
            None  # the time alone would not do: it has whole seconds, and a second edit may come within one
        )
    reply = reply_of(identity, message, channel)
    return Edited(reply, _finer(edited_at, event, reply.at)) if reply is not None else None


def _finer(edited_at: datetime, event: dict[str, Any], created_at: datetime) -> datetime:
    """The time of an edit, which has whole seconds only, by the event's own where that is within the same second."""
    told = event.get("event_ts")
    at = instant(told) if isinstance(told, str) and is_ts(told) else edited_at
    same_second = at.replace(microsecond=0) == edited_at.replace(microsecond=0)
    return max(at if same_second else edited_at, created_at)


def _deleted(identity: Identity, event: dict[str, Any], channel: object) -> Deleted | None:
    before = event.get("previous_message")
    if before is None:
        return (
            None  # nobody can say whose it was, or where; the next reading of the thread sees that it is gone
        )
    reply = reply_of(identity, mapping(before, "previous_message"), channel)
    if reply is None:
        return None
    at = instant(checked_ts(event.get("event_ts") or event.get("ts"), "event_ts"))
    return Deleted(reply.thread, reply.message, reply.author, reply.at, max(at, reply.at))


def _edited_at(message: dict[str, Any]) -> datetime | None:
    edited = message.get("edited")
    if edited is None:
        return None
    return instant(checked_ts(mapping(edited, "edited").get("ts"), "edited.ts"))


def _words_and_files(message: dict[str, Any]) -> str:
    """The text, and each file as its link only: none is ever fetched."""
    files = message.get("files")
    if files is not None and not isinstance(files, list):
        raise Malformed("files")
    links = [file.get("permalink") for file in files or () if isinstance(file, dict)]
    kept = [words_of(link) for link in links[:FILES] if isinstance(link, str)]
    return "\n".join([words_of(message.get("text")), *kept]) if kept else words_of(message.get("text"))
