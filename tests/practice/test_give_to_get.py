"""Give-to-get: a review is in full when its author has given enough or its time is up, and not before."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.places import Member
from bot.domain.reviews import ReviewRules, ReviewState
from bot.domain.rounds import Answer
from bot.practice import answering, review_rules, reviewing, showing
from bot.practice.ports import PostRefused, Rules
from tests.fakes import ReviewCard
from tests.practice.group import ADA, BEN, CLEO, HERE, Group, group
from tests.practice.test_showing import DRAFT, OTHER, answered, given_by, settled

MEMBERS = (ADA, BEN, CLEO, Member(HERE, "dan"))
ROUNDS = 6


@dataclass
class GivingGroup:
    """Members who review each other's answers; `at` has when each (author, reviewer, round) was reviewed."""

    own: Group
    answers: list[dict[Member, Answer]]
    at: dict[tuple[Member, Member, int], datetime]

    @classmethod
    async def begun(cls, give: int, days: int) -> "GivingGroup":
        rules = ReviewRules(give=give, fallback=timedelta(days=days))
        own = group(rules=Rules("UTC", reviews=rules))
        answers = []
        for _ in range(ROUNDS):
            round_ = await own.asked()
            kept = [(await own.replied(round_, member)).answer for member in MEMBERS]
            answers.append({answer.member: answer for answer in kept if answer is not None})
        return cls(own, answers, {})

    async def take(self, step: tuple[str, int, int, int]) -> None:
        name, who, whose, what = step
        await getattr(self, name)(MEMBERS[who], MEMBERS[whose], what)

    async def gives(self, reviewer: Member, author: Member, number: int) -> None:
        if reviewer != author:
            number %= ROUNDS
            now = self.own.clock.now()
            draft = DRAFT if (author, reviewer, number) not in self.at else OTHER
            await reviewing.give(self.own.ports, self.answers[number][author].id, reviewer, draft, now)
            self.at.setdefault((author, reviewer, number), now)
            await showing.show_due(self.own.ports)  # as the timer does within seconds

    async def gives_much(self, reviewer: Member, author: Member, number: int) -> None:
        for each in range(1 + number % 4):
            await self.gives(reviewer, author, number + each)

    async def waits(self, _: Member, __: Member, hours: int) -> None:
        self.own.clock.advance(hours=hours)
        await showing.show_due(self.own.ports)

    async def waits_for_the_next_opening(self, _: Member, __: Member, seconds: int) -> None:
        """To the instant at which a review opens, or a moment beside it."""
        fallback = (await review_rules.rules_for(self.own.ports, HERE)).fallback
        openings = [at + fallback for at in self.at.values() if at + fallback > self.own.clock.now()]
        if openings:
            self.own.clock.at = max(self.own.clock.now(), min(openings) + timedelta(seconds=seconds % 3 - 1))
        await showing.show_due(self.own.ports)

    async def thanks(self, author: Member, _: Member, number: int) -> None:
        for card in self.own.chat.world.reviews:
            if card.shown.review.author == author:
                await reviewing.thank(self.own.ports, card.shown.review.id, author)

    async def sets_rules(self, _: Member, __: Member, number: int) -> None:
        give, days = number % 4, 1 + number % 5
        await review_rules.set_rules(self.own.ports, ADA, {"give": str(give), "days": str(days)})
        await showing.show_due(self.own.ports)

    def given(self, author: Member, since: datetime) -> int:
        return sum(reviewer == author and at >= since for (_, reviewer, _), at in self.at.items())

    async def check(self, *, exactly: bool) -> None:
        """Each review is in full if it has to be; and, when the rules stayed as they were, only then."""
        rules, now = await review_rules.rules_for(self.own.ports, HERE), self.own.clock.now()
        cards = self.own.chat.world.reviews
        assert len(cards) == len(self.at)
        for card in cards:
            key = self.key(card)
            enough = self.given(key[0], self.answers[key[2]][key[0]].at - rules.fallback) >= rules.give
            must = enough or now >= self.at[key] + rules.fallback
            is_full = card.shown.state is ReviewState.SHOWN
            assert is_full or not must, "it waits longer than it may"
            assert must or not is_full or not exactly, "it came before its time"

    def key(self, card: ReviewCard) -> tuple[Member, Member, int]:
        review = card.shown.review
        assert review.author is not None and review.reviewer is not None
        number = next(n for n, each in enumerate(self.answers) if each[review.author].id == review.answer)
        return review.author, review.reviewer, number


AMONG = st.integers(0, len(MEMBERS) - 1)
NAMES = ("gives", "gives_much", "waits", "waits_for_the_next_opening", "thanks")
STEPS = st.lists(st.tuples(st.sampled_from(NAMES), AMONG, AMONG, st.integers(0, 40)), min_size=3, max_size=25)
WITH_RULES = st.lists(
    st.tuples(st.sampled_from((*NAMES, "sets_rules")), AMONG, AMONG, st.integers(0, 40)),
    min_size=3,
    max_size=25,
)


async def walked(give: int, days: int, steps: list[tuple[str, int, int, int]], *, exactly: bool) -> None:
    made = await GivingGroup.begun(give, days)
    for step in steps:
        await made.take(step)
        await made.check(exactly=exactly)


@given(st.integers(0, 4), st.integers(1, 5), STEPS)
@example(2, 1, [("gives", 0, 1, 0), ("gives_much", 1, 2, 1), ("thanks", 1, 0, 0), ("waits", 0, 0, 24)])
@example(
    3,
    2,
    [("gives", 0, 1, 0), ("waits_for_the_next_opening", 0, 0, 0), ("waits_for_the_next_opening", 0, 0, 1)],
)
@settings(max_examples=80)
def test_a_review_is_in_full_when_enough_was_given_or_time_is_up_and_not_before(
    give: int, days: int, steps: list[tuple[str, int, int, int]]
) -> None:
    asyncio.run(walked(give, days, steps, exactly=True))


@given(st.integers(0, 4), st.integers(1, 5), WITH_RULES)
@example(3, 5, [("gives", 0, 1, 0), ("waits", 0, 0, 30), ("sets_rules", 0, 0, 5)])
@settings(max_examples=50)
def test_nobody_waits_longer_than_the_rules_say_now(
    give: int, days: int, steps: list[tuple[str, int, int, int]]
) -> None:
    asyncio.run(walked(give, days, steps, exactly=False))


async def test_a_held_card_whose_drawing_is_refused_opens_in_time_all_the_same() -> None:
    own = group(rules=Rules("UTC", reviews=ReviewRules(give=1, fallback=timedelta(days=2))))
    answer = await answered(own)
    id_ = await given_by(own, answer)
    own.chat.review_outcomes.append(PostRefused("too much at once"))
    await reviewing.thank(own.ports, id_, BEN)
    own.clock.advance(days=2)
    await showing.show_due(own.ports)
    (card,) = own.chat.world.reviews
    assert card.shown.state is ReviewState.SHOWN and card.shown.review.thanked_at is not None


async def test_withdrawing_an_answer_shows_nothing_that_was_held() -> None:
    own = group(rules=Rules("UTC", reviews=ReviewRules(give=1, fallback=timedelta(days=2))))
    answer = await answered(own)
    await given_by(own, answer)
    await answering.withdraw(own.ports, answer.id, BEN)
    (card,) = await settled(own)
    assert card.shown.answer is None and card.shown.state is ReviewState.HELD
    own.clock.advance(days=2)
    await showing.show_due(own.ports)
    assert card.shown.answer is None and card.shown.state is not ReviewState.HELD


@pytest.mark.parametrize(("earlier", "expected"), [(2, ReviewState.SHOWN), (3, ReviewState.HELD)])
async def test_what_was_given_shortly_before_an_answer_counts_for_it(
    earlier: int, expected: ReviewState
) -> None:
    own = group(rules=Rules("UTC", reviews=ReviewRules(give=1, fallback=timedelta(days=2))))
    kept = await own.replied(await own.asked(), CLEO)
    assert kept.answer is not None
    await given_by(own, kept.answer, BEN)
    own.clock.advance(days=earlier)
    id_ = await given_by(own, await answered(own))
    (card,) = [card for card in own.chat.world.reviews if card.shown.review.id == id_]
    assert card.shown.state is expected


async def test_what_was_read_in_full_is_not_hidden_again() -> None:
    own = group(rules=Rules("UTC", reviews=ReviewRules(give=0)))
    id_ = await given_by(own, await answered(own))
    await review_rules.set_rules(own.ports, ADA, {"give": "3"})
    await reviewing.thank(own.ports, id_, BEN)
    (card,) = await settled(own)
    assert card.shown.state is ReviewState.SHOWN and card.shown.review.thanked_at is not None
