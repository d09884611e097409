"""Every card, form and home at its longest, drawn for Slack, is within Slack's limits and pings nobody."""

import json

import pytest
from slack_sdk.models.blocks import Block

from bot.chat import actions
from bot.chat.cards import (
    BUTTONS,
    CHOICE_LABEL,
    CHOICES,
    FIELD_HINT,
    FIELD_LABEL,
    FIELD_TEXT,
    LABEL,
    TICKS,
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
    Preformatted,
    Quote,
    Text,
    joined,
)
from bot.chat.fields import CHOICE_VALUE, WORDY_CHOICES
from bot.chat.slack.render import card_view, draw, form_view, home_view
from bot.chat.wording import answers
from bot.domain.places import Channel, Member, Platform, Workspace
from tests.chat.test_longest_cards import CARDS
from tests.platforms.slack.drawn import buttons_of, inputs_of, text_of
from tests.platforms.slack.limits import Json, faults_of_message, faults_of_view

HERE = Workspace(Platform.SLACK, "T0TEAM")
NASTY = "@everyone @here <!channel> <@U1> <#C1> </script> &amp; *b* `c` ~d~ [x](javascript:1) <http://evil|bank> ||s||"
LONG_WORDS = "word " * 8000
UNBROKEN = "字" * 13_000
FAMILY = "👨‍👩‍👧‍👦" * 2000
HUGE = [
    Card("T" * 3000, (Quote(LONG_WORDS),), (Button("b" * LABEL, "answer", "v" * 90),) * BUTTONS),
    Card("Unbroken", (Quote(UNBROKEN), Text((UNBROKEN,)), Preformatted(UNBROKEN), Note(UNBROKEN[:6000]))),
    Card("Family", (Quote(FAMILY), Heading("👨‍👩‍👧‍👦" * 100))),
    Card("Lists", (Bullets((Text(("x" * 2999,)),) * 12), Numbered((Text(("y" * 200,)),) * 300))),
    Card("Facts", (Facts((("label", "v" * 4000),) * 6), Facts(tuple((f"l{n}", "v") for n in range(300))))),
    Card("Empty", (Text(("",)), Text(()), Quote(""), Note(""), Bullets((Text(("",)),)), Facts((("", ""),)))),
    Card(
        NASTY,
        (
            Text((NASTY, Member(HERE, "U0ADA"), Channel(HERE, "C0STUDY"))),
            Quote(NASTY),
            Note(NASTY),
            Heading(NASTY),
        ),
        (Button("<!here>", "answer", "<&>"),),
    ),
]
ALL = [*CARDS, *HUGE]
FORMS = [
    answers.answer_form("abcdefghijklmnop", "x" * FIELD_TEXT, 500),
    answers.answer_form("abcdefghijklmnop", "", 15),
    Form(
        "F" * 24,
        (
            Field(
                "a", "L" * FIELD_LABEL, "H" * FIELD_HINT, FieldKind.PARAGRAPH, 1, FIELD_TEXT, "p" * FIELD_TEXT
            ),
            Field("b", "L", "", FieldKind.LINE, 0, 1),
            Field(
                "c",
                "L",
                "",
                FieldKind.CHOICE,
                choices=tuple(Choice(f"v{n}", "c" * CHOICE_LABEL) for n in range(CHOICES)),
            ),
            Field("d", "L", "H", FieldKind.CHOICE, preset="v1", choices=(Choice("v1", "one"),)),
            Field("e", NASTY[:FIELD_LABEL], NASTY[:FIELD_HINT], preset=NASTY[:100]),
        ),
        "answer",
        "v" * 90,
    ),
    Form(
        "To choose and to tick",
        (
            Field(
                "radios",
                "L" * FIELD_LABEL,
                "H" * FIELD_HINT,
                FieldKind.CHOICE,
                1,
                preset="1" * CHOICE_VALUE,
                choices=tuple(
                    Choice(f"{n}" * CHOICE_VALUE, "字" * CHOICE_LABEL) for n in range(WORDY_CHOICES)
                ),
            ),
            Field(
                "ticks",
                "L" * FIELD_LABEL,
                "H" * FIELD_HINT,
                FieldKind.TICKS,
                preset=joined(f"{n}" * CHOICE_VALUE for n in range(TICKS)),
                choices=tuple(Choice(f"{n}" * CHOICE_VALUE, "word " * 29 + "words") for n in range(TICKS)),
            ),
            Field("one", "L", kind=FieldKind.TICKS, choices=(Choice("a", NASTY[:CHOICE_LABEL]),)),
            Field("two", "L", kind=FieldKind.CHOICE, choices=(Choice("a", "A" * 41), Choice("b", "B"))),
        ),
        "answer",
    ),
]


def name(part: object) -> str:
    """The longest name there can be."""
    return "n" * 80


def names(id_: str) -> str:
    """As a reader sees an id."""
    return id_


def checked(blocks: list[Json]) -> None:
    """slack_sdk's own checks, block by block."""
    for block in blocks:
        parsed = Block.parse(block)
        assert parsed is not None
        parsed.validate_json()


@pytest.mark.bad_input(17, 23, 42, 43, 44, 45, 46, 49)
@pytest.mark.parametrize("card", ALL, ids=lambda card: card.title[:30])
def test_a_card_is_messages_that_slack_takes(card: Card) -> None:
    drawn = draw(card, name, "round:abcdefghijklmnop")
    for one in drawn:
        blocks = list(one.blocks)
        checked(blocks)
        assert faults_of_message({"text": one.text, "blocks": blocks}) == []
    assert drawn[0].blocks[0]["block_id"] == "round:abcdefghijklmnop"
    labels = [button["text"]["text"] for one in drawn for button in buttons_of(list(one.blocks))]
    assert labels == [button.label for button in card.buttons]


@pytest.mark.bad_input(42, 43, 49)
@pytest.mark.parametrize("text", [LONG_WORDS, UNBROKEN, FAMILY, "x\n" * 20_000])
def test_a_long_answer_is_shown_whole_and_never_cut_inside_a_character(text: str) -> None:
    drawn = draw(Card("Long", (Quote(text),)), name)
    shown = "".join(
        part["text"]
        for one in drawn
        for block in one.blocks
        if block["type"] == "rich_text"
        for group in block["elements"]
        for part in group["elements"]
    )
    assert shown == text
    for one in drawn:
        for block in one.blocks:
            for group in block.get("elements", ()) if block["type"] == "rich_text" else ():
                assert not any(part["text"].startswith("\u200d") for part in group["elements"])


@pytest.mark.bad_input(17, 42, 43)
@pytest.mark.parametrize("card", ALL, ids=lambda card: card.title[:30])
def test_a_card_is_a_modal_that_slack_takes(card: Card) -> None:
    view = card_view(card, json.dumps({"channel": "C" * 40, "thread": "1" * 17}), name)
    checked(view["blocks"])
    assert faults_of_view(view) == []


@pytest.mark.bad_input(42)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_a_form_is_a_modal_that_slack_takes(form: Form) -> None:
    view = form_view(form, json.dumps({"action": form.action, "value": form.value, "channel": "C" * 40}))
    checked(view["blocks"])
    assert faults_of_view(view) == []
    assert inputs_of(view["blocks"]) == {field.id: field.preset for field in form.fields}


def test_no_word_of_a_long_choice_is_lost() -> None:
    form = FORMS[-1]
    elements = [block["element"] for block in form_view(form, "{}")["blocks"]]
    assert [element["type"] for element in elements] == [
        "radio_buttons",
        "checkboxes",
        "checkboxes",
        "radio_buttons",
    ]
    for field, element in zip(form.fields, elements, strict=True):
        for choice, option in zip(field.choices, element["options"], strict=True):
            shown = option["text"]["text"] + option.get("description", {}).get("text", "")
            assert shown.replace(" ", "") == choice.label.replace(" ", "")


@pytest.mark.bad_input(17, 43)
def test_a_home_of_the_longest_cards_is_one_that_slack_takes() -> None:
    for cards in (ALL, ALL[10:20], HUGE, [Card("One")]):
        view = home_view(cards, name)
        checked(view["blocks"])
        assert faults_of_view(view) == []


@pytest.mark.bad_input(23, 44, 45)
def test_words_that_look_like_markup_stand_there_as_they_are() -> None:
    card = Card("Quote", (Quote(NASTY), Text((NASTY,)), Note(NASTY)))
    (one,) = draw(card, name)
    assert text_of(list(one.blocks), names).count(NASTY) == 3
    kinds = {
        part["type"]
        for block in one.blocks
        if block["type"] == "rich_text"
        for group in block["elements"]
        for part in group["elements"]
    }
    assert kinds == {"text"}, "a mention or a link would be an element of its own"
    assert "<" not in one.text and "!channel" in one.text


def test_every_button_of_the_program_keeps_its_id_and_value() -> None:
    for action in actions.ACTIONS.values():
        (one,) = draw(Card("One", (), (Button(action.label, action.name, "a/b+c:d"),) * 2), name)
        first, second = buttons_of(list(one.blocks))
        assert first["value"] == second["value"] == "a/b+c:d"
        assert first["action_id"] != second["action_id"]
