"""The local chat as a World of the chat contract."""

from collections.abc import Mapping
from datetime import timedelta

from bot.chat.cards import Form, from_json
from bot.chat.local.client import LocalClient
from bot.chat.local.convert import channel_named
from bot.chat.local.incoming import LocalRoom, Reaction, buttons_of
from bot.chat.local.outgoing import LocalOutgoing
from bot.chat.plain import plain
from bot.chat.wording import buttons
from bot.domain.places import Member
from bot.practice import asking, recovery, reminding, showing
from bot.practice.ports import Ports, Rules, Store
from bot.practice.records import LocalMessage
from tests.chat.world import bank
from tests.contracts.chat_world import FaultyChat, Seen
from tests.fakes import CountingIds, FakeClock, Outcome

STUDY = channel_named("study")
REVIEW = buttons.LABELS[buttons.REVIEW]


class LocalWorld:
    """One data folder; a restart builds everything but the store anew."""

    private_acknowledgements = True

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = FakeClock()
        self._ids = CountingIds()
        self._people: dict[str, Member] = {}
        self._forms: dict[str, Form] = {}
        self._once: dict[str, list[Seen]] = {}
        self._build()

    def _build(self) -> None:
        client = LocalClient(self.store, self.clock)
        self._chat = FaultyChat(LocalOutgoing(client, bank()), self.clock)
        rules = Rules("UTC")
        self.ports = Ports(self._chat, self.store, self.clock, self._ids, bank(), rules, "this-instance")
        self.room = LocalRoom(client, self.ports)

    async def join(self, name: str) -> None:
        self._people[name] = await self.room.enter(name)

    async def say(self, name: str, text: str) -> None:
        self._shown(name, await self.room.say(self._people[name], STUDY, text))

    async def press(self, name: str, label: str) -> None:
        message = await self.room.find_button(self._people[name], STUDY, label)
        assert message is not None, f"{name} sees no button {label}"
        self._shown(name, await self.room.press(self._people[name], message, label))

    async def fill(self, name: str, values: Mapping[str, str]) -> str | None:
        given = {**self.preset(name), **values}
        reaction = await self.room.submit(self._people[name], STUDY, self._forms[name], given)
        self._shown(name, reaction)
        return reaction.error.sentence if reaction.error else None

    def preset(self, name: str) -> Mapping[str, str]:
        return {field.id: field.preset for field in self._forms[name].fields}

    async def edit(self, name: str, old: str, new: str) -> None:
        self._shown(name, await self.room.edit(self._people[name], await self._seq(name, old), new))

    async def delete(self, name: str, text: str) -> None:
        self._shown(name, await self.room.delete(self._people[name], await self._seq(name, text)))

    async def sees(self, name: str) -> list[Seen]:
        messages = await self.room.messages(self._people[name], STUDY)
        return [_seen(message) for message in messages] + self._once.get(name, [])

    async def advance(self, **by: float) -> None:
        self.clock.advance(**by)
        await self._chat.pass_time(timedelta(**by))

    async def ring(self) -> None:
        await asking.post_due(self.ports)
        await recovery.settle(self.ports)
        await showing.show_due(self.ports)
        await reminding.remind_due(self.ports)

    async def restart(self) -> None:
        self._build()
        await recovery.settle(self.ports)
        await self.room.catch_up()

    def next_post(self, outcome: Outcome | timedelta) -> None:
        self._chat.outcomes.append(outcome)

    def next_review(self, outcome: Outcome) -> None:
        self._chat.review_outcomes.append(outcome)

    async def review_message(self, name: str, author: str, text: str) -> None:
        """There is no menu here: the button under the answer is pressed, the newest of its author's."""
        messages = await self.room.messages(self._people[name], STUDY)
        said = next(m for m in reversed(messages) if m.author == author and m.text == text)
        under = next(m for m in messages if m.seq > said.seq and REVIEW in [b.label for b in buttons_of(m)])
        self._shown(name, await self.room.press(self._people[name], under.seq, REVIEW))

    async def write_unheard(self, name: str, text: str) -> None:
        """Nothing comes late here: what is written is heard."""
        await self.say(name, text)

    async def deliver_unheard(self) -> None:
        """It was heard at once."""

    def fail_next_lookup(self) -> None:
        self._chat.lookup_faults += 1

    def _shown(self, name: str, reaction: Reaction) -> None:
        if reaction.form is not None:
            self._forms[name] = reaction.form
        if reaction.card is not None:
            self._once.setdefault(name, []).append(Seen(None, "\n".join(plain(reaction.card))))

    async def _seq(self, name: str, text: str) -> int:
        messages = await self.room.messages(self._people[name], STUDY)
        return next(m.seq for m in reversed(messages) if m.author == name and m.text == text)


def _seen(message: LocalMessage) -> Seen:
    if message.card is None:
        return Seen(message.author, message.text)
    labels = tuple(button.label for button in buttons_of(message))
    return Seen(None, "\n".join(plain(from_json(message.card))), labels)
