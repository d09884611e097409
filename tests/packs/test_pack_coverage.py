"""A pack's list of subjects: what is read, and what is found wrong. Also other lists, and the packs of our own."""

from pathlib import Path

import pytest

from bot.domain.coverage import missing
from bot.domain.guides import GuideKind
from bot.domain.questions import Coverage, Kind, Subject
from bot.packs import PackError, read_ids, read_packs
from tests.packs.guide_texts import COVERAGE, OWN_CONTENT, whole_pack
from tests.packs.pack_texts import spoiled


def only_finding(coverage: str) -> str:
    with pytest.raises(PackError) as caught:
        whole_pack(coverage=coverage)
    (finding,) = caught.value.findings
    return str(finding)


def test_subjects_are_read_with_their_clusters_and_what_is_near() -> None:
    coverage = whole_pack().coverage
    assert isinstance(coverage, Coverage)
    assert coverage.subjects[1] == Subject("cache-b", "backend", Kind.SYSTEM_DESIGN, "caches", ("deploys",))
    assert coverage.subjects[3] == Subject("prepare-a", "devops", None, None, ())
    assert coverage.guidance == ("fact-one", "fact-two")
    assert {"fact-two", "prepare-b"} < coverage.ids


@pytest.mark.bad_input(22)
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "near: [deploys]",
            "near: [deplos]",
            "coverage.yaml:4:80: No subject has the id `deplos`; did you mean",
        ),
        ("kind: behavioral", "kind: behavoral", "Unknown kind `behavoral`; did you mean `behavioral`?"),
        (
            "track: devops, kind: b",
            "track: devpos, kind: b",
            "Unknown track `devpos`; did you mean `devops`?",
        ),
        ("cluster: caches}", "clutser: caches}", "Unknown field `clutser`; did you mean `cluster`?"),
        (
            "id: prepare-b",
            "id: prepare-a",
            "The subject `prepare-a` stands twice, in coverage.yaml:6 and here",
        ),
        ("[fact-one, fact-two]", "fact-one", "`guidance` must be a list, and is text."),
    ],
)
def test_each_mistake_is_told_with_its_place_and_the_right_word(old: str, new: str, said: str) -> None:
    assert said in only_finding(spoiled(old, new, COVERAGE))


def test_another_list_is_read_for_its_ids(tmp_path: Path) -> None:
    file = tmp_path / "list.yaml"
    file.write_text("- id: a\n  asks: anything\n- {id: b}\n- other: c\n")
    assert read_ids(file) == ("a", "b")
    file.write_text(COVERAGE)
    assert read_ids(file) == ("cache-a", "cache-b", "deploys", "prepare-a", "prepare-b")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "list.yaml: The file cannot be read: No such file or directory."),
        ("- no: id\n", "list.yaml: There is no id in this file"),
        ("", "list.yaml: There is no id in this file"),
        ("- id: [\n", "list.yaml:2:1: Expected a value here"),
        ("- &a {id: b}\n", "Anchors and aliases are not allowed"),
    ],
)
def test_a_list_that_cannot_be_read_is_told(tmp_path: Path, text: str | None, said: str) -> None:
    file = tmp_path / "list.yaml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(PackError) as caught:
        read_ids(file)
    assert said in str(caught.value)


def test_our_own_pack_covers_all_its_subjects_and_has_guides_of_every_kind() -> None:
    (pack,) = read_packs([OWN_CONTENT])
    assert pack.coverage is not None
    assert len(pack.coverage.subjects) == 220
    assert sum(subject.kind is None for subject in pack.coverage.subjects) == 36
    assert missing(pack) == ()
    assert {guide.kind for guide in pack.guides} == set(GuideKind)
    assert {loop.track for loop in pack.loops} == {"senior", "devops", "backend", "tpm"}


def test_the_guides_of_our_own_pack_rest_on_all_the_facts_that_are_about_answers() -> None:
    (pack,) = read_packs([OWN_CONTENT])
    assert pack.coverage is not None
    named = {source for guide in pack.guides for source in guide.sources}
    named |= {source for loop in pack.loops for source in loop.sources}
    left_out = {id_ for id_ in pack.coverage.guidance if id_ not in named}
    features = ("g-feature-", "g-cluster-", "g-code-", "g-gap-", "g-author-notes")
    assert {id_ for id_ in left_out if not id_.startswith(features)} == set()
