"""A workspace's own packs: brought by a manager, whole or not at all, beside the ones that are installed.

A question that an import drops is retired: nobody is asked it any more, and rounds keep it as it was asked.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from bot.domain.bank import Bank, bank_of
from bot.domain.fitting import fitted
from bot.domain.places import Member, Workspace
from bot.domain.questions import Pack
from bot.domain.refusals import Refusal
from bot.domain.suggestions import OWN_PACK
from bot.practice.ports import Marks, Ports
from bot.practice.records import RecordLine, Transaction

log = logging.getLogger(__name__)

MOST_PACKS = 20
"""Own packs of one workspace."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changed, in questions; `same` when the pack was there just so."""

    pack: Pack
    added: int
    changed: int
    retired: int
    same: bool


@dataclass(eq=False)
class PackClash(Refusal):
    """A pack or question of this id (`what`: pack or question) is in another installed pack already."""

    what: str
    id: str
    other: str


@dataclass(eq=False)
class OldVersion(Refusal):
    """The workspace has the pack in a version that is as new, with other content, or newer."""

    pack: str
    version: int
    there: int


@dataclass(eq=False)
class NoSuchPack(Refusal):
    """The workspace has no own pack of this id; `known` are those it has."""

    id: str
    known: tuple[str, ...]


class TooManyPacks(Refusal):
    """A workspace has as many own packs as it may have."""


async def import_pack(ports: Ports, workspace: Workspace, by: Member | None, given: Pack) -> Imported:
    """Add a pack to a workspace, or put it in the place of its older version.

    The same pack again changes nothing; one from a sheet, which has no version, gets the next. Refuses PackClash,
    OldVersion and TooManyPacks.
    """
    if given.id == OWN_PACK:
        raise PackClash("pack", OWN_PACK, OWN_PACK)

    def work(tx: Transaction) -> Imported:
        own = tx.packs_of(workspace)
        before = next((each for each in own if each.id == given.id), None)
        pack = fitted(given, ports.bank.packs, before)
        if before == pack:
            return Imported(pack, 0, 0, 0, same=True)
        if before is not None and before.version >= pack.version:
            raise OldVersion(pack.id, pack.version, before.version)
        others = [each for each in (*ports.bank.packs, *own) if each is not before]
        _refuse_clashes(pack, others)
        if before is None and len(own) >= MOST_PACKS:
            raise TooManyPacks
        now, who = ports.clock.now(), by.id if by is not None else None
        tx.put_pack(workspace, pack, who, now)
        tx.record(workspace, RecordLine(now, who, "import", f"{pack.id} version {pack.version}"))
        return _difference(before, pack)

    imported = await ports.store.write(work)
    if not imported.same:
        log.info("pack imported", extra={"facts": _facts(workspace, given.id, imported.pack.version)})
        await refresh(ports)
    return imported


async def remove_pack(ports: Ports, workspace: Workspace, by: Member, id_: str) -> Pack:
    """Take an own pack out; what was asked of it stays readable. Refuses NoSuchPack."""

    def work(tx: Transaction) -> Pack:
        own = tx.packs_of(workspace)
        pack = next((each for each in own if each.id == id_), None)
        if pack is None:
            raise NoSuchPack(id_, tuple(each.id for each in own))
        tx.drop_pack(workspace, id_)
        tx.record(workspace, RecordLine(ports.clock.now(), by.id, "remove pack", id_))
        return pack

    pack = await ports.store.write(work)
    log.info("pack removed", extra={"facts": _facts(workspace, pack.id, pack.version)})
    await refresh(ports)
    return pack


async def refresh(ports: Ports) -> None:
    """Make the banks of workspaces what the store says; at the start, after a change here, and after one elsewhere.

    One at a time, so that none puts back what another has read since.
    """
    known = ports.own_banks
    async with known.refreshing:
        marks, packs = await ports.store.read(partial(_changed, known.marks))
        if marks == known.marks:
            return
        banks = {workspace: _joined(ports.bank, own) for workspace, own in packs.items()}
        kept = {w: bank for w, bank in known.banks.items() if w in marks and w not in banks}
        known.banks, known.marks = kept | banks, marks


def _changed(known: Marks, tx: Transaction) -> tuple[Marks, dict[Workspace, tuple[Pack, ...]]]:
    """The marks of all workspaces, and the packs of those whose mark is new."""
    marks = tx.pack_marks()
    return marks, {
        workspace: tx.packs_of(workspace) for workspace, mark in marks.items() if known.get(workspace) != mark
    }


def _joined(installed: Bank, own: Iterable[Pack]) -> Bank:
    """The installed packs and a workspace's own; an installed one that came later with the same ids goes first."""
    packs = list(installed.packs)
    for pack in own:
        try:
            _refuse_clashes(pack, packs)
        except PackClash as clash:
            log.warning("own pack left out", extra={"facts": {"pack": pack.id, "clash": clash.id}})
            continue
        packs.append(pack)
    return bank_of(packs)


def _refuse_clashes(pack: Pack, others: Iterable[Pack]) -> None:
    ids = {question.id for question in pack.questions}
    for other in others:
        if other.id == pack.id:
            raise PackClash("pack", pack.id, other.id)
        for question in other.questions:
            if question.id in ids:
                raise PackClash("question", question.id, other.id)


def _difference(before: Pack | None, after: Pack) -> Imported:
    old = {question.id: question for question in before.questions} if before else {}
    new = {question.id: question for question in after.questions}
    changed = sum(id_ in old and old[id_] != question for id_, question in new.items())
    return Imported(after, len(new.keys() - old.keys()), changed, len(old.keys() - new.keys()), same=False)


def _facts(workspace: Workspace, pack: str, version: int) -> dict[str, object]:
    return {"workspace": workspace.key, "pack": pack, "version": version}
