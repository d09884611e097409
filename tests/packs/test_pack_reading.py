"""Sound packs are read as they stand, from one file, from several, and from folders."""

import os
from pathlib import Path

import pytest

from bot.domain.questions import Kind, Level, Pack, TimeBox, Track
from bot.packs import PackError, read_pack, read_packs, read_packs_placed, with_pack
from tests.packs.pack_texts import HEADER, PACK, QUESTION, findings_in, only_finding, spoiled


def own_pack() -> Pack:
    return read_pack({"own.yaml": PACK.encode()})


def folder_with(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        path = tmp_path / name.replace("__", "/")
        path = path.with_suffix(".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_one_file_is_a_whole_pack() -> None:
    pack = own_pack()
    (question,) = pack.questions
    assert (pack.id, pack.version, pack.title, pack.notice) == ("own", 3, "Our own pack", "Written by us.")
    assert pack.tracks == (Track("backend", "Backend engineer"), Track("devops", "DevOps engineer"))
    assert [rubric.kind for rubric in pack.rubrics] == [Kind.SYSTEM_DESIGN, Kind.BEHAVIORAL]
    assert pack.rubrics[0].criteria[0].steps == ("no order", "some order", "clear order")
    assert (question.id, question.pack, question.track) == ("cache-basics", "own", "backend")
    assert (question.level, question.kind) == (Level.MID, Kind.SYSTEM_DESIGN)
    assert question.time_box == TimeBox(first_pass=5, full=30)
    assert question.sample_answer.full == "In front of the reads.\nWith a time to live."
    assert (question.hints, question.sources) == (("Think of reads.",), ("our notes",))


def test_further_files_name_the_pack_by_its_id() -> None:
    other = f"pack: own\nquestions:\n{spoiled('cache-basics', 'cache-more', QUESTION)}"
    pack = read_pack({"pack.yaml": f"{HEADER}questions: []\n".encode(), "more.yaml": other.encode()})
    assert [(question.id, question.pack) for question in pack.questions] == [("cache-more", "own")]


def test_a_header_may_stand_alone_and_leave_the_questions_to_other_files() -> None:
    pack = read_pack({"a.yaml": HEADER.encode(), "b.yaml": f"pack: own\nquestions:\n{QUESTION}".encode()})
    assert len(pack.questions) == 1


def test_a_pack_without_a_question_is_refused() -> None:
    assert (
        only_finding(HEADER)
        == "own.yaml:1:1: The pack has no question; write at least one under `questions`."
    )


def test_no_file_at_all_is_refused() -> None:
    with pytest.raises(PackError, match="at least one"):
        read_pack({})


def test_a_file_of_another_pack_is_refused() -> None:
    with pytest.raises(PackError, match=r"b\.yaml:1:7: This file belongs to the pack `owm`.*`own`"):
        read_pack({"a.yaml": PACK.encode(), "b.yaml": b"pack: owm\nquestions: []\n"})


def test_a_second_header_is_refused_with_the_place_of_the_first() -> None:
    with pytest.raises(PackError, match=r"b\.yaml:2:3: The pack has its header in a\.yaml:2; ") as caught:
        read_pack({"a.yaml": PACK.encode(), "b.yaml": HEADER.encode()})
    assert len(caught.value.findings) == 1


def test_a_pack_without_a_header_is_refused() -> None:
    assert "No file of the pack has its header" in only_finding(f"pack: own\nquestions:\n{QUESTION}")


def test_a_broken_header_file_does_not_blame_the_others() -> None:
    with pytest.raises(PackError) as caught:
        read_pack({"a.yaml": b"pack: [", "b.yaml": f"pack: own\nquestions:\n{QUESTION}".encode()})
    assert [finding.file for finding in caught.value.findings] == ["a.yaml"]


def test_all_findings_come_at_once_and_sorted() -> None:
    text = spoiled("level: mid", "level: middle", spoiled("version: 3", "version: three"))
    found = findings_in(spoiled("id: cache-basics", "id: Cache", text))
    assert [finding.line for finding in found] == [3, 23, 25]


def test_a_finding_reads_as_file_line_column_and_sentence() -> None:
    assert only_finding(spoiled("level: mid", "level: midd")) == (
        "own.yaml:25:12: Unknown level `midd`; did you mean `mid`?"
    )


def test_findings_stop_at_a_hundred() -> None:
    many = "".join(f"    field{number}: x\n" for number in range(5_000))
    assert len(findings_in(PACK + many)) == 101


def test_each_subfolder_is_a_pack(tmp_path: Path) -> None:
    second = spoiled("id: own", "id: second", spoiled("cache-basics", "cache-second"))
    folder_with(tmp_path, one__own=PACK, two__second=second)
    (tmp_path / "notes").mkdir()
    (tmp_path / "README.md").write_text("no pack")
    assert [pack.id for pack in read_packs([tmp_path])] == ["own", "second"]


def test_a_folder_or_a_file_may_be_given_as_the_pack_itself(tmp_path: Path) -> None:
    folder_with(tmp_path, one__own=PACK)
    assert read_packs([tmp_path / "one"]) == read_packs([tmp_path / "one" / "own.yaml"]) == (own_pack(),)


def test_the_places_of_texts_come_with_the_packs(tmp_path: Path) -> None:
    _, places = read_packs_placed([folder_with(tmp_path, one__own=PACK)])
    assert places["cache-basics.hints.0"] == ("one/own.yaml", 33, 13)


def test_one_bad_pack_refuses_all(tmp_path: Path) -> None:
    folder_with(tmp_path, one__own=PACK, two__bad="pack: x\n", three__worse="")
    with pytest.raises(PackError) as caught:
        read_packs([tmp_path])
    assert {finding.file for finding in caught.value.findings} == {"two/bad.yaml", "three/worse.yaml"}


def test_a_missing_folder_is_named_without_its_path(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        read_packs([tmp_path / "packs"])
    assert str(caught.value).startswith("packs: There is no such folder")


def test_a_yml_file_is_not_overlooked(tmp_path: Path) -> None:
    folder_with(tmp_path, one__own=PACK)
    (tmp_path / "one" / "more.yml").write_text(PACK)
    with pytest.raises(PackError, match=r"more\.yml: Only \.yaml"):
        read_packs([tmp_path])


@pytest.mark.bad_input(5)
def test_a_question_id_twice_in_a_pack_gives_both_places() -> None:
    assert only_finding(PACK + QUESTION) == (
        "own.yaml:43:9: The question `cache-basics` stands twice, in own.yaml:23 and here; rename or remove one."
    )


@pytest.mark.bad_input(5)
def test_a_question_id_in_two_packs_gives_both_places(tmp_path: Path) -> None:
    folder_with(tmp_path, one__own=PACK, two__second=spoiled("id: own", "id: second"))
    with pytest.raises(PackError) as caught:
        read_packs([tmp_path])
    assert str(caught.value) == (
        "two/second.yaml:23:5: The question `cache-basics` stands in one/own.yaml:23 already; rename one."
    )


@pytest.mark.bad_input(5)
def test_two_packs_of_one_id_are_refused(tmp_path: Path) -> None:
    folder_with(tmp_path, one__own=PACK, two__own=PACK)
    with pytest.raises(PackError, match="Two packs have the id `own`"):
        read_packs([tmp_path])


@pytest.mark.bad_input(5)
def test_the_same_pack_again_changes_nothing() -> None:
    installed = (own_pack(),)
    assert with_pack(installed, own_pack()) == installed


@pytest.mark.bad_input(5)
def test_a_newer_version_takes_the_place_of_the_older() -> None:
    other = read_pack({"a.yaml": spoiled("id: own", "id: a", spoiled("cache-basics", "a")).encode()})
    newer = read_pack({"own.yaml": spoiled("version: 3", "version: 4").encode()})
    assert with_pack((own_pack(), other), newer) == (newer, other)
    assert with_pack((other,), newer) == (other, newer)


@pytest.mark.bad_input(5)
@pytest.mark.parametrize(("old", "new"), [("version: 3", "version: 2"), ("Our own pack", "Our new pack")])
def test_an_older_version_or_other_content_under_the_same_one_is_refused(old: str, new: str) -> None:
    with pytest.raises(PackError, match=r"version 3 is installed.*raise `version`"):
        with_pack((own_pack(),), read_pack({"own.yaml": spoiled(old, new).encode()}))


@pytest.mark.bad_input(5)
def test_a_question_of_another_installed_pack_is_refused() -> None:
    with pytest.raises(PackError, match=r"`cache-basics` stands in the pack `own` already"):
        with_pack((own_pack(),), read_pack({"a.yaml": spoiled("id: own", "id: a").encode()}))


@pytest.mark.bad_input(18)
def test_links_and_pipes_in_a_pack_folder_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(PACK)
    packs = folder_with(tmp_path / "packs", one__own=PACK)
    (packs / "one" / "link.yaml").symlink_to(secret)
    os.mkfifo(packs / "one" / "pipe.yaml")
    (packs / "linked").symlink_to(packs / "one")
    with pytest.raises(PackError) as caught:
        read_packs([packs])
    assert [finding.file for finding in caught.value.findings] == ["linked", "one/link.yaml", "one/pipe.yaml"]
    assert all("itself here" in finding.sentence for finding in caught.value.findings)
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.bad_input(18)
@pytest.mark.parametrize(
    "name", ["../own.yaml", "/etc/own.yaml", "a\\own.yaml", "a\x00.yaml", "a" * 300 + ".yaml"]
)
def test_a_name_that_could_be_a_path_is_refused(name: str) -> None:
    assert "rename the file" in only_finding(PACK, name)
    assert "\x00" not in only_finding(PACK, name)


@pytest.mark.bad_input(9)
def test_a_file_over_one_megabyte_is_refused_unparsed(tmp_path: Path) -> None:
    big = f"{PACK}# {'x' * 1_000_000}"
    assert "The file is over 1 MB" in only_finding(big)
    with pytest.raises(PackError, match="The file is over 1 MB"):
        read_packs([folder_with(tmp_path, one__own=big)])


@pytest.mark.bad_input(9)
def test_more_than_two_thousand_questions_are_refused_over_several_files() -> None:
    short = "".join(f"  - id: q{number}\n" for number in range(1_001))
    files = {name: f"pack: own\nquestions:\n{short}".encode() for name in ("a.yaml", "b.yaml")}
    with pytest.raises(PackError) as caught:
        read_pack({"pack.yaml": HEADER.encode(), **files})
    assert str(caught.value).endswith("The pack has over 2,000 questions, from here on; split it.")


def test_the_packs_that_come_with_the_bot_are_sound() -> None:
    content = Path(__file__).parents[2] / "content"
    assert [pack.id for pack in read_packs([content])] == ["netflix"]
