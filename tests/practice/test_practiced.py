"""What a member has practiced of what is installed, and a question that they choose themselves."""

from datetime import timedelta

import pytest

from bot.domain.bank import NoSuchQuestion, bank_of
from bot.domain.places import Member
from bot.domain.questions import Level, Pack, Track
from bot.domain.refusals import PostFailed, PostUnsettled
from bot.domain.rounds import PostingState
from bot.practice import answering, asking, standing
from bot.practice.outcomes import Share
from tests.fakes import EVERYWHERE, Outcome
from tests.practice.group import ABROAD, ADA, BEN, LOUNGE, STRANGER, STUDY, Group, bank, group, question


def mixed() -> Group:
    """Three backend questions of two levels and one of devops; a third track has none."""
    tracks = tuple(Track(name, name.title()) for name in ("devops", "backend", "empty"))
    questions = (
        question(0),
        question(1),
        question(2, level=Level.SENIOR),
        question(0, track="devops", level=Level.SENIOR),
    )
    return group(questions=bank_of([Pack("sample", 1, "Sample", "", tracks, (), questions)]))


async def answered(home: Group, id_: str, by: Member = ADA) -> str:
    """A question that a member chose and answered; gives the answer's id."""
    kept = await home.replied(await asking.ask_this(home.ports, STUDY, by, id_), by)
    assert kept.answer is not None
    return kept.answer.id


async def test_nothing_is_practiced_at_first_and_all_that_is_installed_is_named() -> None:
    found = await standing.practiced(mixed().ports, ADA)
    assert found.by_track == (Share("devops", 0, 1), Share("backend", 0, 3))
    assert found.by_kind == (Share("technical-concept", 0, 4),)
    assert found.by_level == (Share("mid", 0, 2), Share("senior", 0, 2))
    assert (found.answered, found.seen) == (frozenset(), frozenset())


async def test_an_answer_counts_once_for_its_question_whatever_the_round() -> None:
    home = mixed()
    for id_ in ("backend-q0", "backend-q0", "backend-q2"):
        await answered(home, id_)
        home.clock.advance(hours=1)
    found = await standing.practiced(home.ports, ADA)
    assert found.by_track == (Share("devops", 0, 1), Share("backend", 2, 3))
    assert found.by_level == (Share("mid", 1, 2), Share("senior", 1, 2))
    assert found.answered == {"backend-q0", "backend-q2"}


async def test_a_question_that_was_asked_for_and_not_answered_is_seen_only() -> None:
    home = mixed()
    await asking.ask_this(home.ports, STUDY, ADA, "backend-q1")
    found = await standing.practiced(home.ports, ADA)
    assert not found.answered
    assert found.seen == {"backend-q1"}


async def test_a_withdrawn_answer_leaves_its_question_to_practice_again() -> None:
    home = mixed()
    answer = await answered(home, "backend-q1")
    await answering.withdraw(home.ports, answer, ADA)
    found = await standing.practiced(home.ports, ADA)
    assert not found.answered
    assert found.seen == {"backend-q1"}


async def test_what_others_answered_is_not_mine() -> None:
    home = mixed()
    await answered(home, "backend-q1", BEN)
    for somebody in (ADA, STRANGER):
        assert (await standing.practiced(home.ports, somebody)).answered == frozenset()


async def test_a_question_whose_pack_is_gone_counts_in_no_share() -> None:
    home = group(questions=bank(2))
    await answered(home, "backend-q1")
    smaller = group(home.store, questions=bank(1))
    found = await standing.practiced(smaller.ports, ADA)
    assert found.by_track == (Share("backend", 0, 1),)
    assert found.answered == {"backend-q1"}


async def test_a_chosen_question_is_posted_with_its_thread_and_names_who_asked() -> None:
    home = group()
    round_ = await asking.ask_this(home.ports, LOUNGE, BEN, "backend-q7")
    assert (round_.question.id, round_.channel, round_.asked_by) == ("backend-q7", LOUNGE, BEN)
    assert round_.posting is PostingState.POSTED and round_.thread is not None
    kept = await home.store.read(
        lambda tx: (tx.round(round_.channel.workspace, round_.id), tx.times_asked(LOUNGE))
    )
    assert kept == (round_, {"backend-q7": 1})


async def test_a_question_may_be_chosen_again_in_the_same_channel() -> None:
    home = group()
    ids = {(await asking.ask_this(home.ports, STUDY, ADA, "backend-q7")).id for _ in range(2)}
    assert len(ids) == 2
    assert await home.store.read(lambda tx: tx.times_asked(STUDY)) == {"backend-q7": 2}


async def test_a_question_that_is_not_installed_is_refused_and_nothing_is_kept() -> None:
    home = group()
    with pytest.raises(NoSuchQuestion) as refused:
        await asking.ask_this(home.ports, ABROAD, STRANGER, "backend-q99")
    assert refused.value.id == "backend-q99"
    assert await home.store.read(lambda tx: tx.times_asked(ABROAD)) == {}


async def test_a_chosen_question_that_the_platform_refuses_counts_as_not_asked() -> None:
    home = group()
    home.chat.outcomes.append(Outcome.REFUSED)
    with pytest.raises(PostFailed):
        await asking.ask_this(home.ports, STUDY, ADA, "backend-q7")
    assert await home.store.read(lambda tx: (tx.times_asked(STUDY), tx.seen_by(ADA))) == ({}, frozenset())


async def test_a_chosen_question_of_unknown_fate_is_left_to_recovery() -> None:
    home = group()
    home.chat.outcomes.append(Outcome.LOST)
    with pytest.raises(PostUnsettled):
        await asking.ask_this(home.ports, STUDY, ADA, "backend-q7")
    later = home.clock.now() + timedelta(hours=1)
    [left] = await home.store.read(lambda tx: tx.stale_postings(later, EVERYWHERE, 9))
    assert left.question.id == "backend-q7"
