"""Packs of workspaces and suggested questions, in the memory store."""

from dataclasses import replace
from datetime import datetime

from bot.domain.places import Member, Workspace
from bot.domain.questions import Pack
from bot.domain.suggestions import Suggestion, SuggestionState
from tests.memory_tables import MemoryPart


class MemoryPacks(MemoryPart):
    """Implements `bot.practice.pack_records.PackRecords`."""

    def packs_of(self, workspace: Workspace) -> tuple[Pack, ...]:
        found = [(key[1], row[0]) for key, row in self._tables.packs.items() if key[0] == workspace]
        return tuple(pack for _, pack in sorted(found, key=lambda each: each[0]))

    def put_pack(self, workspace: Workspace, pack: Pack, by: str | None, at: datetime) -> None:
        self._tables.put(self._tables.packs, (workspace, pack.id), (pack, by, at))

    def drop_pack(self, workspace: Workspace, pack: str) -> bool:
        there = (workspace, pack) in self._tables.packs
        if there:
            self._tables.drop(self._tables.packs, (workspace, pack))
        return there

    def pack_marks(self) -> dict[Workspace, tuple[int, ...]]:
        found: dict[Workspace, tuple[int, ...]] = {}
        for (workspace, _), (pack, _, at) in self._tables.packs.items():
            count, versions, newest = found.get(workspace, (0, 0, 0))
            moment = int(at.timestamp() * 1_000_000)
            found[workspace] = (count + 1, versions + pack.version, max(newest, moment))
        return found

    def add_suggestion(self, suggestion: Suggestion) -> bool:
        key = (suggestion.member.workspace, suggestion.id)
        if key in self._tables.suggestions:
            return False
        self._tables.put(self._tables.suggestions, key, suggestion)
        return True

    def suggestion(self, workspace: Workspace, id_: str) -> Suggestion | None:
        return self._tables.suggestions.get((workspace, id_))

    def open_suggestions(self, workspace: Workspace, limit: int) -> list[Suggestion]:
        found = [
            each
            for (where, _), each in self._tables.suggestions.items()
            if where == workspace and each.state is SuggestionState.OPEN
        ]
        return sorted(found, key=lambda each: (each.at, each.id))[:limit]

    def suggestions_of(self, member: Member, limit: int) -> list[Suggestion]:
        found = [each for each in self._tables.suggestions.values() if each.member == member]
        found.sort(key=lambda each: each.id)
        found.sort(key=lambda each: each.at, reverse=True)
        found.sort(key=lambda each: each.state is not SuggestionState.OPEN)
        return found[:limit]

    def decide_suggestion(
        self, suggestion: Suggestion, state: SuggestionState, at: datetime, by: str, reason: str | None
    ) -> bool:
        key = (suggestion.member.workspace, suggestion.id)
        known = self._tables.suggestions.get(key)
        if known is None or known.state is not SuggestionState.OPEN:
            return False
        decided = replace(known, state=state, decided_at=at, decided_by=by, reason=reason)
        self._tables.put(self._tables.suggestions, key, decided)
        return True
