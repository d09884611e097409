"""Pairwise rounds: a member says which of two answers is stronger, and the votes rank the answers."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.bank import NoSuchQuestion
from bot.domain.comparing import (
    WHY_LIMIT,
    NoSuchPair,
    NothingToCompare,
    OwnPair,
    Pair,
    Vote,
    choose_pair,
    ranked,
)
from bot.domain.places import Channel, Member
from bot.domain.questions import Question
from bot.domain.refusals import NoSuchRound
from bot.domain.reviews import BadReview, checked_text
from bot.domain.rounds import Answer
from bot.practice.figures import MOST_ITEMS, MOST_PAIRS
from bot.practice.outcomes import Comparing, Ranking
from bot.practice.ports import Ports
from bot.practice.records import RecordLine, Transaction
from bot.practice.review_queue import known_channels

log = logging.getLogger(__name__)

COMPARED_WITHIN = timedelta(days=60)
"""Older answers are compared no more."""
LOOKED_AT = MOST_ITEMS
"""Answers that are compared or ranked at once, the newest."""
LOOKED_AMONG = 10_000
"""Answers among which those of a track or to a question are looked for, the newest."""
REASONS = 3
"""Votes whose words come with a ranking, the newest."""
SIDES = ("first", "second")


async def next_pair(
    ports: Ports, member: Member, here: Channel | None, track: str | None = None
) -> Comparing:
    """Two answers to one question that the member has not compared, from channels as `/review next` knows them.

    Refuses NothingToCompare.
    """
    bank = ports.bank_for(member.workspace)

    def fits(question: str) -> bool:
        try:
            return track is None or bank.question(question).track == track
        except NoSuchQuestion:
            return False

    def work(tx: Transaction) -> Comparing:
        limit = LOOKED_AT if track is None else LOOKED_AMONG
        found = [one for one in _standing(ports, tx, member, here, limit) if fits(one[1])][:LOOKED_AT]
        votes = tx.votes_on(member.workspace, [answer.id for answer, _ in found])
        pair = choose_pair(found, member, tx.votes_of(member), [vote.pair for vote in votes])
        if pair is None:
            raise NothingToCompare
        return _comparing(tx, pair, member)

    return await ports.store.read(work)


async def open_pair(ports: Ports, value: str, member: Member) -> Comparing:
    """The two answers of a button's value. Refuses NoSuchPair and OwnPair."""
    pair = Pair.read(value)
    return await ports.store.read(lambda tx: _comparing(tx, pair, member))


async def vote(ports: Ports, value: str, member: Member, stronger: str, why: str, at: datetime) -> Ranking:
    """Keep a member's word, in the place of an earlier one; gives the ranking of the question's answers.

    Refuses NoSuchPair, OwnPair, and BadReview for `stronger` (neither "first" nor "second") and for `why`.
    """
    pair = Pair.read(value)

    def work(tx: Transaction) -> tuple[Question, Channel]:
        compared = _comparing(tx, pair, member)
        round_ = tx.round(member.workspace, compared.first.round)
        assert round_ is not None, "an answer has its round"
        if stronger not in SIDES:
            raise BadReview("stronger")
        said = checked_text("why", why, WHY_LIMIT)
        earlier = tx.vote(member, pair)
        version = earlier.version + 1 if earlier is not None else 1
        chosen = pair.first if stronger == SIDES[0] else pair.second
        tx.put_vote(Vote(member, pair, chosen, said, at, version))
        if earlier is not None and earlier.stronger != chosen:
            tx.record(member.workspace, RecordLine(at, member.id, "change vote", pair.value))
        return compared.question, round_.channel

    question, channel = await ports.store.write(work)
    log.info("answers compared", extra={"facts": {"workspace": member.workspace.key, "member": member.id}})
    return await _ranking(ports, member, question, channel)


async def ranking(ports: Ports, channel: Channel, member: Member) -> Ranking:
    """The ranking of the answers to the channel's newest question. Refuses NoSuchRound."""
    newest = await ports.store.read(lambda tx: tx.newest_round(channel))
    if newest is None:
        raise NoSuchRound
    return await _ranking(ports, member, newest.question, channel)


async def _ranking(ports: Ports, member: Member, question: Question, here: Channel) -> Ranking:
    def work(tx: Transaction) -> tuple[list[Answer], list[Vote]]:
        every = _standing(ports, tx, member, here, LOOKED_AMONG)
        found = [answer for answer, id_ in every if id_ == question.id][:LOOKED_AT]
        return found, tx.votes_on(member.workspace, [answer.id for answer in found])[-MOST_PAIRS:]

    answers, votes = await ports.store.read(work)
    numbers = {answer.id: number for number, answer in enumerate(answers)}
    wins = [(numbers[each.stronger], numbers[each.weaker]) for each in votes]
    strengths = await _strengths(ports, len(answers), wins)
    reasons = tuple(each.why for each in reversed(votes[-REASONS:]))
    return Ranking(question, ranked(answers, strengths, votes), len(votes), reasons)


async def _strengths(ports: Ports, count: int, wins: Sequence[tuple[int, int]]) -> Sequence[float]:
    return await ports.figures.strengths(count, wins) if wins else (0.0,) * count


def _standing(
    ports: Ports, tx: Transaction, member: Member, here: Channel | None, limit: int
) -> list[tuple[Answer, str]]:
    since, channels = ports.clock.now() - COMPARED_WITHIN, known_channels(tx, member, here)
    return tx.standing_answers(member.workspace, since, channels, limit)


def _comparing(tx: Transaction, pair: Pair, member: Member) -> Comparing:
    """Two answers side by side, if the member may judge them."""
    first, second = (tx.answer_by_id(member.workspace, id_) for id_ in (pair.first, pair.second))
    if first is None or second is None or first.withdrawn_at or second.withdrawn_at:
        raise NoSuchPair
    if tx.is_closed(first.member) or tx.is_closed(second.member):
        raise NoSuchPair
    rounds = [tx.round(member.workspace, answer.round) for answer in (first, second)]
    questions = [round_.question for round_ in rounds if round_ is not None]
    if len({question.id for question in questions}) != 1:
        raise NoSuchPair
    if member in (first.member, second.member):
        raise OwnPair
    return Comparing(pair, questions[0], first, second)
