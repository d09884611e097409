"""Other people's text as it is shown: isolated, capped, never cut inside a character."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from bot.chat.literal import MARKS, cut, printable, shown, shown_name, split

FAMILY = "👨‍👩‍👧‍👦"
GERMANY = "🇩🇪"
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(f"{FAMILY}{GERMANY}é\u0301\u202e\u2066\r\n \t")))


@pytest.mark.bad_input(46)
def test_a_direction_override_is_taken_out_and_the_name_isolated() -> None:
    assert shown("evil\u202etxt.exe") == "\u2068eviltxt.exe\u2069"


@pytest.mark.bad_input(46)
def test_a_name_in_a_script_from_right_to_left_cannot_reorder_what_follows() -> None:
    assert shown("דנה") == "\u2068דנה\u2069"


@pytest.mark.bad_input(46)
def test_a_flood_of_marks_is_capped_at_eight_for_each_base() -> None:
    assert shown("a" + "\u0301" * 500 + "b") == "a" + "\u0301" * MARKS + "b"


def test_ordinary_text_and_emoji_stay_as_they_are() -> None:
    text = f"Zoë, naïve x² {FAMILY} {GERMANY}\n\tSecond line\n"
    assert shown(text) == text


def test_codes_that_steer_a_terminal_are_taken_out() -> None:
    assert shown("\x1b[2Jboo\x07\x00") == "[2Jboo"


def test_every_kind_of_line_break_is_one_kind() -> None:
    assert shown("a\r\nb\rc\u2028d\u2029e") == "a\nb\nc\nd\ne"


@given(TEXTS)
def test_showing_twice_changes_nothing(text: str) -> None:
    assert shown(shown(text)) == shown(text)


@given(TEXTS)
def test_what_is_shown_never_has_an_open_isolate_or_an_override(text: str) -> None:
    for line in shown(text).split("\n"):
        inner = line.removeprefix("\u2068").removesuffix("\u2069")
        assert line.count("\u2068") == line.count("\u2069") == (1 if inner != line else 0)
        assert not set(inner) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(TEXTS)
def test_what_is_shown_is_printable_as_it_is(text: str) -> None:
    assert printable(shown(text)) == shown(text)


@pytest.mark.bad_input(46)
@pytest.mark.parametrize("text", ["a\u202eb", "a\u2069b", "a\u2068b", "a\u2066b", "\u2069a\u2068b", "a\x1bb"])
def test_words_that_were_not_made_harmless_cannot_turn_a_line_around_either(text: str) -> None:
    assert printable(text) == "ab"


@given(st.text(max_size=300))
def test_a_name_is_one_line_of_bounded_length_and_never_empty(name: str) -> None:
    given_name = shown_name(name)
    assert given_name and "\n" not in given_name and len(given_name) <= 81


@pytest.mark.bad_input(49)
@pytest.mark.parametrize("limit", range(1, 40))
def test_a_cut_never_falls_inside_a_family_a_flag_or_an_accented_letter(limit: int) -> None:
    text = f"{FAMILY}e\u0301{GERMANY}{GERMANY}{FAMILY}"
    whole = list(iter_graphemes(text))
    kept = list(iter_graphemes(cut(text, limit).removesuffix("…")))
    assert kept == whole[: len(kept)]


@given(TEXTS, st.integers(1, 60))
def test_a_cut_text_is_never_longer_than_the_limit(text: str, limit: int) -> None:
    assert len(cut(text, limit)) <= limit


def test_a_text_that_fits_is_not_cut() -> None:
    assert cut("exactly", 7) == "exactly"
    assert cut("exactly!", 7) == "exactl…"


@pytest.mark.parametrize("cutter", [cut, split])
def test_a_limit_below_one_is_a_mistake(cutter: object) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        cutter("a", 0)  # type: ignore[operator]


@pytest.mark.bad_input(42, 43)
@given(TEXTS, st.integers(1, 50))
def test_the_pieces_are_the_text_again_and_each_fits(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= limit for piece in pieces)


@pytest.mark.bad_input(43, 49)
def test_forty_thousand_characters_are_split_between_graphemes() -> None:
    text = f"{FAMILY} and {GERMANY}\u00ade\u0301 " * 2500
    pieces = split(text, 3000)
    ends = set()
    at = 0
    for grapheme in iter_graphemes(text):
        at += len(grapheme)
        ends.add(at)
    at = 0
    for piece in pieces:
        at += len(piece)
        assert at in ends
    assert len(pieces) < 2 * len(text) / 3000 + 1


@pytest.mark.bad_input(42)
def test_a_piece_ends_at_a_line_break_where_one_is_near_else_at_a_blank() -> None:
    assert split("one two\nthree four five", 12) == ["one two\n", "three four ", "five"]


def test_a_piece_that_ends_at_a_blank_leaves_a_rest_that_may_be_full_at_once() -> None:
    accented = "e" + "\u0301" * 7
    assert split(f"abcdef ghi{accented}", 10) == ["abcdef ", "ghi", accented]


def test_a_grapheme_longer_than_the_limit_is_the_only_thing_cut_inside() -> None:
    flood = "a" + "\u0301" * 9
    assert split(flood, 4) == [flood[:4], flood[4:8], flood[8:]]
    assert unicodedata.category(flood[1]) == "Mn"
