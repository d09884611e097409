"""Packs that an older version of the bot stored are still read."""

from dataclasses import replace
from pathlib import Path

from bot.domain.gold import GoldAnswer
from bot.domain.questions import Pack
from bot.store.sqlite import opened
from tests.contracts.samples import HOME, NOON, question
from tests.store.on_sqlite import on_writer

GOLD = GoldAnswer("gold-1", "q-1", "A text.", (2, 3), (0,), "Strong.", "Change.", "Why.")
PACK = Pack("own", 3, "Own", "", (), (), (question(),), gold=(GOLD,))


async def test_a_pack_from_before_gold_answers_has_none(tmp_path: Path) -> None:
    async with opened(tmp_path / "practice.sqlite", "me") as store:
        await store.write(lambda tx: tx.put_pack(HOME, PACK, "ada", NOON))
        await on_writer(store, "UPDATE pack SET body = json_remove(body, '$.gold') RETURNING 1")
        assert await store.read(lambda tx: tx.packs_of(HOME)) == (replace(PACK, gold=()),)
