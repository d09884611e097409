"""Streaks with their reasons, the last twelve weeks, and the group's board."""

from datetime import date, datetime, timedelta

from bot.chat.cards import (
    Block,
    Bullets,
    Button,
    Card,
    Facts,
    Heading,
    Note,
    Numbered,
    Preformatted,
    Text,
    Tone,
)
from bot.chat.pictures import days_picture
from bot.chat.wording import buttons
from bot.chat.wording.times import count, day, moment, month
from bot.domain.places import Member
from bot.domain.streaks import Step, StepKind, Streak
from bot.practice.outcomes import Board, Progress
from bot.practice.records import Standing
from bot.practice.review_records import Giving

REASONS = 10
TIES = "Practice days of this month; ties go by all practice days."
WEEKS = 12
_NEUTRAL = {
    "paused": "the daily question was paused",
    "down": "I was down",
    "channel-gone": "the channel was gone",
    "no-such-date": "your time zone left this date out",
}


def streak_card(streak: Streak, zone: str) -> Card:
    """A member's own streak; times are in `zone`."""
    return _card(f"Streak: {count(streak.length, 'day')}", streak, zone)


def repaired_card(streak: Streak, zone: str) -> Card:
    """The streak after its repair."""
    return _card(f"Repaired. Streak: {count(streak.length, 'day')}", streak, zone)


def given_back_card(member: Member, when: date, streak: Streak) -> Card:
    """To the manager who gave a member a missed day back."""
    now = f" now has a streak of {count(streak.length, 'day')}. The record says that you did this."
    return Card(f"{day(when)} is given back.", (Text((member, now)),), tone=Tone.GOOD)


def _card(title: str, streak: Streak, zone: str) -> Card:
    blocks: list[Block] = [Text((today_text(streak),)), Facts(facts(streak))]
    pressable: tuple[Button, ...] = ()
    if streak.repairable is not None:
        missed, until = streak.repairable
        blocks.append(Text((repair_text(missed, until, zone),)))
        pressable = (buttons.button(buttons.REPAIR, missed.isoformat()),)
    if streak.reasons:
        blocks += [
            Heading("What happened, newest first"),
            Bullets(tuple(Text((reason(step),)) for step in streak.reasons[:REASONS])),
        ]
    return Card(title, tuple(blocks), pressable, Tone.GOOD if streak.today_done else Tone.NEUTRAL)


def repair_text(missed: date, until: datetime, zone: str) -> str:
    """What can be repaired, and how long."""
    return f"You missed {day(missed)}. Repair it until {moment(until, zone)}."


def today_text(streak: Streak) -> str:
    """What today still asks, or does not."""
    if streak.today_done:
        return "Today counts already. See you tomorrow."
    if streak.at_risk:
        return "Today still waits for an answer of yours."
    if streak.length:
        return "Nothing is asked of you today."
    return "One answer starts a streak."


def facts(streak: Streak) -> tuple[tuple[str, str], ...]:
    """The longest streak and the freezes, in words."""
    left = "none left" if streak.freezes == 0 else f"{streak.freezes} left"
    if streak.next_freeze_in is None:
        left += ", the most you can hold"
    else:
        left += f"; the next after {count(streak.next_freeze_in, 'more practice day')}"
    return (("Longest", count(streak.best, "day")), ("Freezes", left))


def reason(step: Step) -> str:
    """One line of a streak's history."""
    return f"{_dates(step)}: {_what(step)}"


def _dates(step: Step) -> str:
    if step.days > 1:
        return f"{count(step.days, 'day')} up to {day(step.local_date)}"
    return day(step.local_date)


def _what(step: Step) -> str:
    match step.what:
        case StepKind.STARTED:
            return "practiced, a streak began"
        case StepKind.CREDITED:
            return f"practiced, day {step.length} in a row"
        case StepKind.FREEZE_EARNED:
            return "seven practice days, a freeze earned"
        case StepKind.BROKEN:
            return f"missed, and a streak of {count(int(step.detail), 'day')} ended"
        case StepKind.NEUTRAL:
            return f"nothing asked of you: {_NEUTRAL.get(step.detail, step.detail)}"
        case _:
            return _BRIDGED[step.what]


_BRIDGED = {
    StepKind.FREEZE_SPENT: "missed, and a freeze covered it",
    StepKind.GRACE: "missed around a change of time zone, which costs nothing",
    StepKind.REST: "your rest day",
    StepKind.REPAIRED: "missed, and you repaired it",
    StepKind.RESTORED: "missed, and a manager gave it back",
}


def progress_card(progress: Progress) -> Card:
    """The last twelve weeks, a line a week, and the figures beside them."""
    standing = progress.standing
    first = first_monday(progress.today)
    seen = frozenset(one for one in progress.days if one >= first)
    return Card(
        "Your last 12 weeks",
        (
            days_picture(
                first, progress.today, seen, "Your practice days of the last 12 weeks, a row a week."
            ),
            Preformatted(_weeks(first, progress.today, seen)),
            Note("# is a practice day, . is a day without an answer."),
            Facts(
                (
                    ("Streak", f"{count(progress.streak.length, 'day')}, longest {progress.streak.best}"),
                    ("In these weeks", count(len(seen), "practice day")),
                    ("This month", count(standing.recent_days, "practice day")),
                    (
                        "In all",
                        f"{count(standing.days, 'practice day')}, {count(standing.answers, 'answer')}",
                    ),
                )
            ),
        ),
    )


def first_monday(today: date) -> date:
    """The Monday that the last twelve weeks begin with."""
    return today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))


def _weeks(monday: date, today: date, practiced: frozenset[date]) -> str:
    lines = ["Week of            M T W T F S S"]
    for week in range(WEEKS):
        days = [monday + timedelta(days=7 * week + number) for number in range(7)]
        marks = " ".join(" " if one > today else "#" if one in practiced else "." for one in days)
        line = f"{day(days[0]):<18} {marks}"
        lines.append(f"{line:<34}{sum(one in practiced for one in days)}")
    return "\n".join(lines)


def board_card(board: Board) -> Card:
    """The group's standing this month."""
    blocks: list[Block] = [_practiced(board)]
    is_listed = any(line.member == board.own.member for line in board.lines)
    if not is_listed and (board.lines or giving(board, board.own)):
        blocks.append(Text((f"You: {standing_line(board.own)}{giving(board, board.own)}",)))
    if board.reviewers:
        others = tuple(Text((member, f": {_given(given)}")) for member, given in board.reviewers)
        blocks += [Heading("Reviewed others’ answers, too"), Bullets(others)]
    if board.lines:
        blocks.append(Note(TIES))
    return Card(f"Board of {month(board.month)}", tuple(blocks))


def _practiced(board: Board) -> Block:
    if not board.lines:
        return Text(("Nobody has practiced this month yet. One answer puts you first.",))
    return Numbered(
        tuple(Text((one.member, f": {standing_line(one)}{giving(board, one)}")) for one in board.lines)
    )


def standing_line(standing: Standing) -> str:
    """A member's figures on the board."""
    return (
        f"{count(standing.recent_days, 'day')} this month, {standing.days} in all,"
        f" {count(standing.answers, 'answer')}"
    )


def giving(board: Board, standing: Standing) -> str:
    """`, 3 reviews, 2 thanked` for a member who gave any in the month; else nothing."""
    found = board.giving.get(standing.member)
    return f", {_given(found)}" if found is not None and found.given else ""


def _given(given: Giving) -> str:
    thanked = f", {given.thanked} thanked" if given.thanked else ""
    return f"{count(given.given, 'review')}{thanked}"
