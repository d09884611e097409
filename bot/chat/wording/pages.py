"""What the views of a page say around figures: progress, the question browser, schedules. Facts in, words out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.chat.cards import Card, Facts, Note, Text
from bot.chat.wording import buttons, questions
from bot.chat.wording.streaks import WEEKS, first_monday
from bot.chat.wording.times import count, day, listed, words
from bot.domain.bank import Bank
from bot.domain.questions import Question
from bot.domain.schedules import Schedule, ScheduleState
from bot.practice.outcomes import Share

_SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NAMED = 6

NOTHING_PRACTICED = (
    "Nothing is practiced yet, and that is fine: everybody starts at zero. Ask for a question, answer it in its"
    " thread, and this page fills up."
)
NO_REASONS = "Nothing has happened to your streak yet. Your first answer begins it."
NO_BOARD = "Nobody has practiced this month yet. One answer puts you first."
NO_PACKS = "No question is installed yet. Whoever runs me can add a pack."
NO_SCHEDULES = (
    "No question comes by itself yet. A schedule posts one at a time of day, in a thread of its own."
)
NO_SCHEDULES_MANAGER = "Set one below: a time such as 09:00 is enough."
NO_SCHEDULES_MEMBER = "A manager of this group can set one, here or with /daily set 09:00."
NO_LEDGER = "Nothing was due yet. What is posted, and what is not and why, will stand here."
READ_ONLY = "Managers of this group change schedules; you see all of it."
HELD_BACK = "Hints come with the question in its thread. Key points and the sample answer open after your own attempt."
FOUND_NONE = "Leave one of the filters out, or clear them all."
FIND_NEW = "Find a question you have not answered"
OWN_PACKS = "Questions of your own"
IMPORT = "Import a pack"
IMPORT_ABOUT = (
    "A .yaml or .csv file of at most 1 MB. It is taken whole or not at all,"
    " and what is wrong with it is told here."
)
IN_WORDS = "The same in words"


@dataclass(frozen=True, slots=True)
class DayMark:
    """One date of the calendar; `state` is practiced, missed, open (today, still to come) or ahead."""

    on: date
    state: str

    @property
    def name(self) -> str:
        """What a screen reader says: `Mon 23 Nov 2026: practiced`."""
        return f"{day(self.on)}: {_STATES[self.state]}"


_STATES = {
    "practiced": "practiced",
    "missed": "no answer",
    "open": "today, no answer yet",
    "ahead": "still to come",
}


def calendar(today: date, practiced: Collection[date]) -> tuple[tuple[DayMark, ...], ...]:
    """The last twelve weeks, Monday first, the oldest week first."""
    monday = first_monday(today)
    dates = [monday + timedelta(days=number) for number in range(7 * WEEKS)]
    marks = [DayMark(on, _state(on, today, on in practiced)) for on in dates]
    return tuple(tuple(marks[start : start + 7]) for start in range(0, len(marks), 7))


def _state(on: date, today: date, practiced: bool) -> str:
    if practiced:
        return "practiced"
    if on == today:
        return "open"
    return "ahead" if on > today else "missed"


def week_name(week: Sequence[DayMark]) -> str:
    """`16 Nov`: the Monday of a week, short."""
    return " ".join(day(week[0].on).split()[1:3])


def week_text(week: Sequence[DayMark]) -> str:
    """`3 days: Mon, Tue and Sat`."""
    done = [_SHORT_DAYS[mark.on.weekday()] for mark in week if mark.state == "practiced"]
    return f"{count(len(done), 'day')}: {listed(done)}" if done else "no day"


def practiced_in(week: Sequence[DayMark]) -> int:
    """The practice days of a week."""
    return sum(mark.state == "practiced" for mark in week)


def calendar_text(weeks: Sequence[Sequence[DayMark]]) -> str:
    """The calendar in one sentence."""
    days = sum(map(practiced_in, weeks))
    active = sum(practiced_in(week) > 0 for week in weeks)
    if not days:
        return "No practice day in these twelve weeks yet."
    return f"{count(days, 'practice day')} in {count(active, 'week')} of these twelve."


def value_title(bank: Bank, option: str, value: str) -> str:
    """A track, level, kind, stage or topic as a person reads it."""
    return questions.track_title(bank, value) if option == "track" else words(value).capitalize()


def share_text(share: Share) -> str:
    """`3 of 12`."""
    return f"{share.answered} of {share.of}"


def missing_text(titles: Sequence[str]) -> str:
    """What has no answer yet."""
    if not titles:
        return "You have answered something of each. Well spread."
    more = len(titles) - _NAMED
    named = [*titles[:_NAMED], *([f"{more} more"] if more > 0 else [])]
    return f"Not practiced yet: {listed(named)}."


def browsed_card(question: Question, track: str) -> Card:
    """A question as anybody may read it before it is asked: nothing of what an attempt opens."""
    blocks = (
        Note(questions.line(question, track)),
        Text((question.text,)),
        Facts((*questions.facts(question), *_topics(question))),
    )
    return Card(question.title, blocks, (buttons.button(buttons.ASK, question.id),))


def _topics(question: Question) -> tuple[tuple[str, str], ...]:
    topics = listed([words(topic) for topic in question.topics])
    return (("Topics", topics),) if topics else ()


def seen_text(id_: str, answered: Collection[str], seen: Collection[str]) -> str:
    """Where a member stands with a question; empty for a new one."""
    if id_ in answered:
        return "Answered"
    return "Seen" if id_ in seen else ""


def found_text(found: int, of: int) -> str:
    """How many questions pass the filters."""
    if found == of:
        return f"All {count(of, 'question')}."
    return f"{count(found, 'question')} of {of}." if found else "No question is all of this."


def ask_label(channel: str) -> str:
    """The button that asks a question in a channel."""
    return f"Ask in #{channel}"


def asked_text(title: str, channel: str) -> str:
    """A question is on its way."""
    return f"“{title}” is asked in #{channel}, with a thread to answer in."


def schedule_title(schedule: Schedule) -> str:
    """`#study · daily`."""
    return f"#{schedule.channel.id} · {schedule.slot}"


def state_text(schedule: Schedule) -> str:
    """Running, paused, or running with a date left out."""
    if schedule.state is ScheduleState.PAUSED:
        return "Paused"
    return "Running, next date left out" if schedule.skip is not None else "Running"


def remove_text(schedule: Schedule) -> str:
    """The question before a schedule ends."""
    return f"End {schedule_title(schedule)}? Its ledger stays, the rest has to be set anew."


def paused_text(why: str) -> str:
    """A schedule that no manager paused."""
    return f"Paused{why}."


def posted_text(channel: str) -> str:
    """Today's question was brought forward."""
    return f"Today’s question is posted in #{channel}."
