"""A claimed round reaches its channel: ask again, send, bind. What stays unknown is left to `recovery`."""

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.places import Channel, Member, Workspace
from bot.domain.questions import Question
from bot.domain.refusals import PostFailed, PostUnsettled
from bot.domain.rounds import Claim, Planned, PostingState, Round
from bot.domain.schedules import LATE_AFTER, ScheduleState
from bot.domain.streaks import NeutralReason
from bot.practice.outcomes import Notice, Trouble
from bot.practice.ports import OutcomeUnknown, Ports, PostRefused
from bot.practice.preflight import FORBIDDEN, REFUSALS, is_forbidden, is_shut
from bot.practice.records import Transaction

log = logging.getLogger(__name__)


def new_round(
    ports: Ports,
    channel: Channel,
    question: Question,
    now: datetime,
    *,
    asked_by: Member | None = None,
    planned: Planned | None = None,
    reveal_after: timedelta | None = None,
) -> Round:
    """A round that this instance claims for its first attempt."""
    return Round(
        id=ports.ids.new_id(),
        channel=channel,
        question=question,
        asked_by=asked_by,
        asked_at=now,
        reveal_at=now + (ports.rules.reveal_after if reveal_after is None else reveal_after),
        closes_at=now + ports.rules.open_for,
        planned=planned,
        posting=PostingState.POSTING,
        claim=Claim(ports.owner, 1, now + ports.rules.lease),
        message=None,
        thread=None,
        reason=None,
    )


def is_late(round_: Round, now: datetime) -> bool:
    """Whether the prompt has to say when it was planned."""
    return round_.planned is not None and now - round_.planned.at > LATE_AFTER


async def put(ports: Ports, round_: Round) -> Round:
    """Send the prompt of a round that this instance has claimed, and bind it.

    The claim was committed before. It is asked for once more, because a process can be stopped between commit and
    request; and the request must end within the lease. Refuses PostFailed and PostUnsettled.
    """
    if not await _is_ours(ports, round_):
        raise PostUnsettled
    with ports.in_flight.under_way(round_):  # people see it, and reply, before we know that it is there
        try:
            message = await _sent(ports, round_)
        except PostRefused as no:
            refused = no
        else:
            return await bind(ports, round_, message)
    await fail(ports, round_, refused)
    raise PostFailed(refused.reason) from refused


async def _sent(ports: Ports, round_: Round) -> str:
    """Send a prompt; gives the id of its message. Raises PostRefused; refuses PostUnsettled."""
    now = ports.clock.now()
    try:
        async with asyncio.timeout((round_.claim.lease_until - now).total_seconds()):
            return await ports.chat.post(round_, is_late(round_, now))
    except (OutcomeUnknown, TimeoutError) as unknown:
        log.warning("post unknown", extra={"facts": {"round": round_.id, "attempt": round_.claim.attempt}})
        raise PostUnsettled from unknown


async def _is_ours(ports: Ports, round_: Round) -> bool:
    kept = await ports.store.read(lambda tx: tx.round(round_.channel.workspace, round_.id))
    now = ports.clock.now()
    return (
        kept is not None
        and kept.posting is PostingState.POSTING
        and kept.claim.attempt == round_.claim.attempt
        and now < round_.claim.lease_until
    )


async def bind(ports: Ports, round_: Round, message: str) -> Round:
    """Note the prompt's message, then open the thread under it; a thread that fails is opened by `recovery`."""
    now = ports.clock.now()
    bound = await ports.store.write(lambda tx: tx.bind_prompt(round_, message, now))
    posted = replace(round_, posting=PostingState.POSTED, message=message)
    if not bound:
        log.warning("post taken over", extra={"facts": {"round": round_.id, "attempt": round_.claim.attempt}})
        return posted
    log.info("question posted", extra={"facts": _facts(round_)})
    return await give_thread(ports, posted)


async def give_thread(ports: Ports, posted: Round) -> Round:
    """Open the thread of a posted round and note it."""
    assert posted.message is not None
    try:
        thread = await ports.chat.open_thread(posted, posted.message)
    except (PostRefused, OutcomeUnknown) as fault:
        log.warning("no thread", extra={"facts": {"round": posted.id, "fault": str(fault)}})
        return posted
    await ports.store.write(lambda tx: tx.bind_thread(posted, thread))
    return replace(posted, thread=thread)


async def fail(ports: Ports, round_: Round, refused: PostRefused) -> None:
    """Note a definite no, and tell those who look after the channel, once for each turn that it takes.

    A channel that is gone, or whose posts were forbidden three times in a row, has its schedules paused, so that
    nobody's streak suffers.
    """
    reason = f"{FORBIDDEN}: {refused.reason}" if refused.forbidden else refused.reason

    def work(tx: Transaction) -> Trouble | None:
        before = tx.newest_rounds(round_.channel, 2)
        tx.fail_round(round_, reason)
        trouble = _trouble(tx, round_, refused, before)
        if refused.channel_gone or trouble is Trouble.CHANNEL_SHUT:
            pause_channel(tx, round_.channel, reason, ports.clock.now())
        return trouble

    trouble = await ports.store.write(work)
    log.warning("post refused", extra={"facts": {**_facts(round_), "reason": reason}})
    if trouble is not None:
        slot = round_.planned.slot if round_.planned is not None else None
        await ports.chat.tell(round_.channel, Notice(trouble, slot, refused.reason))


def _trouble(tx: Transaction, round_: Round, refused: PostRefused, before: list[Round]) -> Trouble | None:
    """What a refused post means for those who look after the channel; whoever asked for it is told anyway."""
    if refused.channel_gone:
        return Trouble.CHANNEL_GONE if round_.planned is not None else None
    if refused.forbidden:
        if is_shut(tx.newest_rounds(round_.channel, REFUSALS)):
            return Trouble.CHANNEL_SHUT if runs(tx, round_.channel) else None
        if any(is_forbidden(each) for each in before):
            return None  # told the first time
    return Trouble.POST_FAILED if round_.planned is not None else None


def runs(tx: Transaction, channel: Channel) -> bool:
    """Whether any schedule of a channel is active."""
    schedules = [each for each in tx.schedules(channel.workspace) if each.channel == channel]
    return any(schedule.state is ScheduleState.ACTIVE for schedule in schedules)


def pause_channel(tx: Transaction, channel: Channel, reason: str, now: datetime) -> None:
    """Pause every schedule of a channel, as a fact that streaks know of."""
    for schedule in tx.schedules(channel.workspace):
        if schedule.channel == channel and schedule.state is ScheduleState.ACTIVE:
            tx.put_schedule(replace(schedule, state=ScheduleState.PAUSED, pause_reason=reason))
    note_pause(tx, channel.workspace, NeutralReason.CHANNEL_GONE, now)


def note_pause(tx: Transaction, workspace: Workspace, reason: NeutralReason, now: datetime) -> None:
    """When no schedule of a workspace runs any more, a span begins that costs nobody a streak."""
    schedules = tx.schedules(workspace)
    if schedules and all(schedule.state is ScheduleState.PAUSED for schedule in schedules):
        tx.open_neutral(workspace, reason, now)


def _facts(round_: Round) -> dict[str, object]:
    workspace = round_.channel.workspace.key
    return {
        "round": round_.id,
        "workspace": workspace,
        "channel": round_.channel.id,
        "question": round_.question.id,
    }
