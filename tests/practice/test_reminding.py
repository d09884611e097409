"""Reminders: asked for, by day, two days apart, three at most, never twice, and never without a reason."""

import asyncio
import itertools
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.places import Member, Platform
from bot.domain.reviews import Draft
from bot.domain.rounds import Round
from bot.practice import (
    accounts,
    answering,
    choosing,
    privacy,
    reminding,
    review_queue,
    review_rules,
    reviewing,
)
from bot.practice.ports import OutcomeUnknown, PostRefused
from bot.practice.records import Transaction
from tests.fakes import FakeChat
from tests.practice.group import ADA, BEN, CLEO, HERE, LOUNGE, STRANGER, STUDY, Group, group

DRAFT = Draft((4, 3), (0,), "It counts before it draws.", "Say what fails first, and why.")
ZONES = ("UTC", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Honolulu", "America/New_York")
APART = timedelta(hours=48)


async def waiting_group() -> tuple[Group, Round]:
    """It is 08:00 in UTC, and ben's answer waits for a review, where ada and cleo have asked, too."""
    own = group()
    await own.asked()
    round_ = await own.asked(by=CLEO)
    await own.replied(round_, BEN)
    return own, round_


async def turned_on(own: Group, *wanted: Member) -> None:
    """Members, by default cleo, asked for reminders two days ago, when none can have come yet."""
    for member in wanted or (CLEO,):
        assert await reminding.choose_reminders(own.ports, member, True)
    own.clock.at += APART


async def ring_until(own: Group, until: datetime, every: timedelta = timedelta(minutes=30)) -> list[datetime]:
    """Ring now and then; gives when somebody was reminded."""
    found = []
    while own.clock.now() < until:
        own.clock.at += every
        found += [own.clock.now()] * await reminding.remind_due(own.ports)
    return found


async def test_reminders_are_off_until_they_are_asked_for_and_can_be_turned_off() -> None:
    own, _ = await waiting_group()
    assert await ring_until(own, own.clock.now() + timedelta(days=3)) == []
    assert not await reminding.choose_reminders(own.ports, CLEO, False)
    begun = own.clock.now()
    assert await reminding.choose_reminders(own.ports, CLEO, True)
    assert not await reminding.choose_reminders(own.ports, CLEO, True)
    assert (await review_queue.mine(own.ports, CLEO)).reminded
    assert not (await review_queue.mine(own.ports, BEN)).reminded
    (sent,) = await ring_until(own, own.clock.now() + timedelta(days=3))
    assert sent - begun >= APART
    assert await reminding.choose_reminders(own.ports, CLEO, False)
    assert await ring_until(own, own.clock.now() + timedelta(days=5)) == []
    assert own.chat.reminded == [(CLEO, 1)]


async def test_turning_them_on_again_brings_none_sooner() -> None:
    own, _ = await waiting_group()
    await turned_on(own)
    (first,) = await ring_until(own, own.clock.now() + timedelta(hours=3))
    assert not await reminding.choose_reminders(own.ports, CLEO, True)
    for on in (False, True):
        assert await reminding.choose_reminders(own.ports, CLEO, on)
    again = await ring_until(own, own.clock.now() + timedelta(days=3))
    assert again and again[0] - first >= APART


async def test_three_at_most_two_days_apart_and_three_more_after_a_review() -> None:
    own, _ = await waiting_group()
    other = await own.asked()
    kept = await own.replied(other, ADA)
    assert kept.answer is not None
    await turned_on(own)
    sent = await ring_until(own, own.clock.now() + timedelta(days=12))
    assert len(sent) == 3 and sent[0].hour == 9
    assert all(later - earlier >= APART for earlier, later in itertools.pairwise(sent))
    await reviewing.give(own.ports, kept.answer.id, CLEO, DRAFT, own.clock.now())
    again = await ring_until(own, own.clock.now() + timedelta(days=12))
    assert len(again) == 3 and again[0] - sent[-1] >= APART
    assert again[0] - (sent[0] + timedelta(days=12) - timedelta(hours=1)) >= APART


async def test_between_two_reminders_are_two_whole_days() -> None:
    own, _ = await waiting_group()
    await turned_on(own)
    own.clock.advance(hours=7)  # in the afternoon, so that no night lies where they end
    for _ in range(2):
        assert await reminding.remind_due(own.ports) == 1
        own.clock.at += APART - timedelta(microseconds=1)
        assert await reminding.remind_due(own.ports) == 0
        own.clock.advance(microseconds=1)


async def test_amending_a_review_is_no_new_one() -> None:
    own, round_ = await waiting_group()
    kept = await own.replied(round_, ADA)
    assert kept.answer is not None
    await reviewing.give(own.ports, kept.answer.id, CLEO, DRAFT, own.clock.now())
    await turned_on(own)
    assert len(await ring_until(own, own.clock.now() + timedelta(days=12))) == 3
    amended = replace(DRAFT, strong="It is other words by now.")
    await reviewing.give(own.ports, kept.answer.id, CLEO, amended, own.clock.now())
    assert await ring_until(own, own.clock.now() + timedelta(days=12)) == []


async def test_nobody_is_reminded_when_nothing_waits_and_that_counts_for_none() -> None:
    own = group()
    await turned_on(own)
    assert await ring_until(own, own.clock.now() + timedelta(days=9)) == []
    round_ = await own.asked()
    await own.replied(round_, CLEO)  # one's own
    kept = await own.replied(round_, BEN)
    assert kept.answer is not None
    await answering.withdraw(own.ports, kept.answer.id, BEN)
    assert await ring_until(own, own.clock.now() + timedelta(days=1)) == []
    begun = own.clock.now()
    await own.replied(round_, ADA)
    sent = await ring_until(own, own.clock.now() + timedelta(days=9))
    assert len(sent) == 3 and sent[0] - begun <= timedelta(hours=24)


@pytest.mark.parametrize("zone", ZONES)
async def test_it_is_day_where_the_member_is(zone: str) -> None:
    own, _ = await waiting_group()
    await choosing.choose_zone(own.ports, CLEO, zone)
    await turned_on(own)
    begun = own.clock.now()
    sent = await ring_until(own, begun + timedelta(days=7), timedelta(minutes=10))
    assert len(sent) == 3 and sent[0] - begun <= timedelta(hours=13, minutes=10)
    for at in sent:
        assert time(9) <= at.astimezone(ZoneInfo(zone)).time() < time(20)


@pytest.mark.parametrize(("minutes", "expected"), [(59, 0), (60, 1), (11 * 60 + 59, 1), (12 * 60, 0)])
async def test_the_day_is_from_nine_to_eight(minutes: int, expected: int) -> None:
    own, _ = await waiting_group()
    await turned_on(own)
    own.clock.advance(minutes=minutes)
    assert await reminding.remind_due(own.ports) == expected


async def test_who_travels_meanwhile_is_not_woken() -> None:
    own, _ = await waiting_group()
    await turned_on(own)
    own.clock.advance(hours=-1)
    assert await reminding.remind_due(own.ports) == 0
    own.clock.advance(hours=1)
    assert await reminding.remind_due(own.ports) == 0  # 08:00; due again at 09:00 in UTC
    await choosing.choose_zone(own.ports, CLEO, "Pacific/Honolulu")
    own.clock.advance(hours=1)
    assert await reminding.remind_due(own.ports) == 0  # 23:00 there
    own.clock.advance(hours=10)
    assert await reminding.remind_due(own.ports) == 1  # 09:00


async def test_two_instances_that_ring_at_once_send_one() -> None:
    own, _ = await waiting_group()
    await turned_on(own, CLEO, ADA)
    own.clock.advance(hours=2)
    others = [own.ports, replace(own.ports, owner="there"), own.ports]
    assert sum(await asyncio.gather(*map(reminding.remind_due, others))) == 2
    assert sorted(own.chat.reminded) == [(ADA, 1), (CLEO, 1)]


class Refusing(FakeChat):
    """A chat that cannot reach one member."""

    faults: tuple[Exception, ...] = ()
    tried = 0

    async def remind(self, member: Member, waiting: int) -> None:
        if member == CLEO:
            self.tried += 1
            raise self.faults[self.tried % len(self.faults)]
        await super().remind(member, waiting)


async def test_who_cannot_be_reached_is_tried_three_times_and_keeps_nobody_else_waiting() -> None:
    own, _ = await waiting_group()
    chat = Refusing(own.clock, own.chat.world)
    chat.faults = (PostRefused("no messages"), OutcomeUnknown("the connection broke"))
    own = replace(own, chat=chat, ports=replace(own.ports, chat=chat))
    await turned_on(own, CLEO, ADA)
    assert len(await ring_until(own, own.clock.now() + timedelta(days=20), timedelta(hours=1))) == 3
    assert chat.tried == 3 and chat.reminded == [(ADA, 1)] * 3


async def test_only_members_of_served_platforms_and_of_the_workspace_where_something_waits() -> None:
    own, _ = await waiting_group()
    await turned_on(own, CLEO, STRANGER)
    own.clock.advance(hours=2)
    elsewhere = replace(own.ports, platforms=frozenset({Platform.LOCAL}))
    assert await reminding.remind_due(elsewhere) == 0
    assert await reminding.remind_due(own.ports) == 1 and own.chat.reminded == [(CLEO, 1)]


async def test_nobody_is_reminded_of_other_channels_than_their_own() -> None:
    own, _ = await waiting_group()
    dan = Member(HERE, "dan")
    await turned_on(own, dan)
    assert await ring_until(own, own.clock.now() + timedelta(days=1)) == []
    await own.asked(LOUNGE, by=dan)
    assert await ring_until(own, own.clock.now() + timedelta(days=1)) == []
    await own.asked(by=dan)
    assert len(await ring_until(own, own.clock.now() + timedelta(days=1))) == 1


async def test_who_had_enough_today_is_reminded_tomorrow() -> None:
    own, _ = await waiting_group()
    await own.replied(await own.asked(), ADA)
    await review_rules.set_rules(own.ports, ADA, {"most": "1"})
    await turned_on(own)
    await review_queue.next_task(own.ports, CLEO, STUDY)
    today = own.clock.now().date()
    (first, *_) = await ring_until(own, own.clock.now() + timedelta(days=2))
    assert first.date() == today + timedelta(days=1)


async def test_who_is_gone_is_not_reminded_until_they_are_back() -> None:
    own, _ = await waiting_group()
    await turned_on(own)
    await accounts.told(own.ports, CLEO, False)
    assert await ring_until(own, own.clock.now() + timedelta(days=3)) == []
    await accounts.told(own.ports, CLEO, True)
    assert len(await ring_until(own, own.clock.now() + timedelta(days=1))) == 1


async def test_deleted_data_takes_the_wish_along() -> None:
    own, _ = await waiting_group()
    await turned_on(own)
    await privacy.delete(own.ports, CLEO)
    assert await ring_until(own, own.clock.now() + timedelta(days=2)) == []


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("waits", "waits", "waits", "travels", "reviews", "answers", "turns")),
        st.integers(0, 30),
    ),
    min_size=5,
    max_size=40,
)


@given(STEPS)
@example([("turns", 0), ("waits", 9), *[("waits", 30)] * 9])
@settings(max_examples=60)
def test_reminders_keep_to_the_rules_whatever_happens(steps: list[tuple[str, int]]) -> None:
    asyncio.run(kept_to_the_rules(steps))


def waiting_of_cleo(own: Group, tx: Transaction) -> int:
    return review_queue.waiting_in(own.ports, tx, CLEO, review_queue.known_channels(tx, CLEO, None))


async def kept_to_the_rules(steps: list[tuple[str, int]]) -> None:
    own, _ = await waiting_group()
    twin = replace(own.ports, owner="there")
    since_review, newest, is_on, zone = 0, None, False, "UTC"
    for name, number in steps:
        if name == "waits":
            own.clock.advance(hours=number)
        elif name == "travels":
            zone = ZONES[number % len(ZONES)]
            await choosing.choose_zone(own.ports, CLEO, zone)
        elif name == "answers":
            await own.replied(await own.asked(), (ADA, BEN)[number % 2])
        elif name == "turns":
            is_on = not is_on
            await reminding.choose_reminders(own.ports, CLEO, is_on)
            since_review = 0
        else:
            answered = await own.replied(await own.asked(), BEN)
            assert answered.answer is not None
            await reviewing.give(own.ports, answered.answer.id, CLEO, DRAFT, own.clock.now())
            since_review, newest = 0, own.clock.now()
        now, waiting = own.clock.now(), await own.ports.store.read(lambda tx: waiting_of_cleo(own, tx))
        before = len(own.chat.reminded)
        await asyncio.gather(reminding.remind_due(own.ports), reminding.remind_due(twin))
        for reminded in own.chat.reminded[before:]:
            assert is_on and waiting > 0 and reminded == (CLEO, waiting)
            assert time(9) <= now.astimezone(ZoneInfo(zone)).time() < time(20)
            assert newest is None or now - newest >= APART
            since_review, newest = since_review + 1, now
            assert since_review <= 3
