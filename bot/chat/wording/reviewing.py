"""What a member is told, for their eyes only, when they give, get, thank for or flag reviews."""

from collections.abc import Sequence

from bot.chat.cards import FIELD_TEXT, Block, Bullets, Card, Heading, Note, Part, Quote, Text, Tone
from bot.chat.literal import cut, shown
from bot.chat.wording import buttons, scores
from bot.chat.wording.calibrating import agreement_text
from bot.chat.wording.questions import line
from bot.chat.wording.reviews import reviewer, until_given, whose, zone_of
from bot.chat.wording.times import count, day, words
from bot.domain.questions import Kind
from bot.domain.reviews import ReviewState
from bot.practice.outcomes import GivenReview, Mine, ShownReview, Task

STORIES = frozenset({Kind.BEHAVIORAL, Kind.LEADERSHIP, Kind.MOTIVATION})
"""The kinds of question whose answers are stories, for which there is the STAR view."""
_ANSWER = FIELD_TEXT
"""Characters of an answer on the card that asks for its review: all of one that was sent by a form, for it stands
nowhere else."""
_QUESTION = 700
_TITLE = 80
_LINES = 5
"""Reviews, offers or answers of one sort that are listed."""


def task_card(task: Task, track: str | None = None) -> Card:
    """An answer, or a gold answer, to review now; `track` is the track's title."""
    question = task.question
    blocks: list[Block] = [
        Note(line(question, track or words(question.track).capitalize())),
        Text((cut(question.text, _QUESTION),)),
        *_answer(task),
    ]
    if task.waiting and task.gold is None:
        more = "1 more answer waits" if task.waiting == 1 else f"{task.waiting} more answers wait"
        blocks.append(Note(f"{more} for a review."))
    return Card(question.title, tuple(blocks), tuple(buttons.button(*one) for one in _ways(task)))


def _answer(task: Task) -> list[Block]:
    if task.gold is not None:
        told = (
            "A gold answer to practice on. When you have reviewed it, you see our review of it beside yours."
        )
        return [Text((told,)), Quote(cut(task.gold.text, _ANSWER))]
    if task.answer is None:
        return []
    text = task.answer.text
    length = count(len(text.split()), "word")
    blocks: list[Block] = [Text((task.answer.member, f"’s answer, {length}:")), Quote(cut(text, _ANSWER))]
    if len(text) > _ANSWER:
        blocks.append(Note("This is its beginning. All of it stands in the question’s thread."))
    return blocks


def _ways(task: Task) -> list[tuple[str, str]]:
    if task.gold is not None:
        return [(buttons.GOLD, task.gold.id)]
    if task.answer is None:
        return []
    star = [(buttons.STAR, task.answer.id)] if task.question.kind in STORIES else []
    return [(buttons.REVIEW, task.answer.id), *star]


def given_card(given: GivenReview) -> Card:
    """A review was kept."""
    held = given.shown.state is ReviewState.HELD
    lines: list[tuple[Part, ...]] = []
    if held:
        author = given.shown.review.author or "Its author"
        lines.append((author, " can read it ", until_given(given.shown, zone_of(given.shown))))
    elif given.first:
        lines.append(("It comes into the thread.",))
    if given.credited is not None:
        lines.append((f"It counts as practice for {day(given.credited)}.",))
    if given.first:
        title = "Thank you. Your review is kept."
        lines.append(("To change it, write it again: your newest words stand.",))
    else:
        title = "Changed. Your review has your newest words."
    found = tuple(Text(parts) for parts in lines)
    return Card(title, found, (buttons.button(buttons.REVIEW_NEXT, ""),), Tone.GOOD)


def thanked_card(review_id: str) -> Card:
    """The author said thanks."""
    told = "It stands under the review now."
    back = (buttons.button(buttons.UNTHANK, review_id),)
    return Card("You said thanks.", (Text((told,)),), back, Tone.GOOD)


def unthanked_card(review_id: str) -> Card:
    """The author took the thanks back."""
    return Card("Taken back.", (), (buttons.button(buttons.THANK, review_id),))


def flagged_card() -> Card:
    """The author flagged a review."""
    told = "Managers see it, with your reason, in /review log; the group sees nothing of this."
    return Card("Flagged.", (Text((told,)),), tone=Tone.GOOD)


def reminders_card(on: bool) -> Card:
    """Whether a member is reminded from now on."""
    if not on:
        return Card("Reminders are off.", (Text(("/review next still shows what waits.",)),), tone=Tone.GOOD)
    told = (
        "While answers wait, you hear of it at most three times, two days apart and never at night."
        " A review of yours starts this anew."
    )
    return Card("Reminders are on.", (Text((told,)), Note("/review remind off ends them.")), tone=Tone.GOOD)


def mine_card(mine: Mine, zone: str) -> Card:
    """What a member got and gave, what is offered to them and what of theirs waits; times are in `zone`."""
    sections = (
        ("Of your answers", [_got(one, zone) for one in mine.got]),
        ("By you", [_given(one) for one in mine.given]),
        ("Yours to review", [_offered(one) for one in mine.offered]),
        (
            "Your answers without a review yet",
            [(_title(round_.question.title),) for _, round_ in mine.waiting],
        ),
    )
    blocks = [block for title, lines in sections for block in _section(title, lines)]
    if not blocks:
        blocks = [Text(("None yet. Review one now: it takes a few minutes, and it helps somebody forward.",))]
    blocks += agreement_text(mine.agreement, mine.compared)
    blocks.append(Note(f"Reminders are {'on' if mine.reminded else 'off'}: /review remind changes it."))
    offer = [one for task in mine.offered[:1] for one in _to_read(task)]
    blocks += [
        Note(f"“{buttons.LABELS[name]}” is for the first of yours to review: {_title(title)}.")
        for name, _, title in offer
    ]
    pressable = (*((name, value) for name, value, _ in offer), (buttons.REVIEW_NEXT, ""))
    return Card("Your reviews", tuple(blocks), tuple(buttons.button(*one) for one in pressable))


def _to_read(task: Task) -> list[tuple[str, str, str]]:
    """What shows an offer before its form is filled in, with the title of its question."""
    ways = [(buttons.READ, task.answer.id)] if task.answer is not None else _ways(task)[:1]
    return [(*way, task.question.title) for way in ways]


def _section(title: str, lines: Sequence[tuple[Part, ...]]) -> list[Block]:
    if not lines:
        return []
    more = len(lines) - _LINES
    rest = [Note(f"And {more} more.")] if more > 0 else []
    return [Heading(title), Bullets(tuple(Text(parts) for parts in lines[:_LINES])), *rest]


def _title(text: str) -> str:
    return cut(shown(text), _TITLE)


def _got(one: ShownReview, zone: str) -> tuple[Part, ...]:
    start = (f"{_title(one.round.question.title)}: ",)
    if one.state is ReviewState.HELD:
        return (*start, f"opens {until_given(one, zone, 'you have')}")
    thanks = ". You said thanks" if one.review.thanked_at is not None else ""
    by = reviewer(one.review)
    return (*start, scores.brief(one.review.draft, one.rubric), ", by ", _within(by), thanks)


def _within(by: Part) -> Part:
    """The words for a reviewer without a name, inside a sentence."""
    return by[0].lower() + by[1:] if isinstance(by, str) else by


def _given(one: ShownReview) -> tuple[Part, ...]:
    thanks = ". Thanked" if one.review.thanked_at is not None else ""
    brief = scores.brief(one.review.draft, one.rubric)
    return (f"{_title(one.round.question.title)}, ", *whose(one.review), f": {brief}{thanks}")


def _offered(task: Task) -> tuple[Part, ...]:
    title = _title(task.question.title)
    return (title, ", by ", task.answer.member) if task.answer is not None else (title, ", a gold answer")
