"""Cards as a terminal shows them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from bot.chat.cards import Bullets, Card, Facts, Heading, Note, Numbered, Preformatted, Quote, Text, Tone
from bot.chat.local.convert import HOME
from bot.chat.local.render import draw, draw_reply, draw_steps
from bot.chat.wording import buttons
from bot.domain.places import Member

ESCAPE = re.compile("\x1b\\[[0-9;]*m")
HOSTILE = "\x1b[2J\x1b]0;title\x07ok\x9b31m\u202e\r!"
CARD = Card(
    "A title",
    (
        Text(("One line by ", Member(HOME, "ada"), ".")),
        Note("A note"),
        Text(
            (
                "A paragraph that is longer than one line of eighty cells, and so it stands apart from the others.",
            )
        ),
        Facts((("Time", "2 minutes"), ("Stage", "onsite"))),
        Heading("In full"),
        Numbered((Text(("first",)), Text(("second",)))),
    ),
    tuple(
        buttons.button(name, "r") for name in (buttons.ANSWER, buttons.HINT, buttons.POINTS, buttons.SAMPLE)
    ),
    Tone.GOOD,
)


def test_a_card_is_drawn_as_it_is_read() -> None:
    assert draw(CARD) == (
        "A title\n"
        "  One line by ada.\n"
        "  A note\n"
        "\n"
        "  A paragraph that is longer than one line of eighty cells, and so it stands\n"
        "  apart from the others.\n"
        "\n"
        "  Time: 2 minutes\n"
        "  Stage: onsite\n"
        "\n"
        "  In full\n"
        "  1. first\n"
        "  2. second\n"
        "\n"
        "  >Answer   >Hint   >Key points   >Sample answer"
    )


def test_color_changes_no_word() -> None:
    colored = draw(CARD, color=True)
    assert ESCAPE.sub("", colored) == draw(CARD)
    assert "\x1b[1;32mA title\x1b[0m" in colored
    assert colored.count("\x1b[0m") == len(ESCAPE.findall(colored)) / 2


@pytest.mark.parametrize("width", [1, 24, 40, 80])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(wcswidth(line) for line in draw(CARD, width).split("\n")) <= max(width, 24)


@pytest.mark.bad_input(44, 45, 46, 47)
def test_no_text_steers_the_terminal() -> None:
    card = Card(
        HOSTILE,
        (
            Text((HOSTILE, Member(HOME, HOSTILE))),
            Quote(HOSTILE),
            Preformatted(HOSTILE),
            Bullets((Text((HOSTILE,)),)),
            Facts(((HOSTILE, HOSTILE),)),
            Heading(HOSTILE),
            Note(HOSTILE),
        ),
    )
    for drawn in (draw(card), draw_reply(HOSTILE, HOSTILE), draw_reply("ada", HOSTILE)):
        assert not any(char in drawn for char in "\x1b\x07\x9b\r")


@pytest.mark.bad_input(16, 46)
def test_no_reply_and_no_name_turns_the_direction_of_what_is_around_it() -> None:
    hebrew = "\u05e9\u05dc\u05d5\u05dd"
    for drawn in (draw_reply(HOSTILE, "x"), draw_reply("ada", HOSTILE), draw(Card("t", (Quote(HOSTILE),)))):
        assert "\u202e" not in drawn
    assert draw_reply("ada", hebrew) == f"ada:\n  \u2068{hebrew}\u2069"


@pytest.mark.bad_input(46)
def test_a_flood_of_accents_is_capped() -> None:
    assert draw_reply("ada", "z" + "\u0313" * 500).count("\u0313") == 8


@pytest.mark.bad_input(44, 45)
@pytest.mark.parametrize(
    "text", ["@everyone @here <@&1>", "<!channel> <!subteam^S1>", "```x", "||y", "[x](javascript:z)"]
)
def test_markup_is_shown_as_it_is(text: str) -> None:
    assert draw_reply("ada", text) == f"ada:\n  {text}"


@pytest.mark.bad_input(49, 109)
@given(st.text(max_size=300))
def test_any_reply_is_drawn_within_the_width(text: str) -> None:
    for line in draw_reply("ada", text, 40).split("\n"):
        assert "\x1b" not in line and wcswidth(line) <= 40


@pytest.mark.bad_input(49)
def test_a_grapheme_is_never_cut() -> None:
    family = "👩‍👩‍👧‍👦"
    lines = draw_reply("ada", family * 40, 30).split("\n")[1:]
    assert all(line.strip().replace(family, "") == "" for line in lines)


def test_steps_stand_in_columns_where_they_fit() -> None:
    steps = (("/a", "one"), ("/long", "two"))
    assert draw_steps(steps) == "  /a      one\n  /long   two"
    assert draw_steps(steps, 10) == "  /a\n    one\n  /long\n    two"
