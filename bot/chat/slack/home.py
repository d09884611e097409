"""App Home: one's own streak, reviews, practice days, settings, and what is kept; drawn when it is opened."""

import logging
from dataclasses import replace
from datetime import datetime

from bot.chat.cards import Card, Note, Text
from bot.chat.literal import cut
from bot.chat.slack import sentences
from bot.chat.slack.convert import user_id
from bot.chat.slack.people import People
from bot.chat.slack.prefixing import prefixed
from bot.chat.slack.render import HEADER, home_view
from bot.chat.slack.web_api import Refused, Unknown, WebApi
from bot.chat.wording import buttons, choices, privacy, refusals, reviewing, streaks
from bot.domain.places import Member
from bot.practice import choosing, review_queue, standing
from bot.practice import privacy as own_data
from bot.practice.outcomes import Task
from bot.practice.ports import Ports, StoreUnavailable

log = logging.getLogger(__name__)

WAITING = 5
"""Answers that wait for a review and are listed."""


async def home_cards(ports: Ports, member: Member) -> tuple[Card, ...]:
    """What somebody's page shows; raises StoreUnavailable."""
    zone, chosen = await choosing.zone_of(ports, member)
    streak = await standing.streak_of(ports, member)
    progress = await standing.progress(ports, member)
    kept = await own_data.show(ports, member)
    return (
        Card(sentences.HOME_TITLE, (Note(sentences.HOME_NOTE),)),
        streaks.streak_card(streak, zone),
        *await _reviews(ports, member, zone),
        streaks.progress_card(progress),
        Card(sentences.HOME_SETTINGS, _settings(zone, chosen)),
        privacy.shown_card(kept),
    )


async def _reviews(ports: Ports, member: Member, zone: str) -> tuple[Card, ...]:
    """What waits for a review of theirs, a card for each with its button, and the reviews that they got and gave."""
    now = ports.clock.now()
    waiting = await review_queue.listed(ports, member, WAITING)
    mine = replace(await review_queue.mine(ports, member), offered=())  # they are among those that wait
    none = () if waiting else (Text((sentences.HOME_NONE_WAITS,)),)
    return (
        Card(sentences.HOME_WAITING, none),
        *(_waiting(task, now) for task in waiting),
        reviewing.mine_card(mine, zone),
    )


def _waiting(task: Task, now: datetime) -> Card:
    assert task.answer is not None, "listed are answers"
    said = sentences.waits(task.answer.member, now - task.answer.at)
    pressable = (buttons.button(buttons.READ, task.answer.id),)
    return Card(cut(task.question.title, HEADER), (said,), pressable)


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
