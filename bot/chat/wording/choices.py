"""What members set for themselves: time zone and rest days."""

from bot.chat.cards import Card, Text, Tone
from bot.chat.wording.times import day, weekdays
from bot.domain.practice_days import RestChoice


def zone_card(zone: str, chosen: bool) -> Card:
    """The zone that counts a member's days."""
    if chosen:
        text = "Your practice days follow it. To change it, type /zone and a name such as Europe/Berlin."
    else:
        text = "You have chosen none, so this one serves. To choose, type /zone and a name such as Europe/Berlin."
    return Card(f"Your time zone: {zone}", (Text((text,)),))


def zone_chosen_card(zone: str) -> Card:
    """A zone was chosen."""
    text = "Your practice days follow it from now on. Past days stay as they are."
    return Card(f"Your time zone: {zone}", (Text((text,)),), tone=Tone.GOOD)


def rest_card(choice: RestChoice) -> Card:
    """Rest days were chosen."""
    since = f"From {day(choice.from_date)} on"
    if not choice.weekdays:
        return Card("No rest days", (Text((f"{since}, every day asks for an answer.",)),), tone=Tone.GOOD)
    return Card(
        f"Rest days: {weekdays(choice.weekdays)}",
        (Text((f"{since}, these days ask nothing of you. An answer on one still counts.",)),),
        tone=Tone.GOOD,
    )


def rest_help_card() -> Card:
    """How to choose rest days."""
    text = "Type /rest and the days, such as /rest sat,sun. /rest none ends it. At least one day must stay."
    return Card("Rest days", (Text((text,)),))
