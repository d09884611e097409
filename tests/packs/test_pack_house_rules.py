"""The house rules, over packs that any reader accepts."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.questions import Kind, Pack, SampleAnswer
from bot.packs import house_findings, read_pack, read_packs_placed
from tests.packs.pack_texts import PACK, spoiled


def pack_with(**changes: Any) -> Pack:
    pack = read_pack({"own.yaml": PACK.encode()})
    good = replace(
        pack.questions[0],
        hints=("Think of reads.", "Think of writes."),
        key_points=tuple(f"Names the kind of staleness {number}" for number in range(5)),
        follow_ups=("And then?", "And what if?", "And why?"),
        sample_answer=SampleAnswer("In front.", "Before the store."),
    )
    return replace(pack, questions=(replace(good, **changes),))


def sentences(pack: Pack) -> list[str]:
    return [str(finding) for finding in house_findings([pack])]


def story(words: int, end: str) -> SampleAnswer:
    return SampleAnswer(
        "Short.", " ".join([*(f"w{'x' * number}" for number in range(words - len(end.split()))), end])
    )


def test_a_question_that_keeps_the_rules_gives_nothing() -> None:
    assert sentences(pack_with()) == []


@pytest.mark.parametrize(
    ("field", "count", "rule"),
    [
        ("hints", 1, "2 to 3"),
        ("key_points", 4, "5 to 8"),
        ("key_points", 9, "5 to 8"),
        ("follow_ups", 2, "3 to 25"),
    ],
)
def test_lists_have_their_bounds(field: str, count: int, rule: str) -> None:
    entries = tuple(f"Enough of a text {number}" for number in range(count))
    (sentence,) = sentences(pack_with(**{field: entries}))
    assert sentence.endswith(f"The house rule for `{field}` is {rule} entries, and here are {count}.")


@pytest.mark.parametrize("length", [14, 161])
def test_a_key_point_has_its_length(length: int) -> None:
    points = (*(f"Names the kind of staleness {number}" for number in range(4)), "x" * length)
    (sentence,) = sentences(pack_with(key_points=points))
    assert sentence.endswith(f"15 to 160 characters, and this has {length}.")


@pytest.mark.parametrize("kind", [Kind.BEHAVIORAL, Kind.LEADERSHIP])
@pytest.mark.parametrize(("words", "right"), [(99, False), (100, True), (150, True), (151, False)])
def test_a_star_story_has_100_to_150_words(kind: Kind, words: int, right: bool) -> None:
    found = sentences(pack_with(kind=kind, sample_answer=story(words, "Result: down 50 %")))
    assert (found == []) is right


def test_a_technical_sample_is_no_story() -> None:
    assert sentences(pack_with(kind=Kind.CODING)) == []


@pytest.mark.parametrize(
    ("end", "right"),
    [
        ("Result: it fell by 50 percent.", True),
        ("it fell by 50 percent.", True),
        ("by 50 percent. Result: all were glad.", False),
        ("all were glad.", False),
    ],
)
def test_the_result_of_a_story_has_a_digit(end: str, right: bool) -> None:
    found = sentences(pack_with(kind=Kind.BEHAVIORAL, sample_answer=story(120, end)))
    assert (found == []) is right


def test_a_sentence_may_not_stand_twice_in_a_pack() -> None:
    twice = SampleAnswer("Yes. A cache can be stale for a while.", "No! A cache  can be Stale for a while")
    (sentence,) = sentences(pack_with(sample_answer=twice))
    assert sentence.endswith(
        "stands in `cache-basics.sample_answer.short` already; write one of the two anew."
    )


def test_a_sentence_may_not_stand_twice_in_one_text() -> None:
    twice = "A cache can be stale for a while. A cache can be stale for a while."
    assert len(sentences(pack_with(why=twice))) == 1


def test_a_short_sentence_may_stand_twice() -> None:
    assert sentences(pack_with(why="It can be so stale. It can be so stale.")) == []


def test_places_give_the_findings_their_lines(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(spoiled("hints: [Think of reads.]", "hints:\n      - Think of reads."))
    packs, places = read_packs_placed([tmp_path])
    lines = {finding.line for finding in house_findings(packs, places) if "`hints`" in finding.sentence}
    assert lines == {34}


def test_the_packs_that_come_with_the_bot_keep_the_house_rules() -> None:
    packs, places = read_packs_placed([Path(__file__).parents[2] / "content"])
    assert [str(finding) for finding in house_findings(packs, places)] == []
