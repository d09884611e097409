"""Gold answers: reviewed once, set beside what their pack says, and how far a reviewer agrees, for their own eyes."""

from dataclasses import replace

import pytest

from bot.domain.bank import bank_of
from bot.domain.places import Member
from bot.domain.questions import Track
from bot.domain.reviews import BadReview, Draft, NoRubric
from bot.figures import LibraryFigures
from bot.practice import calibrating, privacy, review_queue
from bot.practice.calibrating import NoGoldLeft, NoSuchGold
from bot.practice.outcomes import Calibrated
from bot.practice.review_records import GoldReview
from tests.practice.group import ADA, BEN, CLEO, STRANGER, Group, group, question, sample_pack
from tests.practice.queue_walk import DRAFT, three_track_group

LOW, HIGH = "backend-q0-gold-2", "backend-q0-gold-4"
OTHER = Draft((1, 5), (1,), "Other words of mine for it.", "And others to change it by.")


async def gives(own: Group, gold: str, scores: tuple[int, int] = (4, 3), by: Member = CLEO) -> Calibrated:
    return await calibrating.give_gold(own.ports, gold, by, replace(DRAFT, scores=scores), own.clock.now())


async def kept_of(own: Group, member: Member = CLEO) -> list[GoldReview]:
    return await own.ports.store.read(lambda tx: tx.gold_reviews(member))


async def test_a_gold_answer_opens_with_its_question_and_rubric() -> None:
    own = group()
    gold, asked, rubric = await calibrating.open_gold(own.ports, LOW, CLEO)
    assert gold.id == LOW and asked.id == gold.question and rubric.kind is asked.kind


async def test_what_is_said_first_stays_and_is_shown_beside_the_packs_own() -> None:
    own = group()
    found = await gives(own, LOW, (3, 3))
    assert found.own.draft.scores == (3, 3) and found.gold.scores == (2, 3) and found.gold.why == "So."
    again = await calibrating.give_gold(own.ports, LOW, CLEO, OTHER, own.clock.advance(minutes=1))
    assert again.own == found.own
    assert await kept_of(own) == [found.own]
    assert await kept_of(own, STRANGER) == []


@pytest.mark.parametrize(
    ("draft", "part"),
    [
        (replace(DRAFT, scores=(0, 3)), "scores.0"),
        (replace(DRAFT, scores=(3, 6)), "scores.1"),
        (replace(DRAFT, covered=(2,)), "covered"),
        (replace(DRAFT, covered=(-1,)), "covered"),
        (replace(DRAFT, strong="Good."), "strong"),
        (replace(DRAFT, change="x" * 601), "change"),
    ],
)
async def test_a_gold_review_is_as_strict_as_any(draft: Draft, part: str) -> None:
    own = group()
    with pytest.raises(BadReview) as caught:
        await calibrating.give_gold(own.ports, LOW, CLEO, draft, own.clock.now())
    assert caught.value.part == part and await kept_of(own) == []


async def test_what_no_pack_has_is_refused() -> None:
    own = group()
    for id_ in ("", "no-such", "backend-q0", LOW.upper()):
        with pytest.raises(NoSuchGold):
            await calibrating.open_gold(own.ports, id_, CLEO)
        with pytest.raises(NoSuchGold):
            await gives(own, id_)


async def test_gold_without_a_rubric_is_refused() -> None:
    own = group()
    bare = replace(own.ports, bank=bank_of([replace(pack, rubrics=()) for pack in own.ports.bank.packs]))
    with pytest.raises(NoRubric):
        await calibrating.open_gold(bare, LOW, CLEO)
    with pytest.raises(NoRubric):
        await calibrating.give_gold(bare, LOW, CLEO, DRAFT, own.clock.now())


async def test_gold_is_given_until_none_is_left_and_practiced_tracks_first() -> None:
    own = three_track_group()
    round_ = await own.asked()
    while round_.question.track != "data":
        round_ = await own.asked()
    await own.replied(round_, CLEO)
    tracks = []
    for left in range(5, -1, -1):
        task = await calibrating.gold_task(own.ports, CLEO)
        assert task.gold is not None and task.answer is None and task.waiting == left
        assert (await calibrating.gold_task(own.ports, CLEO)).gold == task.gold
        tracks.append(task.question.track)
        await gives(own, task.gold.id)
    assert tracks == ["data", "data", "backend", "backend", "frontend", "frontend"]
    with pytest.raises(NoGoldLeft):
        await calibrating.gold_task(own.ports, CLEO)
    assert (await calibrating.gold_task(own.ports, BEN)).waiting == 5
    assert (await calibrating.gold_task(own.ports, Member(STRANGER.workspace, "cleo"))).waiting == 5


async def test_agreement_is_over_every_score_and_for_ones_own_eyes() -> None:
    own = group()
    own = replace(own, ports=replace(own.ports, figures=LibraryFigures()))
    await gives(own, LOW, (2, 3))
    await gives(own, HIGH, (4, 5))
    mine = await review_queue.mine(own.ports, CLEO)
    assert (mine.agreement, mine.compared) == (1.0, 4)
    for member in (BEN, ADA, STRANGER):
        other = await review_queue.mine(own.ports, member)
        assert (other.agreement, other.compared) == (None, 0)


async def test_gold_that_its_pack_lost_counts_no_more() -> None:
    own = group()
    await gives(own, LOW, (2, 3))
    await gives(own, HIGH, (4, 5))
    (pack,) = own.ports.bank.packs
    fewer = replace(own.ports, bank=bank_of([replace(pack, gold=pack.gold[:1])]))
    assert (await review_queue.mine(fewer, CLEO)).compared == 2


async def test_deleted_data_takes_gold_reviews_along() -> None:
    own = group()
    await gives(own, LOW)
    assert "It counts before it draws." in await privacy.export(own.ports, CLEO)
    await privacy.delete(own.ports, CLEO)
    assert await kept_of(own) == []
    assert (await calibrating.gold_task(own.ports, CLEO)).waiting == 1


async def test_a_bank_without_gold_has_none_left() -> None:
    bare = replace(sample_pack((Track("backend", "Backend"),), (question(0),)), gold=())
    own = group(questions=bank_of([bare]))
    with pytest.raises(NoGoldLeft):
        await calibrating.gold_task(own.ports, CLEO)
