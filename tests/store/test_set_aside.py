"""What a platform sent and nobody understood may hold anybody's words."""

from contextlib import closing
from pathlib import Path

from bot.store import driver, sqlite
from tests.contracts.samples import ADA, HOME, NOON, OTHER


async def test_a_member_who_is_deleted_takes_all_that_was_set_aside_in_the_workspace_along(
    tmp_path: Path,
) -> None:
    file = tmp_path / "practice.sqlite"
    async with sqlite.opened(file, "now") as store:
        for workspace in (HOME, OTHER):
            await store.write(lambda tx, w=workspace: tx.take_event(w, "e-1", NOON, "words"))  # type: ignore[misc]
        await store.write(lambda tx: tx.delete_member(ADA, NOON))
        again = await store.write(lambda tx: tx.take_event(HOME, "e-1", NOON, "words"))
    with closing(driver.library.connect(file)) as connection:
        rows = connection.execute("SELECT workspace, raw FROM event ORDER BY raw").fetchall()
    assert not again
    assert rows == [(HOME.key, None), (OTHER.key, "words")]
