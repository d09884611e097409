"""What waits for a review, offers, gold reviews, votes, closed accounts and reminders, over every store."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.comparing import Pair, Vote
from bot.domain.places import Channel, Member, Platform, Thread
from bot.domain.reviews import Draft
from bot.domain.rounds import Answer
from bot.practice.ports import Store
from bot.practice.records import Transaction
from bot.practice.review_records import GoldReview, Offer, OpenAnswer, Reminders
from tests.contracts.review_samples import answers, keep_in_rounds, rounds
from tests.contracts.samples import (
    ADA,
    BEN,
    CY,
    DAY,
    HOME,
    HOUR,
    NOON,
    OTHER,
    SECOND,
    STUDY,
    TODAY,
    answer,
    elsewhere,
    open_round,
    question,
    review,
)
from tests.fakes import EVERYWHERE

EVE = Member(HOME, "eve")


def offered(answer_: str, member: Member = BEN, hours: int = 0) -> Offer:
    return Offer(member, answer_, NOON + hours * HOUR, TODAY)


def waiting(tx: Transaction, member: Member, wanted: int = 2, limit: int = 9) -> list[tuple[str, int]]:
    found = tx.open_answers(member, NOON - HOUR, wanted, NOON - DAY, (STUDY,), limit)
    return [(each.answer.id, each.load) for each in found]


async def test_what_waits_lately_is_what_is_open_among_the_newest(store: Store) -> None:
    lounge = Channel(HOME, "lounge")

    def work(tx: Transaction) -> None:
        open_round(tx)
        open_round(tx, "r-2", Thread(lounge, "200"))
        for number in range(6):
            member = Member(HOME, f"m{number}")
            place = "r-2" if number == 5 else "r-1"
            tx.add_answer(answer(f"a-{number}", member, round=place, at=NOON + number * SECOND))
        tx.add_offer(offered("a-4"))
        tx.add_review(replace(review("v-1"), answer="a-3", author=Member(HOME, "m3")))
        tx.close_account(Member(HOME, "m0"), NOON)

    def look(tx: Transaction) -> list[int]:
        def lately(member: Member, channel: Channel, among: int = 9, limit: int = 9, wanted: int = 1) -> int:
            return tx.waiting_lately(member, NOON, wanted, channel, among, limit)

        mine = Member(HOME, "m1")
        return [
            lately(BEN, STUDY),  # a-1 and a-2
            lately(BEN, lounge),
            lately(mine, STUDY),  # a-2 and a-4
            lately(mine, STUDY, wanted=2),
            lately(BEN, STUDY, among=3),
            lately(BEN, STUDY, limit=1),
            tx.waiting_lately(BEN, NOON + 2 * SECOND, 1, STUDY, 9, 9),
            lately(Member(OTHER, "ben"), STUDY),
        ]

    await store.write(work)
    assert await store.read(look) == [2, 1, 2, 3, 0, 1, 1, 0]


async def test_an_open_answer_comes_whole_with_its_question(store: Store) -> None:
    def work(tx: Transaction) -> list[OpenAnswer]:
        open_round(tx, question=question("q-7"))
        tx.add_answer(answer())
        return tx.open_answers(BEN, NOON, 1, NOON, (STUDY,), 9)

    assert await store.write(work) == [OpenAnswer(answer(), "q-7", 0)]


async def test_answers_that_wait_come_by_load_then_age(store: Store) -> None:
    def work(tx: Transaction) -> None:
        made = [answer("a-1"), answer("a-2", CY, at=NOON - HOUR), answer("a-3", EVE), answer("a-4", BEN)]
        answers(tx, *made)
        tx.add_review(review(reviewer=CY))
        tx.add_review(review("v-2", CY, answer="a-3", removed_at=NOON))
        tx.add_offer(Offer(elsewhere(BEN), "a-2", NOON, TODAY))
        tx.close_account(elsewhere(ADA), NOON)

    await store.write(work)
    assert await store.read(lambda tx: waiting(tx, BEN)) == [("a-2", 0), ("a-3", 0), ("a-1", 1)]
    assert await store.read(lambda tx: waiting(tx, BEN, limit=1)) == [("a-2", 0)]
    assert await store.read(lambda tx: waiting(tx, BEN, wanted=1)) == [("a-2", 0), ("a-3", 0)]
    assert await store.read(lambda tx: waiting(tx, elsewhere(BEN))) == []


async def test_nobody_is_given_their_own_a_withdrawn_a_known_or_an_old_answer(store: Store) -> None:
    def work(tx: Transaction) -> None:
        made = [
            answer("a-1"),
            answer("a-2", CY, withdrawn_at=NOON),
            answer("a-3", BEN),
            answer("a-4", EVE, at=NOON - 2 * HOUR),
            answer("a-5", Member(HOME, "fay")),
        ]
        answers(tx, *made)
        tx.add_review(review(removed_at=NOON))
        tx.add_offer(offered("a-1", CY))
        tx.close_account(Member(HOME, "fay"), NOON)

    await store.write(work)
    found = await store.read(lambda tx: [waiting(tx, who) for who in (ADA, BEN, CY, EVE)])
    assert found == [[("a-3", 0)], [], [("a-3", 0)], [("a-3", 0), ("a-1", 1)]]


async def test_open_offers_are_load_until_they_are_old_or_taken(store: Store) -> None:
    def work(tx: Transaction) -> None:
        answers(tx)
        tx.add_offer(offered("a-1", CY))
        tx.add_offer(offered("a-1", EVE, hours=-25))
        tx.add_offer(offered("a-1", elsewhere(ADA)))

    await store.write(work)
    assert await store.read(lambda tx: waiting(tx, BEN)) == [("a-1", 1)]
    await store.write(lambda tx: tx.add_review(review(reviewer=CY)))
    assert await store.read(lambda tx: waiting(tx, BEN)) == [("a-1", 1)]
    await store.write(lambda tx: tx.change_review(review(reviewer=CY, removed_at=NOON)))
    assert await store.read(lambda tx: waiting(tx, BEN)) == [("a-1", 0)]


async def test_an_offer_is_made_once_and_stands_until_it_is_taken(store: Store) -> None:
    def work(tx: Transaction) -> list[bool]:
        rounds(tx)
        for n in (1, 2, 3):
            tx.add_answer(answer(f"a-{n}", round=f"r-{n}"))
        made = [offered("a-1", hours=2), offered("a-2", hours=3), offered("a-1"), offered("a-3", CY)]
        return [tx.add_offer(each) for each in (*made, offered("a-3", hours=1))]

    assert await store.write(work) == [True, True, False, True, True]
    found = await store.read(lambda tx: (tx.offers(BEN, 9), tx.offers(BEN, 1), tx.offers(elsewhere(BEN), 9)))
    assert found == (
        [offered("a-2", hours=3), offered("a-1", hours=2), offered("a-3", hours=1)],
        [offered("a-2", hours=3)],
        [],
    )
    await store.write(lambda tx: tx.add_review(review(removed_at=NOON)))
    await store.write(lambda tx: tx.change_answer(answer("a-2", round="r-2", withdrawn_at=NOON)))
    assert await store.read(lambda tx: tx.offers(BEN, 9)) == [offered("a-3", hours=1)]


async def test_the_offers_of_a_date_are_counted_taken_or_not(store: Store) -> None:
    def work(tx: Transaction) -> list[int]:
        answers(tx)
        for each in (offered("a-1"), offered("a-2"), offered("a-1", CY), offered("a-1", elsewhere(BEN))):
            tx.add_offer(each)
        tx.add_offer(replace(offered("a-3"), local_date=TODAY + DAY))
        tx.add_review(review())
        return [tx.offers_on(BEN, TODAY), tx.offers_on(BEN, TODAY + DAY), tx.offers_on(BEN, TODAY - DAY)]

    assert await store.write(work) == [2, 1, 0]


async def test_a_members_own_answers_wait_until_they_have_a_review_that_stands(store: Store) -> None:
    given, removed = review("v-1"), review("v-2", answer="a-2", round="r-2", removed_at=NOON)
    await keep_in_rounds(store, given, removed)

    def look(tx: Transaction) -> list[list[str]]:
        found = [tx.waiting_of(ADA, NOON, 9), tx.waiting_of(ADA, NOON, 1), tx.waiting_of(ADA, NOON + HOUR, 9)]
        found += [tx.waiting_of(BEN, NOON, 9), tx.waiting_of(elsewhere(ADA), NOON, 9)]
        return [[each.id for each in some] for some in found]

    assert await store.read(look) == [["a-3", "a-2"], ["a-3"], [], [], []]
    await store.write(lambda tx: tx.change_answer(answer("a-3", round="r-3", withdrawn_at=NOON)))
    assert [each.id for each in await store.read(lambda tx: tx.waiting_of(ADA, NOON, 9))] == ["a-2"]


async def test_standing_answers_come_newest_first_with_their_questions(store: Store) -> None:
    newer = answer("a-2", BEN, at=NOON + HOUR)

    def work(tx: Transaction) -> None:
        gone = [answer("a-3", CY, withdrawn_at=NOON), answer("a-4", EVE)]
        answers(tx, answer(), newer, *gone)
        tx.close_account(EVE, NOON)

    await store.write(work)

    def look(tx: Transaction) -> list[object]:
        def standing(at: datetime, limit: int) -> list[tuple[Answer, str]]:
            return tx.standing_answers(HOME, at, (STUDY,), limit)

        return [standing(NOON, 9), standing(NOON, 1), standing(NOON + HOUR, 9)]

    both = [(newer, "q-1"), (answer(), "q-1")]
    assert await store.read(look) == [both, both[:1], both[:1]]
    assert await store.read(lambda tx: tx.standing_answers(OTHER, NOON, (STUDY,), 9)) == []


async def test_a_gold_answer_is_judged_once_by_each_member(store: Store) -> None:
    first = GoldReview(BEN, "g-2", "backend", Draft((1, 5), (0, 3), "Says why — well", "Say more."), NOON)
    made = [
        first,
        replace(first, draft=Draft((2, 2), (), "again", "again")),
        replace(first, gold="g-1", at=NOON + HOUR),
        replace(first, member=CY),
        replace(first, member=elsewhere(BEN)),
    ]
    assert await store.write(lambda tx: [tx.add_gold_review(each) for each in made]) == [
        True,
        False,
        True,
        True,
        True,
    ]
    assert await store.read(lambda tx: tx.gold_reviews(BEN)) == [first, made[2]]
    assert await store.read(lambda tx: tx.gold_reviews(ADA)) == []


PAIR = Pair("a-1", "a-2")


def voted(stronger: str = "a-1", member: Member = CY, hours: int = 0, **changes: object) -> Vote:
    return replace(Vote(member, PAIR, stronger, "because of the cost", NOON + hours * HOUR), **changes)  # type: ignore[arg-type]


@pytest.mark.bad_input(104)
async def test_of_fifty_votes_the_last_one_counts_once(store: Store) -> None:
    for n in range(49):
        vote = voted(f"a-{n % 2 + 1}", hours=n, version=n + 1)
        await store.write(lambda tx, vote=vote: tx.put_vote(vote))  # type: ignore[misc]
    last = voted("a-2", hours=49, why="the last word", version=50)
    await asyncio.gather(*(store.write(lambda tx: tx.put_vote(last)) for _ in range(2)))

    def look(tx: Transaction) -> list[object]:
        return [tx.vote(CY, PAIR), tx.votes_of(CY), tx.votes_on(HOME, ["a-1", "a-2"])]

    assert await store.read(look) == [last, [PAIR], [last]]
    assert (await store.read(lambda tx: tx.count_member(CY)))["vote"] == 1


async def test_votes_are_read_by_pair_by_member_and_by_answers(store: Store) -> None:
    wide = Pair("a-1", "b'\"%")
    made = [
        voted(hours=2),
        voted("a-2", BEN, hours=1),
        voted(member=EVE, hours=1),
        voted(pair=wide, stronger=wide.second),
        voted(member=elsewhere(CY)),
    ]
    for each in made:
        await store.write(lambda tx, each=each: tx.put_vote(each))  # type: ignore[misc]

    def look(tx: Transaction) -> list[object]:
        return [
            tx.vote(BEN, PAIR),
            tx.vote(ADA, PAIR),
            tx.votes_of(CY),
            tx.votes_of(ADA),
            tx.votes_on(HOME, {"a-1", "a-2", "a-3"}),
            tx.votes_on(HOME, {"a-1", wide.second}),
            tx.votes_on(HOME, {"a-1"}),
            tx.votes_on(HOME, ()),
        ]

    of_pair = [made[1], made[2], made[0]]
    assert await store.read(look) == [made[1], None, [PAIR, wide], [], of_pair, [made[3]], [], []]
    assert await store.read(lambda tx: tx.votes_on(OTHER, ["a-1", "a-2"])) == [made[4]]


async def test_an_account_is_closed_until_it_is_there_again(store: Store) -> None:
    def work(tx: Transaction) -> list[bool]:
        found = [tx.is_closed(ADA), tx.reopen_account(ADA)]
        for at in (NOON, NOON + HOUR):
            tx.close_account(ADA, at)
        found += [tx.is_closed(ADA), tx.is_closed(BEN), tx.is_closed(elsewhere(ADA))]
        return [*found, tx.reopen_account(ADA), tx.is_closed(ADA), tx.reopen_account(ADA)]

    assert await store.write(work) == [False, False, True, False, False, True, False, False]


async def test_reminders_are_kept_replaced_and_dropped(store: Store) -> None:
    def work(tx: Transaction) -> list[object]:
        tx.put_reminders(Reminders(ADA, 0, NOON))
        tx.put_reminders(Reminders(ADA, 2, NOON + DAY))
        found: list[object] = [tx.reminders(ADA), tx.reminders(BEN), tx.reminders(elsewhere(ADA))]
        return [*found, tx.drop_reminders(elsewhere(ADA)), tx.drop_reminders(ADA), tx.drop_reminders(ADA)]

    assert await store.write(work) == [Reminders(ADA, 2, NOON + DAY), None, None, False, True, False]


async def test_due_reminders_come_in_order_and_not_without_end(store: Store) -> None:
    slack = Member(replace(HOME, platform=Platform.SLACK), "U1")
    made = [
        Reminders(ADA, 2, NOON),
        Reminders(BEN, 0, NOON + HOUR),
        Reminders(CY, 3, NOON),
        Reminders(slack, 0, NOON - HOUR),
    ]

    def work(tx: Transaction) -> None:
        for each in made:
            tx.put_reminders(each)

    await store.write(work)

    def look(tx: Transaction) -> list[list[str]]:
        late = NOON + HOUR
        found = [tx.reminders_due(late, EVERYWHERE, 3, 9), tx.reminders_due(NOON, {Platform.LOCAL}, 4, 9)]
        found += [tx.reminders_due(late, EVERYWHERE, 9, 1), tx.reminders_due(NOON - DAY, EVERYWHERE, 9, 9)]
        return [[each.member.id for each in some] for some in found]

    assert await store.read(look) == [["U1", "ada", "ben"], ["ada", "cy"], ["U1"], []]


async def test_an_answer_with_enough_reviews_waits_no_more(store: Store) -> None:
    def work(tx: Transaction) -> None:
        answers(tx)
        for each in (review(reviewer=CY), review("v-2", EVE)):
            tx.add_review(each)

    await store.write(work)
    assert await store.read(lambda tx: (waiting(tx, BEN), waiting(tx, BEN, wanted=3))) == ([], [("a-1", 2)])


async def test_answers_of_other_channels_are_neither_offered_nor_compared(store: Store) -> None:
    lounge = Channel(HOME, "lounge")

    def work(tx: Transaction) -> None:
        open_round(tx)
        open_round(tx, "r-2", Thread(lounge, "200"), asked_at=NOON)
        tx.add_answer(answer())
        tx.add_answer(answer("a-2", CY, round="r-2"))

    def look(tx: Transaction) -> list[object]:
        found: list[object] = []
        for channels in ((), (STUDY,), (lounge,), (STUDY, lounge), (Channel(OTHER, "study"),)):
            opened = tx.open_answers(BEN, NOON, 9, NOON, channels, 9)
            compared = tx.standing_answers(HOME, NOON, channels, 9)
            found.append(sorted(one.answer.id for one in opened))
            assert found[-1] == sorted(one.id for one, _ in compared)
        return found

    await store.write(work)
    found = await store.read(look)
    assert found[:4] == [[], ["a-1"], ["a-2"], ["a-1", "a-2"]]


async def test_a_members_channels_are_those_in_which_they_asked_answered_or_reviewed(store: Store) -> None:
    lounge = Channel(HOME, "lounge")

    def work(tx: Transaction) -> None:
        open_round(tx)  # asked by ada
        open_round(tx, "r-2", Thread(lounge, "200"))
        tx.add_answer(answer())
        tx.add_answer(answer("a-2", CY, round="r-2", withdrawn_at=NOON))
        tx.add_review(review())

    await store.write(work)
    found = await store.read(lambda tx: [tx.channels_of(member) for member in (ADA, BEN, CY, EVE)])
    assert found == [{STUDY, lounge}, {STUDY}, {lounge}, frozenset()]
