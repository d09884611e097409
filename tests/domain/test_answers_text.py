"""What of an answer a person sees, what of it is their own, and when two answers are the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers_text import fingerprint, is_blank, own_text, visible_length

QUESTION = """**A queue that grows**
Your consumers fall behind and the queue grows by 1,000 messages a minute.
What do you look at first, and why?"""

PLAIN = st.text("abcdefghijklmnop qrstuvwxyz", min_size=1)


@pytest.mark.bad_input(40)
@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t\r\n\f\v",
        "\u00a0\u2003\u202f\u3000\u2028\u2029",  # spaces of other widths and line ends
        "\u200b\u200c\u200d\u2060\ufeff",  # zero-width
        "\u2800" * 20,  # empty braille cell
        "\u3164\uffa0\u115f\u1160",  # Hangul fillers
        "\ufe0f\ufe0e\U000e0100",  # variation selectors
        "\u00ad\u034f\u061c\u180e",  # soft hyphen and other joiners
        "\u202e\u2066\u2069",  # text direction
        "\u0301\u0302\u20dd",  # marks on nothing
        "\x00\x07\x1b",
        "\ud800",
        "\ufffe\uffff\U000e0fff\ufff0",
        "\U000e0041\U000e007f",  # tags
    ],
)
def test_a_text_without_anything_to_see_is_blank(text: str) -> None:
    assert is_blank(text)
    assert visible_length(text) == 0


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a", 1),
        ("an index", 7),
        ("naïve", 5),
        ("nai\u0308ve", 5),
        ("각", 1),
        ("\u1100\u1161\u11a8", 1),  # the same syllable in three parts
        ("z\u0301\u0302\u0303\u0304\u0305", 1),
        ("co\u00adop\u200ber", 6),
        ("ответ", 5),
        ("答え", 2),
        ("\U0001f389", 1),
        ("\U0001fae8", 1),  # newer than the table of Python 3.11
        ("\ue000", 1),
        ("?!", 2),
    ],
)
def test_the_visible_length_is_what_a_person_counts(text: str, seen: int) -> None:
    assert visible_length(text) == seen
    assert not is_blank(text)


@given(st.text(), st.text())
def test_the_visible_length_never_exceeds_the_characters_nor_shrinks_by_more_text(one: str, two: str) -> None:
    assert 0 <= visible_length(one) <= len(one)
    assert visible_length(one + "." + two) == visible_length(one) + visible_length("." + two)


@pytest.mark.bad_input(41)
@pytest.mark.parametrize(
    "text",
    [
        "\U0001f389\U0001f389\U0001f3fd\u2764\ufe0f",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1eb\U0001f1f7",  # a family, a flag
        ":tada: :+1: :100: <:party:123456> <a:dance:98765>",
        "1\ufe0f\u20e3 #\u20e3",
        "\U0001fae8",
        "https://example.org/a/very/long/path?q=1#part",
        "<https://example.org/doc|a label that is somebody's>",
        "HTTP://EXAMPLE.ORG www.example.org/x <mailto:a@example.org>",
        "<@U024BE7LH> <#C1|general> <!here>",
        "> What do you look at first, and why?",
        "> **A queue that grows**\n> What do you look at first, and why?\n>",
        ">>> What do you look at first, and why?",
        ">your consumers FALL behind",
        "> the queue grows by 1,000 \u2026",
        "A queue that grows\nWhat do you look at first, and why?\n\U0001f914",
    ],
)
def test_emoji_links_mentions_and_quotes_of_the_question_are_nobodys_own_words(text: str) -> None:
    assert visible_length(own_text(text, QUESTION)) == 0


@pytest.mark.bad_input(41)
def test_one_character_stays_one_character() -> None:
    assert own_text(" k ", QUESTION) == "k"


@pytest.mark.parametrize(
    "text",
    [
        "I look at the lag per partition.",
        "queue",  # a word of the question, but no whole line of it
        "> systemctl status consumer",
        "if a > b: swap()",
        "12:30:45 was the start; std::vector::push_back was slow",
        "price < 10 and size > 20",
        "lag \u2192 consumers \u2265 2 \u00d7 rate",
        "C++ or C#?",
        "",
    ],
)
def test_own_words_stay_as_they_are(text: str) -> None:
    assert own_text(text, QUESTION) == text


def test_words_around_quotes_and_links_stay() -> None:
    text = "> What do you look at first, and why?\n\nThe lag, see https://example.org/l \U0001f600\nThen CPU."
    assert own_text(text, QUESTION).split() == ["The", "lag,", "see", "Then", "CPU."]


def test_an_empty_question_takes_nothing_away() -> None:
    assert own_text("> mine\nand mine", "") == "> mine\nand mine"


@pytest.mark.bad_input(105)
@pytest.mark.parametrize(
    "copy",
    [
        "  an index   on the\tJOIN column  ",
        "An index on the join column!!!",
        "\u201cAn index on the join column.\u201d",
        "An in\u200bdex on\u00a0the jo\u00adin column.",
        "An\u3164index\u2800on the join column",
        "Ａｎ index on the join column",
        "An index on the join column\ufe0f",
        "... An index\non the join\ncolumn",
    ],
)
def test_a_dressed_up_copy_has_the_same_fingerprint(copy: str) -> None:
    assert fingerprint(copy) == fingerprint("An index on the join column.")


@pytest.mark.parametrize(
    "other",
    ["An index on the join columns.", "An index, on the join column", "Anindex on the join column", "C", ""],
)
def test_another_text_has_another_fingerprint(other: str) -> None:
    assert fingerprint(other) != fingerprint("An index on the join column.")


def test_signs_that_carry_sense_and_accents_make_a_difference() -> None:
    assert len({fingerprint(text) for text in ("C", "C++", "resume", "résumé", "a-b", "a+b")}) == 6


@given(st.text())
def test_any_text_has_a_fingerprint_of_64_digits(text: str) -> None:
    assert re.fullmatch("[0-9a-f]{64}", fingerprint(text + "\ud800"))


@pytest.mark.bad_input(105)
@given(PLAIN, st.sampled_from(["\u200b", "\u00ad", "\u034f", "\ufe0f", "\U000e0041", "\x07"]), st.integers(0))
def test_an_invisible_character_anywhere_hides_no_copy(text: str, hidden: str, at: int) -> None:
    place = at % (len(text) + 1)
    assert fingerprint(text[:place] + hidden + text[place:].upper()) == fingerprint(text)
    assert visible_length(text[:place] + hidden + text[place:]) == visible_length(text)


@given(PLAIN)
def test_a_quote_of_the_whole_question_leaves_nothing(question: str) -> None:
    assert own_text(f"> {question}", question) == ""
