"""Questions that are nearly the same are kept apart in a channel; and the bank finds its guides."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.bank import APART, Bank, Pool, bank_of, pick
from bot.domain.guides import Guide, GuideKind
from bot.domain.questions import Filters, Pack
from bot.packs import read_packs
from tests.packs.guide_texts import OWN_CONTENT
from tests.practice.group import question

Kin = dict[str, frozenset[str]]


def pool(size: int) -> Pool:
    return Pool(tuple(question(number) for number in range(size)))


def families(size: int, *members: int) -> Kin:
    """The first questions are one family of so many members, the next ones another."""
    ids, kin = [f"backend-q{number}" for number in range(size)], Kin()
    for count in members:
        family, ids = ids[:count], ids[count:]
        kin |= {id_: frozenset(family) - {id_} for id_ in family}
    return kin


def came(questions: Pool, kin: Kin, seed: int, number: int, seen: Sequence[str] = ()) -> list[str]:
    """The ids of so many questions in a row, in one channel."""
    asked, ids = Counter[str](), list[str]()
    for _ in range(number):
        ids.append(pick(questions, asked, seen, seed, ids[::-1][:APART], kin).id)
        asked[ids[-1]] += 1
    return ids


def gaps(ids: Sequence[str], kin: Kin) -> list[int]:
    """How many questions stood between each one and the last of its kin."""
    found = []
    for at, id_ in enumerate(ids):
        before = [back for back in range(at) if ids[back] in kin.get(id_, ())]
        found += [at - before[-1] - 1] if before else []
    return found


@given(st.integers(0, 2**48), st.integers(2, 6), st.integers(2, 4))
def test_kin_have_ten_questions_between_them_in_a_pool_with_room(seed: int, first: int, second: int) -> None:
    size = (max(first, second) + 1) * (APART + 1) + 10
    kin = families(size, first, second)
    ids = came(pool(size), kin, seed, size)
    assert len(set(ids)) == size
    assert min(gaps(ids, kin)) >= APART


@given(st.integers(0, 2**48), st.integers(1, 30), st.lists(st.integers(2, 6), max_size=4))
def test_nothing_comes_again_before_the_pool_is_used_up_however_many_are_kin(
    seed: int, size: int, members: list[int]
) -> None:
    ids = came(pool(size), families(size, *members), seed, 3 * size)
    assert set(Counter(ids).values()) == {3}
    assert all(len(set(ids[at : at + size])) == size for at in (0, size, 2 * size))


@given(st.integers(0, 2**48))
def test_in_a_pool_that_is_too_small_the_farthest_goes(seed: int) -> None:
    kin = families(4, 2, 2)
    ids = came(pool(4), kin, seed, 4)
    assert gaps(ids, kin) == [1, 1]


@given(st.integers(0, 2**48))
def test_the_order_without_kin_is_what_it_was(seed: int) -> None:
    assert came(pool(20), {}, seed, 40) == came(pool(20), families(20), seed, 40)


def test_what_a_member_has_not_seen_comes_before_what_is_far_enough_away() -> None:
    kin = families(12, 2)
    seen = {f"backend-q{number}" for number in range(12)} - {"backend-q0"}
    assert pick(pool(12), {"backend-q1": 1}, seen, 7, ["backend-q1"], kin).id == "backend-q0"


def test_the_order_varies_by_seed_also_among_kin() -> None:
    kin = families(40, 4, 3)
    assert len({tuple(came(pool(40), kin, seed, 40)) for seed in range(10)}) == 10


@given(st.integers(0, 2**48))
def test_what_other_filters_brought_is_kept_away_from_too(seed: int) -> None:
    small, kin = Pool(pool(12).questions[:3]), families(12, 1, 1, 10)
    assert pick(small, {}, (), seed, ["backend-q11"], kin).id != "backend-q2"


@given(st.integers(0, 2**48))
def test_kin_outside_of_the_pool_press_nothing(seed: int) -> None:
    small, kin = Pool(pool(30).questions[:8]), families(30, 1, 29)
    first = {pick(small, {}, (), other, (), kin).id for other in range(seed, seed + 60)}
    assert "backend-q0" not in first  # it has no kin, and the others in the pool have seven each
    wide = families(30, 1, 1, 1, 1, 1, 1, 1, 23)
    assert len({pick(small, {}, (), other, (), wide).id for other in range(seed, seed + 60)}) > 2


@pytest.mark.parametrize("track", [None, "senior", "tpm"])
def test_our_own_questions_are_kept_apart_wherever_there_is_room(track: str | None) -> None:
    bank = bank_of(read_packs([OWN_CONTENT]))
    found = bank.pool(Filters(track=track))
    for seed in range(3):
        ids = came(found, dict(bank.kin), seed, len(found.questions))
        assert len(set(ids)) == len(ids)
        assert min(gaps(ids, dict(bank.kin))) >= APART


def with_guides() -> Bank:
    guides = [
        Guide(id_, "sample", kind, id_.title(), "", ("a", "b"), (), ())
        for kind, id_ in ((GuideKind.FRAME, "star"), (GuideKind.FRAME, "six"), (GuideKind.VALUE, "star"))
    ]
    first = Pack("sample", 1, "", "", (), (), (), tuple(guides[:1]))
    return bank_of([first, replace(first, id="other", guides=tuple(guides[1:]))])


def test_guides_are_found_by_kind_over_all_packs() -> None:
    bank = with_guides()
    assert [guide.id for guide in bank.guides(GuideKind.FRAME)] == ["star", "six"]
    found = bank.guide(GuideKind.VALUE, "star")
    assert found is not None and found.kind is GuideKind.VALUE
    assert bank.guide(GuideKind.STAGE, "star") is None
    assert bank.loops == ()
