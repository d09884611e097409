"""What every store promises about the board: practice days and answers of the members, summed up."""

from datetime import date, timedelta
from functools import partial

from bot.practice.ports import Store
from bot.practice.records import Standing, Transaction
from tests.contracts.samples import (
    ADA,
    BEN,
    CY,
    DAY,
    HOME,
    NOON,
    OTHER,
    TODAY,
    answer,
    elsewhere,
    round_,
)

NOVEMBER, DECEMBER = "2026-11", "2026-12"


def credit(tx: Transaction, day: date, member: object = ADA, withdrawn: bool = False) -> None:
    tx.put_credit(member, day, NOON, "Europe/Berlin", NOON if withdrawn else None)  # type: ignore[arg-type]


async def test_the_board_goes_by_days_of_the_month_then_all_days_then_id(store: Store) -> None:
    def work(tx: Transaction) -> None:
        for member, days in ((ADA, 2), (BEN, 2), (CY, 3)):
            for number in range(days):
                credit(tx, TODAY - number * DAY, member)
        credit(tx, TODAY - 40 * DAY, BEN)
        credit(tx, TODAY, elsewhere(ADA))

    await store.write(work)
    board = await store.read(lambda tx: tx.board(HOME, NOVEMBER, 9))
    assert board == [Standing(CY, 3, 3, 0), Standing(BEN, 2, 3, 0), Standing(ADA, 2, 2, 0)]
    assert await store.read(lambda tx: tx.board(HOME, NOVEMBER, 1)) == [Standing(CY, 3, 3, 0)]
    assert await store.read(lambda tx: tx.board(HOME, DECEMBER, 9)) == []


async def test_a_withdrawn_credit_leaves_the_board_and_comes_back(store: Store) -> None:
    def days(tx: Transaction) -> int:
        return tx.standing(ADA, NOVEMBER).recent_days

    seen = []
    for withdrawn in (False, True, True, False):
        await store.write(partial(credit, day=TODAY, withdrawn=withdrawn))
        seen.append(await store.read(days))
    await store.write(lambda tx: tx.drop_credit(ADA, TODAY))
    assert [*seen, await store.read(days)] == [1, 0, 0, 1, 0]


async def test_the_same_transaction_sees_its_own_board(store: Store) -> None:
    def work(tx: Transaction) -> list[object]:
        credit(tx, TODAY)
        first = tx.standing(ADA, NOVEMBER)
        credit(tx, TODAY - DAY)
        return [first, tx.board(HOME, NOVEMBER, 9)]

    assert await store.write(work) == [Standing(ADA, 1, 1, 0), [Standing(ADA, 2, 2, 0)]]


async def test_a_day_that_is_credited_late_counts_in_its_own_month_and_in_all_later_sums(
    store: Store,
) -> None:
    await store.write(lambda tx: credit(tx, date(2026, 12, 1)))
    await store.write(lambda tx: credit(tx, date(2026, 11, 30)))

    def look(tx: Transaction) -> list[object]:
        boards = [tx.board(HOME, month, 9) for month in (NOVEMBER, DECEMBER)]
        return [*boards, tx.standing(ADA, NOVEMBER), tx.standing(ADA, "2027-03")]

    assert await store.read(look) == [
        [Standing(ADA, 1, 1, 0)],
        [Standing(ADA, 1, 2, 0)],
        Standing(ADA, 1, 2, 0),
        Standing(ADA, 0, 2, 0),
    ]


async def test_live_answers_are_counted_and_every_sum_can_be_derived_anew(store: Store) -> None:
    def work(tx: Transaction) -> None:
        for number in range(4):
            tx.add_round(round_(f"r-{number}"))
        tx.add_answer(answer("a-0", round="r-0"))
        tx.add_answer(answer("a-1", round="r-1"))
        tx.add_answer(answer("a-2", BEN, round="r-2", local_date=date(2026, 10, 3)))
        tx.add_answer(answer("a-3", round="r-3"))
        tx.change_answer(answer("a-1", round="r-1", withdrawn_at=NOON))
        tx.change_answer(answer("a-2", BEN, round="r-2", local_date=TODAY, version=2))
        for member in (ADA, BEN):
            credit(tx, TODAY, member)
        credit(tx, TODAY - 30 * DAY)
        credit(tx, TODAY - DAY, withdrawn=True)
        credit(tx, TODAY, elsewhere(ADA))

    def look(tx: Transaction) -> list[object]:
        boards = [tx.board(place, month, 9) for place in (HOME, OTHER) for month in (NOVEMBER, "2026-10")]
        return [*boards, tx.standing(ADA, NOVEMBER), tx.standing(BEN, NOVEMBER), tx.standing(CY, NOVEMBER)]

    await store.write(work)
    before = await store.read(look)
    assert before[0] == [Standing(ADA, 1, 2, 2), Standing(BEN, 1, 1, 1)]
    assert before[4:] == [Standing(ADA, 1, 2, 2), Standing(BEN, 1, 1, 1), Standing(CY, 0, 0, 0)]
    await store.write(lambda tx: tx.rebuild_tallies(HOME))
    assert await store.read(look) == before


async def test_the_board_counts_leap_days_and_month_ends_in_their_own_month(store: Store) -> None:
    def work(tx: Transaction) -> None:
        for number in range(60):
            credit(tx, date(2028, 1, 1) + timedelta(days=number))

    await store.write(work)

    def look(tx: Transaction) -> list[int]:
        return [tx.standing(ADA, month).recent_days for month in ("2028-01", "2028-02", "2028-03")]

    assert await store.read(look) == [31, 29, 0]
