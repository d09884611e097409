"""What Slack tells of people: names, time zones, and who is an admin; asked when needed, and kept for a short while."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.chat.cards import Card, Part
from bot.chat.literal import shown_name
from bot.chat.plain import Namer, by_id
from bot.chat.slack import sentences
from bot.chat.slack.convert import is_foreign, user_id
from bot.chat.slack.web_api import Refused, Unknown, WebApi
from bot.domain.places import Member, Platform
from bot.practice.ports import Clock, LookupFailed

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(minutes=10)
MANAGER_FOR = timedelta(seconds=60)
HERE_FOR = timedelta(seconds=60)
NOBODY = "user_not_found"
MOST = 5000
"""People that are kept in mind."""


@dataclass(frozen=True, slots=True)
class Person:
    """What Slack says of somebody, and when it said so. `zone` and `team` are empty where it tells none.

    `is_gone` says that their account is closed.
    """

    name: str
    zone: str
    is_manager: bool
    at: datetime
    team: str = ""
    is_gone: bool = False


class People:
    """The people of a workspace as Slack knows them."""

    def __init__(self, web: WebApi, clock: Clock) -> None:
        """Take the calls and the clock."""
        self._web = web
        self._clock = clock
        self._known: dict[Member, Person] = {}

    def is_new(self, member: Member) -> bool:
        """Whether nothing is known of somebody yet, so that their zone was never told."""
        return member not in self._known

    async def person(
        self, member: Member, within: timedelta = KEPT_FOR, *, at_once: bool = False
    ) -> Person | None:
        """Somebody, as known for no longer than `within`; None when Slack does not say."""
        known = self._known.get(member)
        if known is not None and self._clock.now() - known.at < within:
            return known
        try:
            answer = await self._web.read("users.info", at_once=at_once, user=user_id(member))
        except (Refused, Unknown) as fault:
            log.warning("person not looked up", extra={"facts": {"member": member.id, "fault": str(fault)}})
            return None
        user = answer.get("user")
        return self.learn(member, user) if isinstance(user, dict) else None

    async def is_here(self, member: Member) -> bool:
        """Whether somebody's account is open; raises LookupFailed when Slack does not say."""
        known = self._known.get(member)
        if known is not None and self._clock.now() - known.at < HERE_FOR:
            return not known.is_gone
        try:
            answer = await self._web.read("users.info", at_once=True, user=user_id(member))
        except Refused as no:
            if no.error == NOBODY:
                return False
            raise LookupFailed(str(no)) from no
        except Unknown as fault:
            raise LookupFailed(str(fault)) from fault
        user = answer.get("user")
        if not isinstance(user, dict):
            raise LookupFailed("users.info: an answer without a user")
        return not self.learn(member, user).is_gone

    def learn(self, member: Member, user: dict[str, Any]) -> Person:
        """Keep what Slack says of somebody."""
        if len(self._known) >= MOST:
            self._known.clear()
        person = _read(user, member.workspace.id, self._clock.now())
        self._known[member] = person
        return person

    def is_known_manager(self, member: Member) -> bool:
        """Whether somebody is known as an owner or admin, without asking: where it only colors what is shown."""
        if is_foreign(member):
            return False
        known = self._known.get(member)
        return known is not None and known.is_manager and self._clock.now() - known.at < MANAGER_FOR

    async def is_manager(
        self, member: Member, *, asked_now: bool = False, at_once: bool = False
    ) -> bool | None:
        """Whether somebody is an owner or admin of the workspace; None when Slack does not say. Guests never are."""
        if is_foreign(member):
            return False
        person = await self.person(member, timedelta() if asked_now else MANAGER_FOR, at_once=at_once)
        return person.is_manager if person is not None else None

    async def namer(self, *cards: Card) -> Namer:
        """What gives the members of cards their names as plain text, which pings nobody."""
        members = list({part for card in cards for part in _parts(card) if isinstance(part, Member)})
        names = dict(zip(members, await asyncio.gather(*map(self._name, members)), strict=True))

        def name(part: Part) -> str:
            return (names.get(part) if isinstance(part, Member) else None) or by_id(part)

        return name

    async def _name(self, member: Member) -> str:
        if member.workspace.platform is not Platform.SLACK:
            return by_id(member)
        person = await self.person(member)
        return shown_name(person.name) if person is not None and person.name else sentences.FORMER


def _read(user: dict[str, Any], workspace: str, at: datetime) -> Person:
    """Somebody as Slack tells of them; an admin of another team is none here."""
    profile = user.get("profile")
    names = profile if isinstance(profile, dict) else {}
    candidates = (names.get("display_name"), names.get("real_name"), user.get("real_name"), user.get("name"))
    name = next((one for one in candidates if isinstance(one, str) and one.strip()), "")
    zone = user.get("tz")
    is_manager = any(user.get(key) is True for key in ("is_admin", "is_owner", "is_primary_owner"))
    gone, team = user.get("deleted") is True, user.get("team_id")
    is_manager = is_manager and not gone and _is_of(user, workspace)
    told_team = team if isinstance(team, str) else ""
    return Person(
        "" if gone else name, zone if isinstance(zone, str) else "", is_manager, at, told_team, gone
    )


def _is_of(user: dict[str, Any], workspace: str) -> bool:
    """Whether somebody belongs to a workspace; in an Enterprise Grid they may belong to several."""
    grid = user.get("enterprise_user")
    teams = grid.get("teams") if isinstance(grid, dict) else None
    is_home = user.get("team_id") in (None, "", workspace)
    return user.get("is_stranger") is not True and (
        is_home or (isinstance(teams, list) and workspace in teams)
    )


def _parts(card: Card) -> list[Part]:
    found: list[Part] = []
    for block in card.blocks:
        for text in getattr(block, "items", (block,)):
            found += getattr(text, "parts", ())
    return found
