"""Another instance for tests: it claims a round in a database, says so, and stays: `… URL OWNER`."""

import asyncio
import sys

from bot.domain.rounds import Claim
from bot.store.postgres import opened
from tests.contracts.samples import NOON, round_


async def main(url: str, owner: str) -> None:
    """Claim a round whose lease ends at once, and do no more."""
    async with opened(url, owner) as store:
        await store.write(lambda tx: tx.add_round(round_(claim=Claim(owner, 1, NOON))))
        sys.stdout.write("claimed\n")
        sys.stdout.flush()
        await asyncio.sleep(3600)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
