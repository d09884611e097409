"""What the use cases need kept of packs and suggestions; a part of the Transaction port in `records`."""

from datetime import datetime
from typing import Protocol

from bot.domain.places import Member, Workspace
from bot.domain.questions import Pack
from bot.domain.suggestions import Suggestion, SuggestionState


class PackRecords(Protocol):
    """Packs that a workspace brought itself, and suggested questions."""

    def packs_of(self, workspace: Workspace) -> tuple[Pack, ...]:
        """The workspace's own packs, by id."""
        ...

    def put_pack(self, workspace: Workspace, pack: Pack, by: str | None, at: datetime) -> None:
        """Keep a pack in the place of its older version."""
        ...

    def drop_pack(self, workspace: Workspace, pack: str) -> bool:
        """Take a pack out; False when there is none of this id."""
        ...

    def pack_marks(self) -> dict[Workspace, tuple[int, ...]]:
        """For each workspace with own packs, figures that change whenever one of them does."""
        ...

    def add_suggestion(self, suggestion: Suggestion) -> bool:
        """Keep a new suggestion; False when its id is known."""
        ...

    def suggestion(self, workspace: Workspace, id_: str) -> Suggestion | None:
        """A suggestion by id, if this workspace has it."""
        ...

    def open_suggestions(self, workspace: Workspace, limit: int) -> list[Suggestion]:
        """The suggestions that wait for a manager, oldest first."""
        ...

    def suggestions_of(self, member: Member, limit: int) -> list[Suggestion]:
        """A member's suggestions: those that wait, then those that were decided, each newest first."""
        ...

    def decide_suggestion(
        self, suggestion: Suggestion, state: SuggestionState, at: datetime, by: str, reason: str | None
    ) -> bool:
        """open -> accepted or declined; False when it was decided before."""
        ...
