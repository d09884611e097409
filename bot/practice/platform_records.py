"""What the use cases need kept for platforms on a network; a part of the Transaction port in `records`."""

from datetime import datetime
from typing import Protocol

from bot.domain.places import Channel, Platform, Thread, Workspace
from bot.domain.rounds import Round, StoredReply


class PlatformRecords(Protocol):
    """The inbox, watermarks, small facts, and workspaces that left."""

    def take_event(self, workspace: Workspace, event: str, at: datetime, raw: str | None) -> bool:
        """Note that an event arrived, by the platform's id of it; False when it did before.

        `raw` is what it said; when a member of the workspace is deleted it goes, as it may hold their words.
        """
        ...

    def forget_events(self, before: datetime) -> int:
        """Forget what arrived earlier than an instant (all workspaces); gives how many."""
        ...

    def watermark(self, thread: Thread) -> datetime | None:
        """The creation time up to which a thread's messages were read."""
        ...

    def put_watermark(self, thread: Thread, at: datetime) -> None:
        """Move a watermark on; one that would go back stays."""
        ...

    def recalled(self, workspace: Workspace, name: str) -> str | None:
        """A small fact that was remembered under a name."""
        ...

    def remember(self, workspace: Workspace, name: str, value: str, at: datetime) -> None:
        """Keep a small fact, such as the hash of the commands that were registered; it replaces an earlier one."""
        ...

    def forget_fact(self, workspace: Workspace, name: str) -> None:
        """Forget a small fact, if it is there."""
        ...

    def remembering(self, name: str, before: datetime) -> list[Workspace]:
        """The workspaces that have remembered something under a name since before an instant, by key."""
        ...

    def open_threads(self, platform: Platform, after: datetime) -> list[Round]:
        """A platform's rounds with a thread that close after an instant, those that close first at the front."""
        ...

    def replies_in(self, thread: Thread, since: datetime) -> list[StoredReply]:
        """The kept messages of a thread created since then, forms left out, by creation time then message."""
        ...

    def newest_rounds(self, channel: Channel, limit: int) -> list[Round]:
        """The newest rounds of a channel in whatever state, newest first."""
        ...

    def delete_workspace(self, workspace: Workspace) -> int:
        """Delete every row of a workspace; gives how many went."""
        ...
