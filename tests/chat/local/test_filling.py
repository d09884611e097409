"""Choosing and ticking at a terminal, by numbers, with a person at it and without."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.chat.calls import FieldError
from bot.chat.cards import FIELD_TEXT, Choice, Field, FieldKind
from bot.chat.local.fields import fault_of, ticks_of
from bot.chat.local.filling import fill
from bot.chat.local.incoming import NOTHING, Reaction
from tests.chat.local.visits import Home
from tests.contracts.rating import FORM, LONG, NOT_OFFERED, POINTS, TOO_SHORT, Rating, rating

__all__ = ["rating"]

MORE = "Say first what may be lost."
STRUCTURE, TICKS, LEVEL, _ = FORM.fields
FREE = Field("free", "Free", kind=FieldKind.CHOICE, choices=STRUCTURE.choices)


class Typing:
    """A screen at which somebody types lines; what is shown is kept."""

    color = False
    width = 80

    def __init__(self, *lines: str, interactive: bool = True) -> None:
        self.lines = list(lines)
        self.interactive = interactive
        self.presets: list[str] = []
        self.shown: list[str] = []

    async def ask(self, prompt: str) -> str | None:
        return await self.ask_field(prompt, "")

    async def ask_field(self, prompt: str, preset: str) -> str | None:
        self.shown.append(prompt)
        self.presets.append(preset)
        return self.lines.pop(0) if self.lines else None

    def show(self, text: str) -> None:
        self.shown.append(text)

    @property
    def told(self) -> str:
        return "\n".join(self.shown)


class Sending:
    """Takes forms; the first goes back with a fault at a field, if one is named."""

    def __init__(self, fault: str = "") -> None:
        self.fault = fault
        self.sent: list[dict[str, str]] = []

    async def __call__(self, values: Mapping[str, str]) -> Reaction:
        self.sent.append(dict(values))
        if self.fault and len(self.sent) == 1:
            return Reaction(error=FieldError(self.fault, TOO_SHORT))
        return NOTHING


async def test_long_choices_and_ticks_are_listed_with_their_numbers() -> None:
    screen = Typing("1", "1 3 4", "2", MORE)
    sending = Sending()
    await fill(screen, FORM, sending)
    assert sending.sent == [{"structure": "1", "points": "k6,k4,k3", "level": "top", "better": MORE}]
    assert (
        """Structure. How it is built.
  1. ( ) No order yet
  2. (x) Names what is lost when a part of it is gone for ten minutes, says who
     notices it first, and how soon that is.
  3. ( ) Clear from end to end
An empty line keeps what is there."""
        in screen.told
    )
    assert "Key points covered.\n  1. [ ] Point 6:" in screen.told
    assert "\n  2. [x] Point 5:" in screen.told and "\n  5. [x] Point 2:" in screen.told
    assert "Give the numbers, such as 1 3, or none." in screen.told
    assert "Level. (1 Mid, 2 Top)" in screen.told
    assert all(len(line) <= screen.width for line in screen.told.split("\n"))


async def test_empty_lines_keep_what_was_chosen_and_ticked() -> None:
    sending = Sending()
    await fill(Typing("", "", "", MORE), FORM, sending)
    assert sending.sent == [{"structure": "3", "points": "k5,k2", "level": "mid", "better": MORE}]


async def test_a_form_that_comes_back_keeps_what_was_ticked_and_asks_for_one_field_only() -> None:
    screen, sending = Typing("1", "6", "2", "Hm", MORE), Sending("better")
    await fill(screen, FORM, sending)
    first, second = sending.sent
    assert first == {"structure": "1", "points": "k1", "level": "top", "better": "Hm"}
    assert second == {**first, "better": MORE}
    assert screen.presets[-1] == "Hm"


async def test_ticks_that_come_back_are_drawn_as_they_were_ticked() -> None:
    screen, sending = Typing("", "none", "", MORE, ""), Sending("points")
    await fill(screen, FORM, sending)
    assert [one["points"] for one in sending.sent] == ["", ""]
    asked_again = screen.told.rpartition(TOO_SHORT)[2]
    assert "[x]" not in asked_again and asked_again.count("[ ]") == len(POINTS)


async def test_a_backslash_goes_on_with_the_numbers_in_the_next_line() -> None:
    sending = Sending()
    await fill(Typing("", "1 3\\", "4", "", MORE), FORM, sending)
    assert sending.sent[0]["points"] == "k6,k4,k3"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("1 3 4", "k6,k4,k3"),
        ("4,3, 1", "k6,k4,k3"),
        ("1 1 k6 K6", "k6"),
        ("none", ""),
        ("NONE", ""),
        (POINTS[2].label.upper(), "k4"),
        ("2 9", "k5,9"),
        ("1 none", "k6,none"),
        ("-1", "-1"),
        ("²", "²"),
        ("9" * 5000, "9" * 5000),
    ],
)
@pytest.mark.bad_input(101)
def test_what_is_typed_to_tick(typed: str, text: str) -> None:
    assert ticks_of(typed, POINTS) == text
    assert (fault_of(TICKS, text) is None) is TICKS.offers(text)


@pytest.mark.bad_input(101)
def test_a_fault_says_what_is_wrong_and_how_it_is_meant() -> None:
    assert fault_of(TICKS, "") is None and fault_of(TICKS, "k1") is None
    assert fault_of(TICKS, "k1,9,x") == (
        "“9”, “x”: not among the 6 choices. Give the numbers, such as 1 3, or none."
    )
    assert fault_of(TICKS, "k1,k1") == (
        "One of these stands there twice. Give the numbers, such as 1 3, or none."
    )
    assert fault_of(STRUCTURE, "4") == "“4” is none of the 3 choices. Give the number of one."
    assert fault_of(LEVEL, "low") == "“low” is not among these: Mid, Top."
    assert fault_of(STRUCTURE, "") == "Choose one of these."
    assert fault_of(FREE, "") is None


async def test_lines_from_a_pipe_fill_in_the_form(tmp_path: Path, rating: Rating) -> None:
    home = Home(tmp_path)
    out = await home.visit("ada", "/question backend", ">Answer", "3", "2 6", "", MORE, "/streak")
    assert rating.sent == [{"structure": "5", "points": "k5,k1", "level": "mid", "better": MORE}]
    assert "Your review is kept." in out and "Streak: 0 days" in out
    assert f"  2. (x) {LONG[:30]}" in out


@pytest.mark.bad_input(101)
async def test_forged_values_are_refused_before_they_reach_anything(tmp_path: Path, rating: Rating) -> None:
    home = Home(tmp_path)
    for lines in (("1", "7", "1", MORE), ("7", "1", "1", MORE)):
        out = await home.visit("ada", "/question backend", ">Answer", *lines)
        assert "of the" in out or "not among the" in out
        assert "“Your review” was not sent; nothing of it was kept." in out
    assert rating.sent == []
    assert NOT_OFFERED not in out


def test_every_tick_of_a_form_fits_into_a_field() -> None:
    longest = tuple(Choice(f"{n}" * 99, "L") for n in range(10))
    field = Field(
        "all", "All", kind=FieldKind.TICKS, choices=longest, preset=",".join(c.value for c in longest)
    )
    assert fault_of(field, field.preset) is None and len(field.preset) < FIELD_TEXT


async def test_a_person_hears_at_once_what_a_field_does_not_take_and_nothing_is_sent_before() -> None:
    screen = Typing("9", "1", "1 9", "1", "2", "", MORE)
    sending = Sending()
    await fill(screen, FORM, sending)
    assert sending.sent == [{"structure": "1", "points": "k6", "level": "top", "better": MORE}]
    heard = ("“9” is none of the 3 choices.", "“9”: not among the 6 choices.", "This is empty.")
    places = [screen.told.index(text) for text in heard]
    assert places == sorted(places)
    assert all(screen.told.count(text) == 1 for text in heard)
