"""Slack's ids, times and texts <-> places, instants and plain words; nothing of Slack's goes further than here."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.places import Channel, Member, Platform, Thread, Workspace

_TS = re.compile(r"\d{1,12}\.\d{1,6}")
_ID = re.compile(r"[A-Za-z0-9_]{1,40}")
_MENTION = re.compile(r"<@(\w+)(?:\|[^<>]*)?>")
_MARKED = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_FOREIGN = "-"


class Malformed(Exception):
    """Something of Slack's lacks what it always has; `what` names it, without anybody's words."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is and where, as `auth.test` says."""

    team: str
    user: str
    bot: str
    enterprise: str = ""
    name: str = ""
    team_name: str = ""

    @property
    def workspace(self) -> Workspace:
        """The workspace that the token belongs to."""
        return Workspace(Platform.SLACK, self.team)

    def channel(self, id_: object) -> Channel:
        """A channel by its id; raises Malformed."""
        return Channel(self.workspace, checked_id(id_, "channel"))

    def member(self, user: object, team: object = None) -> Member:
        """A person by their id; one of another team (Slack Connect) keeps that team in the id. Raises Malformed."""
        id_ = checked_id(user, "user")
        own = team in (None, "", self.team) or (bool(self.enterprise) and team == self.enterprise)
        return Member(self.workspace, id_ if own else f"{checked_id(team, 'team')}{_FOREIGN}{id_}")


def is_foreign(member: Member) -> bool:
    """Whether somebody is of another team (Slack Connect)."""
    return _FOREIGN in member.id


def user_id(member: Member) -> str:
    """The id by which Slack's calls know a person."""
    return member.id.rpartition(_FOREIGN)[2]


def checked_id(value: object, what: str) -> str:
    """An id as Slack writes them; raises Malformed for anything else."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise Malformed(what)
    return value


def checked_ts(value: object, what: str = "ts") -> str:
    """A message's id, which is also its time; raises Malformed."""
    if not isinstance(value, str) or not _TS.fullmatch(value):
        raise Malformed(what)
    return value


def is_ts(message: str) -> bool:
    """Whether a message's id is one of Slack's, and not that of a form."""
    return _TS.fullmatch(message) is not None


def instant(ts: str) -> datetime:
    """When a message was created, to the microsecond; raises Malformed."""
    seconds, _, part = checked_ts(ts).partition(".")
    try:
        return _EPOCH + timedelta(seconds=int(seconds), microseconds=int(part.ljust(6, "0")))
    except OverflowError:
        raise Malformed("ts") from None


def ts_of(at: datetime) -> str:
    """An instant as Slack's `oldest` takes it."""
    micros = (at - _EPOCH) // timedelta(microseconds=1)
    return f"{max(micros, 0) // 1_000_000}.{max(micros, 0) % 1_000_000:06d}"


def thread_in(channel: Channel, ts: object) -> Thread:
    """The thread under a message; raises Malformed."""
    return Thread(channel, checked_ts(ts, "thread_ts"))


def words_of(text: object) -> str:
    """What somebody wrote, as they read it: `<https://a|b>` becomes `b (https://a)`, `&lt;` becomes `<`.

    A text that is missing is empty. Lone surrogates, which no database takes, become U+FFFD.
    """
    if text is None:
        return ""
    if not isinstance(text, str):
        raise Malformed("text")
    plain = _MARKED.sub(_unmarked, text)
    for escape, char in _ESCAPES:
        plain = plain.replace(escape, char)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "")


def _unmarked(match: re.Match[str]) -> str:
    target, label = match.group(1), match.group(2)
    if target[0] == "@":
        return f"@{label or target[1:]}"
    if target[0] == "#":
        return f"#{label or target[1:]}"
    if target[0] == "!":
        return label or f"@{target[1:].partition('^')[0]}"
    if label and label != target and label not in target:
        return f"{label} ({target})"
    return target


def typed_words(text: object) -> str:
    """What was typed after a command: a mention stands as `@` and the id, so that a member can be found by it."""
    if text is not None and not isinstance(text, str):
        raise Malformed("text")
    return words_of(_MENTION.sub(r"@\1", text or ""))


def mapping(value: object, what: str) -> dict[str, Any]:
    """A part of a payload that is an object; raises Malformed."""
    if not isinstance(value, dict):
        raise Malformed(what)
    return value


def escaped(text: str) -> str:
    """A text in which Slack finds no markup: for the top-level text of a message."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
