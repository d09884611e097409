"""An upload is read in a thread and a child, so that the bot goes on meanwhile."""

import asyncio
import zipfile
from io import BytesIO

import pytest

from bot.packs import PackError
from bot.packs.upload import read_upload
from tests.packs.pack_texts import PACK
from tests.packs.sheet_texts import SHEET, sheet_pack


async def test_yaml_and_csv_are_told_apart_by_their_ending() -> None:
    assert (await read_upload("own.yaml", PACK.encode())).version == 3
    assert await read_upload("Own.CSV", SHEET.encode()) == sheet_pack(SHEET)
    assert (await read_upload("own.csv", SHEET.encode(), "mine")).id == "mine"


@pytest.mark.bad_input(9)
async def test_others_are_served_while_a_file_is_read() -> None:
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.001)
            beats += 1

    beating = asyncio.create_task(beat())
    await read_upload("own.csv", SHEET.encode())
    beating.cancel()
    assert beats > 5


@pytest.mark.bad_input(18, 19, 20)
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("own.zip", "Only plain .yaml and .csv files are read"),
        ("own.xlsx", "save the sheet as CSV"),
        ("../own.csv", "rename the file"),
        ("http://169.254.169.254/own.csv", "rename the file"),
        ("own.csv", "workbook"),
        ("own.yaml", "archive"),
    ],
)
async def test_what_is_no_plain_file_of_ours_is_refused(name: str, words: str) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("own.yaml", PACK)
    with pytest.raises(PackError, match=words):
        await read_upload(name, packed.getvalue())
