"""What every store promises about replies and the answers derived from them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.places import Thread
from bot.domain.rounds import StoredReply
from bot.practice.ports import Store
from bot.practice.records import Transaction
from tests.contracts.samples import (
    ADA,
    BEN,
    CY,
    DAY,
    HOME,
    HOUR,
    NOON,
    OTHER,
    SECOND,
    STUDY,
    THREAD,
    TODAY,
    answer,
    elsewhere,
    open_round,
    question,
    reply,
    round_,
)


def with_text(stored: StoredReply, text: str) -> StoredReply:
    return replace(stored, reply=replace(stored.reply, text=text))


@pytest.mark.bad_input(51)
async def test_the_same_message_is_kept_once_however_often_it_arrives(store: Store) -> None:
    def work(tx: Transaction) -> list[bool]:
        open_round(tx)
        return [tx.keep_reply(reply()), tx.keep_reply(with_text(reply(), "again"))]

    assert await store.write(work) == [True, False]
    assert await store.write(lambda tx: tx.keep_reply(reply())) is False
    assert await store.read(lambda tx: tx.reply(THREAD, "m-1")) == reply()


@pytest.mark.bad_input(47)
async def test_a_text_is_kept_as_it_is(store: Store) -> None:
    odd = with_text(
        reply(), "'; DROP TABLE reply; -- %s %(x)s {0.__class__} \\x00 $1 ?1 :at\n\t\u202e👩‍👩‍👧\u200b"
    )

    def work(tx: Transaction) -> None:
        open_round(tx)
        tx.keep_reply(odd)

    await store.write(work)
    assert await store.read(lambda tx: tx.reply(THREAD, "m-1")) == odd


async def test_a_form_and_every_time_of_a_reply_are_kept(store: Store) -> None:
    full = StoredReply(
        replace(reply().reply, by_form=True), "r-1", NOON + SECOND, NOON + HOUR, NOON + 2 * SECOND, None
    )

    def work(tx: Transaction) -> None:
        open_round(tx)
        tx.keep_reply(full)

    await store.write(work)
    assert await store.read(lambda tx: tx.reply(THREAD, "m-1")) == full


async def test_a_reply_is_replaced_by_its_newest_state(store: Store) -> None:
    changed = replace(with_text(reply(), "edited"), edited_at=NOON + HOUR, enough_at=None, fingerprint=None)

    def work(tx: Transaction) -> None:
        open_round(tx)
        tx.keep_reply(reply())
        tx.keep_reply(reply("m-2"))
        tx.change_reply(changed)

    await store.write(work)
    assert await store.read(lambda tx: (tx.reply(THREAD, "m-1"), tx.reply(THREAD, "m-2"))) == (
        changed,
        reply("m-2"),
    )


async def test_a_members_replies_in_a_round_come_by_creation_then_message(store: Store) -> None:
    def work(tx: Transaction) -> None:
        open_round(tx)
        open_round(tx, "r-2", Thread(STUDY, "200"))
        for stored in (reply("m-3"), reply("m-2", at=NOON + SECOND), reply("m-1", at=NOON + SECOND)):
            tx.keep_reply(stored)
        tx.keep_reply(reply("of-ben", BEN))
        tx.keep_reply(replace(reply("elsewhere"), round="r-2"))

    await store.write(work)
    found = await store.read(lambda tx: tx.replies("r-1", ADA))
    assert [stored.reply.message for stored in found] == ["m-3", "m-1", "m-2"]


def alike(tx: Transaction, stored: StoredReply) -> list[str]:
    """The messages of the replies with the same words."""
    return [each.reply.message for each in tx.same_words(stored)]


async def test_the_same_words_are_found_in_one_earlier_reply_and_in_every_later_one(store: Store) -> None:
    first = reply("m-2", BEN, fingerprint="same")
    tied = reply("m-1", CY, fingerprint="same")
    later = reply("m-0", ADA, NOON + SECOND, fingerprint="same")

    def work(tx: Transaction) -> None:
        open_round(tx)
        for stored in (later, first, tied, reply("m-9", CY)):
            tx.keep_reply(stored)

    await store.write(work)

    found = await store.read(lambda tx: [alike(tx, one) for one in (tied, first, later)])
    assert found[:2] == [["m-2", "m-0"], ["m-1", "m-0"]]
    assert found[2] in (["m-1"], ["m-2"])
    assert await store.read(lambda tx: tx.same_words(tied)) == [first, later]


async def test_saying_it_again_in_the_same_round_is_no_copy_but_in_another_round_it_is(store: Store) -> None:
    again = reply("m-2", at=NOON + SECOND, fingerprint="same")
    in_next_round = replace(reply("m-3", at=NOON + HOUR, fingerprint="same"), round="r-2")

    def work(tx: Transaction) -> list[object]:
        open_round(tx)
        open_round(tx, "r-2", Thread(STUDY, "200"))
        first = reply("m-1", fingerprint="same")
        for stored in (first, again, in_next_round):
            tx.keep_reply(stored)
        return [alike(tx, first), alike(tx, again), alike(tx, in_next_round)]

    first, again_, in_next = await store.write(work)
    assert (first, again_) == (["m-3"], ["m-3"])
    assert in_next in (["m-1"], ["m-2"])


async def test_the_same_words_about_another_question_are_a_copy_of_ones_own_only(store: Store) -> None:
    of_ben = replace(reply("m-2", BEN, NOON + SECOND, fingerprint="same"), round="r-2")
    own = replace(reply("m-3", at=NOON + HOUR, fingerprint="same"), round="r-2")

    def work(tx: Transaction) -> list[object]:
        open_round(tx)
        open_round(tx, "r-2", Thread(STUDY, "200"), question=question("q-2"))
        first = reply("m-1", fingerprint="same")
        for stored in (first, of_ben, own):
            tx.keep_reply(stored)
        return [alike(tx, first), alike(tx, of_ben), alike(tx, own)]

    assert await store.write(work) == [["m-3"], ["m-3"], ["m-1"]]


async def test_a_reply_without_a_fingerprint_copies_nothing(store: Store) -> None:
    bare = reply("m-2", BEN, NOON + SECOND, fingerprint=None)

    def work(tx: Transaction) -> list[object]:
        open_round(tx)
        tx.keep_reply(reply("m-1", fingerprint=None))
        tx.keep_reply(bare)
        return [tx.same_words(bare), tx.same_words(reply("m-1", fingerprint=None))]

    assert await store.write(work) == [[], []]


async def test_no_other_workspace_sees_a_reply_an_answer_or_a_copy(store: Store) -> None:
    def work(tx: Transaction) -> None:
        open_round(tx)
        tx.keep_reply(reply())
        tx.add_answer(answer())

    await store.write(work)
    theirs = reply("m-7", elsewhere(BEN), NOON + DAY, fingerprint=reply().fingerprint)

    def look(tx: Transaction) -> list[object]:
        stranger = elsewhere(ADA)
        return [
            tx.reply(elsewhere(THREAD), "m-1"),
            tx.replies("r-1", stranger),
            tx.same_words(theirs),
            tx.same_words(replace(theirs, reply=replace(theirs.reply, at=NOON - DAY))),
            tx.answer("r-1", stranger),
            tx.answer_by_id(OTHER, "a-1"),
            tx.answers_of("r-1", OTHER),
            tx.counted(stranger, TODAY),
        ]

    assert await store.read(look) == [None, [], [], [], None, None, [], []]


async def test_an_answer_is_found_by_round_and_member_and_by_its_id(store: Store) -> None:
    def work(tx: Transaction) -> None:
        open_round(tx)
        tx.add_answer(answer())

    await store.write(work)
    assert await store.read(lambda tx: (tx.answer("r-1", ADA), tx.answer_by_id(HOME, "a-1"))) == (
        answer(),
        answer(),
    )
    assert await store.read(lambda tx: (tx.answer("r-1", BEN), tx.answer("r-2", ADA))) == (None, None)


async def test_a_member_has_at_most_one_answer_in_a_round(store: Store) -> None:
    def work(tx: Transaction) -> list[bool]:
        open_round(tx)
        return [tx.add_answer(answer()), tx.add_answer(answer("a-2")), tx.add_answer(answer("a-3", BEN))]

    assert await store.write(work) == [True, False, True]
    assert await store.write(lambda tx: tx.add_answer(answer("a-2"))) is False
    assert await store.read(lambda tx: (tx.answer("r-1", ADA), tx.answer_by_id(HOME, "a-2"))) == (
        answer(),
        None,
    )
    assert (await store.read(lambda tx: tx.standing(ADA, "2026-11"))).answers == 1


async def test_two_answers_of_one_id_are_a_mistake(store: Store) -> None:
    def work(tx: Transaction) -> None:
        open_round(tx)
        tx.add_answer(answer())

    await store.write(work)
    with pytest.raises(Exception):  # noqa: B017 - each store has its own; what counts is the next line
        await store.write(lambda tx: tx.add_answer(answer("a-1", BEN)))
    assert await store.read(lambda tx: tx.answers_of("r-1", HOME)) == [answer()]


async def test_a_changed_answer_is_replaced_whole_and_its_earlier_texts_are_kept(store: Store) -> None:
    second = answer(
        message="m-1+m-2",
        text="second",
        at=NOON + DAY,
        local_date=TODAY + timedelta(days=1),
        zone="Asia/Tokyo",
        late=True,
        counts=False,
        chosen=True,
        version=2,
        changed_at=NOON + HOUR,
    )

    def work(tx: Transaction) -> None:
        open_round(tx)
        tx.add_answer(answer())
        tx.change_answer(second)
        tx.change_answer(replace(second, counts=True))
        tx.change_answer(replace(second, text="third", version=3, changed_at=NOON + 2 * HOUR))

    await store.write(work)
    assert await store.read(lambda tx: tx.answer_by_id(HOME, "a-1")) == replace(
        second, text="third", version=3, changed_at=NOON + 2 * HOUR
    )
    kept = (await store.read(lambda tx: tx.export_member(ADA)))["answer_version"]
    assert sorted((row["version"], row["text"]) for row in kept) == [(1, answer().text), (2, "second")]


async def test_the_answers_of_a_round_are_the_live_ones_oldest_first(store: Store) -> None:
    def work(tx: Transaction) -> None:
        open_round(tx)
        tx.add_round(round_("r-2"))
        tx.add_answer(answer("a-3", ADA, at=NOON + SECOND))
        tx.add_answer(answer("a-2", BEN))
        tx.add_answer(answer("a-1", CY, withdrawn_at=NOON))
        tx.add_answer(answer("a-0", CY, round="r-2"))

    await store.write(work)
    assert [each.id for each in await store.read(lambda tx: tx.answers_of("r-1", HOME))] == ["a-2", "a-3"]


async def test_what_counts_for_a_date_includes_withdrawn_answers_by_creation_time(store: Store) -> None:
    def work(tx: Transaction) -> None:
        for number in range(5):
            tx.add_round(round_(f"r-{number}"))
        tx.add_answer(answer("a-0", round="r-0", at=NOON + SECOND))
        tx.add_answer(answer("a-1", round="r-1", withdrawn_at=NOON + HOUR))
        tx.add_answer(answer("a-2", round="r-2", counts=False))
        tx.add_answer(answer("a-3", round="r-3", local_date=TODAY - timedelta(days=1)))
        tx.add_answer(answer("a-4", BEN, round="r-4"))

    await store.write(work)
    assert [each.id for each in await store.read(lambda tx: tx.counted(ADA, TODAY))] == ["a-1", "a-0"]
