"""Gold answers in a pack's files: what is read, and what is found wrong."""

import re
from pathlib import Path

import pytest

from bot.domain.gold import GoldAnswer
from bot.packs import PackError, read_pack, read_pack_apart, read_packs, with_pack
from tests.packs.gold_texts import FILES, GOLD, WORDS, findings, gold_pack
from tests.packs.pack_texts import HEADER, PACK, spoiled

FIRST = spoiled("scores: [2, 2]", "scores: [SCORES]", GOLD)


def test_a_gold_answer_is_read_with_its_key_points_counted_from_0() -> None:
    first, second = gold_pack().gold
    assert first == GoldAnswer(
        id="cache-first",
        question="cache-basics",
        text=WORDS,
        scores=(2, 2),
        covered=(),
        strong="You name a cache.",
        change="Say what may be stale.",
        why="It has no order.",
    )
    assert (second.scores, second.covered) == ((4, 4), (0,))
    assert second.text == f"{WORDS}\nand more"


def test_a_pack_without_gold_answers_has_none() -> None:
    assert read_pack({"own.yaml": PACK.encode()}).gold == ()


def test_they_may_stand_in_any_file_and_in_several() -> None:
    items = GOLD.removeprefix("pack: own\n")
    assert read_pack({"own.yaml": (PACK + items).encode()}).gold == gold_pack().gold
    second = items.index("  - id: reads-first")
    cut = {
        "a.yaml": PACK,
        "b.yaml": f"pack: own\n{items[:second]}",
        "c.yaml": f"pack: own\ngold:\n{items[second:]}",
    }
    assert read_pack({name: text.encode() for name, text in cut.items()}).gold == gold_pack().gold


def test_covered_key_points_come_in_their_order() -> None:
    own = spoiled("key_points: [Says what may be stale]", "key_points: [One, Two, Three]", PACK)
    gold = gold_pack(spoiled("covered: [1]", "covered: [3, 1]", GOLD), own).gold
    assert gold[1].covered == (0, 2)


@pytest.mark.bad_input(22)
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: cache-first", "id: Cache first", "gold.yaml:3:9: `id` may have 1 to 64 of the characters"),
        (
            "covered: []",
            "covered: [2]",
            "gold.yaml:7:15: `covered.0` must be a whole number from 1 to 1, and is",
        ),
        (
            "covered: []",
            "covered: [0]",
            "and is `0`. These are the key points of the question, counted from 1.",
        ),
        ("covered: []", "covered: none", "gold.yaml:7:14: `covered` must be a list, and is text."),
        ("covered: []", "covered: [[1]]", "gold.yaml:7:15: `covered.0` must be text, and is a list."),
        ("covered: [1]", "covered: [1, 1]", "gold.yaml:17:14: `covered` names the key point 1 twice; take"),
        (
            "scores: [2, 2]",
            "scores: [0, 2]",
            "gold.yaml:6:14: `scores.0` must be a whole number from 1 to 5, and is `0`.",
        ),
        (
            "scores: [2, 2]",
            "scores: [6, 2]",
            "gold.yaml:6:14: `scores.0` must be a whole number from 1 to 5, and is `6`.",
        ),
        ("scores: [2, 2]", "scores: [2.5, 2]", "must be a whole number from 1 to 5, and is `2.5`."),
        ("scores: [2, 2]", "scores: []", "gold.yaml:6:13: `scores` must have 1 to 25 entries, and has 0."),
        ("scores: [2, 2]", "scores: 2", "gold.yaml:6:13: `scores` must be a list, and is text."),
        (
            "scores: [2, 2]",
            "scores: [2, 2, 3]",
            "one score a criterion, for system-design these: `structure`, `substance`; and it has 3.",
        ),
        ("strong: You name a cache.", "strong: ''", "`strong` is empty; write a text"),
        (
            "strong: You name a cache.",
            "strong: Good.",
            "gold.yaml:8:13: `strong` must be at least one sentence",
        ),
        (
            "strong: You name a cache.",
            "strong: You name a cache",
            "`strong` must be at least one sentence, and end",
        ),
        (
            "change: Say what may be stale.",
            "change: Be much clearer",
            "`change` must be at least one sentence",
        ),
        ("why: It has no order.", "why: No order.", "gold.yaml:10:10: `why` must be at least one sentence"),
        (
            "why: It has no order.",
            f"why: {'No order. ' * 61}",
            "`why` may have at most 600 characters, and has 609",
        ),
    ],
)
def test_each_mistake_is_told_with_its_place_and_the_right_word(old: str, new: str, said: str) -> None:
    (told,) = findings(spoiled(old, new, GOLD))
    assert said in told


@pytest.mark.bad_input(22)
@pytest.mark.parametrize(
    ("right", "typed", "lacking"), [("gold", "glod", "questions"), ("strong", "storng", "strong")]
)
def test_a_field_by_a_wrong_name_is_told_with_the_right_one_and_is_missing(
    right: str, typed: str, lacking: str
) -> None:
    told = " ".join(findings(GOLD.replace(f"{right}:", f"{typed}:", 1)))
    assert f"Unknown field `{typed}`; did you mean `{right}`?" in told
    assert f"The field `{lacking}` is missing here" in told


@pytest.mark.bad_input(22)
def test_an_unknown_question_is_told_with_the_nearest_one() -> None:
    wrong = GOLD.replace("question: cache-basics", "question: cache-basic", 1)
    assert findings(wrong) == [
        "gold.yaml:4:15: The pack has no question `cache-basic`; did you mean `cache-basics`?"
    ]


def test_two_of_one_id_are_a_finding_with_both_places() -> None:
    (told,) = findings(spoiled("id: reads-first", "id: cache-first", GOLD))
    assert told.startswith(
        "gold.yaml:11:9: The gold answer `cache-first` stands twice, in gold.yaml:3 and here;"
    )


@pytest.mark.parametrize(("scores", "right"), [("3", False), ("3, 4", True), ("3, 4, 5", False)])
def test_there_is_one_score_for_each_criterion_of_the_rubric(scores: str, right: bool) -> None:
    gold = spoiled("[SCORES]", f"[{scores}]", FIRST)
    told = findings(gold)
    assert (told == []) is right
    assert right or "these: `structure`, `substance`; and it has" in told[0]


@pytest.mark.bad_input(17)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WORDS, None),
        (
            WORDS.rpartition(" ")[0],
            "`text` must have at least 40 words, and has 39; write what a member would.",
        ),
        ("a " * 1_499 + "ab", None),
        ("a " * 1_500 + "b", "`text` may have at most 3,000 characters, and has 3,001; shorten it."),
    ],
)
def test_the_text_has_its_bounds(text: str, said: str | None) -> None:
    told = findings(GOLD.replace(f"text: {WORDS}", f"text: {text}", 1))
    assert told == ([] if said is None else [f"gold.yaml:5:11: {said}"])


@pytest.mark.parametrize("name", ["strong", "change", "why"])
def test_a_remark_may_have_600_characters(name: str) -> None:
    line = next(line for line in GOLD.splitlines() if line.strip().startswith(f"{name}:"))
    for length, right in ((600, True), (601, False)):
        text = f"It is {'x' * (length - 7)}."
        assert (findings(GOLD.replace(line, f"    {name}: {text}", 1)) == []) is right


@pytest.mark.parametrize("end", [".", "!", "?", "…", '."', ".”", ".)"])
def test_a_sentence_may_end_with_any_mark_and_what_closes_after_it(end: str) -> None:
    assert findings(GOLD.replace("You name a cache.", f"|\n      You name a cache{end}", 1)) == []


def test_a_pack_with_a_spoiled_header_or_question_tells_of_that_alone() -> None:
    assert len(findings(GOLD, spoiled("id: own", "id: Own", PACK))) == 1
    assert len(findings(GOLD, spoiled("key_points: [Says what may be stale]", "key_points: []", PACK))) == 1
    no_rubric = PACK.replace("kind: system-design", "kind: coding", 1)
    assert ["The pack has no rubric" in each for each in findings(GOLD, no_rubric)] == [True]


def test_a_child_process_gives_the_same_pack() -> None:
    apart = read_pack_apart({name: text.encode() for name, text in FILES.items()})
    assert apart == gold_pack()
    assert repr(apart) == repr(gold_pack())


def test_two_packs_with_one_gold_answer_are_a_finding(tmp_path: Path) -> None:
    for id_ in ("own", "other"):
        (tmp_path / id_).mkdir()
        for name, text in FILES.items():
            changed = text.replace("id: own", f"id: {id_}").replace("pack: own", f"pack: {id_}")
            (tmp_path / id_ / name).write_text(changed.replace("cache-basics", f"cache-{id_}"))
    told = "The gold answer `cache-first` stands in the pack `other` already; rename one."
    with pytest.raises(PackError) as caught:
        read_packs([tmp_path])
    assert str(caught.value.findings[0]) == f"own/gold.yaml:3:5: {told}"
    assert len(caught.value.findings) == 2
    other = gold_pack(GOLD.replace("pack: own", "pack: other"), PACK.replace("id: own", "id: other"))
    with pytest.raises(PackError, match="stands in the pack `other` already"):
        with_pack([other], gold_pack())


@pytest.mark.bad_input(5, 22)
def test_gold_answers_that_are_cut_off_or_lose_a_line_give_findings_and_never_a_fault() -> None:
    lines = GOLD.splitlines(keepends=True)
    cut = [GOLD[:at] for at in range(0, len(GOLD), 7)]
    lost = ["".join(lines[:at] + lines[at + 1 :]) for at in range(len(lines))]
    outcomes = [findings(wrong) for wrong in (*cut, *lost)]
    assert all(isinstance(told, list) for told in outcomes)
    assert sum(map(bool, outcomes)) > len(outcomes) // 2


def test_a_header_file_may_leave_the_questions_to_others_when_it_has_gold_answers() -> None:
    files = {
        "a.yaml": HEADER + GOLD.removeprefix("pack: own\n"),
        "b.yaml": PACK.replace(HEADER, "pack: own\n"),
    }
    assert read_pack({name: text.encode() for name, text in files.items()}).gold == gold_pack().gold


def test_the_readme_names_the_fields_in_their_order() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    example = readme[readme.index("```yaml\ngold:\n") :].split("```")[1]
    fields = re.findall(r"^  (?:- |  )(\w+):", GOLD.partition("  - id: reads")[0], re.MULTILINE)
    assert re.findall(r"^  (?:- |  )(\w+):", example, re.MULTILINE) == fields
