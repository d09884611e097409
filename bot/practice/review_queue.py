"""Which answer a member reviews next, and what a member's reviews come to."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.bank import NoSuchQuestion
from bot.domain.gold import GoldAnswer
from bot.domain.places import Channel, Member
from bot.domain.refusals import NoSuchRound, Refusal
from bot.domain.reviews import Candidate, Review, ReviewRules, choose
from bot.domain.rounds import Answer, Round
from bot.domain.streaks import practice_day
from bot.practice import calibrating
from bot.practice.keeping import zones_of
from bot.practice.outcomes import Mine, Tally, Task
from bot.practice.ports import Ports
from bot.practice.records import Transaction
from bot.practice.review_records import Offer, OpenAnswer
from bot.practice.review_rules import rules_in
from bot.practice.showing import shown_in

REVIEWED_WITHIN = timedelta(days=30)
"""Older answers wait no longer."""
OFFER_HOLDS = timedelta(hours=24)
"""So long an offer counts as if its review were there, so that others are given other answers."""
LOOKED_AT = 500
"""Answers that are looked at for the next one at first; all are when the member's tracks have none of those."""
EVERY = 1_000_000
MOST_COUNTED = 20
"""Answers that are counted as waiting, at most."""
COUNTED_AMONG = 200
"""Newest answers of the workspace among which those are counted that wait in a channel."""
MOST_TALLIED = 1000
LISTED = 20
"""Reviews, offers and answers of each part of `/review mine`, at most."""


@dataclass(eq=False)
class NothingWaits(Refusal):
    """No answer waits that the member may review and was not given before; `passed` are those they were given."""

    passed: int


@dataclass(eq=False)
class EnoughForToday(Refusal):
    """The member was given as many answers today as anybody is (`most`)."""

    most: int


async def next_task(ports: Ports, member: Member, here: Channel | None, track: str | None = None) -> Task:
    """Give a member the answer that most needs a review, of one track if that is asked for.

    It comes from `here`, where the member asks, or from a channel that they practiced in, since others may be private.
    Nobody is given an answer twice. Refuses NothingWaits and EnoughForToday.
    """
    return await ports.store.write(lambda tx: _next(ports, tx, member, here, track))


async def next_in_round(ports: Ports, member: Member, round_id: str) -> Task:
    """Give a member the answer of one round that most needs a review; when no new one waits, one that they were given.

    Whoever presses a question's own button sees its channel, and may review more than `/review next` gives a day.
    Refuses NothingWaits and NoSuchRound.
    """
    return await ports.store.write(lambda tx: _within(ports, tx, member, round_id))


def known_channels(tx: Transaction, member: Member, here: Channel | None) -> frozenset[Channel]:
    """The channels whose answers a member may be shown: where they ask, and where they took part before."""
    found = tx.channels_of(member)
    return found | {here} if here is not None and here.workspace == member.workspace else found


def waiting_in(ports: Ports, tx: Transaction, member: Member, channels: Collection[Channel]) -> int:
    """How many answers wait in some channels that the member could be given, at most `MOST_COUNTED`."""
    rules = rules_in(ports, tx, member.workspace)
    return len(_open(ports, tx, member, rules, channels, MOST_COUNTED))


def waiting_here(ports: Ports, tx: Transaction, member: Member, channel: Channel) -> int:
    """The same of one channel and the newest answers, cheap enough to be told with every answer."""
    rules, since = rules_in(ports, tx, member.workspace), ports.clock.now() - REVIEWED_WITHIN
    return tx.waiting_lately(member, since, rules.wanted, channel, COUNTED_AMONG, MOST_COUNTED)


def has_enough(ports: Ports, tx: Transaction, member: Member) -> bool:
    """Whether the member was given as many answers today as anybody is."""
    rules = rules_in(ports, tx, member.workspace)
    return tx.offers_on(member, _today(ports, tx, member)) >= rules.most_a_day


def _open(
    ports: Ports,
    tx: Transaction,
    member: Member,
    rules: ReviewRules,
    channels: Collection[Channel],
    limit: int,
) -> list[OpenAnswer]:
    now = ports.clock.now()
    return tx.open_answers(member, now - REVIEWED_WITHIN, rules.wanted, now - OFFER_HOLDS, channels, limit)


def _next(ports: Ports, tx: Transaction, member: Member, here: Channel | None, track: str | None) -> Task:
    channels = known_channels(tx, member, here)
    rules, today = rules_in(ports, tx, member.workspace), _today(ports, tx, member)
    if tx.offers_on(member, today) >= rules.most_a_day:
        raise EnoughForToday(rules.most_a_day)
    practiced = {_track_of(ports, member, id_) for id_ in tx.answered_by(member)}
    wanted = practiced if track is None else {track}
    candidates = _candidates(ports, tx, member, rules, channels, LOOKED_AT)
    if wanted and len(candidates) == LOOKED_AT and not any(one.track in wanted for one in candidates):
        candidates = _candidates(ports, tx, member, rules, channels, EVERY)
    candidates = [one for one in candidates if track is None or one.track == track]
    chosen = choose(candidates, practiced)
    if chosen is None:
        raise NothingWaits(len(_open_offers(tx, member, LISTED)))
    gold = calibrating.due_gold(ports, tx, member, chosen.track, rules.gold)
    if gold is not None:
        return _gold_task(ports, member, gold, len(candidates))
    return _offered(ports, tx, member, chosen.answer, len(candidates) - 1, today)


def _candidates(
    ports: Ports,
    tx: Transaction,
    member: Member,
    rules: ReviewRules,
    channels: Collection[Channel],
    limit: int,
) -> list[Candidate]:
    """What the member may be given, in the order in which it needs a review."""
    found = _open(ports, tx, member, rules, channels, limit)
    return [Candidate(each.answer, _track_of(ports, member, each.question), each.load) for each in found]


def _within(ports: Ports, tx: Transaction, member: Member, round_id: str) -> Task:
    round_ = tx.round(member.workspace, round_id)
    if round_ is None:
        raise NoSuchRound
    rules, today = rules_in(ports, tx, member.workspace), _today(ports, tx, member)
    found = _open(ports, tx, member, rules, (round_.channel,), EVERY)
    waiting = [Candidate(each.answer, "", each.load) for each in found if each.answer.round == round_id]
    chosen = choose(waiting, ())
    if chosen is not None:
        return _offered(ports, tx, member, chosen.answer, len(waiting) - 1, today)
    others = [each for each in tx.answers_of(round_id, member.workspace) if _may(tx, member, each)]
    loads = {each.id: len(tx.reviews_of(member.workspace, each.id)) for each in others}
    chosen = choose([Candidate(each, "", loads[each.id]) for each in others], ())
    if chosen is None:
        raise NothingWaits(0)
    return _offered(ports, tx, member, chosen.answer, 0, today)


def _may(tx: Transaction, member: Member, answer: Answer) -> bool:
    return (
        answer.member != member
        and tx.review_by(member, answer.id) is None
        and not tx.is_closed(answer.member)
    )


def _offered(
    ports: Ports, tx: Transaction, member: Member, answer: Answer, waiting: int, today: date
) -> Task:
    tx.add_offer(Offer(member, answer.id, ports.clock.now(), today))
    round_ = _round(tx, answer)
    return Task(round_.question, answer, round_, waiting=waiting)


def _gold_task(ports: Ports, member: Member, gold: GoldAnswer, waiting: int) -> Task:
    return Task(ports.bank_for(member.workspace).question(gold.question), gold=gold, waiting=waiting)


def _today(ports: Ports, tx: Transaction, member: Member) -> date:
    return practice_day(ports.clock.now(), *zones_of(ports, tx, member))


def _track_of(ports: Ports, member: Member, question: str) -> str:
    """The track of a question; one that no pack has any more is of none."""
    try:
        return ports.bank_for(member.workspace).question(question).track
    except NoSuchQuestion:
        return ""


async def mine(ports: Ports, member: Member) -> Mine:
    """A member's reviews, their open requests, and how far they agree with gold answers."""

    def work(tx: Transaction) -> Mine:
        since = ports.clock.now() - REVIEWED_WITHIN
        return Mine(
            tuple(shown_in(ports, tx, each) for each in tx.reviews_got(member, LISTED)),
            tuple(shown_in(ports, tx, each) for each in tx.reviews_given(member, LISTED)),
            _open_offers(tx, member, LISTED),
            tuple((each, _round(tx, each)) for each in tx.waiting_of(member, since, LISTED)),
            None,
            0,
            tx.reminders(member) is not None,
        )

    found = await ports.store.read(work)
    agreement, compared = await calibrating.agreement(ports, member)
    return replace(found, agreement=agreement, compared=compared)


async def tally(ports: Ports, member: Member) -> Tally:
    """How many reviews a member gave, was thanked for and got, and how far they agree with gold answers."""

    def work(tx: Transaction) -> tuple[list[Review], int]:
        return tx.reviews_given(member, MOST_TALLIED), len(tx.reviews_got(member, MOST_TALLIED))

    given, got = await ports.store.read(work)
    thanked = sum(review.thanked_at is not None for review in given)
    agreement, compared = await calibrating.agreement(ports, member)
    return Tally(len(given), thanked, got, agreement, compared)


async def listed(ports: Ports, member: Member, limit: int, here: Channel | None = None) -> tuple[Task, ...]:
    """Answers that wait for a member's review, at most `limit`: those they were given, then those they may be given.

    `here` is where they look, if that is in a channel. It only looks: no offer is noted.
    """

    def work(tx: Transaction) -> tuple[Task, ...]:
        rules, channels = rules_in(ports, tx, member.workspace), known_channels(tx, member, here)
        found = _open(ports, tx, member, rules, channels, limit)
        given = _open_offers(tx, member, limit)
        rounds = [(each.answer, _round(tx, each.answer)) for each in found]
        return (*given, *(Task(round_.question, answer, round_) for answer, round_ in rounds))[:limit]

    return await ports.store.read(work)


def _open_offers(tx: Transaction, member: Member, limit: int) -> tuple[Task, ...]:
    """What the member was given and has not reviewed, of accounts that are open, newest first."""
    found = [_taken(tx, offer) for offer in tx.offers(member, limit)]
    return tuple(each for each in found if each.answer and not tx.is_closed(each.answer.member))


def _taken(tx: Transaction, offer: Offer) -> Task:
    answer = tx.answer_by_id(offer.member.workspace, offer.answer)
    assert answer is not None, "offers are of answers that stand"
    round_ = _round(tx, answer)
    return Task(round_.question, answer, round_)


def _round(tx: Transaction, answer: Answer) -> Round:
    round_ = tx.round(answer.member.workspace, answer.round)
    assert round_ is not None, "an answer has its round"
    return round_
