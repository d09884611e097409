"""Members propose questions; managers accept them into the workspace's own pack, or decline with a reason."""

import logging

from bot.domain.places import Member
from bot.domain.questions import Track
from bot.domain.suggestions import (
    OPEN_AT_ONCE,
    OWN_PACK,
    AlreadyDecided,
    NoSuchSuggestion,
    Proposal,
    Suggestion,
    SuggestionState,
    TooManySuggestions,
    checked_reason,
    title_of,
    with_suggestion,
)
from bot.practice.importing import refresh
from bot.practice.ports import Ports
from bot.practice.records import RecordLine, Transaction

log = logging.getLogger(__name__)

SHOWN = 5
"""Suggestions that are listed at once."""


async def suggest(ports: Ports, member: Member, proposal: Proposal, id_: str) -> Suggestion:
    """Keep a proposal until a manager decides; the same `id_` again changes nothing. Refuses TooManySuggestions."""

    def work(tx: Transaction) -> Suggestion:
        known = tx.suggestion(member.workspace, id_)
        if known is not None:
            return known
        own = tx.suggestions_of(member, OPEN_AT_ONCE)
        if sum(each.state is SuggestionState.OPEN for each in own) >= OPEN_AT_ONCE:
            raise TooManySuggestions
        made = Suggestion(id_, member, ports.clock.now(), proposal)
        tx.add_suggestion(made)
        return made

    made = await ports.store.write(work)
    log.info("question suggested", extra={"facts": _facts(made)})
    return made


async def open_suggestions(ports: Ports, member: Member) -> list[Suggestion]:
    """What waits for a manager of the member's workspace, oldest first."""
    return await ports.store.read(lambda tx: tx.open_suggestions(member.workspace, SHOWN))


async def own_suggestions(ports: Ports, member: Member) -> list[Suggestion]:
    """What the member proposed and waits, and then what was decided, each newest first."""
    return await ports.store.read(lambda tx: tx.suggestions_of(member, SHOWN))


async def accept(ports: Ports, id_: str, by: Member) -> Suggestion:
    """Put a proposal into the workspace's pack of suggestions. Refuses NoSuchSuggestion and AlreadyDecided."""
    bank = ports.bank_for(by.workspace)

    def work(tx: Transaction) -> Suggestion:
        suggestion = _open(tx, id_, by)
        proposal = suggestion.proposal
        own = next((pack for pack in tx.packs_of(by.workspace) if pack.id == OWN_PACK), None)
        track = next(
            (t for t in bank.tracks if t.id == proposal.track), Track(proposal.track, proposal.track)
        )
        rubric = next((r for pack in bank.packs for r in pack.rubrics if r.kind is proposal.kind), None)
        now = ports.clock.now()
        pack = with_suggestion(own, suggestion, track, rubric, title_of(proposal.text))
        tx.put_pack(by.workspace, pack, by.id, now)
        tx.decide_suggestion(suggestion, SuggestionState.ACCEPTED, now, by.id, None)
        tx.record(by.workspace, RecordLine(now, by.id, "accept suggestion", id_))
        return suggestion

    suggestion = await ports.store.write(work)
    log.info("suggestion accepted", extra={"facts": {**_facts(suggestion), "by": by.id}})
    await refresh(ports)
    return suggestion


async def decline(ports: Ports, id_: str, by: Member, reason: str) -> Suggestion:
    """Turn a proposal down; its author sees the reason. Refuses NoSuchSuggestion, AlreadyDecided, BadProposal."""
    reason = checked_reason(reason)

    def work(tx: Transaction) -> Suggestion:
        suggestion = _open(tx, id_, by)
        now = ports.clock.now()
        tx.decide_suggestion(suggestion, SuggestionState.DECLINED, now, by.id, reason)
        tx.record(by.workspace, RecordLine(now, by.id, "decline suggestion", id_))
        return suggestion

    suggestion = await ports.store.write(work)
    log.info("suggestion declined", extra={"facts": {**_facts(suggestion), "by": by.id}})
    return suggestion


def _open(tx: Transaction, id_: str, by: Member) -> Suggestion:
    suggestion = tx.suggestion(by.workspace, id_)
    if suggestion is None:
        raise NoSuchSuggestion
    if suggestion.state is not SuggestionState.OPEN:
        raise AlreadyDecided(suggestion.state)
    return suggestion


def _facts(suggestion: Suggestion) -> dict[str, object]:
    member = suggestion.member
    return {"workspace": member.workspace.key, "member": member.id, "suggestion": suggestion.id}
