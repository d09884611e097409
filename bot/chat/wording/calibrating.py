"""A member's review of a gold answer beside ours, and how far their scores agree; both for their eyes only."""

from bot.chat.cards import Block, Bullets, Card, Facts, Heading, Note, Quote, Text
from bot.chat.literal import shown
from bot.chat.wording import buttons, scores
from bot.chat.wording.times import count
from bot.domain.questions import Criterion
from bot.domain.reviews import Draft
from bot.practice.outcomes import Calibrated

_POINT = 150
_SIZES = ((0.8, "very close"), (0.6, "close"), (0.4, "fair"), (0.2, "slight"))
"""From so much agreement on, the word for it; below the last there is next to none."""


def calibrated_card(done: Calibrated) -> Card:
    """The two reviews of a gold answer, criterion by criterion."""
    own = done.own.draft
    blocks: list[Block] = [Text((f"Both reviews of the gold answer to “{shown(done.question.title)}”.",))]
    for at, criterion in enumerate(done.rubric.criteria[: len(own.scores)]):
        blocks += [
            Heading(shown(criterion.title)),
            Facts(_side_by_side(criterion, own, done.gold.scores, at)),
        ]
    blocks += _points(done)
    blocks += [
        Heading("Why we score it so"),
        Text((shown(done.gold.why),)),
        Heading("What we found strong"),
        Quote(done.gold.strong),
        Heading("What we would change"),
        Quote(done.gold.change),
        Note(
            "Nobody else sees this. /review mine shows how close your scores are to ours over all gold answers."
        ),
    ]
    return Card("Your review beside ours", tuple(blocks), (buttons.button(buttons.REVIEW_NEXT, ""),))


def _side_by_side(
    criterion: Criterion, own: Draft, ours: tuple[int, ...], at: int
) -> tuple[tuple[str, str], ...]:
    pairs = [("You", own.scores[at])]
    if at < len(ours):
        pairs.append(("We", ours[at]))
    return tuple((who, f"{scores.bar(score)} · {scores.step(criterion, score)}") for who, score in pairs)


def _points(done: Calibrated) -> list[Block]:
    """Where the ticks differ, and on how many key points they agree."""
    known = scores.points(done.question)
    own, ours = set(done.own.draft.covered), set(done.gold.covered)
    lines: list[str] = []
    for at, text in enumerate(known):
        if (at in own) != (at in ours):
            lines.append(f"{'Only you' if at in own else 'Only we'}: {scores.point(text, _POINT)}")
    alike = Text((f"We agree on {len(known) - len(lines)} of {count(len(known), 'key point')}.",))
    listed = [Bullets(tuple(Text((one,)) for one in lines))] if lines else []
    return [Heading("Key points covered"), alike, *listed] if known else []


def agreement_text(agreement: float | None, compared: int) -> list[Block]:
    """How close a member's scores are to ours, with what the figure means; nothing before the first gold answer."""
    if not compared:
        return []
    over = f"over {count(compared, 'score')}"
    if agreement is None:
        told = f"Too few, or too much alike, to say yet how close yours are to ours ({over}). /review gold gives more."
        return [Heading("Your scores of the gold answers"), Text((told,))]
    size = f"{size_of(agreement)}, {_written(agreement):.2f} {over}."
    meaning = "1 is full agreement with ours, 0 is chance."
    return [Heading("Your scores of the gold answers"), Text((size.capitalize(),)), Note(meaning)]


def size_of(agreement: float) -> str:
    """A plain word for the size of a kappa; the figure decides as it is written, with two places."""
    return next((word for least, word in _SIZES if _written(agreement) >= least), "not close yet")


def _written(agreement: float) -> float:
    """As it is written, and 0.0 instead of -0.0."""
    return round(agreement, 2) + 0.0
