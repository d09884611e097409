"""Managers' commands: when a channel gets its question, and what came of it."""

from datetime import date

from bot.chat.calls import (
    BadValue,
    Caller,
    Command,
    Option,
    OptionKind,
    Outcome,
    Quiet,
    Response,
    Values,
    Who,
)
from bot.chat.commands.own import zones
from bot.chat.commands.practicing import FILTERS, filters
from bot.chat.wording import schedules, streaks
from bot.domain.places import Member
from bot.practice import mending, scheduling

SLOT = "daily"
"""The slot of a schedule that nobody named."""

REVEAL_HOURS = 720


async def _set(caller: Caller, values: Values) -> Outcome:
    wish = scheduling.Wish(
        time=values["time"],
        weekdays=values.get("weekdays"),
        zone=values.get("zone"),
        filters=filters(values),
        slot=values.get("slot", SLOT),
        reveal_hours=_hours(values),
    )
    planning = await scheduling.set_daily(caller.ports, caller.channel, caller.member, wish)
    return Response(schedules.planned_card(planning))


def _hours(values: Values) -> int | None:
    text = values.get("reveal")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 5 and int(text) <= REVEAL_HOURS):
        raise BadValue("daily set", "reveal", text, wanted=f"a number of hours from 0 to {REVEAL_HOURS}")
    return int(text)


async def _list(caller: Caller, _values: Values) -> Outcome:
    found = await scheduling.schedules(caller.ports, caller.member.workspace)
    return Response(schedules.schedules_card(found, caller.channel))


async def _pause(caller: Caller, values: Values) -> Outcome:
    paused = await scheduling.pause(caller.ports, caller.channel, caller.member, values.get("slot", SLOT))
    return Response(schedules.paused_card(paused))


async def _resume(caller: Caller, values: Values) -> Outcome:
    planning = await scheduling.resume(caller.ports, caller.channel, caller.member, values.get("slot", SLOT))
    return Response(schedules.resumed_card(planning))


async def _skip(caller: Caller, values: Values) -> Outcome:
    skipped = await scheduling.skip(caller.ports, caller.channel, caller.member, values.get("slot", SLOT))
    return Response(schedules.skipped_card(*skipped))


async def _next(caller: Caller, values: Values) -> Outcome:
    slot = values.get("slot", SLOT)
    return Response(
        schedules.upcoming_card(slot, await scheduling.upcoming(caller.ports, caller.channel, slot))
    )


async def _now(caller: Caller, values: Values) -> Outcome:
    await scheduling.post_now(caller.ports, caller.channel, caller.member, values.get("slot", SLOT))
    return Quiet()


async def _log(caller: Caller, _values: Values) -> Outcome:
    return Response(schedules.log_card(await scheduling.log(caller.ports, caller.channel)))


async def _remove(caller: Caller, values: Values) -> Outcome:
    removed = await scheduling.remove(caller.ports, caller.channel, caller.member, values.get("slot", SLOT))
    return Response(schedules.removed_card(removed))


async def _give_back(caller: Caller, values: Values) -> Outcome:
    member = Member(caller.member.workspace, values["member"].removeprefix("@"))
    try:
        missed = date.fromisoformat(values["day"])
    except ValueError:
        raise BadValue("restore", "day", values["day"], wanted="a date such as 2026-11-20") from None
    streak = await mending.restore_day(caller.ports, member, missed, caller.member)
    return Response(streaks.given_back_card(member, missed, streak))


_SLOT = Option("slot", "The name of the schedule; daily if you leave it out", OptionKind.TEXT)
_SLOT_BY_NAME = Option(
    "slot", "A name, for a second question of the day; daily if left out", OptionKind.TEXT, by_name=True
)

DAILY = (
    Command(
        "daily set",
        "Post a question here at a time of day",
        _set,
        (
            Option("time", "The time, such as 09:00", OptionKind.TIME, required=True),
            Option("weekdays", "The days, such as mon-fri; every day if left out", OptionKind.WEEKDAYS),
            Option("zone", "The time zone, such as Europe/Berlin", OptionKind.ZONE, known=zones),
            *FILTERS,
            Option("reveal", "Hours until key points open for all", OptionKind.NUMBER, by_name=True),
            _SLOT_BY_NAME,
        ),
        Who.MANAGERS,
        ("/daily set 09:00", "/daily set 09:00 mon-fri zone:Europe/Berlin track:backend"),
    ),
    Command("daily list", "The schedules of this group", _list, who=Who.MANAGERS),
    Command("daily pause", "Stop a schedule for a while", _pause, (_SLOT,), Who.MANAGERS),
    Command("daily resume", "Let a paused schedule run again", _resume, (_SLOT,), Who.MANAGERS),
    Command("daily skip", "Leave out the next date", _skip, (_SLOT,), Who.MANAGERS),
    Command("daily next", "The next three dates", _next, (_SLOT,), Who.MANAGERS),
    Command("daily now", "Post today’s question right away", _now, (_SLOT,), Who.MANAGERS),
    Command("daily log", "What was posted here, and why not", _log, who=Who.MANAGERS),
    Command("daily remove", "End a schedule; its log stays", _remove, (_SLOT,), Who.MANAGERS),
)

RESTORE = Command(
    "restore",
    "Give a member a missed day back",
    _give_back,
    (
        Option("member", "Whose day", OptionKind.MEMBER, required=True),
        Option("day", "The missed date, such as 2026-11-20", OptionKind.DATE, required=True),
    ),
    Who.MANAGERS,
    ("/restore @ben 2026-11-20",),
)
