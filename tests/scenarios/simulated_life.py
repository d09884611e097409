"""A study group's life by itself: the program, which may end at any step, its timer, and what was acknowledged."""

import asyncio
from collections.abc import Awaitable
from datetime import date, timedelta

from hypothesis.stateful import RuleBasedStateMachine

from bot.domain.places import Member, Thread
from bot.domain.refusals import Refusal
from bot.domain.reviews import ReviewRules
from bot.domain.rounds import Reply, Round
from bot.practice import asking, recovery, showing
from bot.practice.ports import Rules
from tests.memory_store import MemoryStore
from tests.practice.group import ADA, BEN, CLEO, STRANGER, Group, bank, group
from tests.scenarios.crashing import ends

MEMBERS = (ADA, BEN, CLEO, STRANGER)
RULES = Rules("UTC", reviews=ReviewRules(give=1, practice=True))
A_WHILE = timedelta(minutes=20)


class Life(RuleBasedStateMachine):
    """One group's life; what was acknowledged is remembered beside the store."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.here: Group = group(questions=bank(5), rules=RULES)
        self.began = self.here.clock.now()
        self.store = self.here.store
        assert isinstance(self.store, MemoryStore)
        self.starts = 1
        self.crash_at: int | None = None
        self.acknowledged: dict[tuple[Thread, str], Reply] = {}
        self.deleted: set[tuple[Thread, str]] = set()
        self.told: list[tuple[Member, date]] = []
        self.run(recovery.beat(self.here.ports))

    def teardown(self) -> None:
        self.runner.close()

    def run(self, happening: Awaitable[object]) -> object:
        """What comes of a happening: its result, a refusal, or None when the program ended in it."""
        found: list[object] = []

        async def whole() -> None:
            try:
                found.append(await happening)
            except Refusal as refusal:
                found.append(refusal)

        if self.runner.run(ends(whole())):
            self.restart()
            return None
        return found[0]

    def restart(self) -> None:
        """The program starts anew, as `run` does."""
        self.starts += 1
        assert isinstance(self.store, MemoryStore)
        fresh = self.store.restarted(f"owner-{self.starts}")
        self.here = self.here.restarted(f"owner-{self.starts}", fresh)
        ports = self.here.ports
        for happening in (recovery.replan, recovery.settle, recovery.note_downtime, recovery.beat):
            self.runner.run(happening(ports))

    def pass_time(self, minutes: int) -> None:
        """The clock goes on, and the timer rings now and then."""
        until = self.here.clock.now() + timedelta(minutes=minutes)
        while self.here.clock.now() < until:
            self.here.clock.at = min(until, self.here.clock.now() + A_WHILE)
            self.ring()

    def ring(self) -> None:
        async def due(here: Group) -> None:
            await asking.post_due(here.ports)
            await recovery.settle(here.ports)
            await showing.show_due(here.ports)
            await recovery.beat(here.ports)

        self.run(due(self.here))

    def rounds(self) -> list[Round]:
        """The rounds with a thread, oldest first."""
        found = []
        for prompt in self.here.chat.world.prompts:
            round_ = self.look(lambda tx, p=prompt: tx.round(p.channel.workspace, p.marker))
            if isinstance(round_, Round) and round_.thread is not None:
                found.append(round_)
        return found

    def look(self, work: object) -> object:
        return self.runner.run(self.here.ports.store.read(work))  # type: ignore[arg-type]

    def chosen_round(self, member: Member, which: int) -> Round | None:
        mine = [round_ for round_ in self.rounds() if round_.channel.workspace == member.workspace]
        return mine[-1 - which % min(len(mine), 3)] if mine else None
