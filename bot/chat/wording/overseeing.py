"""For managers: the newest reviews with who wrote them, what was flagged and why, and how the group reviews."""

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.cards import Block, Bullets, Card, Facts, Heading, Note, Part, Quote, Text, Tone
from bot.chat.literal import cut, shown
from bot.chat.wording import buttons, scores
from bot.chat.wording.reviews import texts, whose
from bot.chat.wording.times import day
from bot.domain.reviews import Review, ReviewRules
from bot.practice.outcomes import ShownReview

KEPT = "Kept. The flag is gone."
REMOVED = "Removed. Its card in the thread says so."
_TITLE = 80


def log_card(found: Sequence[ShownReview], done: str = "") -> Card:
    """The newest reviews, the first flagged one whole with what can be done; `done` tells of the one before."""
    notes: tuple[Block, ...] = (Note(done),) if done else ()
    if not found:
        return Card("Reviews", (*notes, Text(("None was given yet.",))))
    flagged = [one for one in found if one.review.flagged_at is not None]
    first = flagged[0] if flagged else None
    others = tuple(Text((*_line(one), _flag(one.review))) for one in found if one is not first)
    blocks = [*notes, *(_flagged(first) if first is not None else [])]
    if others:
        blocks += [Heading("Newest first" if first is None else "The others"), Bullets(others)]
    if any(not one.review.named for one in found):
        blocks.append(Note("The group sees “a peer” where names are off. Only managers see who it was."))
    names = (buttons.DISMISS, buttons.REMOVE_REVIEW) if first is not None else ()
    pressable = tuple(buttons.button(name, first.review.id) for name in names if first is not None)
    return Card("Reviews", tuple(blocks), pressable, Tone.CAREFUL if flagged else Tone.NEUTRAL)


def _flagged(one: ShownReview) -> list[Block]:
    told = texts(one.review.draft.strong, one.review.draft.change)
    if one.review.flag_reason:  # None once the author's data was deleted
        told += [Heading("Why its reader flagged it"), Quote(one.review.flag_reason)]
    return [Heading("Flagged"), Text(_line(one)), *told]


def _line(one: ShownReview) -> tuple[Part, ...]:
    """Who reviewed whom, where and when; managers always see who."""
    review = one.review
    by: Part = review.reviewer if review.reviewer is not None else "Somebody who left"
    title = cut(shown(one.round.question.title), _TITLE)
    about = f" ({title}), {day(review.local_date)}: {scores.brief(review.draft, one.rubric)}"
    return (by, " on ", *whose(review), about)


def _flag(review: Review) -> str:
    return ". Flagged" if review.flagged_at is not None else ""


def rules_card(rules: ReviewRules, *, changed: bool = False) -> Card:
    """How the group reviews, by the names of the options that change it."""
    facts = (
        ("names", "named (reviews say who wrote them)" if rules.named else "peer (reviews say “a peer”)"),
        ("give", f"{rules.give} (reviews to give before those of one’s own answers are shown)"),
        ("days", f"{rules.fallback // timedelta(days=1)} (after so many days they are shown anyway)"),
        ("wanted", f"{rules.wanted} (so many reviews an answer waits for)"),
        ("most", f"{rules.most_a_day} (so many answers one member is given a day)"),
        ("gold", f"{rules.gold} (so many gold answers come first in each track)"),
        ("practice", f"{'yes' if rules.practice else 'no'} (whether a review counts for the streak)"),
    )
    blocks: list[Block] = [Facts(facts), Note("To change one: /review settings and its name, such as give:2")]
    if changed:
        blocks.append(Note("What was given before stays as it was, also with or without a name."))
    title = "Reviews: changed" if changed else "Reviews: how this group does it"
    return Card(title, tuple(blocks), tone=Tone.GOOD if changed else Tone.NEUTRAL)
