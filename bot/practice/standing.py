"""Where a member stands: streak, practice days, board. Reads, and what is told once is noted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain import streaks
from bot.domain.places import Member
from bot.domain.questions import Kind, Level, Question
from bot.domain.streaks import Facts, Streak, StreakState
from bot.practice.outcomes import Board, Kept, Practiced, Progress, Share, Verdict
from bot.practice.ports import Ports, StoreUnavailable
from bot.practice.records import Transaction
from bot.practice.review_queue import waiting_here

WEEKS_SHOWN = 12
BOARD_LINES = 10
REVIEWERS = 5
"""Members without a practice day in the month who are named on the board for their reviews, at most."""
CHECKPOINT_EVERY = timedelta(days=3)
"""A checkpoint is renewed when it is this much older than it could be; reads then fold ten dates at most."""


async def streak_of(ports: Ports, member: Member) -> Streak:
    """The member's streak now, with the reason of each change."""

    def work(tx: Transaction) -> Streak:
        facts, now, state = _facts(ports, tx, member)
        return streaks.streak(facts, now, state)

    return await ports.store.read(work)


async def with_streak(ports: Ports, member: Member, kept: Kept) -> Kept:
    """Add to an acknowledgement where the streak stands, and the freezes not yet told of; renew the checkpoint.

    What is acknowledged is on disk already, so a store that fails here takes only this from it.
    """
    if kept.verdict not in (Verdict.ACCEPTED, Verdict.AMENDED):
        return kept
    here = kept.round.channel if kept.verdict is Verdict.ACCEPTED and kept.round is not None else None

    def look(tx: Transaction) -> tuple[Streak, tuple[date, ...], StreakState | None, int]:
        facts, now, state = _facts(ports, tx, member)
        return (
            streaks.streak(facts, now, state),
            streaks.freeze_uses(facts, now, state),
            _renewed(facts, now, state),
            waiting_here(ports, tx, member, here) if here is not None else 0,
        )

    try:
        streak, spent, renewed, waiting = await ports.store.read(look)
    except StoreUnavailable:
        return kept
    kept = replace(kept, streak=streak, waiting=waiting)
    if not spent and renewed is None:
        return kept
    try:
        told = await ports.store.write(lambda tx: note_told(ports, tx, member))
    except StoreUnavailable:
        return kept  # the freezes are told next time
    return replace(kept, freezes=told)


def note_told(ports: Ports, tx: Transaction, member: Member) -> tuple[date, ...]:
    """Note what is being told, and keep a newer checkpoint; gives the freezes that were not told before."""
    facts, now, state = _facts(ports, tx, member)
    told = tx.new_freeze_uses(member, streaks.freeze_uses(facts, now, state), now)
    renewed = _renewed(facts, now, state)
    if renewed is not None:
        tx.put_checkpoint(member, renewed)
    return told


def _renewed(facts: Facts, now: datetime, state: StreakState) -> StreakState | None:
    newer = streaks.checkpoint(facts, now, state)
    if newer.through is None or not facts.credits:
        return None
    oldest = state.through or min(credit.local_date for credit in facts.credits)
    return newer if newer.through - oldest >= CHECKPOINT_EVERY else None


def _facts(ports: Ports, tx: Transaction, member: Member) -> tuple[Facts, datetime, StreakState]:
    now = ports.clock.now()
    state = tx.checkpoint(member) or streaks.EMPTY
    return tx.facts(member, ports.rules.default_zone, state.through, now), now, state


async def progress(ports: Ports, member: Member) -> Progress:
    """The member's last 12 weeks."""

    def work(tx: Transaction) -> Progress:
        facts, now, state = _facts(ports, tx, member)
        streak = streaks.streak(facts, now, state)
        first = streak.today - timedelta(days=7 * WEEKS_SHOWN - 1)
        own = tx.standing(member, month_of(streak))
        return Progress(streak.today, tx.practice_days(member, first), streak, own)

    return await ports.store.read(work)


async def practiced(ports: Ports, member: Member) -> Practiced:
    """What the member has answered, and how much that is of each track, kind and level that is installed."""
    answered, seen = await ports.store.read(lambda tx: (tx.answered_by(member), tx.seen_by(member)))
    bank = ports.bank_for(member.workspace)
    questions = bank.questions
    own = [question for question in questions if question.id in answered]
    return Practiced(
        answered,
        seen,
        _shares([track.id for track in bank.tracks], _tracks(own), _tracks(questions)),
        _shares(tuple(Kind), [q.kind for q in own], [q.kind for q in questions]),
        _shares(tuple(Level), [q.level for q in own], [q.level for q in questions]),
    )


def _tracks(questions: Sequence[Question]) -> list[str]:
    return [question.track for question in questions]


def _shares(values: Sequence[str], own: Sequence[str], installed: Sequence[str]) -> tuple[Share, ...]:
    mine, all_ = Counter(own), Counter(installed)
    return tuple(Share(str(value), mine[value], all_[value]) for value in values if all_[value])


async def board(ports: Ports, member: Member) -> Board:
    """The workspace's members with the most practice days this month, and the asker's own line."""

    def work(tx: Transaction) -> Board:
        facts, now, state = _facts(ports, tx, member)
        month = month_of(streaks.streak(facts, now, state))
        lines, own = tuple(tx.board(member.workspace, month, BOARD_LINES)), tx.standing(member, month)
        named = {member, *(line.member for line in lines)}
        most = tx.most_giving(member.workspace, month, REVIEWERS + len(named))
        others = tuple(one for one in most if one[0] not in named)[:REVIEWERS]
        giving = tx.giving(named, month, unnamed=False) | tx.giving({member}, month, unnamed=True)
        return Board(month, lines, own, giving, others)

    return await ports.store.read(work)


def month_of(streak: Streak) -> str:
    """The calendar month of the member's today, such as `2026-11`."""
    return f"{streak.today:%Y-%m}"
