"""A pack that a manager sends to the bot: one file, read apart, with bounds on its time and memory."""

import asyncio

from bot.domain.questions import Pack
from bot.packs.apart import read_pack_apart


async def read_upload(name: str, data: bytes, sheet: str | None = None) -> Pack:
    """The pack in one file, YAML or CSV by the ending of its name; nothing is opened, unpacked or fetched.

    A CSV's pack has the id `sheet`, or one made of the file's name, and no version (see `bot.domain.fitting`). The
    caller goes on with other things meanwhile. Raises PackError with all findings.
    """
    return await asyncio.to_thread(read_pack_apart, {name: data}, sheet=sheet)
