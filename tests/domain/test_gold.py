"""The bank finds its gold answers, by track and by id."""

from dataclasses import replace

from bot.domain.bank import Bank, bank_of
from bot.domain.gold import GoldAnswer
from bot.domain.questions import Pack, Track
from tests.practice.group import question


def gold(id_: str, asked: str) -> GoldAnswer:
    return GoldAnswer(id_, asked, "An answer.", (2, 3), (0,), "Strong.", "Change.", "Why.")


def two_packs() -> Bank:
    """Two packs, of which both have gold answers to questions of devops, and one to a question that is gone."""
    tracks = (Track("backend", "Backend"), Track("devops", "DevOps"))
    questions = (question(1), question(1, "devops"))
    golds = (
        gold("c", "devops-q1"),
        gold("b", "backend-q1"),
        gold("a", "devops-q1"),
        gold("gone", "backend-q9"),
    )
    first = Pack("sample", 1, "Sample", "", tracks, (), questions, gold=golds)
    later = (gold("d", "devops-q2"), replace(gold("a", "devops-q2"), why="Other."))
    return bank_of([first, Pack("other", 1, "Other", "", tracks, (), (question(2, "devops"),), gold=later)])


def ids(bank: Bank, track: str) -> list[str]:
    return [each.id for each in bank.gold(track)]


def test_those_of_a_track_come_in_the_packs_order() -> None:
    assert ids(two_packs(), "devops") == ["c", "a", "d"]
    assert ids(two_packs(), "backend") == ["b"]


def test_a_track_without_any_and_an_unknown_one_have_none() -> None:
    assert ids(two_packs(), "tpm") == []
    assert bank_of([]).gold("backend") == ()


def test_one_is_found_by_its_id_and_of_two_packs_the_first_counts() -> None:
    assert two_packs().gold_answer("a") == gold("a", "devops-q1")
    assert two_packs().gold_answer("b") == gold("b", "backend-q1")
    assert two_packs().gold_answer("nobody") is None


def test_one_whose_question_is_gone_is_gone_too() -> None:
    assert two_packs().gold_answer("gone") is None
