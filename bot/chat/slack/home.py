"""App Home: one's own streak with its reasons, practice days, settings, and what is kept; drawn when it is opened."""

import logging

from bot.chat.cards import Card, Note, Text
from bot.chat.slack import sentences
from bot.chat.slack.convert import user_id
from bot.chat.slack.people import People
from bot.chat.slack.prefixing import prefixed
from bot.chat.slack.render import home_view
from bot.chat.slack.web_api import Refused, Unknown, WebApi
from bot.chat.wording import choices, privacy, refusals, streaks
from bot.domain.places import Member
from bot.practice import choosing, standing
from bot.practice import privacy as own_data
from bot.practice.ports import Ports, StoreUnavailable

log = logging.getLogger(__name__)


async def home_cards(ports: Ports, member: Member) -> tuple[Card, ...]:
    """What somebody's page shows; raises StoreUnavailable."""
    zone, chosen = await choosing.zone_of(ports, member)
    streak = await standing.streak_of(ports, member)
    progress = await standing.progress(ports, member)
    kept = await own_data.show(ports, member)
    return (
        Card(sentences.HOME_TITLE, (Note(sentences.HOME_NOTE),)),
        streaks.streak_card(streak, zone),
        streaks.progress_card(progress),
        Card(sentences.HOME_SETTINGS, _settings(zone, chosen)),
        privacy.shown_card(kept),
    )


def _settings(zone: str, chosen: bool) -> tuple[Text, ...]:
    """Zone and rest days, as their cards say it."""
    cards = (choices.zone_card(zone, chosen), choices.rest_help_card())
    return tuple(
        Text((f"{card.title}. ", *block.parts))
        for card in cards
        for block in card.blocks
        if isinstance(block, Text)
    )


class Home:
    """Draws the page."""

    def __init__(self, web: WebApi, people: People, ports: Ports, prefix: str) -> None:
        """Take the calls, those who know names, what use cases are given, and the commands' prefix."""
        self._web = web
        self._people = people
        self._ports = ports
        self._prefix = prefix

    async def publish(self, member: Member) -> None:
        """Draw somebody's page; never raises what the next opening mends."""
        try:
            cards = await home_cards(self._ports, member)
        except StoreUnavailable:
            cards = (refusals.UNAVAILABLE,)
        view = home_view([prefixed(card, self._prefix) for card in cards], await self._people.namer(*cards))
        try:
            await self._web.call("views.publish", user_id=user_id(member), view=view)
        except (Refused, Unknown) as fault:
            log.warning("home not drawn", extra={"facts": {"member": member.id, "fault": str(fault)}})
