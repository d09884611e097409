"""A form becomes a modal, and what is sent comes back from its own parts."""

from typing import Any

import discord
import pytest

from bot.chat.cards import Choice, Field, FieldKind, Form
from bot.chat.discord import sentences
from bot.chat.discord.forms import begun_again, filled_in, modal
from bot.chat.discord.render import pages

FORM = Form(
    "Your review",
    (
        Field("text", "In your own words", "A hint", FieldKind.PARAGRAPH, minimum=1, preset="So far"),
        Field("line", "One line", maximum=80),
        Field(
            "score",
            "Score",
            kind=FieldKind.CHOICE,
            minimum=1,
            preset="2",
            choices=(Choice("1", "one"), Choice("2", "two")),
        ),
    ),
    "review",
    "abc",
)


async def test_a_modal_has_a_label_for_each_field_and_says_what_it_is_for() -> None:
    drawn = modal(FORM).to_dict()
    assert (drawn["title"], drawn["custom_id"]) == ("Your review", "review:abc")
    assert [(part["type"], part["label"]) for part in drawn["components"]] == [
        (18, "In your own words"),
        (18, "One line"),
        (18, "Score"),
    ]
    text, line, score = (part["component"] for part in drawn["components"])
    assert (
        text["style"] == 2 and text["value"] == "So far" and text["required"] and text["max_length"] == 3000
    )
    assert line["style"] == 1 and not line["required"]
    assert [option["value"] for option in score["options"] if option["default"]] == ["2"]


LONG = (
    "Says what is lost when a part is gone for ten minutes, and who notices first; it names how soon that is."
)
REVIEW = Form(
    "Your review",
    (
        Field(
            "structure",
            "Structure",
            kind=FieldKind.CHOICE,
            minimum=1,
            preset="3",
            choices=(Choice("1", "None yet"), Choice("3", LONG)),
        ),
        Field(
            "points",
            "Key points",
            kind=FieldKind.TICKS,
            preset="k2,k0",
            choices=(Choice("k0", LONG), Choice("k1", "One"), Choice("k2", "Two")),
        ),
        Field("better", "What to change", kind=FieldKind.PARAGRAPH, minimum=1),
    ),
    "review",
    "abc",
)


async def test_long_choices_and_ticks_stand_open() -> None:
    structure, points, _ = (part["component"] for part in modal(REVIEW).to_dict()["components"])
    assert (structure["type"], structure["required"]) == (21, True)
    assert [(one["value"], one["default"]) for one in structure["options"]] == [("1", False), ("3", True)]
    long = structure["options"][1]
    assert f"{long['label']} {long['description']}" == LONG and len(long["label"]) <= 100
    assert (points["type"], points["required"]) == (22, False)
    assert (points["min_values"], points["max_values"]) == (0, 3)
    assert [one["value"] for one in points["options"] if one["default"]] == ["0k0", "2k2"]
    assert points["options"][0]["description"] and "description" not in points["options"][1]


async def test_discord_py_is_told_to_forget_it() -> None:
    assert modal(FORM).is_finished()


def sent(*parts: dict[str, Any]) -> dict[str, Any]:
    return {
        "components": [{"type": 18, "id": number, "component": part} for number, part in enumerate(parts, 1)]
    }


def test_what_was_filled_in_comes_back_by_the_fields_names() -> None:
    found = filled_in(
        sent(
            {"type": 4, "custom_id": "text", "value": "My words"},
            {"type": 3, "custom_id": "score", "values": ["2"]},
        )
    )
    assert found == {"text": "My words", "score": "2"}


def test_what_was_ticked_comes_back_in_the_order_of_the_choices() -> None:
    found = filled_in(
        sent(
            {"type": 21, "custom_id": "structure", "value": "3"},
            {"type": 22, "custom_id": "points", "values": ["2k2", "0k0"]},
            {"type": 22, "custom_id": "none", "values": []},
            {"type": 21, "custom_id": "left", "value": None},
        )
    )
    assert found == {"structure": "3", "points": "k0,k2", "none": "", "left": ""}


def test_parts_in_rows_are_read_as_well() -> None:
    row = {"type": 1, "components": [{"type": 4, "custom_id": "text", "value": "Old style"}]}
    assert filled_in({"components": [row]}) == {"text": "Old style"}


@pytest.mark.bad_input(61, 101)
def test_what_is_missing_is_empty() -> None:
    assert filled_in({}) == {}
    assert filled_in(
        sent({"type": 4, "custom_id": "text", "value": None}, {"type": 3, "custom_id": "score", "values": []})
    ) == {
        "text": "",
        "score": "",
    }


def _sent_again(typed: dict[str, str], form: Form) -> dict[str, str]:
    """What a form begins with when it is opened from the card that gave `typed` back."""
    shown = pages(sentences.field_error("Too short.", typed, form.action, form.value))[-1]
    drawn = shown.view.to_components()  # type: ignore[no-untyped-call]  # discord.py gives it no types
    parts = [discord.components._component_factory(part) for part in drawn]
    return {field.id: field.preset for field in begun_again(form, parts).fields}


@pytest.mark.parametrize(
    "text",
    [
        "too short",
        "a\nb\n\nc",
        "```py\nx = 1\n```",
        "# no heading\n- no list",
        "שלום abc",
        "### Text\nx",
        "`",
        "🙂",
    ],
)
def test_a_form_that_was_not_sent_begins_with_what_was_typed(text: str) -> None:
    form = Form("Your answer", (Field("text", "Text", preset="what stood there before"),), "answer", "x")
    assert _sent_again({"text": text}, form) == {"text": text}


def test_every_field_of_a_form_comes_back_and_no_value_that_is_not_offered() -> None:
    choices = (Choice("senior", "Senior"), Choice("mid", "Mid"))
    fields = (
        Field("text", "Text"),
        Field("points", "Points"),
        Field("level", "Level", kind=FieldKind.CHOICE, choices=choices),
        Field("kind", "Kind", kind=FieldKind.CHOICE, choices=choices),
    )
    typed = {"text": "one", "points": "", "level": "mid", "kind": "forged"}
    assert _sent_again(typed, Form("Suggest", fields, "suggest")) == {
        "text": "one",
        "points": "",
        "level": "mid",
        "kind": "",
    }


@pytest.mark.bad_input(101)
@pytest.mark.parametrize(
    ("typed", "begun"),
    [
        (
            {"structure": "1", "points": "k1,k2", "better": "x"},
            {"structure": "1", "points": "k1,k2", "better": "x"},
        ),
        ({"structure": "1", "points": "", "better": "x"}, {"structure": "1", "points": "", "better": "x"}),
        (
            {"structure": "9", "points": "k1,k9", "better": ""},
            {"structure": "3", "points": "k2,k0", "better": ""},
        ),
        ({"structure": "", "points": "", "better": ""}, {"structure": "3", "points": "k2,k0", "better": ""}),
    ],
    ids=["as it was sent", "all ticks taken away", "forged", "nothing at all"],
)
def test_a_review_that_was_not_sent_begins_with_what_was_chosen_and_ticked(
    typed: dict[str, str], begun: dict[str, str]
) -> None:
    assert _sent_again(typed, REVIEW) == begun


@pytest.mark.bad_input(43)
def test_what_had_to_be_cut_into_pieces_is_not_begun_with_in_part() -> None:
    form = Form("Your answer", (Field("text", "Text"),), "answer", "x")
    assert _sent_again({"text": "words " * 660}, form)["text"] in ("", "words " * 660)
    assert _sent_again({"text": "```" * 1300}, form) == {"text": ""}
