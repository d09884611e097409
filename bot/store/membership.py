"""What is kept about a member, the workspace's record, and the heartbeats of instances."""

from datetime import datetime

from bot.domain.places import Member, Workspace
from bot.practice.records import RecordLine
from bot.store.forgetting import ForgettingPart
from bot.store.kept import KEPT, SHARED, shown
from bot.store.rows import instant, instant_or_none, micros, workspace_of
from bot.store.tallies import TalliesPart


class MembershipPart(TalliesPart, ForgettingPart):
    """Implements `bot.practice.records.Membership` and `Upkeep`."""

    def export_member(self, member: Member) -> dict[str, list[dict[str, object]]]:
        self.finish()
        found: dict[str, list[dict[str, object]]] = {}
        for kept in (*KEPT, *SHARED):
            rows = self._all(f"show_{kept.name}", member.workspace.key, member.id)
            if rows:
                found[kept.name] = [shown(kept.shown, row) for row in rows]
        return found

    def count_member(self, member: Member) -> dict[str, int]:
        self.finish()
        found: dict[str, int] = {}
        for kept in (*KEPT, *SHARED):
            for (count,) in self._all(f"count_{kept.name}", member.workspace.key, member.id):
                if count:
                    found[kept.name] = count
        return found

    def delete_member(self, member: Member, at: datetime) -> int:
        self._forget_tallies(member)
        key = (member.workspace.key, member.id)
        gone = self._forget_reviews(member, at)
        gone += self._count("empty_newest", *key)
        gone += sum(self._count(f"delete_{kept.name}", *key) for kept in KEPT)
        self._forget(*key)
        self._count("appoint_manager", member.workspace.key)
        return gone

    def record(self, workspace: Workspace, line: RecordLine) -> None:
        values = (workspace.key, micros(line.at), line.by, line.action, line.detail)
        while not self._count("add_record", *values):
            pass  # another instance took the number; the next look sees the one after

    def records(self, workspace: Workspace, limit: int) -> list[RecordLine]:
        rows = self._all("records", workspace.key, limit)
        return [RecordLine(instant(at), by, action, detail) for at, by, action, detail in rows]

    def workspaces(self) -> list[Workspace]:
        return [workspace_of(key) for (key,) in self._all("workspaces")]

    def members(self, workspace: Workspace) -> list[Member]:
        return [Member(workspace, id_) for (id_,) in self._all("members", workspace.key)]

    def beat(self, instance: str, at: datetime) -> None:
        self._count("beat", instance, micros(at))

    def beat_of(self, instance: str) -> datetime | None:
        row = self._one("beat_of", instance)
        return None if row is None else instant_or_none(row[0])

    def last_beat(self) -> datetime | None:
        row = self._one("last_beat")
        return None if row is None else instant_or_none(row[0])
