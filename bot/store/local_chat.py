"""People, channels and messages of the local platform."""

from datetime import datetime

from bot.domain.places import Channel, Member, Thread, Workspace
from bot.practice.records import LocalMessage
from bot.store.rows import Row, message_of, micros, micros_or_none
from bot.store.statements import Part

_END = 2**62
"""Later than every `seq`."""


class LocalChatPart(Part):
    """Implements `bot.practice.records.LocalChat`."""

    def join_person(self, workspace: Workspace, name: str, at: datetime) -> bool:
        self._count("join_person", workspace.key, name, micros(at))
        return bool(self.person_is_manager(Member(workspace, name)))

    def person_is_manager(self, member: Member) -> bool | None:
        row = self._one("person_is_manager", member.workspace.key, member.id)
        return None if row is None else bool(row[0])

    def people(self, workspace: Workspace) -> list[str]:
        return [name for (name,) in self._all("people", workspace.key)]

    def channels(self, workspace: Workspace) -> list[str]:
        return [channel for (channel,) in self._all("channels", workspace.key)]

    def add_message(self, message: LocalMessage) -> int:
        workspace = message.channel.workspace
        values = (
            workspace.key,
            message.channel.id,
            message.thread,
            message.author,
            message.text,
            message.card,
            message.only_for,
            message.marker,
            micros(message.at),
            micros_or_none(message.edited_at),
            micros_or_none(message.deleted_at),
        )
        while True:
            row = self._one("add_message", *values)
            if row is not None:
                return int(row[0])
            known = message.marker and self.marked_message(workspace, message.marker)
            if known:
                return known.seq
            # Another instance took the number; the next look sees the one after.

    def message(self, workspace: Workspace, seq: int) -> LocalMessage | None:
        return _message(self._one("message", workspace.key, seq))

    def change_message(self, message: LocalMessage) -> None:
        times = (micros_or_none(message.edited_at), micros_or_none(message.deleted_at))
        key = (message.channel.workspace.key, message.seq)
        self._count("change_message", *key, message.text, message.card, *times)

    def marked_message(self, workspace: Workspace, marker: str) -> LocalMessage | None:
        return _message(self._one("marked_message", workspace.key, marker))

    def messages(self, channel: Channel, reader: str, before: int | None, limit: int) -> list[LocalMessage]:
        end = _END if before is None else before
        rows = self._all("newest_messages", channel.workspace.key, channel.id, reader, end, limit)
        return [message_of(row) for row in reversed(rows)]

    def channel_messages(
        self, channel: Channel, reader: str, before: int | None, limit: int
    ) -> list[LocalMessage]:
        end = _END if before is None else before
        rows = self._all("channel_messages", channel.workspace.key, channel.id, reader, end, limit)
        return [message_of(row) for row in reversed(rows)]

    def thread_messages(self, thread: Thread, reader: str, limit: int) -> list[LocalMessage]:
        place = (thread.channel.workspace.key, thread.channel.id, thread.id)
        return [message_of(row) for row in reversed(self._all("thread_messages", *place, reader, limit))]

    def thread_sizes(self, channel: Channel, after: int) -> dict[str, int]:
        rows = self._all("thread_sizes", channel.workspace.key, channel.id, after)
        return {thread: int(size) for thread, size in rows}

    def messages_after(self, workspace: Workspace, reader: str, after: int, limit: int) -> list[LocalMessage]:
        return [message_of(row) for row in self._all("messages_after", workspace.key, reader, after, limit)]


def _message(row: Row | None) -> LocalMessage | None:
    return None if row is None else message_of(row)
