"""YAML that is broken, tricky or hostile gives a sentence with its place, with the parser in C and in Python."""

from typing import Any

import pytest
import yaml

from bot.packs import yaml_tree
from tests.packs.pack_texts import PACK, findings_in, only_finding, spoiled


@pytest.fixture(params=[yaml_tree.LOADER, yaml.SafeLoader], autouse=True, ids=["default", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(yaml_tree, "LOADER", request.param)


def test_a_sound_pack_gives_no_finding() -> None:
    assert findings_in(PACK) == ()


@pytest.mark.bad_input(1)
@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("pack:\n\tid: x\n", "2:1", "indent with spaces only"),
        ("pack:\n  id: 'x\n  title: y\n", "4:1", "The quote that opens in line 2 is not closed"),
        ("pack: {id: x\n", "2:1", "to go on with the mapping that `{` opened in line 1"),
        ("pack: [\n", "2:1", "Expected a value here"),
        ("pack: - a\n", "1:7", "A `-` stands where no entry was expected"),
        ("pack: [a, b\n", "2:1", "Expected `,` or `]` to go on with the list"),
        (
            "pack:\n  - a\n  b: c\n",
            "3:3",
            "Expected another entry `- …`, indented as far as the one in line 2",
        ),
        ("pack:\n  id: x\n title: y\n", "3:2", "Expected another `key: value` line"),
        ("pack:\n  id: a: b\n", "2:8", "put a text with `: ` in quotes"),
        ("pack:\n  id\n  title: x\n", "3:8", "A `:` stands where no key was expected"),
        ("pack:\n  id: @you\n", "2:7", "A text cannot begin with `@`"),
        ('pack:\n  id: "a\\q"\n', "2:9", "a known escape was expected"),
        ("%YAML 3.0\n---\npack: x\n", "1:1", "cannot be read as YAML"),
    ],
)
def test_a_fault_of_yaml_says_where_it_is_and_what_was_expected(text: str, place: str, words: str) -> None:
    finding = only_finding(text)
    assert words in finding
    # The two parsers do not agree on the column, and at the end of a file not on the line.
    assert abs(int(finding.split(":")[1]) - int(place.split(":")[0])) <= 1


@pytest.mark.bad_input(2)
@pytest.mark.parametrize(
    "text", ["", "\n", "# only a word\n", "just text", "- a\n- b\n", "---\n", "42", "\ufeff"]
)
def test_what_is_no_mapping_at_the_top_is_refused(text: str) -> None:
    assert "A pack must be a mapping with `pack` and `questions`" in only_finding(text)


@pytest.mark.bad_input(3)
def test_a_second_document_is_refused_where_it_begins() -> None:
    lines = PACK.count("\n")
    assert only_finding(f"{PACK}---\npack: own\n") == (
        f"own.yaml:{lines + 1}:1: A second document begins here; write one document per file."
    )


@pytest.mark.bad_input(4)
def test_a_key_twice_is_refused_with_both_lines() -> None:
    assert only_finding(spoiled("  notice: W", "  title: Again\n  notice: W")) == (
        "own.yaml:5:3: The key `title` stands twice, in line 4 and in line 5; keep one."
    )


BILLION_LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + step)}: &{chr(98 + step)} [*{chr(97 + step)}, *{chr(97 + step)}]\n" for step in range(9)
)


@pytest.mark.bad_input(6, 7)
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BILLION_LAUGHS, "Anchors and aliases are not allowed"),
        ("a: &a [*a]\n", "Anchors and aliases are not allowed"),
        ("pack: *own\n", "Anchors and aliases are not allowed"),
        ("pack:\n  - *bold* word\n", "Anchors and aliases are not allowed"),
        ("pack: &own x\n", "Anchors and aliases are not allowed"),
        ("pack:\n  <<: {id: x}\n", "Merge keys"),
        ("&k pack: x\n", "Anchors and aliases are not allowed"),
    ],
)
def test_what_multiplies_or_refers_to_itself_is_refused(text: str, words: str) -> None:
    assert words in only_finding(text)


@pytest.mark.bad_input(8)
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("times", [21, 1_000, 50_000])
def test_what_is_too_deep_is_refused(opening: str, times: int) -> None:
    assert "more than 20 deep" in only_finding("pack: \n  " + opening * times) or opening == "? "
    assert len(findings_in("pack: \n  " + opening * times)) == 1


def test_twenty_levels_are_still_read() -> None:
    text = spoiled("notice: Written by us.", f"notice: {'[' * 18}x{']' * 18}")
    assert "`notice` must be text, and is a list" in only_finding(text)
    deeper = spoiled("notice: Written by us.", f"notice: {'[' * 19}x{']' * 19}")
    assert "more than 20 deep" in only_finding(deeper)


@pytest.mark.bad_input(10)
@pytest.mark.parametrize(
    "text",
    [
        "pack: !!python/object/apply:os.system ['touch /tmp/never']\n",
        "pack: !!python/name:os.system x\n",
        "pack: !own x\n",
        "pack: ! x\n",
        "pack: !!str x\n",
        "!!map {pack: x}\n",
        "!!str pack: x\n",
        "pack: !!set {a, b}\n",
        "%TAG ! tag:example.org,2026:\n---\npack: !x y\n",
    ],
)
def test_every_tag_is_refused(text: str) -> None:
    assert "Tags are not allowed" in only_finding(text)


def test_a_key_that_is_a_list_is_refused() -> None:
    assert "a key is a plain word" in only_finding("pack: x\n? [a, b]\n: c\n")


@pytest.mark.bad_input(15)
@pytest.mark.parametrize(
    ("escape", "words"),
    [
        (r"\0", "U+0000 is a control character"),
        (r"\a", "U+0007 is a control character"),
        (r"\x7f", "U+007F is a control character"),
        (r"\u202e", "U+202E is an invisible control of writing direction"),
        (r"\L", "U+2028 is a foreign line end"),
        (r"\ud800", ""),
        (r"\ud83d\ude00", ""),
        (r"\UFFFFFFFF", ""),
        (r"\U00110000", ""),
    ],
)
def test_what_may_not_stand_in_a_text_may_not_be_escaped_into_it(escape: str, words: str) -> None:
    finding = only_finding(spoiled("title: Our own pack", f'title: "Our {escape} pack"'))
    assert words in finding
    if escape.startswith("\\u"):
        assert finding.startswith("own.yaml:4:")
    if escape.startswith("\\ud8"):
        assert "surrogate" in finding
