"""Where a SQLite file can be, and what is found out before it is used."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import driver, place
from bot.store.broken import StoreBroken
from bot.store.snapshots import snapshot
from bot.store.sqlite import opened
from tests.contracts.samples import adding

MOUNTS = """\
/dev/vda / ext4 rw 0 0
proc /proc proc rw 0 0
server:/export /srv nfs4 rw 0 0
/dev/vdb /srv/ada/disk ext4 rw 0 0
me@host: /mnt/far\\040away fuse.sshfs rw 0 0
broken line
"""


@pytest.mark.bad_input(36)
@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/data", "ext4"),
        ("/srv/ada/data", "nfs4"),
        ("/srv/ada/disk/data", "ext4"),
        ("/srvs", "ext4"),
        ("/mnt/far away/data", "fuse.sshfs"),
    ],
)
def test_the_file_system_of_a_folder_is_that_of_the_nearest_mount(folder: str, kind: str) -> None:
    assert place.file_system(Path(folder), MOUNTS) == kind


def test_a_machine_without_a_list_of_mounts_is_not_refused() -> None:
    assert place.file_system(Path("/data"), "") == ""


@pytest.mark.bad_input(36)
async def test_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "_mounts", lambda: f"server:/export {tmp_path.resolve()} nfs rw 0 0")
    with pytest.raises(StoreBroken, match=r"network file system \(nfs\).*--data"):
        async with opened(tmp_path / "practice.sqlite", "me"):
            pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.bad_input(36)
async def test_a_folder_in_the_files_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreBroken, match=r"is a folder.*--data"):
        async with opened(tmp_path, "me"):
            pass


@pytest.mark.bad_input(36)
async def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(StoreBroken, match=r"cannot be used as the database.*--data"):
        async with opened(tmp_path / "data" / "practice.sqlite", "me"):
            pass


async def filled(file: Path) -> bytes:
    async with opened(file, "me") as store:
        for number in range(50):
            await store.write(adding(f"{number}" * 500))
    return file.read_bytes()


@pytest.mark.bad_input(86)
@pytest.mark.parametrize(
    "damage", ["cut in half", "cut at a page", "no database", "page overwritten", "flipped bit"]
)
async def test_a_damaged_file_is_refused_with_the_way_back_and_left_as_it_is(
    tmp_path: Path, damage: str
) -> None:
    file = tmp_path / "practice.sqlite"
    sound = await filled(file)
    flipped = bytearray(sound)
    flipped[8192 + 8] ^= 0x40  # in the head of a page of a tree
    spoilt = {
        "cut in half": sound[: len(sound) // 2 + 100],
        "cut at a page": sound[: 4096 * 5],
        "no database": b"Dear diary, " * 1000,
        "page overwritten": sound[: 4096 * 3] + b"\xff" * 4096 + sound[4096 * 4 :],
        "flipped bit": bytes(flipped),
    }[damage]
    file.write_bytes(spoilt)
    with pytest.raises(StoreBroken, match="practice-bot restore FILE"):
        async with opened(file, "me"):
            pass
    assert file.read_bytes() == spoilt


@pytest.mark.bad_input(86)
@pytest.mark.parametrize("frames", [3, 40, 90])
async def test_the_log_of_a_crash_is_not_replayed_over_a_backup_put_in_its_place(
    tmp_path: Path, frames: int
) -> None:
    file, backup = tmp_path / "practice.sqlite", tmp_path / "backup.sqlite"
    await filled(file)
    async with opened(file, "me") as store:
        snapshot(file, backup)  # during the same run, as the daily one
        with closing(driver.library.connect(backup)) as connection:
            connection.execute("PRAGMA user_version = 0")
        for number in range(frames):
            await store.write(adding(f"other {number}" * 300))
        left = {ending: Path(f"{file}{ending}").read_bytes() for ending in ("-wal", ".session")}
    shutil.copy(backup, file)
    for ending, content in left.items():
        Path(f"{file}{ending}").write_bytes(content)
    for _ in range(2):  # the first refusal changes nothing
        with pytest.raises(StoreBroken, match="practice-bot restore FILE"):
            async with opened(file, "me"):
                pass
    assert file.read_bytes() == backup.read_bytes()
    Path(f"{file}-wal").unlink()
    async with opened(file, "me") as store:
        assert await store.write(adding("on we go")) == 51


async def test_the_log_of_a_crash_is_replayed_over_its_own_file(tmp_path: Path) -> None:
    file, copy = tmp_path / "practice.sqlite", tmp_path / "after" / "practice.sqlite"
    copy.parent.mkdir()
    async with opened(file, "me") as store:
        await store.write(adding("one"))
        for ending in ("", "-wal", ".session"):
            shutil.copy(f"{file}{ending}", f"{copy}{ending}")
    assert Path(f"{copy}-wal").stat().st_size
    async with opened(copy, "me") as store:
        assert await store.write(adding("two")) == 2
    assert not Path(f"{copy}.session").exists()
