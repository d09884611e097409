"""The house rules for gold answers, over packs that any reader accepts; and what our own pack brings."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.bank import bank_of
from bot.domain.gold import GoldAnswer
from bot.domain.questions import Kind, Pack, Question, Rubric, Track
from bot.packs import house_findings, read_packs, read_packs_placed
from tests.packs.gold_texts import FILES, gold_pack
from tests.packs.guide_texts import OWN_CONTENT

LONG = "Reads come first here. " + "So it is. " * 32


def pack_with(*changes: dict[str, Any], **pack_changes: Any) -> Pack:
    """A pack with one kind and track, and a gold answer for each of the changes given; two sound ones for none."""
    pack = gold_pack()
    sound = replace(
        pack.gold[0], text=LONG.strip(), strong="It has “Reads come first”.", why="It has some order."
    )
    made = [replace(sound, **each) for each in changes or ({}, {"id": "reads-first", "scores": (4, 4)})]
    own = {"gold": tuple(made), "tracks": pack.tracks[:1], "rubrics": pack.rubrics[:1]}
    return replace(pack, **{**own, **pack_changes})


def sentences(pack: Pack) -> list[str]:
    """The findings that are about gold answers."""
    told = [str(finding) for finding in house_findings([pack])]
    return [each for each in told if each.startswith(("own/gold ", "own/pack own:"))]


def only(*changes: dict[str, Any]) -> str:
    """What is said once of the gold answers with these changes."""
    (sentence,) = sentences(pack_with(*changes))
    return sentence


SECOND = {"id": "reads-first", "scores": (4, 4), "text": "It may be. " * 30, "strong": "It has its order."}


def test_gold_answers_that_keep_the_rules_give_nothing() -> None:
    assert [each for each in sentences(pack_with({}, SECOND)) if "stands in" not in each] == []


def test_a_pack_without_gold_answers_is_left_alone() -> None:
    assert sentences(pack_with(gold=())) == []


def test_each_kind_that_has_a_rubric_has_two() -> None:
    rubrics = (Rubric(Kind.SYSTEM_DESIGN, ()), Rubric(Kind.CODING, ()))
    told = sentences(pack_with({}, SECOND, rubrics=rubrics))
    assert [each for each in told if "for the kind" in each] == [
        "own/pack own: The house rule is at least 2 gold answers for the kind `coding`, and here are 0."
    ]


def test_each_track_has_two() -> None:
    tracks = (Track("backend", "Backend"), Track("devops", "DevOps"))
    told = sentences(pack_with({}, SECOND, tracks=tracks))
    assert [each for each in told if "for the track" in each] == [
        "own/pack own: The house rule is at least 2 gold answers for the track `devops`, and here are 0."
    ]
    assert "for the track `backend`, and here are 1." in " ".join(sentences(pack_with({})))


def test_those_of_a_kind_do_not_all_add_up_to_the_same() -> None:
    told = [each for each in sentences(pack_with({}, {**SECOND, "scores": (2, 2)})) if "add up" in each]
    assert told == [
        "own/gold cache-first: All gold answers of the kind `system-design` have scores that add up to 4; "
        "the house rule is a weaker one and a stronger one."
    ]


@pytest.mark.parametrize(("words", "right"), [(89, False), (90, True), (220, True), (221, False)])
def test_an_answer_has_90_to_220_words(words: int, right: bool) -> None:
    text = ". ".join(["Go on"] * (words // 2) + (["Go"] if words % 2 else [])) + "."
    told = sentences(pack_with({"text": text, "strong": "It goes on."}, SECOND))
    assert ("90 to 220 words, and this has" not in " ".join(told)) is right


@pytest.mark.parametrize("name", ["text", "strong", "change", "why"])
def test_an_answer_and_its_remarks_are_easy_to_read(name: str) -> None:
    hard = "Organizational considerations necessitate comprehensive reconsideration. "
    changed = {"text": LONG, "strong": "It has its order.", name: hard * (20 if name == "text" else 1)}
    told = sentences(pack_with(changed, SECOND))
    assert f"reading ease of a gold answer's `{name}` is at least" in " ".join(told)


@pytest.mark.parametrize(
    ("name", "remark", "where"),
    [
        ("strong", "It says “Reads come first.” and means it.", None),
        ("strong", 'It says "reads  come\nfirst" and means it.', None),
        ("strong", "It says “writes come first”.", "the answer"),
        ("strong", "It shows a “clear order”.", "the answer"),
        ("change", 'It says "writes come first".', "the answer"),
        ("why", "It has “reads come first” and a “clear order”.", None),
        ("why", "It has a “rich order”.", "the answer or its rubric"),
    ],
)
def test_what_a_remark_quotes_stands_there(name: str, remark: str, where: str | None) -> None:
    told = [each for each in sentences(pack_with({name: remark}, SECOND)) if "quote" in each]
    assert len(told) == (where is not None)
    assert where is None or f"does not stand in {where}; quote it to the letter." in told[0]


def test_the_rubric_that_is_quoted_is_the_one_of_the_questions_kind() -> None:
    quoting = {"why": "It is “clear order” and “rich”."}
    told = sentences(pack_with(quoting, SECOND, rubrics=gold_pack().rubrics))
    assert [each for each in told if "quote" in each] == [
        "own/gold cache-first.why: “rich” does not stand in the answer or its rubric; quote it to the letter."
    ]


def test_a_sentence_of_an_answer_stands_nowhere_else_but_in_a_quote() -> None:
    said = "We put the cache in front of the reads."
    quoting = {"text": f"{said} {LONG}", "strong": f'"{said}" is a good start.'}
    assert "We put the cache" not in " ".join(sentences(pack_with(quoting, SECOND)))
    assert "“We put the cache in front of the reads.” stands in `gold cache-first.text` already" in " ".join(
        sentences(pack_with({**quoting, "why": said}, SECOND))
    )


def test_a_finding_has_its_line(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    told = [str(finding) for finding in house_findings(*read_packs_placed([tmp_path]))]
    rule = "The house rule for a gold answer is 90 to 220 words, and this has 40."
    assert f"{tmp_path.name}/gold.yaml:5:11: {rule}" in told
    assert any(f"{tmp_path.name}/own.yaml:2:3: The house rule is at least 2 gold" in each for each in told)


def own() -> tuple[Pack, list[tuple[GoldAnswer, Question]]]:
    """The pack that comes with the bot, and its gold answers with their questions."""
    (pack,) = read_packs([OWN_CONTENT])
    bank = bank_of([pack])
    return pack, [(gold, bank.question(gold.question)) for gold in pack.gold]


def test_our_own_pack_brings_a_weaker_and_a_stronger_one_for_each_kind_and_two_for_each_track() -> None:
    pack, scored = own()
    for kind in Kind:
        totals = [sum(gold.scores) for gold, question in scored if question.kind is kind]
        assert len(totals) >= 2 and min(totals) < max(totals), kind
    tracks = Counter(question.track for _, question in scored)
    assert min(tracks[track.id] for track in pack.tracks) >= 2


def test_our_own_use_every_score_for_both_criteria_so_that_agreement_can_be_measured() -> None:
    _, scored = own()
    assert {gold.scores[1] for gold, _ in scored} == {1, 2, 3, 4, 5}
    assert {gold.scores[0] for gold, _ in scored} >= {2, 3, 4, 5}
    assert any(len(gold.covered) != len(question.key_points) for gold, question in scored)
