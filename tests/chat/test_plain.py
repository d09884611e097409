"""A card as plain text: readable, and never wider than asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from bot.chat.cards import (
    Bullets,
    Button,
    Card,
    Facts,
    Heading,
    Note,
    Numbered,
    Picture,
    Preformatted,
    Quote,
    Text,
)
from bot.chat.plain import by_id, notification, plain
from bot.domain.places import Channel, Member
from tests.chat.test_cards import CARDS
from tests.chat.world import ADA, HERE, STUDY

CARD = Card(
    "A title",
    (
        Text(("Well done, ", ADA, ", here in ", STUDY, ".")),
        Heading("A heading"),
        Bullets((Text(("one",)), Text(("two words " * 12,)))),
        Numbered(tuple(Text((f"item {number}",)) for number in range(1, 11))),
        Facts((("Time", "2 minutes"), ("Stage", "screen"))),
        Quote("Quoted\nwords"),
        Preformatted("a  b\n1  2"),
        Note("Small"),
        Note("Smaller"),
        Picture("ref", "a chart"),
    ),
    (Button("Answer", "answer", "1"), Button("Hint", "hint", "1")),
)

EXPECTED = """A title

Well done, ada, here in #study.

A heading
- one
- two words two words two words two words two words two words two words two
  words two words two words two words two words

1. item 1
2. item 2
3. item 3
4. item 4
5. item 5
6. item 6
7. item 7
8. item 8
9. item 9
10. item 10

Time: 2 minutes
Stage: screen

| Quoted
| words

a  b
1  2

Small
Smaller

[Answer] [Hint]"""


def test_every_kind_of_block_is_readable() -> None:
    assert "\n".join(plain(CARD)) == EXPECTED


@given(CARDS, st.integers(20, 120))
def test_no_line_is_wider_than_asked_and_none_ends_with_a_blank(card: Card, width: int) -> None:
    for line in plain(card, width):
        assert max(0, wcswidth(line)) <= width
        assert line == line.rstrip() and "\n" not in line


def test_wide_letters_count_as_two_cells() -> None:
    assert plain(Card("中文字符" * 10), 20) == ["中文字符中文字符中文", "字符中文字符中文字符"] * 2


def test_a_word_with_a_hyphen_stays_whole() -> None:
    assert plain(Card("0123456789 mon-friday"), 20) == ["0123456789", "mon-friday"]


def test_a_width_below_twenty_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least 20"):
        plain(CARD, 19)


@pytest.mark.bad_input(46)
def test_a_name_that_would_turn_the_line_around_is_isolated() -> None:
    card = Card("x", (Text((Member(HERE, "eve\u202eada"), ": 3 days")),))
    assert plain(card)[-1] == "\u2068eveada\u2069: 3 days"


@pytest.mark.bad_input(44, 45)
def test_an_isolate_that_is_wrapped_is_closed_on_each_line() -> None:
    lines = plain(Card("x", (Quote("שלום " * 10),)), 24)[2:]
    assert len(lines) > 2 and all(line.count("\u2068") == line.count("\u2069") == 1 for line in lines)


def test_words_that_are_isolated_within_a_sentence_stay_so() -> None:
    assert plain(Card("There is no “\u2068שלום\u2069”."))[0] == "There is no “\u2068שלום\u2069”."


def test_what_looks_like_markup_or_a_mention_stays_literal() -> None:
    words = "@everyone <!channel> **bold** [x](javascript:alert) ``` ||"
    assert plain(Card("x", (Quote(words),)))[-1] == f"| {words}"


def test_codes_that_steer_a_terminal_never_reach_it() -> None:
    assert "\x1b" not in "".join(
        plain(Card("x\x1b[31m", (Quote("\x1b]0;title\x07"), Preformatted("\x1b[2J"))))
    )


def test_names_come_from_the_platform_that_draws_them() -> None:
    names = {ADA: "Ada L.", STUDY: "study hall"}
    card = Card("x", (Text((ADA, " in ", STUDY)),))
    assert (
        plain(card, name=lambda part: part if isinstance(part, str) else names[part])[-1]
        == "Ada L. in study hall"
    )


def test_a_place_goes_by_its_id_where_ids_are_names() -> None:
    assert by_id("as it is") == "as it is"
    assert by_id(Member(HERE, "ada")) == "ada"
    assert by_id(Channel(HERE, "study")) == "#study"
    assert by_id(Member(HERE, " \n")) == "(no name)"


def test_a_notification_is_one_line_within_its_limit() -> None:
    line = notification(CARD, 60)
    assert line == "A title Well done, ada, here in #study. A heading - one - t…"
    assert "\n" not in notification(CARD, 10_000) and "[Answer]" in notification(CARD, 10_000)
