"""Slack as a World of the chat contract: the real platform over the strict fake, in Socket Mode or signed HTTP."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypeVar

from bot.chat.slack.client import Pace, SlackConfig, SlackPlatform
from bot.chat.slack.scopes import SCOPES
from bot.chat.wording import buttons
from bot.practice import asking, recovery, reminding, showing
from bot.practice.ports import Ports, Rules, Store
from tests.chat.world import bank
from tests.contracts.chat_world import FaultyChat, Seen
from tests.fakes import CountingIds, FakeClock, Outcome
from tests.platforms.slack.drawn import buttons_of, inputs_of, read_mrkdwn, text_of
from tests.platforms.slack.fake_people import People, as_sent
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, FakeSlack
from tests.platforms.slack.fake_state import BOT_USER, Json, Said

STUDY = "C0STUDY"
QUICK = Pace(connections=1, watch_every=0.1, login_again=0.1, ping_every=0.5, burst=1000)
PROMPT = ["Answer", "Hint", "Key points", "Sample answer", "Review"]


class SlackWorld:
    """One workspace with one channel; a restart builds everything but the workspace and the store anew."""

    private_acknowledgements = True

    def __init__(self, store: Store, http: bool = False, pace: Pace = QUICK) -> None:
        self.store = store
        self.clock = FakeClock()
        self.slack = FakeSlack(self.clock.now, http)
        self.there = self.slack.there
        self.people = People(self.slack)
        self.pace = pace
        self.prefix = ""
        self._ids = CountingIds()
        self._drawn: dict[str, str] = {}
        self._echoed: set[str] = set()
        self._unheard: list[Said] = []
        self.slack.scopes = set(SCOPES)
        self.there.open_channel(STUDY, "study")

    def build(self) -> None:
        """Make the bot; nothing is called yet."""
        mode = "http" if self.slack.http else "socket"
        api = f"{self.slack.base}/api/"
        config = SlackConfig(BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, api, mode, "127.0.0.1", 0, self.prefix)  # type: ignore[arg-type]
        self.platform = SlackPlatform(config, bank(), self.clock, self.pace)
        self.chat = FaultyChat(self.platform.outgoing, self.clock)
        rules = Rules("UTC")
        self.ports = Ports(self.chat, self.store, self.clock, self._ids, bank(), rules, "this-instance")
        self.platform.attach(self.ports)

    async def start(self) -> None:
        """Serve, and wait until the bot is there."""
        self.build()
        self.task = asyncio.create_task(self.platform.serve())
        await asyncio.wait_for(self.platform.ready.wait(), 10)
        self.slack.web.address = f"http://127.0.0.1:{self.platform.port}/slack/events"
        await self.platform.settled()

    async def end(self) -> None:
        """End the bot."""
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        await self.platform.close()

    async def join(self, name: str) -> None:
        first = all(person.is_bot for person in self.there.people.values())
        self.there.join(name, (STUDY,), is_admin=first)

    async def say(self, name: str, text: str) -> None:
        if text.startswith("/"):
            self._take_time()
            await self.people.type(id_of(name), STUDY, text)
        else:
            await self.people.say(id_of(name), STUDY, text, self.newest_prompt().ts)
        await self.settled()

    async def press(self, name: str, label: str) -> None:
        self._take_time()
        await self.people.interact(self.press_of(name, label))
        await self.settled()

    def _take_time(self) -> None:
        """Let a person take as long as one does who is no flood."""
        self.clock.advance(seconds=3)

    def press_of(self, name: str, label: str) -> Json:
        """The payload of a press on the newest button of this label that a person sees."""
        for said in reversed(self.visible(name)):
            for button in buttons_of(said.blocks):
                if button["text"]["text"] == label:
                    if "view" in said.more:
                        view = self.there.modals[id_of(name)]
                        return self.people.pressed_in_view(id_of(name), view, button)
                    return self.people.pressed(id_of(name), said, button)
        raise AssertionError(f"{name} sees no button {label}")

    async def fill(self, name: str, values: Mapping[str, str]) -> str | None:
        self._take_time()
        errors = await self.people.submit(id_of(name), dict(values))
        await self.settled()
        return next(iter(errors.values()), None)

    def preset(self, name: str) -> Mapping[str, str]:
        return inputs_of(self.there.modals[id_of(name)]["blocks"])

    async def edit(self, name: str, old: str, new: str) -> None:
        await self.people.edit(self.said(name, old), new)
        await self.settled()

    async def delete(self, name: str, text: str) -> None:
        await self.people.delete(self.said(name, text))
        await self.settled()

    def said(self, name: str, text: str) -> Said:
        """A person's newest message with this text."""
        sent = as_sent(text)
        return next(m for m in reversed(self.there.messages) if m.user == id_of(name) and m.text == sent)

    def newest_prompt(self) -> Said:
        """The newest question of the channel."""
        return self.prompts()[-1]

    def prompts(self) -> list[Said]:
        """The questions that stand in the channel, oldest first."""
        return [m for m in self.there.messages if m.by_bot and labels_of(m) == PROMPT]

    def visible(self, name: str) -> list[Said]:
        """All that a person sees in the channel, oldest first; what stood in a modal counts as well."""
        for user, view in self.there.modals.items():
            if view["hash"] != self._drawn.get(user) and not inputs_of(view["blocks"]):
                self._drawn[user] = view["hash"]
                shown = Said(self.there.ts(), STUDY, BOT_USER, "", None, view["blocks"], reader=user)
                shown.more["view"] = view["id"]
                self.there.add(shown)
        return self.there.seen_by(id_of(name), STUDY)

    async def sees(self, name: str) -> list[Seen]:
        return [self.seen(said) for said in self.visible(name)]

    def seen(self, said: Said) -> Seen:
        """A message as somebody reads it."""
        if not said.by_bot:
            return Seen(self.name(said.user), read_mrkdwn(said.text, self.name))
        return Seen(None, text_of(said.blocks, self.name) or said.text, tuple(labels_of(said)))

    def name(self, id_: str) -> str:
        """The name of a person or of a channel."""
        known = self.there.people.get(id_) or self.there.places.get(id_)
        return known.name if known is not None else "no longer there"

    async def advance(self, **by: float) -> None:
        self.clock.advance(**by)
        self.slack.land()
        await self.chat.pass_time(timedelta(**by))

    async def ring(self) -> None:
        await asking.post_due(self.ports)
        await recovery.settle(self.ports)
        await showing.show_due(self.ports)
        await reminding.remind_due(self.ports)
        await self.settled()

    async def restart(self) -> None:
        await self.end()
        await self.start()
        await recovery.settle(self.ports)
        await self.settled()

    async def settled(self) -> None:
        """Wait until the bot has done what it does after its acknowledgements, and has heard what it said itself."""
        while True:
            await asyncio.wait_for(self.platform.settled(), 10)
            own = [
                m for m in self.there.messages if m.by_bot and m.reader is None and m.ts not in self._echoed
            ]
            if not own or self.task.done():
                return
            for said in own:
                self._echoed.add(said.ts)
                if not self.there.places[said.channel].direct:  # the app hears of no direct messages
                    await self.people.event(self.people.said(said))

    def next_post(self, outcome: Outcome | timedelta) -> None:
        self.chat.outcomes.append(outcome)

    def next_review(self, outcome: Outcome) -> None:
        self.chat.review_outcomes.append(outcome)

    async def review_message(self, name: str, author: str, text: str) -> None:
        self._take_time()
        await self.people.shortcut(id_of(name), self.said(author, text), buttons.REVIEW_MESSAGE)
        await self.settled()

    async def write_unheard(self, name: str, text: str) -> None:
        self._unheard.append(self.people.write(id_of(name), STUDY, text, self.newest_prompt().ts))

    async def deliver_unheard(self) -> None:
        for said in self._unheard:
            await self.people.event(self.people.said(said))
        self._unheard.clear()
        await self.settled()

    def fail_next_lookup(self) -> None:
        self.chat.lookup_faults += 1


def id_of(name: str) -> str:
    """The id of a person of this name."""
    return f"U0{name.upper()}"


def labels_of(said: Said) -> list[str]:
    """The labels of a message's buttons."""
    return [button["text"]["text"] for button in buttons_of(said.blocks)]


World = TypeVar("World", bound=SlackWorld)


@asynccontextmanager
async def slack_world(store: Store, http: bool, kind: type[World]) -> AsyncIterator[World]:
    """A workspace with the bot in it; in the end the fake must have had nothing to complain of."""
    world = kind(store, http)
    await world.slack.start()
    try:
        await world.start()
        yield world
    finally:
        await world.end()
        await world.slack.stop()
    assert world.slack.complaints + world.slack.sockets.grumbles == []
