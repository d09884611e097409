"""What managers press and send in the Schedules view: each is the command of the same name, with its own refusals."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from bot.chat.calls import Call, Option, OptionKind, Outcome, Response
from bot.chat.cards import Card, Text, Tone
from bot.chat.commands import command_named, run
from bot.chat.local import sentences
from bot.chat.local.convert import BadName, channel_named
from bot.chat.local.page.elements import el
from bot.chat.local.page.pane import FIELD_LENGTH, field_text
from bot.chat.local.page.shell import Session
from bot.chat.plain import said
from bot.chat.wording import pages
from bot.domain.bank import Bank
from bot.domain.schedules import Schedule, weekdays_text

SET = "daily set"
CHANNEL = "channel"

_SENT = "(event) => { event.preventDefault(); emit(Object.fromEntries(new FormData(event.target))) }"
_TITLES = {
    "time": "Time of day",
    "weekdays": "Weekdays",
    "zone": "Time zone",
    "reveal": "Key points open after (hours)",
    "slot": "Name",
}

Sent = Callable[[GenericEventArguments], Awaitable[None]]
"""Takes what the form sends."""


async def press(session: Session, schedule: Schedule, name: str) -> Outcome:
    """Run a command such as `daily pause` on a schedule; whoever is no manager is refused, whatever was drawn."""
    caller = await session.caller(schedule.channel)
    return await run(caller, Call(command_named(name), {"slot": schedule.slot}))


async def send(session: Session, sent: object) -> Outcome:
    """Run `daily set` with what came back from the form; what is no field of it is left out."""
    fields = sent if isinstance(sent, Mapping) else {}
    command = command_named(SET)
    values = {option.name: field_text(fields.get(option.name)) for option in command.options}
    try:
        channel = channel_named(field_text(fields.get(CHANNEL)))
    except BadName as bad:
        text = sentences.bad_name(bad, "channel")
        return Response(Card("That did not work.", (Text((text,)),), tone=Tone.REFUSED))
    return await run(await session.caller(channel), Call(command, values))


def refused(outcome: Outcome) -> str:
    """Why the rules said no, in words, so that what was typed should stay; empty when they did not."""
    if isinstance(outcome, Response) and outcome.card.tone in (Tone.REFUSED, Tone.CAREFUL):
        return " ".join(said(block) for block in outcome.card.blocks if isinstance(block, Text))
    return ""


def preset(schedule: Schedule) -> dict[str, str]:
    """The fields of a schedule as it is, to change it."""
    filters = schedule.filters
    return {
        CHANNEL: schedule.channel.id,
        "time": str(schedule.time),
        "weekdays": weekdays_text(schedule.weekdays),
        "zone": schedule.zone,
        "track": filters.track or "",
        "level": filters.level or "",
        "topic": filters.topic or "",
        "kind": filters.kind or "",
        "reveal": str(int(schedule.reveal_after.total_seconds() // 3600)),
        "slot": schedule.slot,
    }


def draw_form(session: Session, values: Mapping[str, str], channels: Sequence[str], sent: Sent) -> Element:
    """Draw the form that sets or changes a schedule, with what its fields hold to begin with.

    Gives the line above its button, for a sentence that says why it was refused.
    """
    bank = session.bank
    with el("form", "plan-form", aria_label="Set a daily question").on(
        "submit.prevent", sent, js_handler=_SENT
    ):
        _line(CHANNEL, "Channel", "Where it is posted", values, required=True, offered=channels)
        for option in command_named(SET).options:
            if option.kind is OptionKind.CHOICE:
                _choice(option, bank, values)
            else:
                offered = option.known(bank) if option.kind is OptionKind.ZONE else ()
                _line(option.name, _TITLES[option.name], option.description, values, option.required, offered)
        fault = el("p", "field-fault", "", role="alert")
        with el("div", "buttons"):
            el("button", "button main", "Set", type="submit")
    return fault


def _line(
    name: str,
    title: str,
    about: str,
    values: Mapping[str, str],
    required: bool = False,
    offered: Sequence[str] = (),
) -> None:
    with el("div", "field"):
        el("label", text=f"{title}{'' if required else ' (optional)'}", for_=f"plan-{name}")
        made = el("input", id=f"plan-{name}", name=name, required=required, autocomplete="off")
        made.props["type"] = "time" if name == "time" else "text"
        made.props["maxlength"] = str(FIELD_LENGTH)
        made.props["aria-describedby"] = f"plan-{name}-about"
        made.props["^value"] = values.get(name, "")
        if offered:
            made.props["list"] = f"plan-{name}-known"
            with el("datalist", id=f"plan-{name}-known"):
                for value in offered:
                    el("option", value=value)
        el("p", "note", about, id=f"plan-{name}-about")


def _choice(option: Option, bank: Bank, values: Mapping[str, str]) -> None:
    with el("div", "field"):
        el("label", text=f"{option.name.capitalize()} (optional)", for_=f"plan-{option.name}")
        with el("select", id=f"plan-{option.name}", name=option.name):
            chosen = values.get(option.name, "")
            for value in ("", *option.known(bank)):
                title = pages.value_title(bank, option.name, value) if value else "Any"
                made = el("option", text=title, value=value)
                if value == chosen:
                    made.props["^selected"] = ""
