"""A form with everything that a form can have, in place of that of the Answer button, and what was sent by it."""

import pytest

from bot.chat import actions
from bot.chat.calls import Action, Caller, FieldError, Filled, Outcome, Response
from bot.chat.cards import Card, Choice, Field, FieldKind, Form
from bot.chat.wording import buttons

LONG = "Names what is lost when a part of it is gone for ten minutes, says who notices it first, and how soon that is."
POINTS = tuple(Choice(f"k{n}", f"Point {n}: {LONG[: 20 * n]}".strip()) for n in range(6, 0, -1))
FORM = Form(
    "Your review",
    (
        Field(
            "structure",
            "Structure",
            "How it is built.",
            FieldKind.CHOICE,
            minimum=1,
            preset="3",
            choices=(Choice("1", "No order yet"), Choice("3", LONG), Choice("5", "Clear from end to end")),
        ),
        Field("points", "Key points covered", kind=FieldKind.TICKS, preset="k5,k2", choices=POINTS),
        Field(
            "level",
            "Level",
            kind=FieldKind.CHOICE,
            preset="mid",
            choices=(Choice("mid", "Mid"), Choice("top", "Top")),
        ),
        Field("better", "What to change", "A sentence.", FieldKind.PARAGRAPH, minimum=1, maximum=600),
    ),
    buttons.ANSWER,
    "r1",
)
TOO_SHORT, NOT_OFFERED = "Say a little more.", "That is not offered."


class Rating:
    """The action; `sent` has the fields of every form that came."""

    def __init__(self) -> None:
        self.sent: list[dict[str, str]] = []

    def action(self) -> Action:
        return Action(buttons.ANSWER, buttons.LABELS[buttons.ANSWER], self._open, self._send)

    async def _open(self, _caller: Caller, _value: str) -> Outcome:
        return FORM

    async def _send(self, _caller: Caller, _value: str, filled: Filled) -> Outcome:
        self.sent.append(dict(filled.fields))
        for field in FORM.fields:
            if not field.offers(filled.fields[field.id]):
                return FieldError(field.id, NOT_OFFERED)
        if len(filled.fields["better"]) < 10:
            return FieldError("better", TOO_SHORT)
        return Response(Card("Your review is kept."))


@pytest.fixture
def rating(monkeypatch: pytest.MonkeyPatch) -> Rating:
    """The form behind the Answer button, for one test."""
    made = Rating()
    monkeypatch.setitem(actions.ACTIONS, buttons.ANSWER, made.action())
    return made
