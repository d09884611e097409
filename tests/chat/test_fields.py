"""What is chosen and ticked in a form is one text everywhere, and a long label is shown whole."""

import pytest

from bot.chat.cards import Choice, Field, FieldKind, joined, ticked
from bot.chat.fields import from_tick_marks, halves, tick_mark

POINTS = tuple(Choice(value, f"Point {value}") for value in "cab")
TICKS = Field("points", "Points", kind=FieldKind.TICKS, choices=POINTS)
ONE = Field("one", "One", kind=FieldKind.CHOICE, choices=POINTS)
WORDS = "The design names what is lost when a part of it is gone for ten minutes, and says who notices first and how."


def test_ticked_values_are_one_text_and_come_back() -> None:
    assert ticked(joined(["c", "b"])) == ("c", "b")
    assert joined(["c", "b"]) == "c,b"
    assert ticked(joined([])) == () and joined([]) == ""


@pytest.mark.bad_input(101)
@pytest.mark.parametrize(
    ("text", "one", "ticks"),
    [
        ("", False, True),
        ("c", True, True),
        ("c,b", False, True),
        ("b,c", False, True),
        ("c,c", False, False),
        ("c,x", False, False),
        ("c, b", False, False),
        ("Point c", False, False),
    ],
)
def test_a_field_tells_what_it_offers_from_what_is_forged(text: str, one: bool, ticks: bool) -> None:
    assert (ONE.offers(text), TICKS.offers(text)) == (one, ticks)
    assert Field("line", "Line").offers(text)


def test_ticks_come_back_in_the_order_of_the_choices_however_a_platform_gives_them() -> None:
    choices = [Choice(str(n), "Point") for n in range(10, 0, -1)]
    marks = [tick_mark(place, choice) for place, choice in enumerate(choices)]
    assert from_tick_marks(reversed(marks)) == "10,9,8,7,6,5,4,3,2,1"
    assert from_tick_marks([marks[4], marks[1]]) == "9,6"
    assert from_tick_marks([]) == ""


@pytest.mark.bad_input(101)
def test_forged_marks_are_values_that_no_field_offers() -> None:
    assert not TICKS.offers(from_tick_marks(["0c", "7x"]))
    assert not TICKS.offers(from_tick_marks(["0c", "1c"]))
    assert from_tick_marks(["", "0"]) == "," and ticked(",") == ()


@pytest.mark.parametrize("labels", [("Yes", "No"), ("A" * 41,), tuple(f"{n} {WORDS}" for n in range(6))])
def test_short_single_and_many_choices_are_not_wordy(labels: tuple[str, ...]) -> None:
    choices = tuple(Choice(str(n), label) for n, label in enumerate(labels))
    assert not Field("one", "One", kind=FieldKind.CHOICE, choices=choices).is_wordy


def test_few_long_choices_are_wordy_unless_they_are_ticked_and_stand_open_anyway() -> None:
    choices = (Choice("1", "Little"), Choice("3", "A" * 41))
    assert Field("one", "One", kind=FieldKind.CHOICE, choices=choices).is_wordy
    assert not Field("one", "One", kind=FieldKind.TICKS, choices=choices).is_wordy


@pytest.mark.bad_input(42, 43, 49)
@pytest.mark.parametrize("width", [75, 100])
@pytest.mark.parametrize(
    "label",
    [
        "Short",
        WORDS,
        "w" * 150,
        "w" * 101 + " ends",
        "begins " + "w" * 143,
        ("word " * 30)[:150].strip(),
        "字" * 150,
        "👨‍👩‍👧‍👦" * 21,
        "a\nb " + "c" * 90 + "  d" + " " * 20 + "e",
        "\u2068" + "שלום " * 29 + "\u2069",
    ],
)
def test_a_label_is_shown_whole_in_two_lines(label: str, width: int) -> None:
    text, below = halves(label, width)
    assert 1 <= len(text) <= width and len(below) <= width
    visible = [char for char in label if not char.isspace() and char not in "\u2068\u2069"]
    assert [char for char in text + below if not char.isspace()] == visible
    assert text == text.strip() and below == below.strip()


def test_words_stay_whole_where_that_fits() -> None:
    text, below = halves(WORDS, 75)
    assert f"{text} {below}" == WORDS and len(text) > 60
    for length in range(1, 75):
        words = f"{'a' * length} {'b' * 75}"
        assert halves(words, 75) == ("a" * length, "b" * 75)
    assert halves("a" * 75 + " " + "b" * 74, 75) == ("a" * 75, "b" * 74)


def test_a_word_that_has_to_be_divided_is_divided_between_what_readers_see_as_letters() -> None:
    family = "👨‍👩‍👧‍👦"
    text, below = halves(family * 20, 75)
    assert text == family * 10 and below == family * 10
