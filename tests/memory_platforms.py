"""What platforms on a network keep, in the memory store."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from bot.domain.answers import creation
from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.rounds import Round, StoredReply
from tests.memory_tables import Committed, MemoryPart


class MemoryPlatforms(MemoryPart):
    """Implements `bot.practice.platform_records.PlatformRecords`."""

    def take_event(self, workspace: Workspace, event: str, at: datetime, raw: str | None) -> bool:
        if (workspace, event) in self._tables.events:
            return False
        self._tables.put(self._tables.events, (workspace, event), (at, raw))
        return True

    def forget_events(self, before: datetime) -> int:
        old = [key for key, (at, _) in self._tables.events.items() if at < before]
        for key in old:
            self._tables.drop(self._tables.events, key)
        return len(old)

    def watermark(self, thread: Thread) -> datetime | None:
        return self._tables.watermarks.get(thread)

    def put_watermark(self, thread: Thread, at: datetime) -> None:
        known = self._tables.watermarks.get(thread, at)
        self._tables.put(self._tables.watermarks, thread, max(known, at))

    def recalled(self, workspace: Workspace, name: str) -> str | None:
        found = self._tables.small_facts.get((workspace, name))
        return None if found is None else found[0]

    def remember(self, workspace: Workspace, name: str, value: str, at: datetime) -> None:
        self._tables.put(self._tables.small_facts, (workspace, name), (value, at))

    def forget_fact(self, workspace: Workspace, name: str) -> None:
        if (workspace, name) in self._tables.small_facts:
            self._tables.drop(self._tables.small_facts, (workspace, name))

    def remembering(self, name: str, before: datetime) -> list[Workspace]:
        found = [
            w for (w, known), (_, at) in self._tables.small_facts.items() if known == name and at < before
        ]
        return sorted(found, key=lambda workspace: workspace.key)

    def open_threads(self, platform: Platform, after: datetime) -> list[Round]:
        found = [
            round_
            for round_ in self._tables.rounds.values()
            if round_.thread is not None
            and round_.closes_at > after
            and round_.channel.workspace.platform is platform
        ]
        return sorted(found, key=lambda each: (each.closes_at, each.channel.workspace.key, each.id))

    def replies_in(self, thread: Thread, since: datetime) -> list[StoredReply]:
        found = [
            stored
            for (of, _), stored in self._tables.replies.items()
            if of == thread and stored.reply.at >= since and not stored.reply.by_form
        ]
        return sorted(found, key=creation)

    def newest_rounds(self, channel: Channel, limit: int) -> list[Round]:
        found = [round_ for round_ in self._tables.rounds.values() if round_.channel == channel]
        found.sort(key=lambda round_: (round_.asked_at, round_.id), reverse=True)
        return found[:limit]

    def delete_workspace(self, workspace: Workspace) -> int:
        gone = 0
        for each in fields(Committed):
            if each.name == "beats":
                continue
            for key in [key for key in getattr(self._tables, each.name) if _workspace_of(key) == workspace]:
                self._tables.drop(getattr(self._tables, each.name), key)
                gone += 1
        return gone


def _workspace_of(key: Any) -> Workspace | None:
    """The workspace in a table's key, wherever it stands."""
    first = key[0] if isinstance(key, tuple) else key
    match first:
        case Workspace():
            return first
        case Channel() | Member():
            return first.workspace
        case Thread():
            return first.channel.workspace
    return key[1].workspace if isinstance(key, tuple) and isinstance(key[1], Member) else None
