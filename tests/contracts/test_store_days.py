"""What every store promises about the facts of streaks and the cached folds."""

from datetime import date

import pytest

from bot.domain.practice_days import NeutralReason, NeutralSpan, RestChoice, ZoneChoice
from bot.domain.schedules import ScheduleState
from bot.domain.streaks import Credit, Mend, MendKind, Step, StepKind, StreakState
from bot.practice.ports import Store
from bot.practice.records import Standing, Transaction
from tests.contracts.samples import (
    ADA,
    BEN,
    DAY,
    HOME,
    HOUR,
    NOON,
    OTHER,
    SECOND,
    STUDY,
    TODAY,
    elsewhere,
    schedule,
)

NOVEMBER, DECEMBER = "2026-11", "2026-12"
FOLD = StreakState(
    through=TODAY - 7 * DAY,
    length=3,
    best=9,
    freezes=1,
    earned=4,
    last_date=TODAY - 8 * DAY,
    last_at=NOON - 8 * DAY,
    last_grace=TODAY - 30 * DAY,
    missed=True,
    mend=Mend(TODAY - 9 * DAY, MendKind.RESTORE, NOON, "ben"),
    broken=(TODAY - 20 * DAY, 12),
    steps=(
        Step(TODAY - 9 * DAY, StepKind.RESTORED, "ben", 3),
        Step(TODAY - 8 * DAY, StepKind.CREDITED, "", 3, 2),
    ),
)


def credit(tx: Transaction, day: date, member: object = ADA, withdrawn: bool = False) -> None:
    tx.put_credit(member, day, NOON, "Europe/Berlin", NOON if withdrawn else None)  # type: ignore[arg-type]


async def test_choices_of_zone_come_oldest_first_and_one_at_the_same_instant_replaces(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.choose_zone(ADA, ZoneChoice(NOON + HOUR, "Asia/Tokyo"))
        tx.choose_zone(ADA, ZoneChoice(NOON, "Europe/Paris"))
        tx.choose_zone(ADA, ZoneChoice(NOON, "Europe/Rome"))
        tx.choose_zone(BEN, ZoneChoice(NOON, "UTC"))

    await store.write(work)
    chosen = (ZoneChoice(NOON, "Europe/Rome"), ZoneChoice(NOON + HOUR, "Asia/Tokyo"))
    assert await store.read(lambda tx: tx.zones(ADA, "UTC")) == (chosen, "UTC")


async def test_before_the_first_choice_the_zone_of_the_first_schedule_serves(store: Store) -> None:
    removed = schedule("a", zone="Asia/Tokyo", state=ScheduleState.REMOVED, next_at=None)
    theirs = schedule("a", elsewhere(STUDY), zone="Asia/Tokyo")

    def work(tx: Transaction) -> None:
        for each in (removed, theirs, schedule("c", zone="Europe/Oslo"), schedule("b", zone="Europe/Rome")):
            tx.put_schedule(each)
        tx.choose_zone(BEN, ZoneChoice(NOON, "Asia/Seoul"))

    assert await store.read(lambda tx: tx.zones(ADA, "UTC")) == ((), "UTC")
    await store.write(work)
    assert await store.read(lambda tx: tx.zones(ADA, "UTC")) == ((), "Europe/Rome")
    chosen = ZoneChoice(NOON, "Asia/Seoul")
    assert await store.read(lambda tx: tx.zones(BEN, "UTC")) == ((chosen,), "Europe/Rome")
    facts = await store.read(lambda tx: tx.facts(BEN, "UTC", None, NOON))
    assert (facts.zones, facts.default_zone) == ((chosen,), "Europe/Rome")


async def test_a_credit_is_begun_once_for_a_date_and_a_withdrawn_one_is_one(store: Store) -> None:
    def work(tx: Transaction) -> list[bool]:
        credit(tx, TODAY - DAY, withdrawn=True)
        dates = (TODAY, TODAY, TODAY - DAY)
        return [tx.begin_credit(ADA, day, NOON + n * HOUR, "UTC") for n, day in enumerate(dates)]

    assert await store.write(work) == [True, False, False]
    facts = await store.read(lambda tx: tx.facts(ADA, "UTC", None, NOON))
    assert facts.credits == (
        Credit(TODAY - DAY, NOON, "Europe/Berlin", NOON),
        Credit(TODAY, NOON, "UTC", None),
    )
    assert await store.read(lambda tx: tx.standing(ADA, NOVEMBER)) == Standing(ADA, 1, 1, 0)


async def test_the_facts_of_a_member_are_all_that_was_kept(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.put_credit(ADA, TODAY, NOON, "Europe/Berlin", None)
        tx.put_credit(ADA, TODAY - DAY, NOON - DAY, "UTC", NOON)
        tx.choose_zone(ADA, ZoneChoice(NOON, "Europe/Rome"))
        tx.choose_rest(ADA, RestChoice(TODAY, frozenset({5})))
        tx.choose_rest(ADA, RestChoice(TODAY, frozenset({5, 6})))
        tx.choose_rest(ADA, RestChoice(TODAY - DAY, frozenset()))
        tx.open_neutral(HOME, NeutralReason.DOWN, NOON)
        tx.add_mend(ADA, TODAY - DAY, MendKind.REPAIR, NOON, None)
        tx.add_mend(ADA, TODAY - 9 * DAY, MendKind.RESTORE, NOON, "ben")

    await store.write(work)
    facts = await store.read(lambda tx: tx.facts(ADA, "UTC", None, NOON))
    assert set(facts.credits) == {
        Credit(TODAY - DAY, NOON - DAY, "UTC", NOON),
        Credit(TODAY, NOON, "Europe/Berlin", None),
    }
    assert facts.zones == (ZoneChoice(NOON, "Europe/Rome"),)
    assert facts.default_zone == "UTC"
    assert set(facts.rests) == {RestChoice(TODAY - DAY, frozenset()), RestChoice(TODAY, frozenset({5, 6}))}
    assert facts.neutral == (NeutralSpan(NOON, None, NeutralReason.DOWN),)
    assert set(facts.mends) == {
        Mend(TODAY - DAY, MendKind.REPAIR, NOON, None),
        Mend(TODAY - 9 * DAY, MendKind.RESTORE, NOON, "ben"),
    }


async def test_facts_after_a_date_hold_later_credits_and_every_pause_that_can_touch_them(
    store: Store,
) -> None:
    def work(tx: Transaction) -> None:
        for days in range(5):
            credit(tx, TODAY - days * DAY)
        for reason, days in (
            (NeutralReason.DOWN, 30),
            (NeutralReason.PAUSED, 3),
            (NeutralReason.CHANNEL_GONE, 40),
        ):
            tx.open_neutral(HOME, reason, NOON - days * DAY)
        tx.close_neutral(HOME, NeutralReason.DOWN, NOON - 29 * DAY)
        tx.close_neutral(HOME, NeutralReason.PAUSED, NOON - 2 * DAY)

    await store.write(work)
    facts = await store.read(lambda tx: tx.facts(ADA, "UTC", TODAY - 2 * DAY, NOON))
    assert sorted(each.local_date for each in facts.credits) == [TODAY - DAY, TODAY]
    reasons = {span.reason for span in facts.neutral}
    assert {NeutralReason.PAUSED, NeutralReason.CHANNEL_GONE} <= reasons


async def test_one_span_of_a_reason_is_open_at_a_time(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.open_neutral(HOME, NeutralReason.PAUSED, NOON)
        tx.open_neutral(HOME, NeutralReason.PAUSED, NOON + HOUR)
        tx.close_neutral(HOME, NeutralReason.PAUSED, NOON + 2 * HOUR)
        tx.close_neutral(HOME, NeutralReason.PAUSED, NOON + 3 * HOUR)
        tx.open_neutral(HOME, NeutralReason.PAUSED, NOON + 4 * HOUR)

    await store.write(work)
    facts = await store.read(lambda tx: tx.facts(ADA, "UTC", None, NOON))
    assert sorted(facts.neutral, key=lambda span: span.start) == [
        NeutralSpan(NOON, NOON + 2 * HOUR, NeutralReason.PAUSED),
        NeutralSpan(NOON + 4 * HOUR, None, NeutralReason.PAUSED),
    ]


async def test_no_other_workspace_sees_a_fact(store: Store) -> None:
    def work(tx: Transaction) -> None:
        credit(tx, TODAY)
        tx.choose_zone(ADA, ZoneChoice(NOON, "Europe/Rome"))
        tx.choose_rest(ADA, RestChoice(TODAY, frozenset({5})))
        tx.add_mend(ADA, TODAY, MendKind.REPAIR, NOON, None)
        tx.open_neutral(HOME, NeutralReason.DOWN, NOON)
        tx.put_checkpoint(ADA, FOLD)
        tx.new_freeze_uses(ADA, [TODAY], NOON)

    await store.write(work)
    stranger = elsewhere(ADA)

    def look(tx: Transaction) -> None:
        facts = tx.facts(stranger, "UTC", None, NOON)
        found = (
            facts.credits,
            facts.zones,
            facts.rests,
            facts.mends,
            facts.neutral,
            tx.zones(stranger, "UTC")[0],
        )
        assert found == ((),) * 6
        assert tx.checkpoint(stranger) is None
        assert tx.practice_days(stranger, TODAY) == ()
        assert tx.board(OTHER, NOVEMBER, 9) == []
        assert tx.standing(stranger, NOVEMBER) == Standing(stranger, 0, 0, 0)
        assert tx.members(OTHER) == []

    await store.read(look)
    assert await store.write(lambda tx: tx.new_freeze_uses(stranger, [TODAY], NOON)) == (TODAY,)


async def test_a_fold_is_read_as_it_was_kept(store: Store) -> None:
    await store.write(lambda tx: tx.put_checkpoint(ADA, FOLD))
    assert await store.read(lambda tx: (tx.checkpoint(ADA), tx.checkpoint(BEN))) == (FOLD, None)
    await store.write(lambda tx: tx.put_checkpoint(ADA, StreakState(through=TODAY)))
    assert await store.read(lambda tx: tx.checkpoint(ADA)) == StreakState(through=TODAY)


THROUGH = TODAY - 7 * DAY


@pytest.mark.parametrize(("days", "stays"), [(-30, False), (0, False), (2, False), (3, True), (7, True)])
async def test_a_fold_goes_when_a_date_up_to_two_days_after_its_end_is_touched(
    store: Store, days: int, stays: bool
) -> None:
    day = THROUGH + days * DAY

    def survives(change: object) -> object:
        def work(tx: Transaction) -> bool:
            tx.put_checkpoint(ADA, FOLD)
            change(tx)  # type: ignore[operator]
            return tx.checkpoint(ADA) is not None

        return work

    changes = [
        lambda tx: tx.begin_credit(ADA, day, NOON, "UTC"),
        lambda tx: credit(tx, day),
        lambda tx: credit(tx, day, withdrawn=True),
        lambda tx: tx.drop_credit(ADA, day),
        lambda tx: tx.add_mend(ADA, day, MendKind.RESTORE, NOON, "ben"),
        lambda tx: tx.choose_rest(ADA, RestChoice(day, frozenset())),
    ]
    for change in changes:
        assert await store.write(survives(change)) is stays  # type: ignore[arg-type]


async def test_nobody_elses_fold_goes_and_all_of_a_workspace_go_on_request(store: Store) -> None:
    def work(tx: Transaction) -> None:
        for member in (ADA, BEN, elsewhere(ADA)):
            tx.put_checkpoint(member, FOLD)
        credit(tx, THROUGH)

    def kept(tx: Transaction) -> list[bool]:
        return [tx.checkpoint(member) is not None for member in (ADA, BEN, elsewhere(ADA))]

    await store.write(work)
    assert await store.read(kept) == [False, True, True]
    await store.write(lambda tx: tx.drop_checkpoints(HOME))
    assert await store.read(kept) == [False, False, True]


async def test_each_spent_freeze_is_new_once(store: Store) -> None:
    days = (TODAY - DAY, TODAY)
    assert await store.write(lambda tx: tx.new_freeze_uses(ADA, days[1:], NOON)) == days[1:]
    assert await store.write(lambda tx: tx.new_freeze_uses(ADA, days[::-1], NOON)) == days[:1]
    assert await store.write(lambda tx: tx.new_freeze_uses(ADA, (), NOON)) == ()
    assert await store.write(lambda tx: tx.new_freeze_uses(BEN, days, NOON)) == days


async def test_practice_days_leave_out_withdrawn_ones(store: Store) -> None:
    def work(tx: Transaction) -> None:
        for days in (0, 1, 2, 9):
            credit(tx, TODAY - days * DAY)
        credit(tx, TODAY - 1 * DAY, withdrawn=True)
        credit(tx, TODAY, BEN)

    await store.write(work)
    found = await store.read(lambda tx: tx.practice_days(ADA, TODAY - 2 * DAY))
    assert found == (TODAY - 2 * DAY, TODAY)


async def test_a_credit_is_one_for_each_date_and_follows_its_answers(store: Store) -> None:
    def work(tx: Transaction) -> None:
        credit(tx, TODAY)
        credit(tx, TODAY)
        tx.put_credit(ADA, TODAY, NOON - SECOND, "UTC", None)
        credit(tx, TODAY - DAY)
        tx.drop_credit(ADA, TODAY - DAY)
        tx.drop_credit(ADA, TODAY - DAY)

    await store.write(work)
    facts = await store.read(lambda tx: tx.facts(ADA, "UTC", None, NOON))
    assert facts.credits == (Credit(TODAY, NOON - SECOND, "UTC", None),)
    assert await store.read(lambda tx: tx.standing(ADA, NOVEMBER)) == Standing(ADA, 1, 1, 0)
