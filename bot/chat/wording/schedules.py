"""Schedules, their next dates, the ledger of what was posted, and notices to those who look after a channel."""

from datetime import date, timedelta

from bot.chat.cards import Block, Bullets, Card, Facts, Note, Text, Tone
from bot.chat.literal import shown
from bot.chat.wording.times import clock, count, day, moment, said, words
from bot.domain.places import Channel
from bot.domain.questions import Filters
from bot.domain.schedules import Occurrence, Schedule, ScheduleState, next_after, weekdays_text
from bot.domain.wall_time import Shift
from bot.practice.outcomes import Notice, SkipReason, Trouble
from bot.practice.records import LedgerLine, OccurrenceState
from bot.practice.scheduling import Planning


def planned_card(planning: Planning) -> Card:
    """A schedule was set or changed."""
    schedule = planning.schedule
    done = "Changed" if planning.replaced else "Set"
    blocks: list[Block] = [Facts(facts(schedule)), *_next(planning)]
    if planning.posted_today:
        blocks.append(Text(("Today’s question has come already, so there is no second one today.",)))
    blocks.append(
        Note("/daily skip leaves a date out, /daily pause stops it, /daily log shows what was posted.")
    )
    return Card(f"{done}: {times_text(schedule)}", tuple(blocks), tone=Tone.GOOD)


def resumed_card(planning: Planning) -> Card:
    """A paused schedule runs again."""
    return Card(f"Resumed: {times_text(planning.schedule)}", tuple(_next(planning)), tone=Tone.GOOD)


def paused_card(schedule: Schedule) -> Card:
    """A schedule was paused."""
    text = f"No question comes from “{schedule.slot}” until /daily resume. While no schedule runs, no streak suffers."
    return Card(f"Paused: {times_text(schedule)}", (Text((text,)),))


def removed_card(schedule: Schedule) -> Card:
    """A schedule was removed."""
    return Card(f"Removed: {times_text(schedule)}", (Text(("Its ledger stays: /daily log shows it.",)),))


def skipped_card(left_out: date, following: Occurrence) -> Card:
    """The next date was left out."""
    text = f"The next question comes on {when_text(following)}."
    return Card(f"Skipped: {day(left_out)}", (Text((text,)),))


def upcoming_card(slot: str, coming: tuple[Occurrence, ...]) -> Card:
    """The next dates of a schedule."""
    return Card(f"Next for “{slot}”", (Bullets(tuple(Text((when_text(one),)) for one in coming)),))


def schedules_card(plannings: tuple[Planning, ...], here: Channel) -> Card:
    """All schedules of a workspace, those of this channel first."""
    if not plannings:
        text = "There is none yet. Set one, such as /daily set 09:00 mon-fri zone:Europe/Berlin track:backend"
        return Card("Daily questions", (Text((text,)),))
    ordered = sorted(plannings, key=lambda one: one.schedule.channel != here)
    return Card("Daily questions", (Bullets(tuple(_listed(planning) for planning in ordered)),))


def _listed(planning: Planning) -> Text:
    schedule = planning.schedule
    about = f" · {schedule.slot}: {times_text(schedule)} · {filters_text(schedule.filters)}"
    if schedule.state is ScheduleState.PAUSED:
        about += f" · paused{why_paused(schedule.pause_reason)}"
    elif planning.next is not None:
        about += f" · next {_coming(schedule, planning.next)}"
    return Text((schedule.channel, about))


def why_paused(reason: str | None) -> str:
    """Why a schedule is paused, if it was not simply a manager who did it."""
    return f" ({shown(reason)})" if reason and not reason.startswith("paused by") else ""


def facts(schedule: Schedule) -> tuple[tuple[str, str], ...]:
    """Slot, questions, and when key points open."""
    hours = int(schedule.reveal_after / timedelta(hours=1))
    return (
        ("Slot", schedule.slot),
        ("Questions", filters_text(schedule.filters)),
        ("Key points open", f"after an own answer, or {count(hours, 'hour')} after the question"),
    )


def filters_text(filters: Filters) -> str:
    """What a schedule asks for, in words."""
    given = (filters.track, filters.level, filters.kind, filters.topic, filters.stage)
    return ", ".join(words(value) for value in given if value) or "any question"


def times_text(schedule: Schedule) -> str:
    """`09:00, mon-fri (Europe/Berlin)`."""
    return f"{schedule.time}, {weekdays_text(schedule.weekdays)} ({schedule.zone})"


def _next(planning: Planning) -> list[Block]:
    return [Text((f"Next: {_coming(planning.schedule, planning.next)}.",))] if planning.next else []


def _coming(schedule: Schedule, occurrence: Occurrence) -> str:
    """The next instant; when a manager left that date out, the one after it, too."""
    if occurrence.local_date != schedule.skip:
        return when_text(occurrence)
    following = next_after(schedule, occurrence.at)
    return f"{when_text(following)}, as {day(occurrence.local_date)} is left out"


def when_text(occurrence: Occurrence) -> str:
    """The instant; where a change of the clocks moves it, that too."""
    text = moment(occurrence.at, occurrence.zone)
    if occurrence.shift is Shift.GAP:
        return f"{text}, as the clocks leave out {occurrence.planned} that day"
    if occurrence.shift is Shift.FOLD:
        return f"{text}, the first of two as the clocks go back"
    return text


def log_card(lines: tuple[LedgerLine, ...]) -> Card:
    """The ledger of a channel, newest first."""
    if not lines:
        return Card("Daily log", (Text(("Nothing was due here yet. /daily next shows what is coming.",)),))
    return Card("Daily log", (Bullets(tuple(Text((ledger_line(line),)) for line in lines)),))


def ledger_line(line: LedgerLine) -> str:
    """One due date: when it was planned, in its own zone, and what came of it, with the reason."""
    due = line.occurrence
    return f"{day(due.local_date)}, {due.planned} ({due.zone}), {due.slot}: {fate(line)}"


def fate(line: LedgerLine) -> str:
    """What came of a due date, with the reason."""
    match line.state:
        case OccurrenceState.POSTED:
            at = f" at {clock(line.posted_at, line.occurrence.zone)}" if line.posted_at else ""
            return f"posted{at}{_because(line.reason)}"
        case OccurrenceState.SKIPPED:
            return f"skipped{_because(line.reason)}"
        case OccurrenceState.FAILED:
            return f"failed{_because(line.reason)}"
        case OccurrenceState.PENDING:
            return "waiting to be posted"
        case OccurrenceState.POSTING:
            return "being posted"


_SKIPPED: dict[str, str] = {
    SkipReason.MISSED: "I was down or late for too long",
    SkipReason.NEWER: "a newer question was due as well",
    SkipReason.ASKED: "a manager left it out",
    SkipReason.PAUSED: "the schedule was paused",
    SkipReason.REMOVED: "the schedule was removed",
    SkipReason.NO_QUESTION: "no installed question fits the schedule",
    SkipReason.EXPIRED: "posting was interrupted, and then it was too late",
}


def _because(reason: str | None) -> str:
    return f" ({_SKIPPED.get(reason, shown(reason))})" if reason else ""


_FLAGGED = (
    "The author of the answer asks you to look at it. /review log shows it with the reason, and lets you keep or"
    " remove it."
)


def notice_card(notice: Notice) -> Card:
    """What those who look after a channel must know, and what they can do."""
    slot = f" “{notice.slot}”" if notice.slot else ""
    match notice.trouble:
        case Trouble.CHANNEL_GONE:
            title = "The channel is gone"
            text = (
                f"The schedule{slot} is paused; nothing is lost. Set it in another channel with /daily set."
            )
        case Trouble.CHANNEL_SHUT:
            title = "I may not post here"
            text = (
                f"Three questions in a row were refused. {_told(notice)} The schedule{slot} is paused; nothing is lost."
                f" Give me the rights, then resume it with /daily resume{_slot(notice)}."
            )
        case Trouble.POST_FAILED:
            title = "The daily question could not be posted"
            text = f"{_told(notice)} Check that I may post here, then try /daily now{_slot(notice)}."
        case Trouble.POOL_LOW:
            title = "Few new questions are left"
            text = (
                f"For the schedule{slot}, {notice.reason} questions are left that this channel has not had; then I"
                " begin again. Wider filters with /daily set, or questions of your own with /pack import, give it more."
            )
        case Trouble.POOL_EMPTY:
            title = "No question fits the schedule"
            text = f"The schedule{slot} found no installed question. Set other filters with /daily set."
        case Trouble.REVIEW_FLAGGED:
            title, text = "A review was flagged", _FLAGGED
    return Card(title, (Text((text,)),), tone=Tone.CAREFUL)


def _told(notice: Notice) -> str:
    return f"The answer was {said(notice.reason)}."


def _slot(notice: Notice) -> str:
    return f" {notice.slot}" if notice.slot and notice.slot != "daily" else ""
