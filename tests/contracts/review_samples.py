"""Rounds with answers and their reviews, as the tests of stores need them kept."""

from dataclasses import replace

from bot.domain.reviews import Review
from bot.domain.rounds import Answer
from bot.practice.ports import Store
from bot.practice.records import Transaction
from tests.contracts.samples import THREAD, answer, open_round


def answers(tx: Transaction, *made: Answer) -> None:
    """A round with answers, by default Ada's only."""
    open_round(tx)
    for each in made or (answer(),):
        tx.add_answer(each)


def rounds(tx: Transaction) -> None:
    """Three rounds, `r-1` to `r-3`, in one channel."""
    open_round(tx)
    for n in (2, 3):
        open_round(tx, f"r-{n}", replace(THREAD, id=f"{n}00"))


async def keep(store: Store, *reviews: Review) -> None:
    """Reviews of Ada's answer `a-1`, which all are kept."""

    def work(tx: Transaction) -> None:
        answers(tx)
        assert [tx.add_review(each) for each in reviews] == [True] * len(reviews)

    await store.write(work)


async def keep_in_rounds(store: Store, *reviews: Review) -> None:
    """Reviews of Ada's three answers, `a-1` in `r-1` and so on."""

    def work(tx: Transaction) -> None:
        rounds(tx)
        for n in (1, 2, 3):
            tx.add_answer(answer(f"a-{n}", round=f"r-{n}"))
        assert [tx.add_review(each) for each in reviews] == [True] * len(reviews)

    await store.write(work)


def ids(found: list[Review]) -> list[str]:
    """The reviews' ids, in their order."""
    return [each.id for each in found]
