"""What the chat contract needs of a platform, and a Chat port whose faults a test orders."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.domain.places import Channel, Member, Thread
from bot.domain.rounds import Reply, Round
from bot.practice.outcomes import Kept, Notice, ShownReview
from bot.practice.ports import Chat, LookupFailed, OutcomeUnknown, PostRefused
from tests.fakes import FakeClock, Outcome

LANDING = timedelta(seconds=30)
"""How long a post of unknown outcome may still land in these worlds."""


@dataclass(frozen=True)
class Seen:
    """A message as one person sees it: of the bot when `author` is None; `labels` are its buttons."""

    author: str | None
    text: str
    labels: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The first line."""
        return self.text.split("\n")[0]


class World(Protocol):
    """A platform with one channel, its people by name, a clock and a timer; the first who joins is its manager."""

    @property
    def private_acknowledgements(self) -> bool:
        """Whether what becomes of a message in a thread is told to its author alone; Discord has no way to do that."""
        ...

    async def join(self, name: str) -> None:
        """Let a person come in."""
        ...

    async def say(self, name: str, text: str) -> None:
        """Let a person type: a command with `/`, else a reply in the thread of the newest question."""
        ...

    async def press(self, name: str, label: str) -> None:
        """Let a person press the button of a label on the newest message that they see with it."""
        ...

    async def fill(self, name: str, values: Mapping[str, str]) -> str | None:
        """Let a person send the form that their last press opened; gives the sentence when it comes back.

        What is ticked is given as `cards.joined` has it; what is not given stays as it stood there.
        """
        ...

    def preset(self, name: str) -> Mapping[str, str]:
        """What stands in the fields of a person's open form."""
        ...

    async def edit(self, name: str, old: str, new: str) -> None:
        """Let a person change their newest message with this text."""
        ...

    async def delete(self, name: str, text: str) -> None:
        """Let a person delete their newest message with this text."""
        ...

    async def sees(self, name: str) -> list[Seen]:
        """All that a person sees in the channel, oldest first."""
        ...

    async def advance(self, **by: float) -> None:
        """Let time pass, as `timedelta` takes it."""
        ...

    async def ring(self) -> None:
        """Let the timer ring once."""
        ...

    async def restart(self) -> None:
        """End the bot and start it again."""
        ...

    def next_post(self, outcome: Outcome | timedelta) -> None:
        """Order what becomes of the next prompt; see `tests/fakes`."""
        ...

    def next_review(self, outcome: Outcome) -> None:
        """Order what becomes of the next drawing of a review's card: REFUSED, LOST or ANSWER_LOST."""
        ...

    async def review_message(self, name: str, author: str, text: str) -> None:
        """Let a person choose "Review this answer" on somebody's newest message with this text.

        Where the platform has no menu for messages, they press the button under it.
        """
        ...

    async def write_unheard(self, name: str, text: str) -> None:
        """Let a person reply in the newest thread, and let the bot not hear of it yet."""
        ...

    async def deliver_unheard(self) -> None:
        """Let the bot hear of what was written unheard."""
        ...

    def fail_next_lookup(self) -> None:
        """Let the next look for a prompt fail."""
        ...


class FaultyChat:
    """Any Chat port, with the faults between it and the bot that `tests/fakes` names."""

    def __init__(self, chat: Chat, clock: FakeClock) -> None:
        self.chat = chat
        self.clock = clock
        self.outcomes: list[Outcome | timedelta] = []
        self.review_outcomes: list[Outcome] = []
        self.lookup_faults = 0
        self._on_the_way: list[tuple[Round, bool, timedelta]] = []

    def landing(self, channel: Channel) -> timedelta:
        """Long enough for what lands late."""
        return LANDING

    async def post(self, round_: Round, late: bool) -> str:
        """Post, or let happen what was ordered."""
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if outcome is None:
            return await self.chat.post(round_, late)
        if outcome is Outcome.REFUSED:
            raise PostRefused("missing permission")
        if outcome is Outcome.ANSWER_LOST:
            await self.chat.post(round_, late)
        if isinstance(outcome, timedelta):
            self._on_the_way.append((round_, late, outcome))
        raise OutcomeUnknown("the connection broke")

    async def pass_time(self, span: timedelta) -> None:
        """Land what is due within a span."""
        waiting = [(round_, late, left - span) for round_, late, left in self._on_the_way]
        self._on_the_way = [one for one in waiting if one[2] > timedelta()]
        for round_, late, left in waiting:
            if left <= timedelta():
                await self.chat.post(round_, late)

    async def find(self, round_: Round) -> str | None:
        """Look, unless that was ordered to fail."""
        if self.lookup_faults > 0:
            self.lookup_faults -= 1
            raise LookupFailed("500")
        return await self.chat.find(round_)

    async def open_thread(self, round_: Round, message: str) -> Thread:
        """As the chat does."""
        return await self.chat.open_thread(round_, message)

    async def acknowledge(self, reply: Reply, kept: Kept) -> None:
        """As the chat does."""
        await self.chat.acknowledge(reply, kept)

    async def missing(self, channel: Channel) -> tuple[str, ...]:
        """As the chat does."""
        return await self.chat.missing(channel)

    async def tell(self, channel: Channel, notice: Notice) -> None:
        """As the chat does."""
        await self.chat.tell(channel, notice)

    async def show_review(self, shown: ShownReview) -> str:
        """As the chat does, or let happen what was ordered."""
        outcome = self.review_outcomes.pop(0) if self.review_outcomes else None
        if outcome is Outcome.REFUSED:
            raise PostRefused("missing permission")
        message = await self.chat.show_review(shown) if outcome is not Outcome.LOST else ""
        if outcome is not None:
            raise OutcomeUnknown("the connection broke")
        return message

    async def find_review(self, shown: ShownReview) -> str | None:
        """As the chat does."""
        return await self.chat.find_review(shown)

    async def is_here(self, member: Member) -> bool:
        """As the chat does."""
        return await self.chat.is_here(member)

    async def remind(self, member: Member, waiting: int) -> None:
        """As the chat does."""
        await self.chat.remind(member, waiting)
