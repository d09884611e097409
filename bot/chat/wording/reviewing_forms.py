"""The forms of peer review: a review, the reason for a flag, which of two answers is stronger; and what comes back."""

import re
from collections.abc import Mapping

from bot.chat.cards import (
    CHOICE_LABEL,
    FIELD_LABEL,
    Choice,
    Field,
    FieldKind,
    Form,
    joined,
    ticked,
)
from bot.chat.literal import cut
from bot.chat.wording import buttons, scores
from bot.domain.comparing import WHY_LIMIT
from bot.domain.questions import Criterion, Question, Rubric
from bot.domain.reviews import REASON_LIMIT, SCORES, TEXT_LIMIT, BadReview, Draft

STRUCTURE, SUBSTANCE, COVERED, STRONG, CHANGE = "structure", "substance", "covered", "strong", "change"
REASON = "reason"
STRONGER, WHY = "stronger", "why"
FIRST, SECOND = "first", "second"
_SCORES = (STRUCTURE, SUBSTANCE)
_PARTS = {"scores.0": STRUCTURE, "scores.1": SUBSTANCE}
_NOTHING = Draft((0, 0), (), "", "")
_VERSION = re.compile(r"[1-9][0-9]{0,8}")
_SENTENCE = f"At least one sentence, at most {TEXT_LIMIT} characters."


def review_form(
    answer_id: str, version: int, question: Question, rubric: Rubric, earlier: Draft | None
) -> Form:
    """The form for a review of an answer's version, with what the member said of it before."""
    value = f"{answer_id}/{version}"
    return Form("Your review", _fields(question, rubric, earlier or _NOTHING), buttons.REVIEW, value)


def reviewed_of(value: str) -> tuple[str, int | None]:
    """The answer's id and the version that was read, from what a form or a button carries; None for no number."""
    answer_id, _, version = value.partition("/")
    return answer_id, int(version) if _VERSION.fullmatch(version) else None


def gold_form(gold_id: str, question: Question, rubric: Rubric) -> Form:
    """The form for a review of a gold answer; it is the same, as it is to practice on."""
    return Form("Your review", _fields(question, rubric, _NOTHING), buttons.GOLD, gold_id)


def flag_form(review_id: str) -> Form:
    """The form for what is wrong with a review."""
    hint = "Only managers read this."
    field = _paragraph(REASON, "What is wrong with it", hint, REASON_LIMIT)
    return Form("Flag the review", (field,), buttons.FLAG, review_id)


def compare_form(value: str) -> Form:
    """The form for a word on two answers."""
    either = (Choice(FIRST, "The first"), Choice(SECOND, "The second"))
    which = Field(STRONGER, "Which is stronger", kind=FieldKind.CHOICE, minimum=1, choices=either)
    hint = "What decided it for you, in a sentence or two. It is shown without your name."
    why = _paragraph(WHY, "Why", hint, WHY_LIMIT)
    return Form("Which is stronger?", (which, why), buttons.COMPARE, value)


def draft_of(fields: Mapping[str, str]) -> Draft:
    """What a sent form says; what is no score or no key point is judged with the rest."""
    first, second = (_number(fields.get(name, "")) for name in _SCORES)
    covered = tuple(_number(value) - 1 for value in ticked(fields.get(COVERED, "")))
    return Draft((first, second), covered, fields.get(STRONG, ""), fields.get(CHANGE, ""))


def field_of(refusal: BadReview) -> str:
    """The field of a form that a refused part stands in."""
    return _PARTS.get(refusal.part, refusal.part)


def _number(text: str) -> int:
    """A number that a choice stands for; 0, which none does, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0


def _fields(question: Question, rubric: Rubric, draft: Draft) -> tuple[Field, ...]:
    scored = zip(_SCORES, rubric.criteria, draft.scores, strict=False)
    points = _points(question, draft)
    return (
        *(_score(name, criterion, score) for name, criterion, score in scored),
        *((points,) if points is not None else ()),
        _paragraph(STRONG, "What was strong", _SENTENCE, TEXT_LIMIT, draft.strong),
        _paragraph(CHANGE, "What to change", _SENTENCE, TEXT_LIMIT, draft.change),
    )


def _score(name: str, criterion: Criterion, score: int) -> Field:
    choices = tuple(
        Choice(str(one), cut(f"{one}: {scores.step(criterion, one)}", CHOICE_LABEL)) for one in SCORES
    )
    preset = str(score) if score in SCORES else ""
    label = cut(criterion.title, FIELD_LABEL)
    return Field(name, label, "", FieldKind.CHOICE, minimum=1, preset=preset, choices=choices)


def _points(question: Question, draft: Draft) -> Field | None:
    """The key points to tick, counted from 1; None for a question without any."""
    known = scores.points(question)
    if not known:
        return None
    choices = tuple(
        Choice(str(number), scores.point(text, CHOICE_LABEL) or str(number))
        for number, text in enumerate(known, 1)
    )
    preset = joined(str(point + 1) for point in draft.covered if point < len(known))
    hint = "Tick what the answer says, in whatever words."
    return Field(COVERED, "Key points covered", hint, FieldKind.TICKS, preset=preset, choices=choices)


def _paragraph(id_: str, label: str, hint: str, most: int, preset: str = "") -> Field:
    return Field(id_, label, hint, FieldKind.PARAGRAPH, minimum=1, maximum=most, preset=preset)
