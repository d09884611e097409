"""What every store promises about what is kept of a member, the record, and the local chat."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.cards import Card, Numbered, Quote, Text, from_json, to_json
from bot.domain.comparing import Pair, Vote
from bot.domain.places import Channel, Member, Thread
from bot.domain.practice_days import RestChoice, ZoneChoice
from bot.domain.reviews import Draft
from bot.domain.schedules import ScheduleState
from bot.domain.streaks import MendKind, StreakState
from bot.practice.ports import Store
from bot.practice.records import LocalMessage, RecordLine, Transaction
from bot.practice.review_records import GoldReview, Offer, Reminders
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
    message,
    open_round,
    reply,
    review,
    schedule,
)


def practice(tx: Transaction, member: Member, message_id: str, answer_id: str) -> None:
    """Something in every table that holds rows of a member."""
    tx.keep_reply(reply(message_id, member))
    tx.add_answer(answer(answer_id, member))
    tx.change_answer(answer(answer_id, member, text="better", version=2, changed_at=NOON))
    tx.put_credit(member, TODAY, NOON, "UTC", None)
    tx.choose_zone(member, ZoneChoice(NOON, "UTC"))
    tx.choose_rest(member, RestChoice(TODAY, frozenset({6})))
    tx.add_mend(member, TODAY - DAY, MendKind.REPAIR, NOON, None)
    tx.new_freeze_uses(member, [TODAY - DAY], NOON)
    tx.put_checkpoint(member, StreakState(through=TODAY - 9 * DAY))
    tx.take_hint("r-1", member, 2)
    tx.add_offer(Offer(member, "a-9", NOON, TODAY))
    tx.add_gold_review(GoldReview(member, "g-1", "backend", Draft((1, 2), (), "strong", "weak"), NOON))
    tx.put_vote(Vote(member, Pair("a-1", "a-2"), "a-1", f"says {member.id}", NOON))
    tx.put_reminders(Reminders(member, 0, NOON))


def furnish(tx: Transaction) -> None:
    open_round(tx)
    open_round(tx, thread=elsewhere(THREAD))
    practice(tx, ADA, "m-1", "a-1")
    practice(tx, BEN, "m-2", "a-2")
    practice(tx, elsewhere(ADA), "m-1", "a-1")
    assert tx.add_review(review("v-1", message="c-1"))
    assert tx.add_review(review("v-2", ADA, BEN, answer="a-2", message="c-2"))
    tx.put_schedule(schedule())
    tx.add_mend(BEN, TODAY - 2 * DAY, MendKind.RESTORE, NOON, "ada")
    tx.record(HOME, RecordLine(NOON, "ada", "restore", "2026-11-18 of ben"))
    for name in ("ada", "ben"):
        tx.join_person(HOME, name, NOON)
        tx.add_message(message(f"from {name}", author=name))
        tx.add_message(message(f"only for {name}", author=None, only_for=name))


async def test_an_export_holds_every_text_of_the_member_and_none_of_others(store: Store) -> None:
    await store.write(furnish)
    found = await store.read(lambda tx: tx.export_member(ADA))
    text = json.dumps(found)
    for own in (
        "text of m-1",
        "better",
        "own words",
        "from ada",
        "only for ada",
        "repair",
        "2026-11-20",
        "says v-2",
        "says ada",
    ):
        assert own in text
    for other in ("text of m-2", "from ben", "only for ben", "says v-1", "says ben"):
        assert other not in text
    assert {table: len(rows) for table, rows in found.items()} == await store.read(
        lambda tx: tx.count_member(ADA)
    )
    assert await store.read(lambda tx: tx.export_member(CY)) == {}


async def test_deleting_a_member_leaves_nothing_of_theirs_and_everything_of_others(store: Store) -> None:
    await store.write(furnish)
    counted = await store.read(lambda tx: tx.count_member(ADA))
    others = await store.read(lambda tx: tx.count_member(BEN))
    theirs = await store.read(lambda tx: tx.count_member(elsewhere(ADA)))
    assert await store.write(lambda tx: tx.delete_member(ADA, NOON)) == sum(counted.values())

    def look(tx: Transaction) -> None:
        assert (tx.count_member(ADA), tx.export_member(ADA)) == ({}, {})
        assert (tx.count_member(BEN), tx.count_member(elsewhere(ADA))) == (others, theirs)
        assert tx.answer("r-1", ADA) is None
        assert tx.votes_of(BEN) == [Pair("a-1", "a-2")]
        assert tx.members(HOME) == [BEN]
        assert [each.member for each in tx.board(HOME, "2026-11", 9)] == [BEN]

    await store.read(look)
    assert await store.write(lambda tx: tx.delete_member(ADA, NOON)) == 0


async def test_what_a_deleted_member_began_stays_without_their_name(store: Store) -> None:
    await store.write(furnish)
    await store.write(lambda tx: tx.delete_member(ADA, NOON))

    def look(tx: Transaction) -> None:
        found = tx.round(HOME, "r-1")
        assert found is not None and found.asked_by is None
        other = tx.round(OTHER, "r-1")
        assert other is not None and other.asked_by == elsewhere(ADA)
        assert "ada" not in {mend.by for mend in tx.facts(BEN, "UTC", None, NOON).mends}
        assert [line.by for line in tx.records(HOME, 9)] == [None]
        kept = tx.schedule(STUDY, "daily")
        assert kept is not None and kept.created_by.id == ""

    await store.read(look)


async def test_no_text_that_the_bot_wrote_names_a_deleted_member(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.put_schedule(schedule("ours", state=ScheduleState.PAUSED, pause_reason="paused by ada"))
        tx.put_schedule(schedule("theirs", state=ScheduleState.PAUSED, pause_reason="paused by adam"))
        for whom in ("ada", "adam"):
            tx.record(HOME, RecordLine(NOON, "ben", "restore", f"2026-11-18 for {whom}"))
        tx.record(OTHER, RecordLine(NOON, "ben", "restore", "2026-11-18 for ada"))
        tx.record(HOME, RecordLine(NOON, "ben", "daily set", "2026-11-18 for ada"))
        tx.delete_member(ADA, NOON)

    await store.write(work)

    def look(tx: Transaction) -> tuple[list[str | None], list[str], list[str]]:
        reasons = [each.pause_reason for each in tx.schedules(HOME)]
        return reasons, *([line.detail for line in tx.records(of, 9)] for of in (HOME, OTHER))  # type: ignore[return-value]

    assert await store.read(look) == (
        [None, "paused by adam"],
        ["2026-11-18 for ada", "2026-11-18 for adam", "2026-11-18"],
        ["2026-11-18 for ada"],
    )


NAMES = ("ada", "a_a", "a%", "50!", "Zoë 🦉", 'ada "x"', "back\\slash")


@pytest.mark.parametrize("name", NAMES)
async def test_cards_that_others_see_do_not_name_a_deleted_member(store: Store, name: str) -> None:
    gone = Member(HOME, name)

    def card(*members: Member) -> str:
        lines = tuple(Text((str(place), " ", member, ", 3 days")) for place, member in enumerate(members))
        return to_json(
            Card("Board", (Text(("Asked for by ", members[0], ".")), Numbered(lines), Quote("ada")))
        )

    def work(tx: Transaction) -> None:
        tx.add_message(message(author=None, card=card(BEN, gone)))
        tx.add_message(message(author=None, card=card(gone, BEN), only_for="ben", marker="r-1"))
        tx.add_message(message(author=None, card=card(BEN, elsewhere(gone), Member(HOME, "aXa"))))
        tx.add_message(message(channel=elsewhere(STUDY), author=None, card=card(gone)))
        tx.add_message(message(author=None, card=f"no JSON {json.dumps(name)}"))
        tx.delete_member(gone, NOON)

    def drawn(tx: Transaction) -> list[str | None]:
        return [
            each.card
            for each in (*tx.messages(STUDY, "ben", None, 9), *tx.messages(elsewhere(STUDY), "", None, 9))
        ]

    await store.write(work)
    first, second, *others = await store.read(drawn)
    assert first is not None and second is not None
    for each in (first, second):
        assert to_json(from_json(each)) == each
        parts = [part for block in from_json(each).blocks if isinstance(block, Text) for part in block.parts]
        assert gone not in parts
        assert each.count("a former member") in (1, 2)
        assert json.dumps([HOME.key, "ben"], separators=(",", ":")) in each
        assert json.dumps([HOME.key, name], separators=(",", ":")) not in each
    assert others == [
        card(BEN, elsewhere(gone), Member(HOME, "aXa")),
        f"no JSON {json.dumps(name)}",
        card(gone),
    ]


async def test_when_the_last_manager_goes_the_one_who_came_next_becomes_it(store: Store) -> None:
    def work(tx: Transaction) -> None:
        for name in ("ada", "zoe", "ben"):
            for place in (HOME, OTHER):
                tx.join_person(place, name, NOON)
        tx.delete_member(ADA, NOON)
        tx.join_person(HOME, "cy", NOON)

    def managers(tx: Transaction) -> list[Member]:
        people = [Member(place, name) for place in (HOME, OTHER) for name in tx.people(place)]
        return [member for member in people if tx.person_is_manager(member)]

    await store.write(work)
    assert await store.read(managers) == [Member(HOME, "zoe"), elsewhere(ADA)]
    await store.write(lambda tx: tx.delete_member(BEN, NOON))
    assert await store.read(managers) == [Member(HOME, "zoe"), elsewhere(ADA)]
    for name in ("zoe", "cy"):
        await store.write(lambda tx, name=name: tx.delete_member(Member(HOME, name), NOON))  # type: ignore[misc]
    assert await store.write(lambda tx: tx.join_person(HOME, "new", NOON))


async def test_a_member_who_was_deleted_can_begin_again(store: Store) -> None:
    await store.write(furnish)
    await store.write(lambda tx: tx.delete_member(ADA, NOON))
    await store.write(lambda tx: practice(tx, ADA, "m-1", "a-1"))
    assert (await store.read(lambda tx: tx.standing(ADA, "2026-11"))).days == 1


async def test_the_record_has_the_newest_line_first(store: Store) -> None:
    lines = [RecordLine(NOON - n * SECOND, "ada" if n else None, "did", f"{n}") for n in range(3)]

    def work(tx: Transaction) -> None:
        for each in lines:
            tx.record(HOME, each)
        tx.record(OTHER, lines[0])

    await store.write(work)
    assert await store.read(lambda tx: tx.records(HOME, 2)) == [lines[2], lines[1]]
    assert await store.read(lambda tx: tx.records(OTHER, 9)) == [lines[0]]


async def test_workspaces_and_members_are_those_that_something_is_kept_of(store: Store) -> None:
    assert await store.read(lambda tx: tx.workspaces()) == []

    def work(tx: Transaction) -> None:
        open_round(tx)
        tx.add_answer(answer(member=BEN))
        tx.put_credit(ADA, TODAY, NOON, "UTC", None)
        tx.put_schedule(schedule(channel=elsewhere(STUDY)))

    await store.write(work)
    found = await store.read(lambda tx: (tx.workspaces(), tx.members(HOME), tx.members(OTHER)))
    assert (sorted(found[0]), sorted(found[1]), found[2]) == ([HOME, OTHER], [ADA, BEN], [])


async def test_the_first_person_of_a_workspace_is_its_manager(store: Store) -> None:
    def work(tx: Transaction) -> list[bool]:
        return [
            tx.join_person(place, name, NOON) for place in (HOME, OTHER) for name in ("zoe", "ada", "zoe")
        ]

    assert await store.write(work) == [True, False, True] * 2

    def look(tx: Transaction) -> list[object]:
        return [tx.people(HOME), tx.person_is_manager(ADA), tx.person_is_manager(BEN)]

    assert await store.read(look) == [["zoe", "ada"], False, None]


async def test_messages_are_numbered_in_their_workspace_and_read_as_they_were_kept(store: Store) -> None:
    full = message(
        "text",
        thread="7",
        card='{"title": "ä"}',
        only_for="ben",
        marker="r-1",
        edited_at=NOON,
        deleted_at=NOON + HOUR,
    )

    def work(tx: Transaction) -> list[int]:
        other = message(channel=elsewhere(STUDY))
        return [tx.add_message(message()), tx.add_message(full), tx.add_message(other)]

    assert await store.write(work) == [1, 2, 1]
    assert await store.read(lambda tx: tx.message(HOME, 2)) == replace(full, seq=2)
    assert await store.read(lambda tx: (tx.message(HOME, 3), tx.message(OTHER, 2))) == (None, None)


async def test_a_marker_is_carried_by_one_message_of_a_workspace(store: Store) -> None:
    def work(tx: Transaction) -> list[int]:
        first = tx.add_message(message("prompt", marker="r-1"))
        tx.add_message(message("between"))
        return [first, tx.add_message(message("again", marker="r-1")), tx.add_message(message("next"))]

    assert await store.write(work) == [1, 1, 3]
    await store.write(lambda tx: tx.add_message(message("theirs", elsewhere(STUDY), marker="r-1")))
    found = await store.read(lambda tx: (tx.marked_message(HOME, "r-1"), tx.marked_message(HOME, "r-2")))
    assert found[0] is not None and found[0].text == "prompt"
    assert found[1] is None


async def test_a_changed_message_keeps_its_place(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.add_message(message("one"))
        tx.add_message(message("two"))
        changed = message("edited", seq=1, card="{}", edited_at=NOON + HOUR, deleted_at=NOON + DAY)
        tx.change_message(changed)

    await store.write(work)
    found = await store.read(lambda tx: tx.messages(STUDY, "ada", None, 9))
    assert [each.text for each in found] == ["edited", "two"]
    assert (found[0].card, found[0].edited_at, found[0].deleted_at) == ("{}", NOON + HOUR, NOON + DAY)


async def test_private_messages_are_seen_by_their_reader_only(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.add_message(message("for all"))
        tx.add_message(message("for ben", author=None, only_for="ben"))
        tx.add_message(message("in lobby", Channel(HOME, "lobby")))
        tx.add_message(message("elsewhere", elsewhere(STUDY)))

    await store.write(work)

    def look(tx: Transaction) -> list[list[str]]:
        found = [tx.messages(STUDY, "ada", None, 9), tx.messages(STUDY, "ben", None, 9)]
        found += [tx.messages_after(HOME, "ada", 0, 9), tx.messages_after(HOME, "ben", 1, 1)]
        return [[each.text for each in some] for some in found]

    assert await store.read(look) == [
        ["for all"],
        ["for all", "for ben"],
        ["for all", "in lobby"],
        ["for ben"],
    ]
    assert await store.read(lambda tx: (tx.channels(HOME), tx.channels(OTHER))) == (
        ["lobby", "study"],
        ["study"],
    )


async def test_a_channel_and_each_thread_of_it_are_read_apart(store: Store) -> None:
    def work(tx: Transaction) -> None:
        for thread in (None, "1", "2", "1", None, "1"):
            tx.add_message(message("said", thread=thread))
        tx.add_message(message("gone", thread="1", deleted_at=NOON))
        tx.add_message(message("whispered", thread="1", author=None, only_for="ben"))
        tx.add_message(message("elsewhere", Channel(HOME, "lobby"), thread="1"))

    await store.write(work)
    thread = Thread(STUDY, "1")

    def seqs(found: list[LocalMessage]) -> list[int]:
        return [each.seq for each in found]

    assert seqs(await store.read(lambda tx: tx.channel_messages(STUDY, "ada", None, 9))) == [1, 5]
    assert seqs(await store.read(lambda tx: tx.channel_messages(STUDY, "ada", 5, 9))) == [1]
    assert seqs(await store.read(lambda tx: tx.channel_messages(STUDY, "ada", None, 1))) == [5]
    assert seqs(await store.read(lambda tx: tx.thread_messages(thread, "ada", 9))) == [2, 4, 6]
    assert seqs(await store.read(lambda tx: tx.thread_messages(thread, "ben", 2))) == [6, 8]
    assert await store.read(lambda tx: tx.thread_sizes(STUDY, 0)) == {"1": 3, "2": 1}
    assert await store.read(lambda tx: tx.thread_sizes(STUDY, 4)) == {"1": 1}


async def test_older_messages_are_reached_page_by_page(store: Store) -> None:
    def work(tx: Transaction) -> None:
        for number in range(1, 8):
            tx.add_message(message(str(number), at=NOON + timedelta(seconds=-number)))

    await store.write(work)
    pages: list[list[str]] = []
    before: int | None = None

    def read(tx: Transaction) -> list[LocalMessage]:
        return tx.messages(STUDY, "ada", before, 3)

    while page := await store.read(read):
        pages.append([each.text for each in page])
        before = page[0].seq
    assert pages == [["5", "6", "7"], ["2", "3", "4"], ["1"]]


async def test_a_thread_of_another_channel_is_another_thread(store: Store) -> None:
    def work(tx: Transaction) -> None:
        open_round(tx)
        tx.keep_reply(reply())

    await store.write(work)
    other = Thread(Channel(HOME, "lobby"), THREAD.id)
    assert await store.read(lambda tx: (tx.reply(other, "m-1"), tx.round_in(other))) == (None, None)


async def test_a_message_number_never_comes_back_after_a_member_was_deleted(store: Store) -> None:
    def work(tx: Transaction) -> tuple[int, int, LocalMessage | None]:
        tx.add_message(message("one"))
        last = tx.add_message(message("two"))
        tx.delete_member(ADA, NOON)
        return last, tx.add_message(message("three", author="ben")), tx.message(HOME, last)

    last, following, emptied = await store.write(work)
    assert following > last
    assert emptied is not None
    assert (emptied.author, emptied.text, emptied.card) == (None, "", None)
    assert emptied.deleted_at is not None
