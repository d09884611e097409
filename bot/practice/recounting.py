"""Everything that is derived and cached is thrown away and derived anew from the facts."""

from functools import partial

from bot.domain.places import Workspace
from bot.practice.ports import Ports
from bot.practice.records import Transaction


async def recount(ports: Ports) -> int:
    """Rebuild the tallies, and forget the streak checkpoints, of all workspaces; gives how many members they have.

    A checkpoint comes back by itself with the member's next answer.
    """
    counted = 0
    for workspace in await ports.store.read(lambda tx: tx.workspaces()):
        counted += await ports.store.write(partial(_recount, workspace))
    return counted


def _recount(workspace: Workspace, tx: Transaction) -> int:
    tx.drop_checkpoints(workspace)
    tx.rebuild_tallies(workspace)
    return len(tx.members(workspace))
