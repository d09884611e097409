"""The sums behind the board; they wait until the end of a transaction, so that an answer and its credit are one."""

from datetime import date

from bot.domain.places import Member, Workspace
from bot.practice.records import Standing
from bot.store.statements import Part, Runner


class TalliesPart(Part):
    """The board, the members' own lines, and the sums that both read."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._waiting: dict[tuple[str, str, str], tuple[int, int]] = {}

    def board(self, workspace: Workspace, month: str, limit: int) -> list[Standing]:
        self.finish()
        rows = self._all("board", workspace.key, month, limit)
        return [Standing(Member(workspace, member), *sums) for member, *sums in rows]

    def standing(self, member: Member, month: str) -> Standing:
        self.finish()
        row = self._one("standing", member.workspace.key, member.id, month)
        assert row is not None, "sums give a row"
        return Standing(member, *row)

    def rebuild_tallies(self, workspace: Workspace) -> None:
        self._waiting = {key: sums for key, sums in self._waiting.items() if key[0] != workspace.key}
        self._count("drop_tallies", workspace.key)
        self._count("derive_tallies", workspace.key)

    def finish(self) -> None:
        """Write the sums that wait; the store calls it after every work, before the commit."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        for (workspace, member, month), (days, answers) in waiting.items():
            if not days and not answers:
                continue
            months = self._all("add_to_tally", workspace, member, month, days, answers)
            if (month,) not in map(tuple, months):
                self._count("begin_tally", workspace, member, month, days, answers)

    def _tally(self, member: Member, day: date, days: int = 0, answers: int = 0) -> None:
        key = (member.workspace.key, member.id, day.isoformat()[:7])
        before_days, before_answers = self._waiting.get(key, (0, 0))
        self._waiting[key] = (before_days + days, before_answers + answers)

    def _forget_tallies(self, member: Member) -> None:
        """Let go of what waits for a member who is being deleted."""
        own = (member.workspace.key, member.id)
        self._waiting = {key: sums for key, sums in self._waiting.items() if key[:2] != own}
