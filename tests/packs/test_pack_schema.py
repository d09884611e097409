"""Each field keeps its rule, nothing is converted in silence, and what is unknown gets the nearest known name."""

import pytest

from bot.packs import read_pack
from tests.packs.pack_texts import HEADER, PACK, QUESTION, findings_in, only_finding, spoiled


@pytest.mark.bad_input(11)
@pytest.mark.parametrize(
    "word", ["no", "NO", "yes", "on", "9:30", "010", "1.10", "0x1F", "1e3", "2026-02-30", ".inf"]
)
def test_a_text_stays_as_it_was_written(word: str) -> None:
    # Row 13 too: there are no dates in a pack, so a date that does not exist is a text like any other.
    pack = read_pack({"own.yaml": spoiled("Our own pack", word).encode()})
    assert pack.title == word


@pytest.mark.bad_input(11)
def test_a_track_named_no_stays_no() -> None:
    text = spoiled("id: backend", "id: no", spoiled("track: backend", "track: no"))
    assert read_pack({"own.yaml": text.encode()}).questions[0].track == "no"


@pytest.mark.bad_input(11, 12, 13)
@pytest.mark.parametrize(
    "number",
    [
        *(
            "0",
            "241",
            "-5",
            "+5",
            "5.0",
            '"5,0"',
            "05",
            "010",
            "9:30",
            "0x10",
            "1_0",
            "1e1",
            ".nan",
            ".inf",
            "-.inf",
        ),
        *("1" + "0" * 400, "five", "no", "~", '""', "2026-02-30", "٥", "5 min"),
    ],
)
def test_a_number_out_of_range_or_form_names_field_and_range(number: str) -> None:
    finding = only_finding(spoiled("first_pass: 5", f"first_pass: {number}"))
    assert finding.startswith("own.yaml:32:28: `first_pass` must be a whole number from 1 to 240, and is `")
    assert len(finding) < 150


@pytest.mark.parametrize("number", ["1", "30", '"7"'])
def test_a_number_in_range_is_taken(number: str) -> None:
    assert findings_in(spoiled("first_pass: 5", f"first_pass: {number}")) == ()


def test_a_first_pass_longer_than_the_whole_is_refused() -> None:
    assert "`first_pass` is longer than `full`" in only_finding(spoiled("first_pass: 5", "first_pass: 31"))


@pytest.mark.bad_input(12)
@pytest.mark.parametrize("version", ["0", "-1", "1.10", "v2", "1000000", "1" + "0" * 400])
def test_a_version_must_be_a_positive_whole_number(version: str) -> None:
    assert "`version` must be a whole number from 1 to 999,999" in only_finding(
        spoiled("version: 3", f"version: {version}")
    )


@pytest.mark.bad_input(16, 18)
@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("../../etc/passwd", "has U+002E"),
        ("cache basics", "has U+0020"),
        ("Cache", "has U+0043"),
        ("c\u0430che", "has U+0430"),
        ("cache\u200b", "has U+200B"),
        ("cach\u00e9", "has U+00E9"),
        ("cache\u0661", "has U+0661"),
        ("x" * 65, "has 65 characters"),
        ('""', "has 0 characters"),
    ],
)
@pytest.mark.parametrize("place", ["id: cache-basics", "id: own", "id: devops", "id: structure"])
def test_an_id_is_plain_and_the_first_other_character_is_named(place: str, written: str, why: str) -> None:
    finding = only_finding(spoiled(place, f"id: {written}"))
    assert "`id` may have 1 to 64 of the characters a-z, 0-9 and `-`" in finding
    assert why in finding


def test_an_id_of_64_characters_is_taken() -> None:
    assert findings_in(spoiled("id: cache-basics", f"id: {'x-9z' * 16}")) == ()


LIMITS = [
    ("title: A cache in front of a store", "title", 150),
    ("text: Where would you put a cache?", "text", 3_000),
    ("why: Caches are easy to add and hard to keep right.", "why", 600),
    ("hints: [Think of reads.]", "hints", 500),
    ("key_points: [Says what may be stale]", "key_points", 200),
    ('follow_ups: ["What if it is empty?"]', "follow_ups", 500),
    ("mistakes: [No word on expiry]", "mistakes", 500),
    ("short: In front of the reads.", "short", 2_000),
    ("sources: [our notes]", "sources", 500),
    ("title: Our own pack", "title", 150),
    ("notice: Written by us.", "notice", 500),
]


@pytest.mark.bad_input(17)
@pytest.mark.parametrize(("line", "field", "longest"), LIMITS)
def test_a_text_over_its_limit_is_refused_at_import(line: str, field: str, longest: int) -> None:
    def of(length: int) -> str:
        text = "é" * length
        return spoiled(line, f"{field}: [{text}]" if "[" in line else f"{field}: {text}")

    assert findings_in(of(longest)) == ()
    assert f"may have at most {longest:,} characters, and has {longest + 1:,}; shorten it." in only_finding(
        of(longest + 1)
    )


@pytest.mark.bad_input(17)
def test_a_full_sample_over_3000_characters_is_refused() -> None:
    long = spoiled("        With a time to live.", f"        {'x' * 3_000}")
    assert "`full` may have at most 3,000 characters, and has 3,023" in only_finding(long)


@pytest.mark.parametrize(
    ("line", "new", "words"),
    [
        ("hints: [Think of reads.]", "hints: [a, b, c, d]", "`hints` must have 1 to 3 entries, and has 4."),
        ("hints: [Think of reads.]", "hints: []", "`hints` must have 1 to 3 entries, and has 0."),
        ("topics: [caching]", "topics: caching", "`topics` must be a list, and is text."),
        ("topics: [caching]", "topics: [[caching]]", "`topics.0` must be text, and is a list."),
        ("topics: [caching]", "topics: [' ']", "`topics.0` is empty"),
        ("topics: [caching]", f"topics: [{'a, ' * 26}]", "`topics` must have 1 to 25 entries, and has 26."),
        ("title: Our own pack", "title:", "`title` is empty"),
        ("title: Our own pack", "title: ~", "`title` is empty"),
        ("title: Our own pack", "title: null", "`title` is empty"),
        ("title: Our own pack", "title: {a: b}", "`title` must be text, and is a mapping."),
        ("level: mid", "level: [mid]", "`level` must be text, and is a list."),
        ("time_box: {first_pass: 5, full: 30}", "time_box: 30", "`time_box` must be a mapping, and is text."),
        ("version: 3", "version: [3]", "`version` must be text, and is a list."),
    ],
)
def test_a_value_of_the_wrong_form_is_refused(line: str, new: str, words: str) -> None:
    assert words in only_finding(spoiled(line, new))


@pytest.mark.parametrize(
    ("tail", "words"),
    [
        ("questions: x\n", "`questions` must be a list, and is text."),
        ("questions: [x]\n", "`questions.0` must be a mapping, and is text."),
    ],
)
def test_questions_of_the_wrong_form_are_refused(tail: str, words: str) -> None:
    assert any(words in str(finding) for finding in findings_in(HEADER + tail))


def test_a_header_that_is_a_list_is_refused() -> None:
    assert "`pack` must be the header, a mapping, or the pack's id" in str(
        findings_in(f"pack: []\nquestions:\n{QUESTION}")[0]
    )


def test_a_quoted_null_is_a_text() -> None:
    assert read_pack({"own.yaml": spoiled("Our own pack", "'null'").encode()}).title == "null"


@pytest.mark.bad_input(22)
@pytest.mark.parametrize(
    ("line", "new", "words"),
    [
        ("    hints:", "    hnts:", "Unknown field `hnts`; did you mean `hints`?"),
        ("      short:", "      shrt:", "Unknown field `shrt`; did you mean `short`?"),
        ("first_pass", "firstpass", "Unknown field `firstpass`; did you mean `first_pass`?"),
        ("  notice:", "  notise:", "Unknown field `notise`; did you mean `notice`?"),
        ("questions:", "question:", "Unknown field `question`; did you mean `questions`?"),
        ("1: thin", "2: thin", "Unknown field `2`; known are `1`, `3`, `5`."),
    ],
)
def test_an_unknown_field_gets_the_nearest_known_name(line: str, new: str, words: str) -> None:
    assert any(words in str(finding) for finding in findings_in(spoiled(line, new)))


@pytest.mark.bad_input(22)
@pytest.mark.parametrize(
    "field", [line.split(":")[0] for line in QUESTION.splitlines() if line[4:5].isalpha()]
)
def test_a_missing_field_is_named(field: str) -> None:
    # `id` opens the entry with its dash, so it is renamed and not cut out.
    found = findings_in(PACK.replace(f"{field}:", f"{field}-x:"))
    assert any(f"The field `{field.strip(' -')}` is missing here" in str(finding) for finding in found)


@pytest.mark.bad_input(22)
@pytest.mark.parametrize(
    ("line", "new", "words"),
    [
        ("track: backend", "track: backnd", "Unknown track `backnd`; did you mean `backend`?"),
        ("track: backend", "track: zzz", "Unknown track `zzz`; known are `backend`, `devops`."),
        ("level: mid", "level: Senior", "Unknown level `Senior`; did you mean `senior`?"),
        (
            "    kind: system-design\n    title",
            "    kind: sytem-desing\n    title",
            "did you mean `system-design`?",
        ),
        (
            "- kind: behavioral",
            "- kind: behavioural",
            "Unknown kind `behavioural`; did you mean `behavioral`?",
        ),
        (
            "    kind: system-design\n    title",
            "    kind: coding\n    title",
            "The pack has no rubric for the kind `coding`",
        ),
    ],
)
def test_an_unknown_track_level_or_kind_gets_the_nearest_known_name(line: str, new: str, words: str) -> None:
    assert words in only_finding(spoiled(line, new))


@pytest.mark.bad_input(22)
def test_a_newer_format_says_only_that_the_bot_must_be_updated() -> None:
    newer = spoiled("  version: 3", "  format: 2\n  version: 3.1\n  brand_new: x")
    assert only_finding(newer) == (
        "own.yaml:2:3: The pack has format 2, and this bot reads format 1; update the bot."
    )


@pytest.mark.bad_input(22)
def test_format_1_is_read_and_format_0_is_not() -> None:
    assert findings_in(spoiled("  version: 3", "  format: 1\n  version: 3")) == ()
    assert "`format` must be a whole number from 1 to 1" in only_finding(
        spoiled("  version: 3", "  format: 0\n  version: 3")
    )


def test_a_rubric_has_two_criteria_as_a_review_form_has_room_for_no_more() -> None:
    line = '        - {id: substance, title: Substance, steps: {"1": no sizes, "3": some sizes, "5": all sizes}}\n'
    for other, had in (("", 1), (line + line.replace("substance", "depth"), 3)):
        told = only_finding(spoiled(line, other))
        assert told == f"own.yaml:14:9: `criteria` must have exactly 2 entries, and has {had}."


@pytest.mark.parametrize(
    ("line", "new", "words"),
    [
        ("id: devops", "id: backend", "The track `backend` stands twice, in own.yaml:7 and here"),
        (
            "- kind: behavioral",
            "- kind: system-design",
            "The rubric `system-design` stands twice, in own.yaml:12",
        ),
        (
            "id: substance",
            "id: structure",
            "The criterion `structure` stands twice, in own.yaml:14 and here",
        ),
    ],
)
def test_twins_in_the_header_are_refused_with_both_places(line: str, new: str, words: str) -> None:
    assert words in only_finding(spoiled(line, new))
