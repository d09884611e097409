"""The workspace behind the strict fake: people, channels and messages as Slack keeps them; it outlives the bot."""

import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

Json = dict[str, Any]

TEAM, APP, BOT_USER, BOT = "T0TEAM", "A0APP", "U0BOT", "B0BOT"


class SlackError(Exception):
    """What Slack answers as `ok: false`; `more` stands beside the error's name."""

    def __init__(self, name: str, **more: Any) -> None:
        super().__init__(name)
        self.name = name
        self.more = more


@dataclass
class Person:
    """A member of the workspace; `tz` may be missing, as with guests and bots."""

    id: str
    name: str
    tz: str | None = "UTC"
    is_admin: bool = False
    is_bot: bool = False
    team: str = TEAM
    deleted: bool = False

    def as_json(self) -> Json:
        """As `users.info` tells it."""
        told: Json = {
            "id": self.id,
            "team_id": self.team,
            "name": self.name,
            "real_name": self.name,
            "deleted": self.deleted,
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "is_restricted": self.tz is None,
            "updated": 1,
            "profile": {"display_name": self.name, "real_name": self.name, "team": self.team},
        }
        return told if self.tz is None else {**told, "tz": self.tz, "tz_label": self.tz, "tz_offset": 0}


@dataclass
class Place:
    """A channel, or a direct conversation of one person with the bot (`direct`)."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    private: bool = False
    archived: bool = False
    direct: str | None = None

    def as_json(self) -> Json:
        """As `conversations.info` tells it to the bot."""
        told: Json = {"id": self.id, "created": 1, "is_im": bool(self.direct), "is_archived": self.archived}
        if self.direct:
            return {**told, "user": self.direct}
        of_bot = {"is_member": BOT_USER in self.members, "is_channel": True, "is_private": self.private}
        return {**told, **of_bot, "name": self.name, "num_members": len(self.members)}


@dataclass
class Said:
    """A message. `reader` is the only one who sees an ephemeral one; `shown` is False once it was replaced away."""

    ts: str
    channel: str
    user: str
    text: str
    thread: str | None = None
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    reader: str | None = None
    edited: str | None = None
    reactions: dict[str, set[str]] = field(default_factory=dict)
    more: Json = field(default_factory=dict)

    @property
    def by_bot(self) -> bool:
        """Whether the bot under test wrote it."""
        return self.user == BOT_USER

    def as_json(self, with_metadata: bool = False) -> Json:
        """As events and histories tell it."""
        told: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts, "team": TEAM}
        told |= deepcopy(self.more)
        if self.thread is not None:
            told |= {"thread_ts": self.thread, "parent_user_id": BOT_USER}
        if self.blocks:
            told["blocks"] = deepcopy(self.blocks)
        if self.by_bot:
            told |= {"bot_id": BOT, "app_id": APP, "bot_profile": {"id": BOT, "app_id": APP}}
        if self.edited is not None:
            told["edited"] = {"user": self.user, "ts": self.edited}
        if with_metadata and self.metadata is not None:
            told["metadata"] = deepcopy(self.metadata)
        return told


TRIGGER_LIVES = 3.0
"""Seconds."""


class Triggers:
    """The trigger ids that were given out, each with its person."""

    def __init__(self) -> None:
        self._given: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()

    def new(self, user: str, id_: str) -> str:
        """Give one out."""
        self._given[id_] = (user, time.monotonic())
        return id_

    def use(self, id_: str) -> str:
        """The person of a trigger; raises as Slack does when it is unknown, too old, or used before."""
        if id_ not in self._given:
            raise SlackError("invalid_trigger_id")
        user, at = self._given[id_]
        if id_ in self._used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - at > TRIGGER_LIVES:
            raise SlackError("expired_trigger_id")
        self._used.add(id_)
        return user


class Workspace:
    """All of it. `now` gives the time, so that a test's clock is the platform's as well."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.people: dict[str, Person] = {BOT_USER: Person(BOT_USER, "practice", None, is_bot=True)}
        self.places: dict[str, Place] = {}
        self.messages: list[Said] = []
        self.homes: dict[str, Json] = {}
        self.modals: dict[str, Json] = {}
        self.files: dict[str, Json] = {}
        self.upload_base = ""
        self.triggers = Triggers()
        self._last = datetime.fromtimestamp(0, UTC)
        self._count = count(1)

    def new(self, prefix: str) -> str:
        """A fresh id such as `V0001`."""
        return f"{prefix}{next(self._count):06}"

    def ts(self) -> str:
        """The time as Slack writes it, later than any given before."""
        self._last = max(self.now(), self._last + timedelta(microseconds=1))
        return f"{int(self._last.timestamp())}.{self._last.microsecond:06}"

    def join(self, name: str, channels: tuple[str, ...] = (), **about: Any) -> Person:
        """Let a person come in, to some channels."""
        person = Person(f"U0{name.upper()}", name, **about)
        self.people[person.id] = person
        for channel in channels:
            self.places[channel].members.add(person.id)
        return person

    def open_channel(self, id_: str, name: str, with_bot: bool = True, private: bool = False) -> Place:
        """Make a channel."""
        members = {person.id for person in self.people.values() if with_bot or not person.is_bot}
        self.places[id_] = Place(id_, name, members, private)
        return self.places[id_]

    def direct_with(self, user: str) -> Place:
        """The conversation of one person with the bot."""
        id_ = f"D0{user[2:]}"
        return self.places.setdefault(id_, Place(id_, "", {user, BOT_USER}, direct=user))

    def place(self, id_: str) -> Place:
        """A channel by its id; a person's id means the direct conversation. Raises channel_not_found."""
        if id_ in self.people:
            return self.direct_with(id_)
        found = self.places.get(id_)
        if found is None or (found.private and BOT_USER not in found.members):
            raise SlackError("channel_not_found")
        return found

    def message(self, channel: str, ts: str) -> Said | None:
        """A message that stands in a channel; ephemeral ones cannot be looked up."""
        return next(
            (m for m in self.messages if m.channel == channel and m.ts == ts and m.reader is None), None
        )

    def add(self, said: Said) -> Said:
        """Let a message stand."""
        self.messages.append(said)
        return said

    def seen_by(self, user: str, channel: str) -> list[Said]:
        """What a person sees in a channel, its threads and their conversation with the bot, oldest first."""
        places = {channel, self.direct_with(user).id}
        return [m for m in self.messages if m.channel in places and m.reader in (None, user)]
