"""Commands for what is one's own: time zone, rest days, and the data that is kept."""

from collections.abc import Sequence

from bot.chat.calls import Attachment, Caller, Command, Option, OptionKind, Outcome, Response, Values
from bot.chat.wording import choices
from bot.chat.wording import privacy as words
from bot.domain.bank import Bank
from bot.domain.zones import canonical_zones
from bot.practice import choosing, privacy


def zones(_bank: Bank) -> Sequence[str]:
    """The zones that a person may choose, by name."""
    return sorted(canonical_zones())


async def _zone(caller: Caller, values: Values) -> Outcome:
    if "zone" not in values:
        return Response(choices.zone_card(*await choosing.zone_of(caller.ports, caller.member)))
    zone = await choosing.choose_zone(caller.ports, caller.member, values["zone"])
    return Response(choices.zone_chosen_card(zone))


async def _rest(caller: Caller, values: Values) -> Outcome:
    if "weekdays" not in values:
        return Response(choices.rest_help_card())
    return Response(
        choices.rest_card(await choosing.choose_rest(caller.ports, caller.member, values["weekdays"]))
    )


async def _show(caller: Caller, _values: Values) -> Outcome:
    return Response(words.shown_card(await privacy.show(caller.ports, caller.member)))


async def _export(caller: Caller, _values: Values) -> Outcome:
    text = await privacy.export(caller.ports, caller.member)
    file = Attachment(words.EXPORT_NAME, "application/json", text)
    return Response(words.exported_card(), attachment=file)


async def _delete(caller: Caller, _values: Values) -> Outcome:
    return Response(words.delete_card(caller.member))


OWN = (
    Command(
        "zone",
        "Your time zone: show it, or choose it",
        _zone,
        (Option("zone", "A name such as Europe/Berlin", OptionKind.ZONE, known=zones),),
        examples=("/zone", "/zone Europe/Berlin"),
    ),
    Command(
        "rest",
        "Weekdays that ask nothing of you",
        _rest,
        (Option("weekdays", "Such as sat,sun; none ends it", OptionKind.WEEKDAYS),),
        examples=("/rest sat,sun", "/rest none"),
    ),
    Command("privacy show", "What is kept about you", _show),
    Command("privacy export", "Everything kept about you, as a file", _export),
    Command("privacy delete", "Delete everything kept about you, after you confirm", _delete),
)
