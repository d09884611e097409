"""The bank: which questions pass some filters, and which of them comes next."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.bank import Bank, EmptyPool, NoSuchValue, Pool, bank_of, passes, pick
from bot.domain.questions import Criterion, Filters, Kind, Level, Pack, Question, Rubric, Track
from tests.practice.group import question

RUBRIC = Rubric(Kind.TECHNICAL_CONCEPT, (Criterion("structure", "Structure", ("a", "b", "c")),))


def pool(size: int) -> Pool:
    return Pool(tuple(question(number) for number in range(size)))


def two_packs() -> Bank:
    """A pack about two tracks, with a third that has no question, and another pack."""
    backend = [question(1), question(2, level=Level.SENIOR), question(3, topic="queues")]
    devops = [question(1, "devops", topic="deploys")]
    tracks = (Track("backend", "Backend"), Track("devops", "DevOps"), Track("tpm", "TPM"))
    first = Pack("sample", 1, "Sample", "", tracks, (RUBRIC,), (*backend, *devops))
    return bank_of([first, Pack("other", 1, "Other", "", (), (), ())])


@given(st.integers(1, 40), st.integers(0, 2**48), st.integers(1, 3))
def test_nothing_comes_again_in_a_channel_before_the_whole_pool_has_come(
    size: int, seed: int, times: int
) -> None:
    questions, asked = pool(size), Counter[str]()
    for cycle in range(times):
        came = []
        for _ in range(size):
            chosen = pick(questions, asked, frozenset(), seed)
            asked[chosen.id] += 1
            came.append(chosen.id)
        assert sorted(came) == sorted(questions.ids)
        assert set(asked.values()) == {cycle + 1}


@given(st.integers(1, 20), st.integers(0, 2**48), st.data())
def test_a_member_meets_what_is_new_to_them_first_in_any_channel(
    size: int, seed: int, data: st.DataObject
) -> None:
    questions, seen = pool(size), set[str]()
    channels = [Counter[str](), Counter[str]()]
    for _ in range(size * 2):
        asked = data.draw(st.sampled_from(channels))
        fresh_here = {id_ for id_ in questions.ids if asked[id_] == min(asked[one] for one in questions.ids)}
        chosen = pick(questions, asked, seen, seed).id
        assert chosen in fresh_here
        assert chosen not in seen or fresh_here <= seen
        asked[chosen] += 1
        seen.add(chosen)


@given(st.integers(0, 2**48), st.lists(st.sampled_from([None, "mid", "senior"]), min_size=1, max_size=40))
def test_filters_that_change_in_between_repeat_nothing_that_their_pool_still_holds_back(
    seed: int, levels: list[str | None]
) -> None:
    both = [question(number, level=Level.MID if number % 3 else Level.SENIOR) for number in range(9)]
    whole, asked = bank_of([Pack("sample", 1, "", "", (), (), tuple(both))]), Counter[str]()
    for level in levels:
        found = whole.pool(Filters(level=level))
        chosen = pick(found, asked, frozenset(), seed)
        assert asked[chosen.id] == min(asked[one] for one in found.ids)
        asked[chosen.id] += 1


@given(st.integers(2, 40), st.integers(0, 2**48))
def test_the_same_seed_gives_the_same_order(size: int, seed: int) -> None:
    def order(seed: int) -> list[str]:
        asked = Counter[str]()
        for _ in range(size):
            asked[pick(pool(size), asked, frozenset(), seed).id] += 1
        return list(asked)

    assert order(seed) == order(seed)


def test_other_seeds_and_later_cycles_bring_another_order() -> None:
    def orders(seed: int) -> list[tuple[str, ...]]:
        asked, found = Counter[str](), []
        for _ in range(3):
            cycle = []
            for _ in range(12):
                cycle.append(pick(pool(12), asked, frozenset(), seed).id)
                asked[cycle[-1]] += 1
            found.append(tuple(cycle))
        return found

    assert len({order for seed in range(8) for order in orders(seed)}) > 12


def test_questions_that_left_the_pool_count_for_nothing() -> None:
    asked = {f"gone-{number}": 3 for number in range(20)}
    assert pick(pool(2), asked, frozenset(), 7).id in pool(2).ids


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(), {"backend-q1", "backend-q2", "backend-q3", "devops-q1"}),
        (Filters(track="backend"), {"backend-q1", "backend-q2", "backend-q3"}),
        (Filters(level="senior"), {"backend-q2"}),
        (Filters(topic="queues"), {"backend-q3"}),
        (Filters(track="devops", topic="deploys", kind="technical-concept", stage="onsite"), {"devops-q1"}),
    ],
)
def test_a_pool_has_what_passes_all_filters(filters: Filters, ids: set[str]) -> None:
    assert two_packs().pool(filters).ids == ids


def test_a_pool_is_found_once() -> None:
    two = two_packs()
    assert two.pool(Filters()) is two.pool(Filters())


def test_a_stage_that_no_question_has_passes_nothing() -> None:
    assert not passes(question(1), Filters(stage="screen"))
    assert not passes(question(1), Filters(kind="coding"))


@pytest.mark.parametrize(
    ("filters", "nearest"),
    [
        (Filters(track="bakend"), "backend"),
        (Filters(track="BACKEND"), "backend"),
        (Filters(level="senor"), "senior"),
        (Filters(topic="queue"), "queues"),
        (Filters(kind="behavoral"), "behavioral"),
        (Filters(stage="onsight"), "onsite"),
        (Filters(track="xyz"), None),
        (Filters(track="backend" * 100_000), None),
    ],
)
def test_an_unknown_value_is_refused_with_the_nearest_known_one(
    filters: Filters, nearest: str | None
) -> None:
    with pytest.raises(NoSuchValue) as refused:
        two_packs().pool(filters)
    assert refused.value.nearest == nearest
    assert refused.value.text == getattr(filters, refused.value.option)
    assert refused.value.known == two_packs().values(refused.value.option)


def test_filters_that_nothing_passes_are_refused_each_time() -> None:
    two, none = two_packs(), Filters(track="devops", level="senior")
    for _ in range(2):
        with pytest.raises(EmptyPool) as refused:
            two.pool(none)
        assert refused.value.filters == none


def test_a_track_without_questions_is_no_choice() -> None:
    assert [track.id for track in two_packs().tracks] == ["backend", "devops"]
    with pytest.raises(NoSuchValue):
        two_packs().pool(Filters(track="tpm"))


def test_a_rubric_comes_from_the_questions_own_pack() -> None:
    two = two_packs()
    asked: Question = two.questions[0]
    assert two.rubric(asked) == RUBRIC
    assert two.rubric(replace(asked, pack="other")) is None
