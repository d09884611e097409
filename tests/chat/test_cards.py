"""Cards and forms: the limits of the narrowest platform, and cards as JSON."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards import (
    Bullets,
    Button,
    Card,
    Choice,
    Facts,
    Field,
    FieldKind,
    Form,
    Heading,
    Note,
    Numbered,
    Picture,
    Preformatted,
    Quote,
    Style,
    Text,
    Tone,
    from_json,
    to_json,
)
from bot.domain.places import Channel, Member, Platform, Workspace

FIELD = Field("text", "Your answer")
WORKSPACES = st.builds(Workspace, st.sampled_from(Platform), st.text())
PARTS = st.one_of(
    st.text(), st.builds(Member, WORKSPACES, st.text()), st.builds(Channel, WORKSPACES, st.text())
)
TEXTS = st.builds(Text, st.lists(PARTS, max_size=4).map(tuple))
LISTS = st.lists(TEXTS, max_size=3).map(tuple)
BLOCKS = st.one_of(
    TEXTS,
    st.builds(Heading, st.text()),
    st.builds(Quote, st.text()),
    st.builds(Bullets, LISTS),
    st.builds(Numbered, LISTS),
    st.builds(Facts, st.lists(st.tuples(st.text(), st.text()), max_size=3).map(tuple)),
    st.builds(Preformatted, st.text()),
    st.builds(Note, st.text()),
    st.builds(Picture, st.text(), st.text()),
)
BUTTONS = st.builds(
    Button,
    st.text(min_size=1, max_size=75),
    st.text("abcdefgh-", min_size=1, max_size=20),
    st.text(max_size=79),
    st.sampled_from(Style),
)
CARDS = st.builds(
    Card,
    st.text(),
    st.lists(BLOCKS, max_size=5).map(tuple),
    st.lists(BUTTONS, max_size=10).map(tuple),
    st.sampled_from(Tone),
)


@given(CARDS)
def test_a_card_comes_back_equal_from_json(card: Card) -> None:
    assert from_json(to_json(card)) == card


def test_the_json_of_a_card_is_one_line_of_ascii_so_that_any_store_takes_it() -> None:
    text = to_json(Card("Ünï\ncode \ud800", (Quote("'; DROP TABLE answers; --"),)))
    assert text.isascii() and "\n" not in text


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"title":1}', '{"title":"","tone":"x","blocks":[],"buttons":[]}']
)
def test_what_is_no_card_is_refused_with_a_plain_error(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_json(text)


def test_a_button_at_its_limits_can_be_made() -> None:
    Button("x" * 75, "a" * 50, "v" * 49)


@pytest.mark.parametrize(
    ("label", "action", "value"),
    [("", "a", ""), ("x" * 76, "a", ""), ("x", "a" * 50, "v" * 50), ("x", "", "v"), ("x", "a:b", "")],
)
def test_a_button_beyond_a_limit_cannot_be_made(label: str, action: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"characters|colon"):
        Button(label, action, value)


def test_a_card_has_at_most_ten_buttons() -> None:
    press = (Button("Press", "press"),)
    Card("Fits", buttons=press * 10)
    with pytest.raises(ValueError, match="at most 10"):
        Card("Too many", buttons=press * 11)


def test_a_form_at_its_limits_can_be_made() -> None:
    Form("x" * 24, (Field("text", "L" * 45, "h" * 100, preset="p" * 3000),) * 5, "answer", "v" * 93)


@pytest.mark.parametrize(
    ("title", "fields", "value"),
    [("", 1, ""), ("x" * 25, 1, ""), ("x", 0, ""), ("x", 6, ""), ("x", 1, "v" * 94)],
)
def test_a_form_beyond_a_limit_cannot_be_made(title: str, fields: int, value: str) -> None:
    with pytest.raises(ValueError, match=r"characters|fields"):
        Form(title, (FIELD,) * fields, "answer", value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": ""},
        {"label": "x" * 46},
        {"hint": "x" * 101},
        {"maximum": 3001},
        {"maximum": 0},
        {"minimum": -1},
        {"minimum": 5, "maximum": 4},
        {"preset": "long", "maximum": 3},
        {"kind": FieldKind.CHOICE},
        {"choices": (Choice("a", "A"),)},
        {"kind": FieldKind.CHOICE, "choices": tuple(Choice(f"{n}", "A") for n in range(26))},
        {"kind": FieldKind.CHOICE, "choices": (Choice("a", "A"), Choice("a", "B"))},
        {"kind": FieldKind.TICKS},
        {"kind": FieldKind.TICKS, "choices": tuple(Choice(f"{n}", "A") for n in range(11))},
        {"kind": FieldKind.TICKS, "choices": (Choice("a,b", "A"),)},
        {"kind": FieldKind.TICKS, "choices": (Choice("a", "A"),), "minimum": 1},
    ],
)
def test_a_field_beyond_a_limit_cannot_be_made(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"characters|lengths|choice"):
        Field(**{"id": "text", "label": "Text"} | wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "label"), [("", "A"), ("v" * 100, "A"), ("a", ""), ("a", " "), ("a", "L" * 151)]
)
def test_a_choice_beyond_a_limit_cannot_be_made(value: str, label: str) -> None:
    assert Choice("v" * 99, "L" * 150)
    with pytest.raises(ValueError, match="characters"):
        Choice(value, label)
