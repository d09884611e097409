"""What platforms on a network keep, over every store."""

from bot.domain.places import Platform, Thread, Workspace
from bot.domain.practice_days import ZoneChoice
from bot.practice.ports import Store
from tests.contracts.samples import (
    ADA,
    BEN,
    DAY,
    HOME,
    HOUR,
    NOON,
    OTHER,
    STUDY,
    THREAD,
    elsewhere,
    open_round,
    reply,
    round_,
)
from tests.store.filling import fill


async def test_an_event_is_new_once_in_each_workspace(store: Store) -> None:
    taken = [
        await store.write(lambda tx, where=where: tx.take_event(where, "e-1", NOON, None))  # type: ignore[misc]
        for where in (HOME, HOME, OTHER)
    ]
    assert taken == [True, False, True]


async def test_events_are_forgotten_by_age(store: Store) -> None:
    await store.write(lambda tx: tx.take_event(HOME, "old", NOON - HOUR, "{}"))
    await store.write(lambda tx: tx.take_event(HOME, "new", NOON, "{}"))
    assert await store.write(lambda tx: tx.forget_events(NOON)) == 1
    assert await store.write(lambda tx: tx.take_event(HOME, "old", NOON, "{}"))
    assert not await store.write(lambda tx: tx.take_event(HOME, "new", NOON, "{}"))


async def test_a_watermark_only_moves_on(store: Store) -> None:
    assert await store.read(lambda tx: tx.watermark(THREAD)) is None
    for at in (NOON, NOON - HOUR):
        await store.write(lambda tx, at=at: tx.put_watermark(THREAD, at))  # type: ignore[misc]
    assert await store.read(lambda tx: tx.watermark(THREAD)) == NOON
    assert await store.read(lambda tx: tx.watermark(elsewhere(THREAD))) is None


async def test_a_small_fact_is_replaced_and_forgotten(store: Store) -> None:
    for value in ("a", "b"):
        await store.write(lambda tx, value=value: tx.remember(HOME, "hash", value, NOON))  # type: ignore[misc]
    assert await store.read(lambda tx: tx.recalled(HOME, "hash")) == "b"
    assert await store.read(lambda tx: tx.recalled(OTHER, "hash")) is None
    await store.write(lambda tx: tx.forget_fact(HOME, "hash"))
    await store.write(lambda tx: tx.forget_fact(HOME, "hash"))
    assert await store.read(lambda tx: tx.recalled(HOME, "hash")) is None


async def test_who_remembers_something_since_when(store: Store) -> None:
    await store.write(lambda tx: tx.remember(HOME, "left", "x", NOON - HOUR))
    await store.write(lambda tx: tx.remember(OTHER, "left", "x", NOON))
    assert await store.read(lambda tx: tx.remembering("left", NOON)) == [HOME]
    assert await store.read(lambda tx: tx.remembering("other", NOON + DAY)) == []


async def test_open_threads_are_those_of_a_platform_that_close_later(store: Store) -> None:
    await store.write(lambda tx: open_round(tx))
    (found,) = await store.read(lambda tx: tx.open_threads(Platform.LOCAL, NOON))
    assert found.thread is not None
    assert await store.read(lambda tx: tx.open_threads(Platform.SLACK, NOON)) == []
    assert await store.read(lambda tx: tx.open_threads(Platform.LOCAL, found.closes_at)) == []


async def test_the_messages_of_a_thread_come_without_forms_in_order(store: Store) -> None:
    await store.write(lambda tx: open_round(tx))
    for stored in (reply("m-2", BEN, NOON + HOUR), reply("m-1", ADA, NOON)):
        await store.write(lambda tx, stored=stored: tx.keep_reply(stored))  # type: ignore[misc]
    found = await store.read(lambda tx: tx.replies_in(reply().reply.thread, NOON))
    assert [stored.reply.message for stored in found] == ["m-1", "m-2"]
    later = await store.read(lambda tx: tx.replies_in(reply().reply.thread, NOON + HOUR))
    assert [stored.reply.message for stored in later] == ["m-2"]
    assert await store.read(lambda tx: tx.replies_in(Thread(STUDY, "none"), NOON)) == []


async def test_the_newest_rounds_of_a_channel_come_in_any_state(store: Store) -> None:
    for number in range(4):
        made = round_(f"r-{number}", asked_at=NOON + number * HOUR)
        await store.write(lambda tx, made=made: tx.add_round(made))  # type: ignore[misc]
    await store.write(lambda tx: tx.fail_round(round_("r-3"), "no"))
    found = await store.read(lambda tx: tx.newest_rounds(STUDY, 3))
    assert [(each.id, each.posting.value) for each in found] == [
        ("r-3", "failed"),
        ("r-2", "posting"),
        ("r-1", "posting"),
    ]
    assert await store.read(lambda tx: tx.newest_rounds(elsewhere(STUDY), 3)) == []


async def test_a_zone_that_was_told_is_kept_as_such(store: Store) -> None:
    told = ZoneChoice(NOON, "Asia/Tokyo", told=True)
    await store.write(lambda tx: tx.choose_zone(ADA, told))
    assert await store.read(lambda tx: tx.zones(ADA, "UTC")) == ((told,), "UTC")


async def test_a_workspace_is_deleted_whole_and_no_other_one(store: Store) -> None:
    await store.write(lambda tx: open_round(tx))
    await store.write(lambda tx: tx.keep_reply(reply()))
    await store.write(lambda tx: tx.remember(HOME, "left", "x", NOON))
    await store.write(lambda tx: tx.remember(OTHER, "left", "x", NOON))
    assert await store.write(lambda tx: tx.delete_workspace(HOME)) >= 3
    assert await store.read(lambda tx: tx.workspaces()) == []
    assert await store.read(lambda tx: tx.recalled(HOME, "left")) is None
    assert await store.read(lambda tx: tx.recalled(OTHER, "left")) == "x"
    assert await store.write(lambda tx: tx.delete_workspace(HOME)) == 0
    assert await store.write(lambda tx: tx.delete_workspace(Workspace(Platform.SLACK, "T9"))) == 0


async def test_a_workspace_with_rows_in_every_table_can_be_deleted(store: Store) -> None:
    await store.write(fill)
    await store.write(lambda tx: tx.delete_workspace(HOME))
    assert await store.read(lambda tx: tx.workspaces()) == []
    assert await store.write(lambda tx: tx.delete_workspace(HOME)) == 0
