"""A group's own questions: suggested by members, decided by managers, imported and taken out."""

from collections.abc import Sequence

from bot.chat.cards import Bullets, Card, Choice, Facts, Field, FieldKind, Form, Note, Quote, Text, Tone
from bot.chat.literal import shown
from bot.chat.wording import buttons
from bot.chat.wording.times import count, words
from bot.domain.bank import Bank
from bot.domain.places import Platform
from bot.domain.questions import Kind, Level, Pack
from bot.domain.suggestions import (
    POINTS,
    REASON_LENGTH,
    TEXT_LENGTH,
    BadProposal,
    Suggestion,
    SuggestionState,
    title_of,
)
from bot.practice.importing import Imported
from bot.practice.suggesting import SHOWN

TEXT, POINTS_FIELD, TRACK, LEVEL, KIND, REASON = "text", "points", "track", "level", "kind", "reason"
SUGGESTION = (TEXT, POINTS_FIELD, TRACK, LEVEL, KIND)
ACCEPTED = "Accepted. It can be asked from now on."
DECLINED = "Declined. Its author sees your reason with /suggest."
_CHOICES = 25
_FINDINGS = 8
"""Findings that are shown at once."""


def own_card(suggestions: Sequence[Suggestion]) -> Card:
    """What a member has suggested, and the button to suggest another question."""
    write = (buttons.button(buttons.SUGGEST, ""),)
    if not suggestions:
        told = "Is there a question that your group should practice? Write it down, and a manager looks at it first."
        return Card("Suggest a question", (Text((told,)),), write)
    lines = tuple(Text((f"{shown(title_of(each.proposal.text))}: {_fate(each)}",)) for each in suggestions)
    return Card("Your suggestions", (Bullets(lines),), write)


def _fate(suggestion: Suggestion) -> str:
    match suggestion.state:
        case SuggestionState.OPEN:
            return "waits for a manager"
        case SuggestionState.ACCEPTED:
            return "accepted"
        case SuggestionState.DECLINED:
            return f"declined: {shown(suggestion.reason or '')}"


def tracks_of(bank: Bank) -> dict[str, str]:
    """The tracks that a question can be suggested for: titles by id."""
    return {track.id: track.title for track in bank.tracks[:_CHOICES]} or {"own": "Own"}


def suggest_form(bank: Bank) -> Form:
    """The form to suggest a question in."""
    tracks = tuple(Choice(id_, title) for id_, title in tracks_of(bank).items())
    return Form(
        "Suggest a question",
        (
            _paragraph(
                TEXT, "The question, as an interviewer says it", "With the scenario and the numbers it needs."
            ),
            _paragraph(
                POINTS_FIELD,
                "What a strong answer covers",
                f"{POINTS[0]} to {POINTS[1]} points, a line each.",
            ),
            Field(TRACK, "Track", kind=FieldKind.CHOICE, choices=tracks),
            Field(LEVEL, "Level", kind=FieldKind.CHOICE, choices=tuple(Choice(one, one) for one in Level)),
            Field(
                KIND, "Kind", kind=FieldKind.CHOICE, choices=tuple(Choice(one, words(one)) for one in Kind)
            ),
        ),
        buttons.SUGGEST,
    )


def _paragraph(id_: str, label: str, hint: str) -> Field:
    return Field(id_, label, hint, FieldKind.PARAGRAPH, minimum=1, maximum=TEXT_LENGTH[1])


def field_of(refusal: BadProposal) -> str:
    """The field of a form that a refused part stands in."""
    return POINTS_FIELD if refusal.part == "point" else refusal.part


def suggested_card() -> Card:
    """A suggestion was kept."""
    return Card(
        "Thank you.",
        (Text(("A manager decides about it. /suggest shows what became of it.",)),),
        tone=Tone.GOOD,
    )


def open_card(suggestions: Sequence[Suggestion], done: str = "") -> Card:
    """The oldest suggestion that waits, with what a manager can do about it; `done` tells of the one before."""
    notes = (Note(done),) if done else ()
    if not suggestions:
        return Card("No suggestion waits.", notes)
    first = suggestions[0]
    facts = Facts(
        (
            ("Track", shown(first.proposal.track)),
            ("Level", first.proposal.level),
            ("Kind", words(first.proposal.kind)),
        )
    )
    waiting = f"{count(len(suggestions), 'suggestion')} {'wait' if len(suggestions) > 1 else 'waits'}"
    if len(suggestions) == SHOWN:  # there may be more than were looked up
        waiting = f"At least {waiting}"
    return Card(
        "A suggested question",
        (
            *notes,
            Text(("From ", first.member, f". {waiting}.")),
            Quote(first.proposal.text),
            Bullets(tuple(Text((shown(point),)) for point in first.proposal.points)),
            facts,
        ),
        (buttons.button(buttons.ACCEPT, first.id), buttons.button(buttons.DECLINE, first.id)),
    )


def decline_form(id_: str) -> Form:
    """The form for the reason."""
    least, most = REASON_LENGTH
    field = Field(
        REASON, "Why not", "Its author reads this.", FieldKind.PARAGRAPH, minimum=least, maximum=most
    )
    return Form("Decline the question", (field,), buttons.DECLINE, id_)


def imported_card(done: Imported) -> Card:
    """What an import changed."""
    pack = shown(done.pack.title)
    if done.same:
        return Card(
            f"{pack} is here already.", (Text(("It is the same to the letter; nothing was changed.",)),)
        )
    facts = (
        ("Questions", str(len(done.pack.questions))),
        ("New", str(done.added)),
        ("Changed", str(done.changed)),
        ("Retired", str(done.retired)),
    )
    told = "Retired ones are asked no more; what was answered to them stays readable." if done.retired else ""
    blocks = (Facts(facts), *((Note(told),) if told else ()))
    return Card(f"Imported: {pack}", blocks, tone=Tone.GOOD)


NO_FILE = Card(
    "That message has no file.",
    (Text(("Choose this on a message that a .yaml or .csv file of yours came with.",)),),
    tone=Tone.REFUSED,
)


def needs_file_card(platform: Platform) -> Card:
    """An import was typed, and no line brings a file; it says how one is brought there."""
    told = f"{_WAYS[platform]} I read the file itself, and follow no address."
    return Card("An import needs its file.", (Text((told,)),), tone=Tone.REFUSED)


_WAYS = {
    Platform.DISCORD: "Attach a .yaml or .csv file to /pack import.",
    Platform.SLACK: (
        "Upload a .yaml or .csv file to a channel that I am in; then choose Import question pack in the menu"
        " of that message, under More actions."
    ),
    Platform.LOCAL: (
        "On the page, press Import a pack under Questions; in a terminal, practice-bot content import FILE does it."
    ),
}


def bad_pack_card(findings: Sequence[str]) -> Card:
    """What is wrong with a file, with places, so that it can be mended and sent again."""
    told = tuple(Text((shown(finding),)) for finding in findings[:_FINDINGS])
    more = len(findings) - len(told)
    rest = (Note(f"and {count(more, 'more finding')}"),) if more else ()
    first = Text(("Mend this in the file, and send it again:",))
    return Card("Nothing was imported.", (first, Bullets(told), *rest), tone=Tone.REFUSED)


def removed_card(pack: Pack) -> Card:
    """An own pack is out."""
    told = f"Its {count(len(pack.questions), 'question')} will not be asked any more. What was answered stays readable."
    return Card(f"Taken out: {shown(pack.title)}", (Text((told,)),))
