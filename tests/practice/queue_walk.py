"""A study group in which members do what a test draws, and the oracle says what `/review next` may give them."""

from dataclasses import dataclass

import pytest

from bot.domain.bank import Bank, bank_of
from bot.domain.places import Member
from bot.domain.questions import Filters, Track
from bot.domain.refusals import AnswerGone, NoSuchRound
from bot.domain.reviews import Draft, ReviewRules
from bot.domain.rounds import Answer, Round
from bot.practice import accounts, answering, privacy, review_queue, reviewing
from bot.practice.outcomes import Task
from bot.practice.ports import Rules, Store
from bot.practice.records import Transaction
from bot.practice.review_queue import EnoughForToday, NothingWaits
from tests.practice.group import ABROAD, ADA, HERE, LOUNGE, STUDY, THERE, Group, group, question, sample_pack
from tests.practice.queue_oracle import QueueOracle, Said

TRACKS = ("backend", "data", "frontend")
DRAFT = Draft((4, 3), (0,), "It counts before it draws.", "Say what fails first, and why.")
CHANNELS = (STUDY, LOUNGE)
MINUTES = (1, 60, 13 * 60, 25 * 60, 8 * 24 * 60, 31 * 24 * 60)


def three_tracks() -> Bank:
    """A bank of three tracks."""
    questions = tuple(question(number, track) for track in TRACKS for number in range(12))
    return bank_of([sample_pack(tuple(Track(track, track.title()) for track in TRACKS), questions)])


def three_track_group(store: Store | None = None, **rules: int) -> Group:
    """A group with three tracks that reviews by these rules."""
    return group(store, rules=Rules("UTC", reviews=ReviewRules(**rules)), questions=three_tracks())  # type: ignore[arg-type]


@dataclass
class Walk:
    """A study group in which members do what a test draws, beside what the oracle makes of it."""

    own: Group
    people: tuple[Member, ...]
    most: int
    rounds: list[Round]
    oracle: QueueOracle

    @classmethod
    async def begun(cls, store: Store, people: int, wanted: int, most: int) -> "Walk":
        """A round of each track in both channels, and nobody has answered."""
        own = three_track_group(store, wanted=wanted, most_a_day=most)
        rounds = [
            await own.asked(channel, filters=Filters(track=track)) for channel in CHANNELS for track in TRACKS
        ]
        members = tuple(Member(HERE, f"m{number:03}") for number in range(people))
        return cls(own, members, most, rounds, QueueOracle(wanted))

    async def take(self, step: tuple[str, int, int]) -> None:
        """One step: what happens, who does it, and to what."""
        name, who, what = step
        await getattr(self, name)(self.people[who % len(self.people)], what)

    async def answers(self, member: Member, what: int) -> None:
        round_ = self.rounds[what % len(self.rounds)]
        if any((s.author, s.round) == (member.id, round_.id) for s in self.oracle.answers.values()):
            return
        kept = (await self.own.replied(round_, member)).answer
        assert kept is not None
        channel, track = round_.channel.id, round_.question.track
        said = Said(kept.id, member.id, round_.id, channel, track, kept.at)
        self.oracle.answers[kept.id] = said
        self.oracle.closed.discard(member.id)  # who answers is there
        self.own.chat.world.gone.discard(member)

    async def reviews(self, member: Member, what: int) -> None:
        found = [each for each in self.oracle.answers.values() if self.oracle.may_review(member.id, each)]
        if found:
            answer = found[what % len(found)]
            await reviewing.give(self.own.ports, answer.id, member, DRAFT, self.own.clock.now())
            self.oracle.review(member.id, answer)

    async def reviews_what_was_given(self, member: Member, what: int) -> None:
        mine = [self.oracle.answers[id_] for of, id_ in self.oracle.offers if of == member.id]
        for answer in [each for each in mine if self.oracle.may_review(member.id, each)][:1]:
            await reviewing.give(self.own.ports, answer.id, member, DRAFT, self.own.clock.now())
            self.oracle.review(member.id, answer)

    async def has_a_review_removed(self, member: Member, what: int) -> None:
        standing = [
            key for key, stands in self.oracle.reviews.items() if stands and key[0] in self.oracle.answers
        ]
        if standing:
            answer, reviewer = standing[what % len(standing)]
            by = Member(HERE, reviewer)
            review = await self.own.ports.store.read(lambda tx: tx.review_by(by, answer))
            assert review is not None
            await reviewing.remove(self.own.ports, review.id, ADA)
            self.oracle.reviews[answer, reviewer] = False

    async def withdraws(self, member: Member, what: int) -> None:
        for answer in [s for s in self.oracle.answers.values() if s.author == member.id and s.stands][:1]:
            await answering.withdraw(self.own.ports, answer.id, member)
            answer.stands = False

    async def restores(self, member: Member, what: int) -> None:
        for answer in [s for s in self.oracle.answers.values() if s.author == member.id and not s.stands][:1]:
            try:
                await answering.restore(self.own.ports, answer.id, member)
                answer.stands = True
            except AnswerGone:
                assert not answer.stands

    async def closes_or_opens_the_account(self, member: Member, what: int) -> None:
        is_open = member.id in self.oracle.closed
        (self.oracle.closed.discard if is_open else self.oracle.closed.add)(member.id)
        (self.own.chat.world.gone.discard if is_open else self.own.chat.world.gone.add)(member)
        await accounts.told(self.own.ports, member, is_open)

    async def deletes_their_data(self, member: Member, what: int) -> None:
        await privacy.delete(self.own.ports, member)
        self.oracle.forget(member.id)
        self.own.chat.world.gone.discard(member)

    async def waits(self, member: Member, what: int) -> None:
        self.own.clock.advance(minutes=MINUTES[what % len(MINUTES)])

    async def asks(self, member: Member, what: int) -> None:
        """`/review next`, with a track or without one."""
        track, here = (None, None, *TRACKS)[what % 5], (STUDY, None, LOUNGE)[what % 3]
        now, ports = self.own.clock.now(), self.own.ports
        channels = self.oracle.channels(member.id, here.id if here is not None else None)
        may = self.oracle.open_to(member.id, now, channels)

        def counted(tx: Transaction) -> int:
            return review_queue.waiting_in(ports, tx, member, review_queue.known_channels(tx, member, here))

        assert await ports.store.read(counted) == min(20, len(may))
        fitting = [each for each in may if track in (None, each.track)]
        try:
            task = await review_queue.next_task(ports, member, here, track)
        except EnoughForToday as refusal:
            assert refusal.most == self.most
            assert self.oracle.offered_on(member.id, now.date()) >= self.most
        except NothingWaits as refusal:
            assert not fitting
            assert refusal.passed == self.passed(member)
        else:
            assert self.oracle.offered_on(member.id, now.date()) < self.most
            self.check(task, member, fitting)

    def passed(self, member: Member) -> int:
        """Of the newest 20 that were given and wait still, those of open accounts."""
        known = [
            (at, id_)
            for (of, id_), (at, _) in self.oracle.offers.items()
            if of == member.id and (id_, of) not in self.oracle.reviews
            if id_ in self.oracle.answers and self.oracle.answers[id_].stands
        ]
        newest = [self.oracle.answers[id_] for _, id_ in sorted(known, reverse=True)[:20]]
        return sum(each.author not in self.oracle.closed for each in newest)

    def check(self, task: Task, member: Member, fitting: list[Said]) -> None:
        now, answer = self.own.clock.now(), self.given(task)
        assert answer.member != member and answer.withdrawn_at is None
        assert (member.id, answer.id) not in self.oracle.offers, "the same answer twice"
        assert answer.id in {each.id for each in fitting}
        loads = {each.id: self.oracle.load(each, now) for each in fitting}
        assert answer.id == self.oracle.neediest(member.id, fitting, now).id
        equals = self.equals(member, answer.id, fitting)
        assert loads[answer.id] + 1 <= min(loads[each.id] for each in equals) + 1
        assert task.waiting == len(fitting) - 1
        self.oracle.offers[member.id, answer.id] = now, now.date()

    def equals(self, member: Member, id_: str, fitting: list[Said]) -> list[Said]:
        """Those of a track that the member has practiced, or those of others, as the given one is."""
        said = self.oracle.answers.values()
        practiced = {each.track for each in said if each.author == member.id and each.stands}
        is_practiced = self.oracle.answers[id_].track in practiced
        return [each for each in fitting if (each.track in practiced) == is_practiced]

    def given(self, task: Task) -> Answer:
        assert task.answer is not None and task.round is not None and task.gold is None
        assert task.answer.member.workspace == HERE and task.round.id == task.answer.round
        assert task.question == task.round.question
        return task.answer

    async def presses_review(self, member: Member, what: int) -> None:
        """The button of a prompt: what nobody gave them yet, else what they passed over, whatever the day's number."""
        round_, now = self.rounds[what % len(self.rounds)], self.own.clock.now()
        said = [each for each in self.oracle.answers.values() if each.round == round_.id]
        may = [each for each in said if self.oracle.may_review(member.id, each)]
        fresh = [each for each in self.oracle.open_to(member.id, now, [round_.channel.id]) if each in may]
        try:
            task = await review_queue.next_in_round(self.own.ports, member, round_.id)
        except NothingWaits as refusal:
            assert not may and refusal.passed == 0
            return
        answer = self.given(task)
        assert answer.member != member
        old = sorted(may, key=lambda each: (self.oracle.standing_reviews(each), each.at, each.id))
        assert answer.id == (self.oracle.neediest(member.id, fresh, now) if fresh else old[0]).id
        assert task.waiting == max(0, len(fresh) - 1)
        self.oracle.offers.setdefault((member.id, answer.id), (now, now.date()))

    async def all_ask(self, member: Member, what: int) -> None:
        for each in self.people[: 2 + what % 40]:
            await self.asks(each, what)

    async def all_press(self, member: Member, what: int) -> None:
        for each in self.people[: 2 + what % 40]:
            await self.presses_review(each, what)

    async def all_answer(self, member: Member, what: int) -> None:
        for number, each in enumerate(self.people[: 2 + what % 40]):
            await self.answers(each, number + what)

    async def somebody_asks_elsewhere(self, member: Member, what: int) -> None:
        """The same ids in the other workspace: another person, of whom nothing here is known."""
        await nothing_is_seen(self.own, Member(THERE, member.id), self.rounds[what % len(self.rounds)])


async def waiting_for(own: Group, member: Member) -> int:
    """How many answers of the channel wait that a member could be given."""
    return await own.ports.store.read(lambda tx: review_queue.waiting_in(own.ports, tx, member, (STUDY,)))


async def nothing_is_seen(own: Group, stranger: Member, round_: Round) -> None:
    """Nothing of a round's workspace is there for a member of another."""
    for here in (ABROAD, round_.channel, None):
        with pytest.raises(NothingWaits) as caught:
            await review_queue.next_task(own.ports, stranger, here)
        assert caught.value.passed == 0
    with pytest.raises(NoSuchRound):
        await review_queue.next_in_round(own.ports, stranger, round_.id)
    assert await review_queue.listed(own.ports, stranger, 9) == ()
    mine = await review_queue.mine(own.ports, stranger)
    assert (mine.got, mine.given, mine.offered, mine.waiting) == ((), (), (), ())
