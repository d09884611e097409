"""Backups and the way back: whole or not at all, and nothing that was there is lost."""

import asyncio
import multiprocessing
import os
import resource
import shutil
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import driver, snapshots
from bot.store.backup import backup, daily_backup, restore
from bot.store.broken import StoreBroken
from bot.store.process_lock import StoreInUse
from bot.store.snapshots import check
from bot.store.sqlite import opened
from tests.contracts.samples import STUDY, message

AT = datetime(2026, 11, 20, 12, 30, 5, tzinfo=UTC)
ASIDE = "practice.replaced-20261120T123005Z.sqlite"


async def keep(file: Path, *texts: str) -> None:
    """Let the bot keep messages, and end."""
    async with opened(file, "here") as store:
        for text in texts:
            await store.write(lambda tx, text=text: tx.add_message(message(text)))  # type: ignore[misc]


async def kept(file: Path) -> list[str]:
    """What a start of the bot on this file finds."""
    async with opened(file, "here") as store:
        return await store.read(lambda tx: [each.text for each in tx.messages(STUDY, "ada", None, 9999)])


def names(folder: Path) -> list[str]:
    """What lies in a folder, but for the lock, which stays."""
    return sorted(each.name for each in folder.iterdir() if not each.name.endswith(".lock"))


@contextmanager
def full_disk(largest: int) -> Iterator[None]:
    """As if the disk were full: no file can grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_backup_holds_what_was_acknowledged_while_the_bot_goes_on_writing(tmp_path: Path) -> None:
    file, copy = tmp_path / "practice.sqlite", tmp_path / "copy.sqlite"
    async with opened(file, "here") as store:
        for number in range(50):
            await store.write(lambda tx, number=number: tx.add_message(message(f"{number}")))  # type: ignore[misc]
        copying = asyncio.create_task(asyncio.to_thread(backup, file, copy))
        while not copying.done():
            await store.write(lambda tx: tx.add_message(message("meanwhile")))
        await copying
    check(copy)
    assert (await kept(copy))[:50] == [f"{number}" for number in range(50)]


@pytest.mark.parametrize("mask", [0o000, 0o022])
async def test_only_the_owner_can_read_a_backup_and_a_folder_made_for_it(tmp_path: Path, mask: int) -> None:
    file, copy = tmp_path / "data" / "practice.sqlite", tmp_path / "mine" / "copy.sqlite"
    new = tmp_path / "new" / "practice.sqlite"
    before = os.umask(mask)
    try:
        await keep(file, "one")
        daily = daily_backup(file, 1, date(2026, 11, 20))
        backup(file, copy)
        restore(copy, new, AT)
        aside = restore(copy, new, AT)
    finally:
        os.umask(before)
    assert daily is not None and aside is not None
    files = (file, daily, copy, new, aside)
    assert [each.stat().st_mode & 0o777 for each in files] == [0o600] * 5
    assert [each.parent.stat().st_mode & 0o777 for each in files] == [0o700] * 5


def test_nobody_else_can_read_a_backup_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "practice.sqlite"
    with closing(driver.library.connect(file)) as connection:
        connection.execute("CREATE TABLE some (a)")
    seen: list[int] = []
    monkeypatch.setattr(snapshots, "check", lambda made: seen.append(made.stat().st_mode & 0o777))
    backup(file, tmp_path / "copy.sqlite")
    assert seen == [0o600]


async def test_a_backup_overwrites_nothing(tmp_path: Path) -> None:
    await keep(tmp_path / "practice.sqlite", "one")
    there = tmp_path / "there"
    there.write_text("mine")
    with pytest.raises(StoreBroken, match="is there already"):
        backup(tmp_path / "practice.sqlite", there)
    assert there.read_text() == "mine"


def test_there_is_no_backup_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreBroken, match="no database"):
        backup(tmp_path / "practice.sqlite", tmp_path / "copy")
    assert names(tmp_path) == []


@pytest.mark.bad_input(84)
async def test_a_full_disk_leaves_no_half_backup_and_no_older_one_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "practice.sqlite"
    await keep(file, *("word " * 2000 for _ in range(20)))
    daily_backup(file, 1, date(2026, 11, 19))
    with full_disk(100_000):
        with pytest.raises(StoreBroken, match=r"could not be copied.*Free some space"):
            backup(file, tmp_path / "copy.sqlite")
        with pytest.raises(StoreBroken):
            daily_backup(file, 1, date(2026, 11, 20))
    assert names(tmp_path / "backups") == ["daily-2026-11-19.sqlite"]
    assert "copy.sqlite" not in names(tmp_path)
    backup(file, tmp_path / "copy.sqlite")
    assert len(await kept(tmp_path / "copy.sqlite")) == 20


@pytest.mark.bad_input(84)
async def test_a_full_disk_stops_a_restore_before_it_changes_anything(tmp_path: Path) -> None:
    file, copy = tmp_path / "practice.sqlite", tmp_path / "copy.sqlite"
    await keep(file, *("word " * 2000 for _ in range(20)))
    backup(file, copy)
    before = file.read_bytes(), names(tmp_path)
    with full_disk(100_000), pytest.raises(StoreBroken, match="is as it was"):
        restore(copy, file, AT)
    assert (file.read_bytes(), names(tmp_path)) == before


@pytest.mark.bad_input(86)
async def test_a_damaged_database_gives_no_backup_and_stays_as_it_is(tmp_path: Path) -> None:
    file, copy = tmp_path / "practice.sqlite", tmp_path / "copy.sqlite"
    await keep(file, "one")
    _orphan(file)
    before = file.read_bytes()
    with pytest.raises(StoreBroken, match=r"lost its \w+"):
        backup(file, copy)
    assert not copy.exists()
    assert file.read_bytes() == before


def _back_up_and_end(file: Path, target: Path, how: signal.Signals) -> None:
    """Be ended when the copy is written, but has not its name yet."""
    snapshots.flush = lambda path: os.kill(os.getpid(), how)
    backup(file, target)


@pytest.mark.bad_input(88)
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
async def test_a_backup_that_is_broken_off_leaves_no_file_that_looks_like_one(
    how: signal.Signals, tmp_path: Path
) -> None:
    file, target = tmp_path / "practice.sqlite", tmp_path / "kept" / "copy.sqlite"
    await keep(file, "one")
    child = multiprocessing.get_context("spawn").Process(target=_back_up_and_end, args=(file, target, how))
    child.start()
    child.join()
    assert child.exitcode == -how
    assert not target.exists()
    backup(file, target)
    assert await kept(target) == ["one"]
    assert await kept(file) == ["one"]


async def test_restore_puts_the_backup_in_place_and_keeps_what_it_replaces(tmp_path: Path) -> None:
    file, copy = tmp_path / "practice.sqlite", tmp_path / "copy.sqlite"
    await keep(file, "old")
    backup(file, copy)
    await keep(file, "new")
    aside = restore(copy, file, AT)
    assert aside == tmp_path / ASIDE
    assert await kept(file) == ["old"]
    assert await kept(aside) == ["old", "new"]
    assert await kept(copy) == ["old"]


async def test_restore_needs_no_database_and_no_folder_to_replace(tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    await keep(tmp_path / "practice.sqlite", "old")
    backup(tmp_path / "practice.sqlite", copy)
    assert restore(copy, tmp_path / "new" / "practice.sqlite", AT) is None
    assert await kept(tmp_path / "new" / "practice.sqlite") == ["old"]


@pytest.mark.bad_input(86)
async def test_a_log_of_the_replaced_database_does_not_get_into_the_restored_one(tmp_path: Path) -> None:
    file, copy, killed = (tmp_path / name for name in ("practice.sqlite", "copy.sqlite", "killed"))
    await keep(file, "old")
    backup(file, copy)
    killed.mkdir()
    async with opened(file, "here") as store:
        await store.write(lambda tx: tx.add_message(message("in the log only")))
        for ending in ("", "-wal"):
            shutil.copy(f"{file}{ending}", killed)  # as a kill leaves them
    file = killed / "practice.sqlite"
    assert (killed / "practice.sqlite-wal").stat().st_size > 0
    aside = restore(copy, file, AT)
    assert not (killed / "practice.sqlite-wal").exists()
    assert await kept(file) == ["old"]
    assert aside is not None
    assert await kept(aside) == ["old", "in the log only"]


async def test_restore_is_refused_while_the_bot_runs_and_names_its_process(tmp_path: Path) -> None:
    file, copy = tmp_path / "practice.sqlite", tmp_path / "copy.sqlite"
    await keep(file, "old")
    backup(file, copy)
    async with opened(file, "here") as store:
        with pytest.raises(StoreInUse, match=f"process {os.getpid()}"):
            restore(copy, file, AT)
        await store.write(lambda tx: tx.add_message(message("new")))
    assert await kept(file) == ["old", "new"]


def _flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for page in range(4096, len(content), 4096):
        content[page + 3] ^= 0xFF
    file.write_bytes(content)


def _truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5000])


def _replace(file: Path) -> None:
    file.write_text("This is my shopping list, not a database." * 100)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _make_foreign(file: Path) -> None:
    file.unlink()
    with closing(driver.library.connect(file)) as connection:
        connection.execute("CREATE TABLE theirs (a)")


def _make_newer(file: Path) -> None:
    with closing(driver.library.connect(file, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def _orphan(file: Path) -> None:
    with closing(driver.library.connect(file, isolation_level=None)) as connection:
        connection.execute("INSERT INTO answer_version VALUES ('local:home', 'gone', 1, 'text', 0)")


def _leave_log(file: Path) -> None:
    file.with_name(f"{file.name}-wal").write_bytes(b"something")


@pytest.mark.bad_input(38, 86)
@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_flip, "not a sound"),
        (_truncate, "not a sound"),
        (_replace, "not a sound"),
        (_empty, "is empty"),
        (_make_foreign, "not those of practice-bot"),
        (_make_newer, "schema 9999"),
        (_orphan, "lost its"),
        (_leave_log, "no finished backup"),
    ],
)
async def test_an_unfit_backup_is_refused_and_both_files_stay_as_they_are(
    spoil: object, says: str, tmp_path: Path
) -> None:
    file, copy = tmp_path / "practice.sqlite", tmp_path / "copies" / "copy.sqlite"
    await keep(file, "old")
    backup(file, copy)
    assert callable(spoil)
    spoil(copy)
    before = [each.read_bytes() for each in (file, copy)], names(tmp_path), names(copy.parent)
    with pytest.raises(StoreBroken, match=says):
        restore(copy, file, AT)
    assert ([each.read_bytes() for each in (file, copy)], names(tmp_path), names(copy.parent)) == before
    assert await kept(file) == ["old"]


async def test_a_missing_backup_and_the_database_itself_cannot_be_restored(tmp_path: Path) -> None:
    file = tmp_path / "practice.sqlite"
    await keep(file, "old")
    with pytest.raises(StoreBroken, match="no file"):
        restore(tmp_path / "nothing", file, AT)
    with pytest.raises(StoreBroken, match="the database itself"):
        restore(file, file, AT)
    assert await kept(file) == ["old"]


async def test_a_name_that_is_taken_is_not_used_to_set_the_database_aside(tmp_path: Path) -> None:
    file, copy = tmp_path / "practice.sqlite", tmp_path / "copy.sqlite"
    await keep(file, "old")
    backup(file, copy)
    (tmp_path / ASIDE).write_text("mine")
    with pytest.raises(StoreBroken, match="could not be put"):
        restore(copy, file, AT)
    assert (tmp_path / ASIDE).read_text() == "mine"
    assert await kept(file) == ["old"]


async def test_one_backup_a_day_and_the_newest_ones_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "practice.sqlite"
    await keep(file, "old")
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "before-0001.sqlite").write_text("not a daily one")
    first = date(2026, 2, 25)
    made = [daily_backup(file, 3, first + timedelta(day)) for day in (0, 0, 1, 2, 3, 4)]
    assert [each and each.name for each in made[:3]] == [
        "daily-2026-02-25.sqlite",
        None,
        "daily-2026-02-26.sqlite",
    ]
    assert names(tmp_path / "backups") == [
        "before-0001.sqlite",
        *(f"daily-2026-{day}.sqlite" for day in ("02-27", "02-28", "03-01")),
    ]
