"""What platforms on a network need to be kept: the inbox, watermarks, small facts, and workspaces that left."""

from datetime import datetime

from bot.domain.places import Channel, Platform, Thread, Workspace
from bot.domain.rounds import Round, StoredReply
from bot.store.kept import TENANT_TABLES
from bot.store.rounds import RoundsPart
from bot.store.rows import instant, micros, reply_of, workspace_of


class PlatformsPart(RoundsPart):
    """Implements `bot.practice.platform_records.PlatformRecords`."""

    def take_event(self, workspace: Workspace, event: str, at: datetime, raw: str | None) -> bool:
        return self._count("take_event", workspace.key, event, micros(at), raw) == 1

    def forget_events(self, before: datetime) -> int:
        return self._count("forget_events", micros(before))

    def watermark(self, thread: Thread) -> datetime | None:
        row = self._one("watermark", thread.channel.workspace.key, thread.channel.id, thread.id)
        return None if row is None else instant(row[0])

    def put_watermark(self, thread: Thread, at: datetime) -> None:
        channel = thread.channel
        self._count("put_watermark", channel.workspace.key, channel.id, thread.id, micros(at))

    def recalled(self, workspace: Workspace, name: str) -> str | None:
        row = self._one("recalled", workspace.key, name)
        return None if row is None else str(row[0])

    def remember(self, workspace: Workspace, name: str, value: str, at: datetime) -> None:
        self._count("remember", workspace.key, name, value, micros(at))

    def forget_fact(self, workspace: Workspace, name: str) -> None:
        self._count("forget_fact", workspace.key, name)

    def remembering(self, name: str, before: datetime) -> list[Workspace]:
        return [workspace_of(key) for (key,) in self._all("remembering", name, micros(before))]

    def open_threads(self, platform: Platform, after: datetime) -> list[Round]:
        return [self._known(row) for row in self._all("open_threads", f"{platform}:%", micros(after))]

    def replies_in(self, thread: Thread, since: datetime) -> list[StoredReply]:
        channel = thread.channel
        rows = self._all("replies_in", channel.workspace.key, channel.id, thread.id, micros(since))
        return [reply_of(row) for row in rows]

    def newest_rounds(self, channel: Channel, limit: int) -> list[Round]:
        return [
            self._known(row) for row in self._all("newest_rounds", channel.workspace.key, channel.id, limit)
        ]

    def delete_workspace(self, workspace: Workspace) -> int:
        return sum(self._count(f"empty_{table}", workspace.key) for table in TENANT_TABLES)
