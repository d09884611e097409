"""Guides and loops in a pack's files: what is read, and what is found wrong."""

from pathlib import Path

import pytest

from bot.domain.guides import GuideKind, LoopStep, Span
from bot.packs import PackError, house_findings, read_pack, read_pack_apart, read_packs, read_packs_placed
from tests.packs.guide_texts import FILES, GUIDES, whole_pack
from tests.packs.pack_texts import PACK, spoiled


def only_finding(guides: str) -> str:
    with pytest.raises(PackError) as caught:
        whole_pack(guides=guides)
    (finding,) = caught.value.findings
    return str(finding)


def test_every_kind_of_guide_is_read_under_its_own_section() -> None:
    guides = {guide.kind: guide for guide in whole_pack().guides}
    assert list(guides) == list(GuideKind)
    assert guides[GuideKind.CHECKLIST].points == ("Sleep well", "Eat well")
    assert guides[GuideKind.VALUE].points == ("You said it", "You heard it")
    assert guides[GuideKind.FRAME].tips == ()
    assert {guide.pack for guide in guides.values()} == {"own"}


def test_a_loop_has_its_stages_in_order_with_lengths_that_may_be_unknown() -> None:
    (loop,) = whole_pack(guides=spoiled("        interviews: 1\n        minutes: 30\n", "", GUIDES)).loops
    assert loop.steps == (
        LoopStep("phone", None, None, False, "Why you are here."),
        LoopStep("panel", Span(2, 4), Span(45, 60), True, "Whether you can do it."),
    )


@pytest.mark.bad_input(22)
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("judges: [Mot", "jugdes: [Mot", None),
        ("frames:", "framse:", "guides.yaml:30:1: Unknown field `framse`; did you mean `frames`?"),
        (
            "- stage: panel",
            "- stage: panle",
            "guides.yaml:24:16: No stage `panle` stands under `stages`; did",
        ),
        (
            "track: backend",
            "track: bakend",
            "guides.yaml:16:12: Unknown track `bakend`; did you mean `backend`?",
        ),
        ("optional: yes", "optional: maybe", "guides.yaml:27:19: Unknown optional `maybe`; did you"),
        ("minutes: 30", "minutes: half an hour", "`minutes` must be a whole number from 1 to 480"),
        ("minutes: 30", "minutes: 0", "`minutes` must be a whole number from 1 to 480"),
        ("{least: 2, most: 4}", "{least: 4, most: 2}", "`least` is above `most` in `interviews`"),
        ("{least: 2, most: 4}", "[2, 4]", "`interviews` must be a mapping, and is a list."),
        ("id: panel", "id: phone", None),
        ("id: candor", "id: Candor", "`id` may have 1 to 64 of the characters a-z, 0-9 and `-`"),
        ("items: [Sleep well, Eat well]", "items: []", "`items` must have 1 to 25 entries, and has 0."),
        ("text: Say it.", "text: ''", "`text` is empty; write a text"),
        ("text: Say it.", f"text: {'x' * 1001}", "`text` may have at most 1,000 characters, and has 1,001"),
    ],
)
def test_each_mistake_is_told_with_its_place_and_the_right_word(old: str, new: str, said: str | None) -> None:
    wrong = spoiled(old, new, GUIDES)
    if said is not None:
        assert said in only_finding(wrong)
        return
    with pytest.raises(PackError) as caught:  # one mistake with two consequences, and both are told
        whole_pack(guides=wrong)
    assert len(caught.value.findings) == 2


def test_two_guides_of_one_kind_and_id_are_a_finding_with_both_places() -> None:
    twice = GUIDES + GUIDES[GUIDES.index("  - id: haste") :]
    assert "The mistakes guide `haste` stands twice, in guides.yaml:49 and here; rename" in only_finding(
        twice
    )


def test_guides_of_different_kinds_may_have_one_id() -> None:
    pack = whole_pack(guides=spoiled("id: candor", "id: evening", GUIDES))
    assert [guide.kind for guide in pack.guides if guide.id == "evening"] == ["checklist", "value"]


def test_a_file_with_an_id_and_nothing_else_is_still_a_finding() -> None:
    assert "The field `questions` is missing here" in only_finding("pack: own\n")


def test_a_child_process_gives_the_same_pack() -> None:
    apart = read_pack_apart({name: text.encode() for name, text in FILES.items()})
    assert apart == whole_pack()
    assert repr(apart) == repr(whole_pack())


def test_two_packs_with_one_guide_are_a_finding(tmp_path: Path) -> None:
    for id_ in ("own", "other"):
        (tmp_path / id_).mkdir()
        for name, text in FILES.items():
            changed = text.replace("id: own", f"id: {id_}").replace("pack: own", f"pack: {id_}")
            (tmp_path / id_ / name).write_text(changed.replace("cache-basics", f"cache-{id_}"))
    with pytest.raises(PackError) as caught:
        read_packs([tmp_path])
    told = [str(finding) for finding in caught.value.findings]
    assert len(told) == len(whole_pack().guides)
    assert (
        "own/guides.yaml:37:5: The checklist guide `evening` stands in the pack `other` already; rename one."
        in told
    )


@pytest.mark.bad_input(5, 22)
def test_guides_that_are_cut_off_or_lose_a_line_give_findings_and_never_a_fault() -> None:
    lines = GUIDES.splitlines(keepends=True)
    cut = [GUIDES[:at] for at in range(0, len(GUIDES), 7)]
    for wrong in [*cut, *("".join(lines[:at] + lines[at + 1 :]) for at in range(len(lines)))]:
        try:
            whole_pack(guides=wrong)
        except PackError as error:
            assert error.findings


def house(guides: str = GUIDES, own: str = PACK) -> list[str]:
    """The findings of the house rules that are about guides or references."""
    pack = whole_pack(guides=guides, own=own)
    return [
        each.sentence for each in house_findings([pack]) if "guide" in str(each) or "Unknown" in str(each)
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("items: [Sleep well, Eat well]", "items: [Sleep well]", "2 to 15 points, and here are 1."),
        ("tips: [Stand", f"tips: [{'x' * 321}, Stand", "a point is at most 320 characters"),
        (
            "tips: [Stand",
            f"tips: [{', '.join([letter * 300 for letter in 'abcdefghij'])}, Stand",
            "a guide is at most 2,800 characters in all, and this has 3,0",
        ),
        ("sources: [prepare-a, prepare-b]", "sources: [prepar-b]", "`prepar-b`; did you mean `prepare-b`?"),
        (
            "tips: [Stand",
            "tips: [Slow and smooth is how it goes, Slow and smooth is how it goes, Stand",
            "stands in",
        ),
    ],
)
def test_the_house_rules_are_kept_by_guides(old: str, new: str, said: str) -> None:
    told = " ".join(house(spoiled(old, new, GUIDES)))
    assert said in told


def test_a_question_names_sources_and_stages_that_there_are() -> None:
    told = house()
    assert "Unknown source `our notes`; known are" in " ".join(told)
    assert "Unknown stage `phone screen`; did you mean `phone`?" in told
    right = PACK.replace("[our notes]", "[cache-a]").replace("[phone screen]", "[phone]")
    assert house(own=right) == []


def test_a_pack_without_a_list_of_subjects_may_name_any_source() -> None:
    pack = read_pack({"own.yaml": PACK.encode()})
    assert [each for each in house_findings([pack]) if "Unknown" in each.sentence] == []


def test_a_finding_of_the_house_rules_has_its_line(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    packs, places = read_packs_placed([tmp_path])
    told = [str(finding) for finding in house_findings(packs, places)]
    assert f"{tmp_path.name}/own.yaml:30:14: Unknown stage `phone screen`; did you mean `phone`?" in told
