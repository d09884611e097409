"""Which of two answers is stronger: pairs that are fair to give, votes that count once, and the ranking."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.comparing import NoSuchPair, NothingToCompare, OwnPair, Pair
from bot.domain.places import Member
from bot.domain.questions import Filters
from bot.domain.refusals import NoSuchRound
from bot.domain.reviews import BadReview
from bot.domain.rounds import Answer, Round
from bot.figures import LibraryFigures
from bot.practice import accounts, answering, comparing, privacy
from bot.practice.outcomes import Ranking
from bot.practice.records import RecordLine, Transaction
from tests.practice.group import (
    ABROAD,
    ADA,
    BEN,
    CLEO,
    HERE,
    LOUNGE,
    STRANGER,
    STUDY,
    THERE,
    Group,
    bank,
    group,
)
from tests.practice.queue_walk import three_track_group

WHY = "It says what fails first."
DAN, EVE = (Member(HERE, name) for name in ("dan", "eve"))


def with_figures() -> Group:
    """A group whose votes are ranked by the libraries."""
    own = group(questions=bank(1))
    return replace(own, ports=replace(own.ports, figures=LibraryFigures()))


async def answers(own: Group, *authors: Member, round_: Round | None = None) -> list[Answer]:
    """An answer of each to one question, a minute apart."""
    round_ = round_ or await own.asked()
    found = []
    for author in authors:
        kept = await own.replied(round_, author)
        assert kept.answer is not None
        found.append(kept.answer)
        own.clock.advance(minutes=1)
    return found


async def says(own: Group, one: Answer, over: Answer, member: Member) -> Ranking:
    """A member's word that one answer is stronger than another."""
    pair = Pair.of(one.id, over.id)
    side = "first" if pair.first == one.id else "second"
    return await comparing.vote(own.ports, pair.value, member, side, WHY, own.clock.now())


def recorded(tx: Transaction) -> list[RecordLine]:
    return [line for line in tx.records(HERE, 99) if line.action == "change vote"]


async def test_a_pair_is_of_one_question_never_ones_own_and_never_twice() -> None:
    own = group()
    here = await answers(own, ADA, BEN, CLEO)
    other = await answers(own, BEN, DAN)
    seen = []
    for _ in range(4):
        given = await comparing.next_pair(own.ports, ADA, STUDY)
        assert {given.first.id, given.second.id} == {given.pair.first, given.pair.second}
        assert given.first.round == given.second.round and ADA not in (
            given.first.member,
            given.second.member,
        )
        seen.append(given.pair)
        await says(own, given.first, given.second, ADA)
        if len(seen) == 2:
            break
    assert set(seen) == {Pair.of(here[1].id, here[2].id), Pair.of(other[0].id, other[1].id)}
    with pytest.raises(NothingToCompare):
        await comparing.next_pair(own.ports, ADA, STUDY)


async def test_answers_to_one_question_meet_over_rounds_and_those_of_one_member_do_not() -> None:
    own = group(questions=bank(1))
    (first,) = await answers(own, BEN)
    own.clock.advance(days=1)
    (again,) = await answers(own, BEN, round_=await own.asked(LOUNGE))
    with pytest.raises(NothingToCompare):
        await comparing.next_pair(own.ports, ADA, STUDY)
    (third,) = await answers(own, CLEO, round_=await own.asked())
    given = await comparing.next_pair(own.ports, ADA, STUDY)
    assert given.pair in (Pair.of(first.id, third.id), Pair.of(again.id, third.id))


async def test_the_pair_of_which_least_is_known_comes_first() -> None:
    own = group()
    old = await answers(own, BEN, CLEO)
    new = await answers(own, DAN, EVE)
    assert (await comparing.next_pair(own.ports, ADA, STUDY)).pair == Pair.of(old[0].id, old[1].id)
    await says(own, old[0], old[1], DAN)
    assert (await comparing.next_pair(own.ports, ADA, STUDY)).pair == Pair.of(new[0].id, new[1].id)


async def test_a_track_is_found_behind_any_number_of_others() -> None:
    own = three_track_group()
    rare = await answers(own, BEN, CLEO, round_=await own.asked(filters=Filters(track="data")))
    (one,) = await answers(own, BEN, round_=await own.asked(filters=Filters(track="backend")))
    others = [
        replace(one, id=f"z{number}", member=Member(HERE, f"z{number}"), message=f"z{number}")
        for number in range(comparing.LOOKED_AT + 5)
    ]
    await own.ports.store.write(lambda tx: [tx.add_answer(each) for each in others])
    assert (await comparing.next_pair(own.ports, ADA, STUDY, "data")).pair == Pair.of(rare[0].id, rare[1].id)
    assert (await says(own, rare[0], rare[1], ADA)).votes == 1
    with pytest.raises(NothingToCompare):
        await comparing.next_pair(own.ports, ADA, STUDY, "data")
    with pytest.raises(NothingToCompare):
        await comparing.next_pair(own.ports, ADA, STUDY, "no such track")


async def test_nobody_votes_on_their_own_answer_or_elsewhere_or_on_what_is_gone() -> None:
    own = group()
    bens, cleos = await answers(own, BEN, CLEO)
    (other,) = await answers(own, DAN)
    pair = Pair.of(bens.id, cleos.id)
    for author in (BEN, CLEO):
        with pytest.raises(OwnPair):
            await comparing.open_pair(own.ports, pair.value, author)
        with pytest.raises(OwnPair):
            await says(own, bens, cleos, author)
    unlike = Pair.of(bens.id, other.id).value
    for member, value in (
        (STRANGER, pair.value), (ADA, unlike), (ADA, f"{pair.second}/{pair.first}"), (ADA, f"{bens.id}/{bens.id}"),
        (ADA, ""), (ADA, "/"), (ADA, bens.id), (ADA, f"{pair.value}/{other.id}"), (ADA, "aaaa/zzzz"),
    ):  # fmt: skip
        with pytest.raises(NoSuchPair):
            await comparing.open_pair(own.ports, value, member)
        with pytest.raises(NoSuchPair):
            await comparing.vote(own.ports, value, member, "first", WHY, own.clock.now())
    assert (await comparing.ranking(own.ports, STUDY, ADA)).votes == 0


@pytest.mark.bad_input(69)
async def test_what_is_withdrawn_or_of_a_closed_account_is_compared_no_more() -> None:
    own = with_figures()
    bens, cleos, dans = await answers(own, BEN, CLEO, DAN)
    await says(own, bens, cleos, ADA)
    await says(own, dans, cleos, ADA)
    await answering.withdraw(own.ports, bens.id, BEN)
    with pytest.raises(NoSuchPair):
        await says(own, cleos, bens, ADA)
    ranking = await comparing.ranking(own.ports, STUDY, ADA)
    assert ranking.votes == 1 and [each.answer.id for each in ranking.ranks] == [dans.id, cleos.id]
    await accounts.told(own.ports, DAN, False)
    with pytest.raises(NoSuchPair):
        await says(own, cleos, dans, ADA)
    assert (await comparing.ranking(own.ports, STUDY, ADA)).votes == 0
    await answering.restore(own.ports, bens.id, BEN)
    await accounts.told(own.ports, DAN, True)
    assert (await comparing.ranking(own.ports, STUDY, ADA)).votes == 2


@pytest.mark.parametrize(
    ("stronger", "why", "part"),
    [
        ("third", WHY, "stronger"),
        ("", WHY, "stronger"),
        ("first", "Better.", "why"),
        ("first", " \n ", "why"),
        ("first", "word " * 121, "why"),
    ],
)
async def test_a_vote_says_which_and_why(stronger: str, why: str, part: str) -> None:
    own = group()
    bens, cleos = await answers(own, BEN, CLEO)
    with pytest.raises(BadReview) as caught:
        await comparing.vote(own.ports, Pair.of(bens.id, cleos.id).value, ADA, stronger, why, own.clock.now())
    assert caught.value.part == part
    assert (await comparing.ranking(own.ports, STUDY, ADA)).votes == 0


@pytest.mark.bad_input(104)
async def test_of_fifty_votes_the_last_counts_once_and_each_change_is_recorded() -> None:
    own = with_figures()
    bens, cleos = await answers(own, BEN, CLEO)
    for _ in range(50):
        ranking = await says(own, bens, cleos, ADA)
    assert ranking.votes == 1 and not await own.ports.store.read(recorded)
    for _ in range(3):
        ranking = await says(own, cleos, bens, ADA)
    assert ranking.votes == 1
    assert [(each.answer.id, each.place, each.wins, each.votes) for each in ranking.ranks] == [
        (cleos.id, 1, 1, 1),
        (bens.id, 2, 0, 1),
    ]
    (line,) = await own.ports.store.read(recorded)
    assert (line.by, line.detail) == ("ada", Pair.of(bens.id, cleos.id).value)
    kept = await own.ports.store.read(lambda tx: tx.vote(ADA, Pair.of(bens.id, cleos.id)))
    assert kept is not None and kept.version == 53 and kept.stronger == cleos.id


@pytest.mark.bad_input(70, 104)
async def test_a_vote_after_its_member_was_deleted_counts_once_and_none_is_left_before() -> None:
    own = with_figures()
    bens, cleos = await answers(own, BEN, CLEO)
    await says(own, bens, cleos, DAN)
    await says(own, cleos, bens, DAN)
    await privacy.delete(own.ports, DAN)
    assert (await comparing.ranking(own.ports, STUDY, ADA)).votes == 0
    assert all(line.by != "dan" for line in await own.ports.store.read(lambda tx: tx.records(HERE, 99)))
    ranking = await says(own, bens, cleos, DAN)
    assert ranking.votes == 1 and ranking.ranks[0].answer.id == bens.id
    kept = await own.ports.store.read(lambda tx: tx.vote(DAN, Pair.of(bens.id, cleos.id)))
    assert kept is not None and kept.version == 1
    await privacy.delete(own.ports, BEN)
    assert (await comparing.ranking(own.ports, STUDY, ADA)).votes == 0
    with pytest.raises(NoSuchPair):
        await says(own, cleos, bens, DAN)


async def test_the_ranking_is_of_the_channels_newest_question_and_equals_share_a_place() -> None:
    own = with_figures()
    with pytest.raises(NoSuchRound):
        await comparing.ranking(own.ports, STUDY, ADA)
    bens, cleos, dans, _ = await answers(own, BEN, CLEO, DAN, EVE)
    assert (await comparing.ranking(own.ports, STUDY, ADA)).ranks == ()
    await says(own, bens, dans, ADA)
    await says(own, cleos, dans, ADA)
    ranking = await comparing.ranking(own.ports, STUDY, BEN)
    assert [(each.answer.id, each.place) for each in ranking.ranks] == [
        (bens.id, 1),
        (cleos.id, 1),
        (dans.id, 3),
    ]
    with pytest.raises(NoSuchRound):
        await comparing.ranking(own.ports, LOUNGE, ADA)
    with pytest.raises(NoSuchRound):
        await comparing.ranking(own.ports, ABROAD, STRANGER)


async def test_votes_are_ranked_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    own = with_figures()
    monkeypatch.setattr(comparing, "MOST_PAIRS", 2)
    bens, cleos, dans = await answers(own, BEN, CLEO, DAN)
    await says(own, cleos, bens, ADA)
    own.clock.advance(minutes=1)
    await says(own, bens, dans, ADA)
    await says(own, cleos, dans, ADA)
    ranking = await comparing.ranking(own.ports, STUDY, ADA)
    assert ranking.votes == 2 and [each.place for each in ranking.ranks] == [1, 1, 3]  # the newest count


async def test_answers_are_compared_for_sixty_days() -> None:
    own = group()
    bens, _ = await answers(own, BEN, CLEO)
    own.clock.at = bens.at + timedelta(days=60)
    await comparing.next_pair(own.ports, ADA, STUDY)
    own.clock.advance(microseconds=1)
    with pytest.raises(NothingToCompare):
        await comparing.next_pair(own.ports, ADA, STUDY)


async def test_another_workspace_has_no_part_in_it() -> None:
    own = group(questions=bank(1))
    await answers(own, BEN, CLEO)
    for author in ("ben", "cleo"):
        await answers(own, Member(THERE, author), round_=await own.asked(ABROAD, STRANGER))
    with pytest.raises(NoSuchPair):
        await comparing.open_pair(
            own.ports, (await comparing.next_pair(own.ports, ADA, STUDY)).pair.value, STRANGER
        )
    theirs = await comparing.next_pair(own.ports, STRANGER, ABROAD)
    assert {theirs.first.member.workspace, theirs.second.member.workspace} == {THERE}
