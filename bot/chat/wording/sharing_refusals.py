"""What the bot says when it says no about packs and suggestions; `refusals` has them in its table."""

from collections.abc import Callable
from typing import Any

from bot.chat.literal import cut, shown
from bot.chat.wording.times import listed, said
from bot.domain import suggestions
from bot.domain.refusals import Refusal
from bot.practice import importing, ports

_LONGEST = 250
"""Characters of a finding in a sentence."""


def bad_proposal(refusal: suggestions.BadProposal, _zone: str) -> str:
    """A part of a suggestion is too short or too long."""
    bounds = f"{refusal.least} to {refusal.most:,}"
    match refusal.part:
        case "track" | "level" | "kind":
            return f"Choose a {refusal.part} from the list."
        case "points":
            return f"There must be {bounds} points, a line each, and there are {refusal.length}."
        case "point":
            return f"Each point has {bounds} characters, and one of yours has {refusal.length}."
        case _:
            return f"That must have {bounds} characters, and has {refusal.length:,}."


def bad_pack(refusal: ports.BadPack, _zone: str) -> str:
    """How much is wrong with a file, and the first of it."""
    first = f" The first: {cut(shown(refusal.findings[0]), _LONGEST)}" if refusal.findings else ""
    return f"Nothing was imported, for there is something to mend in the file.{first.rstrip('.')}."


def clash(refusal: importing.PackClash, _zone: str) -> str:
    """An id that another pack has."""
    if refusal.what == "pack":
        return f"There is another pack with the id {said(refusal.id)}. Give yours another id; nothing was imported."
    taken = f"The {refusal.what} {said(refusal.id)} is in the pack {said(refusal.other)} already."
    return f"{taken} Give yours another id; nothing was imported."


def old_version(refusal: importing.OldVersion, _zone: str) -> str:
    """A pack that is not newer than the one that is here."""
    there = f"Version {refusal.there} of {said(refusal.pack)} is here"
    mine = f"and the file has version {refusal.version} with other content"
    return f"{there}, {mine}. Raise its version above {refusal.there}; nothing was imported."


def no_such_pack(refusal: importing.NoSuchPack, _zone: str) -> str:
    """An own pack that is not here."""
    known = f"Those imported: {listed(refusal.known)}." if refusal.known else "None was."
    return f"No pack {said(refusal.id)} was imported here. {known}"


SHARING_SENTENCES: dict[type[Refusal], Callable[[Any, str], str]] = {
    suggestions.BadProposal: bad_proposal,
    suggestions.TooManySuggestions: lambda _r, _z: (
        f"You have {suggestions.OPEN_AT_ONCE} suggestions that wait. A manager looks at them first; then suggest more."
    ),
    suggestions.NoSuchSuggestion: lambda _r, _z: (
        "I cannot find that suggestion here. /pack suggestions lists those that wait."
    ),
    suggestions.AlreadyDecided: lambda r, _z: (
        f"That suggestion was {r.state} before. /pack suggestions lists the others."
    ),
    ports.BadPack: bad_pack,
    importing.PackClash: clash,
    importing.OldVersion: old_version,
    importing.NoSuchPack: no_such_pack,
    importing.TooManyPacks: lambda _r, _z: (
        f"There are {importing.MOST_PACKS} imported packs, the most there can be. Take one out with /pack remove first."
    ),
}
