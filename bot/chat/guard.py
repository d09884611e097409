"""Where a refusal becomes a private card: around every command, press and filled-in form."""

from collections.abc import Awaitable

from bot.chat.calls import Caller, Outcome, Response
from bot.chat.wording import refusals
from bot.domain.refusals import Refusal
from bot.practice import choosing
from bot.practice.ports import StoreUnavailable


async def own_zone(caller: Caller) -> str:
    """The zone that the caller reads times in."""
    return (await choosing.zone_of(caller.ports, caller.member))[0]


async def guarded(caller: Caller, work: Awaitable[Outcome]) -> Outcome:
    """What `work` gives; a Refusal becomes its sentence, seen by the caller only, and so does a store that is busy.

    Anything else is a fault of the program and is raised for the platform's door to log and to excuse.
    """
    try:
        try:
            return await work
        except Refusal as refusal:
            return Response(refusals.refusal_card(refusal, await own_zone(caller)))
    except StoreUnavailable:
        return Response(refusals.UNAVAILABLE)
