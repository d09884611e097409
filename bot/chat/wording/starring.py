"""The STAR view of an answer, and the form that has its four parts. Facts only: no machine grades here."""

from collections.abc import Mapping

from bot.chat.cards import FIELD_TEXT, Block, Card, Facts, Field, FieldKind, Form, Heading, Note, Quote, Text
from bot.chat.literal import cut, shown
from bot.chat.wording import buttons
from bot.chat.wording.times import count, listed
from bot.domain.rounds import Answer, Round
from bot.domain.star import PARTS, WORDS, StarView, joined_star, split_star, star_of

_PART = 800
_TITLE = 80
_HINTS = {
    "situation": "Where and when, in a sentence or two.",
    "task": "What was yours to achieve.",
    "action": "What you did, and why. Most of your words belong here.",
    "result": "What changed, with a number if there is one, and what you learned.",
}


def star_card(view: StarView, answer: Answer, round_: Round) -> Card:
    """An answer by its parts."""
    least, most = WORDS
    facts = (
        ("Length", f"{count(view.words, 'word')}; {least} to {most} are advised for a first pass"),
        ("Number in the result", _number(view)),
        *((("Without a heading", listed(view.missing)),) if view.missing else ()),
    )
    blocks: list[Block] = [Text((answer.member, "’s answer by its headings.")), Facts(facts)]
    for part in PARTS:
        if text := view.parts.get(part):
            blocks += [Heading(f"{part.capitalize()}, {count(star_of(text).words, 'word')}")]
            blocks += [Quote(cut(text, _PART))]
    blocks.append(Note("These are facts and no grade. A good story may do without headings."))
    title = f"STAR view: {cut(shown(round_.question.title), _TITLE)}"
    return Card(title, tuple(blocks), (buttons.button(buttons.REVIEW, answer.id),))


def _number(view: StarView) -> str:
    match view.number:
        case True:
            return "yes"
        case False:
            return "none"
        case None:
            return "no heading for the result"


def star_form(round_id: str, parts: Mapping[str, str]) -> Form:
    """The Answer form in four parts, with what is there already."""
    fields = tuple(
        Field(
            part,
            part.capitalize(),
            _HINTS[part],
            FieldKind.PARAGRAPH,
            maximum=FIELD_TEXT,
            preset=parts.get(part, ""),
        )
        for part in PARTS
    )
    return Form("Your answer", fields, buttons.ANSWER, round_id)


def parts_of(present: str) -> dict[str, str] | None:
    """The parts to begin the form with; None for an answer that does not stand under headings whole, or is too long.

    Words before the first heading would be lost, so such an answer is changed as one text.
    """
    if not present.strip():
        return {}
    parts = split_star(present)
    whole = joined_star(parts)
    if not parts or len(whole) > FIELD_TEXT or star_of(present).words != star_of(whole).words:
        return None
    return parts


def text_of(fields: Mapping[str, str]) -> str:
    """The four parts of a sent form as one answer."""
    return joined_star({part: fields.get(part, "") for part in PARTS})


def longest(fields: Mapping[str, str]) -> str:
    """The part that most of the words are in, which is where too many of them are."""
    return max(PARTS, key=lambda part: len(fields.get(part, "")))


def first_empty(fields: Mapping[str, str]) -> str:
    """The first part that has nothing, else the first: where more can be said."""
    return next((part for part in PARTS if not fields.get(part, "").strip()), PARTS[0])
