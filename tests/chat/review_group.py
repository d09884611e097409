"""A small group in which ben has answered, for tests of what reviews do; and how its cards and forms are read."""

from dataclasses import dataclass, field

from bot.chat import actions
from bot.chat.calls import Filled, Response
from bot.chat.cards import Button, Form
from bot.chat.commands import run
from bot.chat.plain import plain
from bot.chat.typed import parse
from bot.chat.wording import buttons
from bot.domain.places import Member
from bot.domain.reviews import ReviewState
from bot.domain.rounds import Answer, Round
from bot.practice import answering
from tests.chat.world import BEN, CYD, World

SAID = "I would count the load before anything else."
GIVEN = {
    "structure": "4",
    "substance": "3",
    "covered": "1",
    "strong": "You count the load first.",
    "change": "Say which part breaks first.",
}


@dataclass
class Group:
    """Ben has answered a question of the channel; cyd reviews, ada manages."""

    world: World
    round: Round
    answer: Answer
    sent: list[str] = field(default_factory=list)

    async def press(self, member: Member, action: str, value: str, is_manager: bool = False) -> object:
        return await actions.press(self.world.caller(member, is_manager), action, value)

    async def send(
        self, member: Member, action: str, value: str, fields: dict[str, str], is_manager: bool = False
    ) -> object:
        self.sent.append(action)
        filled = Filled(fields, f"form-{len(self.sent)}", self.world.clock.now())
        return await actions.submit(self.world.caller(member, is_manager), action, value, filled)

    async def typed(self, member: Member, line: str, is_manager: bool = False) -> object:
        return await run(self.world.caller(member, is_manager), parse(line, self.world.bank))

    async def answers_too(self, member: Member, text: str) -> Answer:
        return await answered(self.world, self.round, member, text)

    async def rewords(self, text: str) -> None:
        """Ben's answer has another text."""
        now, ports = self.world.clock.now(), self.world.ports
        kept = await answering.submit(ports, self.round.id, BEN, text, "again", now)
        assert kept.answer is not None and kept.answer.version == 2

    async def reviewed(self, member: Member = CYD, **changes: str) -> str:
        """A member reviews ben's answer; gives the review's id."""
        said(await self.send(member, buttons.REVIEW, self.answer.id, GIVEN | changes))
        return next(id_ for id_, shown in self.world.chat.reviews.items() if shown.review.reviewer == member)

    def card(self, review_id: str) -> ReviewState:
        return self.world.chat.reviews[review_id].state


async def answered(world: World, round_: Round, member: Member, text: str) -> Answer:
    kept = await answering.submit(world.ports, round_.id, member, text, f"by-{member.id}", world.clock.now())
    assert kept.answer is not None
    return kept.answer


async def group(world: World | None = None) -> Group:
    world = world if world is not None else World()
    round_ = await world.asked()
    return Group(world, round_, await answered(world, round_, BEN, SAID))


def said(outcome: object) -> str:
    """A private card as text in one line."""
    assert isinstance(outcome, Response) and outcome.private, outcome
    return " ".join(plain(outcome.card))


def button(outcome: object, label: str) -> Button:
    assert isinstance(outcome, Response), outcome
    return next(one for one in outcome.card.buttons if one.label == label)


def presets(outcome: object) -> dict[str, str]:
    assert isinstance(outcome, Form), outcome
    return {one.id: one.preset for one in outcome.fields}
