"""Two instances on one PostgreSQL: members review, ask and are drawn on both at once, and nothing is there twice."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.domain.places import Member
from bot.domain.reviews import Draft, ReviewRules
from bot.domain.rounds import Answer
from bot.practice import review_queue, reviewing, showing
from bot.practice.outcomes import GivenReview
from bot.practice.ports import Rules
from bot.practice.records import Transaction
from bot.store.postgres import opened
from tests.fakes import EVERYWHERE, CountingIds, FakeChat
from tests.postgres_server import postgres_server
from tests.practice.group import HERE, STUDY, Group, group

AUTHORS = tuple(Member(HERE, f"author{number}") for number in range(4))
PEERS = tuple(Member(HERE, f"peer{number}") for number in range(4))
DRAFT = Draft((4, 3), (0,), "It counts before it draws.", "Say what fails first, and why.")
OTHER = Draft((2, 5), (0, 1), "A number in every step of it.", "The end could come sooner than it does.")


@asynccontextmanager
async def two_instances() -> AsyncIterator[tuple[Group, Group]]:
    """Two programs beside a platform that both of them speak to, at the same time by one clock."""
    server = postgres_server()
    name = server.migrated_database()
    url = server.url(name)
    try:
        async with opened(url, "one", patience=60) as first, opened(url, "two", patience=60) as second:
            rules = Rules("UTC", reviews=ReviewRules(wanted=5, most_a_day=20))
            one = group(first, rules=rules, owner="one")
            ids = CountingIds()
            ids.given = 10_000
            chat = FakeChat(one.clock, one.chat.world)
            ports = replace(one.ports, store=second, chat=chat, ids=ids, owner="two")
            yield one, replace(one, store=second, chat=chat, ports=ports)
    finally:
        server.drop(name)


async def answered(own: Group) -> list[Answer]:
    round_ = await own.asked()
    kept = [(await own.replied(round_, author)).answer for author in AUTHORS]
    return [answer for answer in kept if answer is not None]


@pytest.mark.bad_input(91, 103, 104)
async def test_one_review_for_each_answer_and_reviewer_and_one_card_for_each_review() -> None:
    async with two_instances() as both:
        answers = await answered(both[0])
        giving = [
            reviewing.give(own.ports, answer.id, peer, draft, own.clock.now())
            for answer in answers
            for peer in PEERS
            for own, draft in zip(both, (DRAFT, OTHER), strict=True)
        ]
        ringing = [showing.show_due(own.ports) for own in both for _ in range(5)]
        found = await asyncio.gather(*giving, *ringing)
        firsts = [each for each in found if isinstance(each, GivenReview) and each.first]
        assert len(firsts) == len(answers) * len(PEERS)
        for _ in range(3):
            both[0].clock.advance(minutes=2)
            await asyncio.gather(*(showing.show_due(own.ports) for own in both))

        def look(tx: Transaction) -> None:
            kept = [review for answer in answers for review in tx.reviews_of(HERE, answer.id)]
            assert Counter((r.answer, r.reviewer) for r in kept) == {
                (a.id, p): 1 for a in answers for p in PEERS
            }
            cards = both[0].chat.world.reviews
            assert Counter(card.shown.review.id for card in cards) == {review.id: 1 for review in kept}
            shown = {card.id: card.shown.review.draft for card in cards}
            assert {review.message: review.draft for review in kept} == shown
            assert all(review.version == 2 for review in kept)
            assert tx.due_reviews(both[0].clock.now(), EVERYWHERE, 9) == []

        await both[1].ports.store.read(look)


@pytest.mark.bad_input(91)
async def test_who_asks_on_both_at_once_is_given_other_answers_and_the_load_is_even() -> None:
    async with two_instances() as both:
        answers = await answered(both[0])
        asking = [review_queue.next_task(own.ports, peer, STUDY) for peer in PEERS for own in both]
        tasks = await asyncio.gather(*asking)
        given = [task.answer.id for task in tasks if task.answer is not None]
        assert all(one != two for one, two in zip(given[::2], given[1::2], strict=True))
        assert Counter(given) == {answer.id: 2 for answer in answers}
