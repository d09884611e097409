"""Whether a member is still there: looked up when somebody wants to review them, and told by platforms that tell."""

import logging

from bot.domain.places import Member
from bot.practice.ports import LookupFailed, Ports
from bot.practice.records import Transaction

log = logging.getLogger(__name__)


async def look(ports: Ports, member: Member) -> bool:
    """Ask the platform whether a member's account is open, and keep that; what is known serves if it cannot say."""
    try:
        is_open = await ports.chat.is_here(member)
    except LookupFailed as fault:
        log.warning("account not looked up", extra={"facts": {"member": member.id, "fault": str(fault)}})
        return not await ports.store.read(lambda tx: tx.is_closed(member))
    await told(ports, member, is_open)
    return is_open


async def told(ports: Ports, member: Member, is_open: bool) -> bool:
    """Keep whether a member's account is open; gives whether that is news."""
    if await ports.store.read(lambda tx: tx.is_closed(member)) is not is_open:
        return False
    now = ports.clock.now()

    def work(tx: Transaction) -> None:
        if is_open:
            tx.reopen_account(member)
        else:
            tx.close_account(member, now)

    await ports.store.write(work)
    what = "account open again" if is_open else "account closed"
    log.info(what, extra={"facts": {"workspace": member.workspace.key, "member": member.id}})
    return True
