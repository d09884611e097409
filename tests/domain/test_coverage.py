"""Which subjects are covered, and which questions are nearly the same."""

from dataclasses import replace

from bot.domain.coverage import kin_of, missing
from bot.domain.guides import Guide, GuideKind
from bot.domain.questions import Coverage, Kind, Pack, Subject
from tests.practice.group import question

SUBJECTS = (
    Subject("alone", "backend", Kind.CODING, None, ()),
    Subject("near-a", "backend", Kind.CODING, None, ("near-b", "listed")),
    Subject("near-b", "backend", Kind.CODING, None, ()),
    Subject("same-a", "devops", Kind.CODING, "same", ()),
    Subject("same-b", "devops", Kind.CODING, "same", ("near-b",)),
    Subject("listed", "devops", None, None, ("near-a",)),
)


def pack(
    *sources: tuple[str, ...], listed: tuple[str, ...] = (), kind: GuideKind = GuideKind.CHECKLIST
) -> Pack:
    """A pack with a question for each of the sources given, and one guide."""
    questions = tuple(replace(question(number), sources=each) for number, each in enumerate(sources))
    guide = Guide("guide", "sample", kind, "", "", (), (), listed)
    return Pack("sample", 1, "", "", (), (), questions, (guide,), (), Coverage(SUBJECTS, ("fact",)))


def lacking(of: Pack) -> set[str]:
    return {subject.id for subject in missing(of)}


def test_a_question_covers_its_first_source() -> None:
    assert lacking(pack(("alone",), ("near-a", "near-b"))) == {"near-b", "same-a", "same-b", "listed"}


def test_subjects_of_a_cluster_may_share_a_question() -> None:
    assert lacking(pack(("same-a", "same-b", "alone"))) == {"alone", "near-a", "near-b", "listed"}


def test_an_item_of_a_checklist_is_covered_by_a_checklist_and_by_nothing_else() -> None:
    assert "listed" not in lacking(pack(listed=("listed", "alone")))
    assert "alone" in lacking(pack(listed=("listed", "alone")))
    assert "listed" in lacking(pack(("listed",)))
    assert "listed" in lacking(pack(listed=("listed",), kind=GuideKind.FRAME))


def test_a_pack_without_subjects_lacks_nothing_and_has_no_kin() -> None:
    bare = replace(pack(("alone",), ("alone",)), coverage=None)
    assert (missing(bare), kin_of(bare)) == ((), {})


def test_questions_are_kin_by_subject_by_cluster_and_by_nearness_in_both_directions() -> None:
    of = pack(("alone",), ("near-a",), ("near-b",), ("same-a",), ("fact", "same-b"), ("alone", "fact"))
    names = {id_: {other.removeprefix("backend-q") for other in kin} for id_, kin in kin_of(of).items()}
    assert names == {
        "backend-q0": {"5"},
        "backend-q1": {"2"},
        "backend-q2": {"1", "4"},
        "backend-q3": {"4"},
        "backend-q4": {"2", "3"},
        "backend-q5": {"0"},
    }


def test_items_of_checklists_make_nothing_alike() -> None:
    assert kin_of(pack(("alone", "listed"), ("near-a",), ("near-b", "listed"))).keys() == {
        "backend-q1",
        "backend-q2",
    }
