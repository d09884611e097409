"""Channels that go, workspaces that remove the bot, and what is forgotten after a while."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.domain.places import Channel, Workspace
from bot.domain.schedules import ScheduleState
from bot.domain.streaks import NeutralReason
from bot.practice.outcomes import Notice, Trouble
from bot.practice.ports import Ports
from bot.practice.posting import note_pause, pause_channel, runs
from bot.practice.records import RecordLine, Transaction

log = logging.getLogger(__name__)

LEFT = "left"
"""The small fact that a workspace has removed the bot."""
EVENTS_KEPT = timedelta(days=7)
REMOVED = "the bot was removed from here"


async def channel_gone(ports: Ports, channel: Channel, reason: str) -> None:
    """A channel was deleted or archived: its schedules pause, and those who look after them are told; data stays."""

    def work(tx: Transaction) -> bool:
        if not runs(tx, channel):
            return False
        pause_channel(tx, channel, reason, ports.clock.now())
        return True

    if await ports.store.write(work):
        ids = {"workspace": channel.workspace.key, "channel": channel.id}
        log.warning("channel gone", extra={"facts": {**ids, "reason": reason}})
        await ports.chat.tell(channel, Notice(Trouble.CHANNEL_GONE, None, reason))


async def left(ports: Ports, workspace: Workspace) -> None:
    """A workspace removed the bot: every schedule pauses, and a manager has to resume it if the bot comes back."""

    def work(tx: Transaction) -> None:
        now = ports.clock.now()
        for schedule in tx.schedules(workspace):
            if schedule.state is ScheduleState.ACTIVE:
                tx.put_schedule(replace(schedule, state=ScheduleState.PAUSED, pause_reason=REMOVED))
        note_pause(tx, workspace, NeutralReason.CHANNEL_GONE, now)
        if tx.recalled(workspace, LEFT) is None:
            tx.remember(workspace, LEFT, now.isoformat(), now)
            tx.record(workspace, RecordLine(now, None, "left", ""))

    await ports.store.write(work)
    log.warning("workspace left", extra={"facts": {"workspace": workspace.key}})


async def came_back(ports: Ports, workspace: Workspace) -> None:
    """The bot is in a workspace (again): what was kept of it stays, and its schedules wait for a manager."""
    if await ports.store.read(lambda tx: tx.recalled(workspace, LEFT)) is not None:
        await ports.store.write(lambda tx: tx.forget_fact(workspace, LEFT))
        log.info("workspace came back", extra={"facts": {"workspace": workspace.key}})


async def forget_old(ports: Ports) -> None:
    """Delete what is kept of workspaces that left longer ago than the rules say, and the inbox of a week ago."""
    now = ports.clock.now()
    before = now - ports.rules.left_kept_for
    for workspace in await ports.store.read(lambda tx: tx.remembering(LEFT, before)):
        rows = await ports.store.write(partial(_forget, workspace, before))
        if rows:
            log.warning("workspace forgotten", extra={"facts": {"workspace": workspace.key, "rows": rows}})
    await ports.store.write(lambda tx: tx.forget_events(now - EVENTS_KEPT))


def _forget(workspace: Workspace, before: datetime, tx: Transaction) -> int:
    """Delete a workspace that left before an instant, unless it came back since that was looked up."""
    return tx.delete_workspace(workspace) if workspace in tx.remembering(LEFT, before) else 0
