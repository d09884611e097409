"""A member sees, exports and deletes what is kept about them."""

import json
import logging

from bot.domain.places import Member
from bot.practice.ports import Ports
from bot.practice.records import RecordLine, Transaction

log = logging.getLogger(__name__)


async def show(ports: Ports, member: Member) -> dict[str, int]:
    """How many rows of each table are about the member."""
    return await ports.store.read(lambda tx: tx.count_member(member))


async def export(ports: Ports, member: Member) -> str:
    """Everything kept about the member, as JSON text."""
    rows = await ports.store.read(lambda tx: tx.export_member(member))
    return json.dumps(rows, ensure_ascii=False, indent=2)


async def delete(ports: Ports, member: Member) -> int:
    """Delete everything kept about the member; gives how many rows went. The record says that, not about whom."""

    def work(tx: Transaction) -> int:
        now = ports.clock.now()
        gone = tx.delete_member(member, now)
        tx.record(member.workspace, RecordLine(now, None, "delete", f"{gone} rows of a member"))
        return gone

    gone = await ports.store.write(work)
    log.info("data deleted", extra={"facts": {"rows": gone}})
    return gone
