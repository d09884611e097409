"""Every card and every form at its longest is one or more messages that Discord takes, and no word of it is lost."""

from dataclasses import replace
from typing import Any

import pytest

from bot.chat.actions import ACTIONS, MESSAGE_ACTIONS
from bot.chat.calls import Attachment
from bot.chat.cards import (
    BUTTONS,
    CHOICE_LABEL,
    CUSTOM_ID,
    FIELD_HINT,
    FIELD_LABEL,
    FIELD_TEXT,
    FORM_FIELDS,
    FORM_TITLE,
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
    Picture,
    Preformatted,
    Quote,
    Text,
)
from bot.chat.discord import render, sentences
from bot.chat.discord.forms import modal
from bot.chat.discord.reviews import mark_of
from bot.chat.fields import CHOICE_VALUE, WORDY_CHOICES
from bot.chat.plain import plain
from bot.chat.wording import answers, reviews
from bot.domain.bank import bank_of
from bot.domain.places import Member, Platform, Workspace
from bot.domain.questions import Pack, Track
from bot.practice.outcomes import ShownReview
from tests.chat.review_samples import LONG_HELD, LONG_SHOWN, REVIEW_FORMS, THANKED
from tests.chat.test_longest_cards import CARDS, LONGEST
from tests.contracts.discord_world import DiscordWorld
from tests.platforms.discord.happenings import ANSWER, asked
from tests.platforms.discord.limits import V2, buttons, message_faults, modal_faults
from tests.platforms.discord.reading import raw_text, text_of

TRACKS = (Track("backend", "T" * 150),)
ROUND = "abcdefghijklmnop"
WORDS = tuple(Text((f"{at} " + "word " * 190,)) for at in range(40))
MARKUP = "*_~`|<>[]@#>\\" * 250
HUGE = [
    Card("T" * 5000, (Quote("字" * 40_000),)),
    Card(
        MARKUP,
        (Quote(MARKUP), Text((MARKUP,)), Note(MARKUP), Preformatted("```\n" * 900), Heading(MARKUP[:200])),
    ),
    Card("Lists", (Bullets(WORDS), Numbered(WORDS), Facts((("label " * 20, "value " * 500),) * 25))),
    Card("Lines", (Quote("\n" * 3000 + "end"),)),
    Card("One word", (Quote("w" * 12_000), Text(("👨‍👩‍👧‍👦" * 2000,)))),
    Card("Many blocks", tuple(Text((f"block {at}",)) for at in range(200))),
    Card("Headings", tuple(each for at in range(60) for each in (Heading(f"h {at}"), Text((f"t {at}",))))),
    Card(
        "Buttons",
        (Text(("All of them.",)),),
        tuple(Button("L" * LABEL, f"a{at}", "v" * 90) for at in range(BUTTONS)),
    ),
    sentences.field_error("Too long.", {"text": MARKUP[:4000].ljust(4000, "x")}, "answer", ROUND),
    sentences.field_error("Too short.", {"text": "```\n@everyone"}, "answer", ROUND),
]
FIELDS = tuple(
    Field(
        f"field-{at}",
        "L" * FIELD_LABEL,
        "h" * FIELD_HINT,
        FieldKind.PARAGRAPH,
        1,
        FIELD_TEXT,
        "p" * FIELD_TEXT,
    )
    for at in range(FORM_FIELDS - 1)
)
CHOOSE = Field(
    "choose",
    "L" * FIELD_LABEL,
    "h" * FIELD_HINT,
    FieldKind.CHOICE,
    choices=tuple(Choice(str(at), "c" * CHOICE_LABEL) for at in range(25)),
)
OPEN = (
    Field(
        "radios",
        "L" * FIELD_LABEL,
        "h" * FIELD_HINT,
        FieldKind.CHOICE,
        1,
        choices=tuple(Choice(f"{at}" * CHOICE_VALUE, "字" * CHOICE_LABEL) for at in range(WORDY_CHOICES)),
    ),
    Field(
        "ticks",
        "L" * FIELD_LABEL,
        "h" * FIELD_HINT,
        FieldKind.TICKS,
        preset=",".join(f"{at}" * CHOICE_VALUE for at in range(TICKS)),
        choices=tuple(Choice(f"{at}" * CHOICE_VALUE, "word " * 29 + "words") for at in range(TICKS)),
    ),
    Field("one tick", "L", kind=FieldKind.TICKS, choices=(Choice("a", "👨‍👩‍👧‍👦" * 21),)),
    Field("two", "L", kind=FieldKind.CHOICE, choices=(Choice("a", "A" * 41), Choice("b", "B"))),
)
FORMS = [
    answers.answer_form(ROUND, "", 15),
    answers.answer_form(ROUND, "a" * FIELD_TEXT, 500),
    answers.answer_form(ROUND, "a" * (FIELD_TEXT + 1), 500),
    Form("T" * FORM_TITLE, (*FIELDS, CHOOSE), "action", "v" * (CUSTOM_ID - len("action:"))),
    Form("To choose and to tick", OPEN, "action"),
    *REVIEW_FORMS,
]


def parts(page: render.Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.view.to_components()  # type: ignore[no-untyped-call] # as discord.py has it
    return found


def body(page: render.Page) -> dict[str, object]:
    return {"components": parts(page), "flags": V2}


def squeezed(text: str) -> str:
    """A text without what drawing may change: blanks, list marks, quote marks."""
    return "".join(char for char in text if char.isalnum())


@pytest.mark.bad_input(17, 42, 43, 49)
@pytest.mark.parametrize("card", [*CARDS, *HUGE], ids=lambda card: card.title[:30])
def test_a_card_at_its_longest_is_taken_by_discord(card: Card) -> None:
    for page in render.pages(card):
        assert message_faults(body(page), len(page.files)) == []


@pytest.mark.parametrize("card", [*CARDS, *HUGE], ids=lambda card: card.title[:30])
def test_a_card_in_one_message_is_taken_by_discord(card: Card) -> None:
    page = render.one_page(card)
    assert message_faults(body(page), len(page.files)) == []
    assert [one["label"] for one in buttons(body(page))] == [one.label for one in card.buttons]


@pytest.mark.parametrize("review", [LONG_SHOWN, LONG_HELD, THANKED], ids=lambda one: one.state)
def test_a_review_at_its_longest_is_one_quiet_message_with_a_mark(review: ShownReview) -> None:
    mark, one = mark_of(review.review), Member(Workspace(Platform.DISCORD, "1" * 20), "2" * 20)
    named = replace(review, review=replace(review.review, author=one, reviewer=one))
    page = render.one_page(reviews.review_card(named), quiet=True, mark=mark)
    assert message_faults(body(page), len(page.files)) == []
    assert [part["id"] for part in parts(page)] == [mark] and page.files == ()


def test_a_card_that_is_too_long_for_its_message_keeps_its_mark_and_comes_as_a_file_as_well() -> None:
    card = Card("Peer review", (Quote(MARKUP), Quote(MARKUP)), (Button("Thanks", "thank", "r" * 16),))
    page = render.one_page(card, quiet=True, mark=1 << 30)
    assert message_faults(body(page), len(page.files)) == []
    assert [part["id"] for part in parts(page)] == [1 << 30]
    assert [file.filename for file in page.files] == ["all-of-it.md"]
    assert [one["label"] for one in buttons(body(page))] == ["Thanks"]


@pytest.mark.parametrize("card", [*CARDS, *HUGE[2:8]], ids=lambda card: card.title[:30])
def test_no_word_of_a_card_is_lost_by_drawing_it(card: Card) -> None:
    drawn = squeezed("".join(text_of(parts(page)) for page in render.pages(card)))
    members = {
        part
        for block in card.blocks
        if isinstance(block, Text)
        for part in block.parts
        if not isinstance(part, str)
    }
    listed = [item for block in card.blocks if isinstance(block, Bullets | Numbered) for item in block.items]
    pictures = [
        block for block in card.blocks if isinstance(block, Picture)
    ]  # their words are said by the picture
    if (
        not members
        and not pictures
        and all(isinstance(part, str) for item in listed for part in item.parts)
        and len(card.title) < 1000
    ):
        lines = [line for line in plain(card, 100_000) if not line.startswith("[")]
        wanted = squeezed("".join(lines))
        assert len(drawn) >= len(wanted) * 0.97
        assert drawn[:200] == wanted[:200]


@pytest.mark.parametrize("card", [*CARDS, *HUGE], ids=lambda card: card.title[:30])
def test_the_buttons_stand_on_the_last_message_only(card: Card) -> None:
    shown = [[one["label"] for one in buttons(body(page))] for page in render.pages(card)]
    assert shown[-1] == [button.label for button in card.buttons]
    assert all(labels == [] for labels in shown[:-1])


def test_a_file_beside_a_card_is_within_the_limits() -> None:
    (page,) = render.pages(CARDS[0], Attachment("practice.json", "application/json", "x" * 100_000))[-1:]
    assert message_faults(body(page), len(page.files)) == []
    assert [file.filename for file in page.files] == ["practice.json"]


@pytest.mark.bad_input(42)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_a_form_at_its_longest_is_taken_by_discord(form: Form) -> None:
    assert modal_faults(modal(form).to_dict()) == []


def test_no_word_of_a_long_choice_is_lost() -> None:
    form = Form("To choose and to tick", OPEN, "action")
    drawn = [part["component"] for part in modal(form).to_dict()["components"]]
    assert [part["type"] for part in drawn] == [21, 22, 22, 21]
    for field, part in zip(OPEN, drawn, strict=True):
        shown = [squeezed(one["label"] + one.get("description", "")) for one in part["options"]]
        assert shown == [squeezed(choice.label) for choice in field.choices]


def test_the_names_of_all_actions_fit_into_an_id_with_what_they_are_about() -> None:
    longest = "1" * 20 + "/" + "1" * 20
    assert [name for name in ACTIONS if len(f"{name}:{longest}") > 100] == []
    assert [each.label for each in MESSAGE_ACTIONS if not 1 <= len(each.label) <= 32] == []


@pytest.mark.bad_input(23, 44, 45)
@pytest.mark.parametrize(
    "text",
    [
        "@everyone and @here",
        "<@1> <@&2> <#3> </daily set:4> <t:0:R> <:emoji:5>",
        "```\nopen",
        "||spoiler",
        "[shown](https://evil.example)",
        "[x](javascript:alert(1))",
        "<http://evil.example|bank>",
        "# heading\n- list\n1. one\n> quote\n-# small\n>>> all",
        "**bold** __under__ ~~gone~~ `code` \\* \\\\",
    ],
)
def test_markup_in_others_words_is_shown_as_it_was_written(text: str) -> None:
    card = Card(text, (Quote(text), Text((text,)), Note(text), Bullets((Text((text,)),))))
    unsafe = ("<@", "<#", "</", "<t:", "<:", "](", "||", "**", "__", "~~", "`", "@everyone", "@here")
    for page in render.pages(card):
        shown = _unescaped(raw_text(parts(page)))
        assert [mark for mark in unsafe if mark in shown] == [], shown


def _unescaped(text: str) -> str:
    """What of a text still has a meaning: escaped marks are taken out."""
    kept, escaped = [], False
    for char in text:
        if escaped or char == "\\":
            escaped = not escaped
            kept.append("·")
        else:
            kept.append(char)
    return "".join(kept)


@pytest.mark.parametrize(
    "world", [{"questions": bank_of([Pack("long", 1, "L", "", TRACKS, (), (LONGEST,))])}], indirect=True
)
async def test_the_longest_question_is_asked_with_a_thread_and_answered(world: DiscordWorld) -> None:
    round_ = await asked(world)
    assert round_.thread is not None and round_.question.title == "字" * 150
    assert 1 <= len(world.thread.name or "") <= 100
    await world.say("ada", ANSWER)
    for label in ("Hint", "Key points", "Sample answer"):
        await world.press("ada", label)
        assert (await world.sees("ada"))[-1].title != "That did not work."
