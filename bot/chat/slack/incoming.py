"""Everything that Slack sends -> commands, actions and practice: stored first, acknowledged after.

A reply is acknowledged when it is on disk, and not at all when it could not be kept: Slack sends it again. Commands
and presses carry nothing to be kept; they are acknowledged after two seconds at the latest and answered when done.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from bot.chat import actions, commands
from bot.chat.calls import Caller, Outcome, Response, Who
from bot.chat.flood import Admission, Flood
from bot.chat.guard import guarded
from bot.chat.slack import sentences
from bot.chat.slack.convert import Identity, Malformed, mapping
from bot.chat.slack.envelope import is_ours, without_secrets
from bot.chat.slack.events import SlackEvents
from bot.chat.slack.files import Files, NotFetched
from bot.chat.slack.interactions import (
    Chosen,
    Interaction,
    Place,
    Pressed,
    Sent,
    Typed,
    asking_help,
    read_command,
    read_interaction,
)
from bot.chat.slack.messages import Called
from bot.chat.slack.people import People
from bot.chat.slack.replying import Replier
from bot.chat.slack.speaking import Afterwards
from bot.chat.slack.submitting import Submissions, field_error
from bot.chat.typed import parse
from bot.chat.wording import buttons, refusals
from bot.domain.places import Member
from bot.practice.ports import Ports, StoreUnavailable

log = logging.getLogger(__name__)

RAW = 200_000
"""Characters of an event that nobody understands which are kept for a week."""
MANAGERS_ONLY = frozenset({buttons.ACCEPT, buttons.DECLINE, buttons.DISMISS, buttons.REMOVE_REVIEW})
"""Actions before which Slack is asked anew who somebody is."""
FORGET_EVERY = 500
"""Calls after which the counts of those who have been quiet are dropped."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What Slack is answered: a status, and for a form what becomes of its window."""

    status: int = 200
    body: Mapping[str, Any] | None = None


class SlackIncoming:
    """The one way in. `take` never raises."""

    def __init__(
        self,
        identity: Identity,
        ports: Ports,
        people: People,
        files: Files,
        replier: Replier,
        afterwards: Afterwards,
        prefix: str,
        acknowledge_within: float,
    ) -> None:
        """Take who the bot is, what use cases are given, and the way back; `events` and `missed`
        (events were left out) are set before the first `take`."""
        self._identity = identity
        self._ports = ports
        self._people = people
        self._files = files
        self._replier = replier
        self._afterwards = afterwards
        self._prefix = prefix
        self._acknowledge_within = acknowledge_within
        self._flood = Flood(ports.clock)
        self._calls = 0
        self._submissions = Submissions(
            ports, replier, afterwards, acknowledge_within, self._meet, self._asked
        )
        self.events: SlackEvents
        self.missed: Callable[[], None]

    async def take(self, body: Mapping[str, Any]) -> Answer:
        """Take what Slack sent, and give what it is answered; any status but 200 means: send it again."""
        payload = dict(body)
        try:
            return await self._take(payload)
        except Malformed as fault:
            return await self._set_aside(payload, fault.what)
        except StoreUnavailable as fault:
            log.warning("not kept, asked for again", extra={"facts": {"fault": str(fault), **_ids(payload)}})
            self.missed()  # Slack asks a few times only
            return Answer(503)
        except Exception as fault:
            log.error("fault", exc_info=fault, extra={"facts": _ids(payload)})
            return Answer(500)

    async def _take(self, body: dict[str, Any]) -> Answer:
        if not is_ours(self._identity, body):
            log.warning("of another workspace", extra={"facts": _ids(body)})
            return Answer()
        if body.get("type") == "event_callback":
            await self.events.follow(mapping(body.get("event"), "event"))
            return Answer()
        if body.get("type") == "app_rate_limited":
            self.missed()
            return Answer()
        if "command" in body:
            return await self._call(read_command(self._identity, body, self._prefix))
        read = read_interaction(self._identity, body)
        if read is None:
            raise Malformed("unknown type")
        return await self._call(read)

    async def called(self, called: Called) -> None:
        """Run a command that was called by a mention, once; the message may arrive again."""
        place = Place(called.member, self._identity.channel(called.channel), called.thread)
        key = f"mention-{called.channel}-{called.message}"
        if self._may(place) and await self._is_new(key):
            self._afterwards.begin(self._guarded(place, self._run(Typed(place, called.line))))

    async def _call(self, call: Interaction) -> Answer:
        place = call.place
        if isinstance(call, Sent):
            if not self._may(place, told=True):
                return Answer(body=field_error(call, sentences.ONE_MOMENT))
            return Answer(body=await self._submissions.take(self._caller(place), call))
        if self._may(place):
            taken = asyncio.Event()
            task = self._afterwards.begin(self._guarded(place, self._run_once(call, taken)))
            noted = asyncio.ensure_future(taken.wait())
            within = self._acknowledge_within
            await asyncio.wait({task, noted}, timeout=within, return_when=asyncio.FIRST_COMPLETED)
            noted.cancel()
        return Answer()

    def _may(self, place: Place, *, told: bool = False) -> bool:
        """Whether somebody has not called too often just now; they are told so once, unless they are `told` anyway."""
        self._calls += 1
        if self._calls % FORGET_EVERY == 0:
            self._flood.forget_quiet()
        admission = self._flood.admit(place.member)
        if admission is Admission.NOTICE and not told:
            self._afterwards.begin(self._replier.whisper(place, refusals.SLOW_DOWN))
        return admission is Admission.YES

    async def _run_once(self, call: Typed | Pressed | Chosen, taken: asyncio.Event) -> None:
        """Run a call, once; it is `taken` when that is noted, and what it does may go on after Slack was answered."""
        if not call.place.trigger or await self._is_new(f"trigger-{call.place.trigger}"):
            taken.set()
            await self._run(call)

    async def _run(self, call: Typed | Pressed | Chosen) -> None:
        """Do what was asked for, and give back what came of it."""
        place = call.place
        match call:
            case Typed(_, line):
                caller = Caller(self._ports, place.member, place.channel, False, place.thread)
                outcome = await guarded(caller, self._typed(caller, line))
            case Pressed(_, action, value):
                asker = await self._asked(self._caller(place), action)
                pressed = actions.press(asker, action, value) if asker is not None else None
                outcome = await pressed if pressed is not None else Response(sentences.NOT_ASKED)
            case Chosen():
                outcome = await self._chosen(call)
        await self._replier.give(place, outcome)

    async def _chosen(self, call: Chosen) -> Outcome:
        """An entry of a message's menu. A file is fetched for managers only, who are asked for anew."""
        action = actions.message_action(call.name)
        caller = self._caller(call.place)
        if action is None or not action.takes_file:
            if call.reply is None:
                return Response(sentences.NO_REPLY)
            await self.events.meet_author(call.reply)  # its event may come later, and it is received now
            return await actions.use_message(caller, call.name, call.reply)
        is_manager = await self._people.is_manager(caller.member, asked_now=True)
        if is_manager is None:
            return Response(sentences.NOT_ASKED)
        upload = None
        try:
            if is_manager and call.file is not None:
                upload = await self._files.fetch(call.file)
        except NotFetched as fault:
            return Response(fault.card)
        asker = replace(caller, is_manager=is_manager, upload=upload)
        return await actions.use_message(asker, call.name, call.reply)

    async def _typed(self, caller: Caller, line: str) -> Outcome:
        """A typed command. Whether somebody is a manager is asked anew where it matters."""
        await self.events.meet(caller.member)
        call = parse(asking_help(line), self._ports.bank)
        matters = call.command.who is Who.MANAGERS
        is_manager = await self._people.is_manager(caller.member, asked_now=matters)
        if is_manager is None and matters:
            return Response(sentences.NOT_ASKED)
        asker = Caller(self._ports, caller.member, caller.channel, bool(is_manager), caller.thread)
        return await commands.run(asker, call)

    def _caller(self, place: Place) -> Caller:
        """Somebody who pressed; a trigger lasts three seconds, so Slack is asked first only where it decides."""
        return Caller(
            self._ports,
            place.member,
            place.channel,
            self._people.is_known_manager(place.member),
            place.thread,
        )

    async def _asked(self, caller: Caller, action: str) -> Caller | None:
        """Somebody who presses or sends; where it is for managers only Slack is asked now. None: it does not say."""
        if action not in MANAGERS_ONLY:
            return caller
        is_manager = await self._people.is_manager(caller.member, asked_now=True, at_once=True)
        return None if is_manager is None else replace(caller, is_manager=is_manager)

    async def _meet(self, member: Member) -> None:
        await self.events.meet(member)

    async def _is_new(self, key: str) -> bool:
        now, workspace = self._ports.clock.now(), self._identity.workspace
        return await self._ports.store.write(lambda tx: tx.take_event(workspace, key, now, None))

    async def _guarded(self, place: Place, work: Awaitable[None]) -> None:
        """What goes wrong is logged, without anybody's words, and excused."""
        try:
            await work
        except StoreUnavailable:
            await self._replier.whisper(place, refusals.UNAVAILABLE)
        except Exception as fault:
            log.error("fault", exc_info=fault, extra={"facts": {"member": place.member.id}})
            await self._replier.whisper(place, refusals.FAULT)

    async def _set_aside(self, body: dict[str, Any], what: str) -> Answer:
        """What cannot be understood is kept for a week, logged once and acknowledged: again it would be no clearer."""
        raw = json.dumps(without_secrets(body), ensure_ascii=True, default=str)
        key = str(body.get("event_id") or blake2b(raw.encode(), digest_size=16).hexdigest())
        now, workspace = self._ports.clock.now(), self._identity.workspace
        try:
            is_new = await self._ports.store.write(lambda tx: tx.take_event(workspace, key, now, raw[:RAW]))
        except StoreUnavailable:
            return Answer(503)
        if is_new:
            log.warning("set aside", extra={"facts": {"what": what, **_ids(body)}})
        return Answer()


def _ids(body: Mapping[str, Any]) -> dict[str, str]:
    """What a log may say of something that was sent."""
    event = body.get("event")
    kind = event.get("type") if isinstance(event, dict) else body.get("type") or body.get("command")
    return {"event": str(body.get("event_id") or "")[:40], "type": str(kind or "")[:40]}
