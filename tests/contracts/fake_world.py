"""The fake chat of `tests/fakes` as a World of the chat contract, so that the fake is held to what the chats do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat import actions, commands
from bot.chat.calls import Caller, FieldError, Filled, Outcome, Response
from bot.chat.cards import Button, Card, Form
from bot.chat.guard import guarded
from bot.chat.plain import plain
from bot.chat.typed import parse
from bot.chat.wording import answers, buttons, questions, reviews, schedules
from bot.domain.places import Channel, Member, Platform, Workspace
from bot.domain.rounds import Reply
from bot.practice import answering, asking, recovery, reminding, showing
from bot.practice.outcomes import Verdict
from bot.practice.ports import Ports, Rules
from tests.chat.world import bank
from tests.contracts.chat_world import LANDING, Seen
from tests.fakes import ChatWorld, CountingIds, FakeChat, FakeClock
from tests.fakes import Outcome as PostOutcome
from tests.memory_store import MemoryStore

HOME = Workspace(Platform.LOCAL, "fake")
STUDY = Channel(HOME, "study")


@dataclass
class _Line:
    """A message: a card, or a person's reply; `reader` is the only one who sees it, None for all."""

    reader: str | None
    card: Card | None = None
    reply: Reply | None = None


class FakeWorld:
    """People and what they see, in memory; it outlives the bot."""

    private_acknowledgements = True

    def __init__(self) -> None:
        self.clock = FakeClock()
        self._store = MemoryStore("this-instance")
        self._platform = ChatWorld()
        self._ids = CountingIds()
        self._people: list[str] = []
        self._lines: list[_Line] = []
        self._forms: dict[str, Form] = {}
        self._drawn: set[str] = set()
        self._cards: dict[str, _Line] = {}
        self._unheard: list[Reply] = []
        self._build()

    def _build(self) -> None:
        self._chat = FakeChat(self.clock, self._platform, LANDING)
        rules = Rules("UTC")
        self._ports = Ports(self._chat, self._store, self.clock, self._ids, bank(), rules, "this-instance")

    async def join(self, name: str) -> None:
        self._people.append(name)

    async def say(self, name: str, text: str) -> None:
        if text.startswith("/"):
            caller = self._caller(name)

            async def call() -> Outcome:
                return await commands.run(caller, parse(text, self._ports.bank))

            await self._take(name, await guarded(caller, call()))
            return
        reply = await self._write(name, text)
        await self._chat.acknowledge(reply, await answering.receive(self._ports, reply))
        await self._collect()

    async def _write(self, name: str, text: str) -> Reply:
        round_ = await self._ports.store.read(lambda tx: tx.newest_round(STUDY))
        assert round_ is not None and round_.thread is not None
        reply = Reply(round_.thread, f"r{len(self._lines)}", self._member(name), text, self.clock.now())
        self._lines.append(_Line(None, reply=reply))
        return reply

    async def press(self, name: str, label: str) -> None:
        button = await self._button(name, label)
        await self._take(name, await actions.press(self._caller(name), button.action, button.value))

    async def fill(self, name: str, values: Mapping[str, str]) -> str | None:
        form = self._forms[name]
        filled = Filled({**self.preset(name), **values}, f"form-{self._ids.new_id()}", self.clock.now())
        outcome = await actions.submit(self._caller(name), form.action, form.value, filled)
        await self._take(name, outcome)
        return outcome.sentence if isinstance(outcome, FieldError) else None

    def preset(self, name: str) -> Mapping[str, str]:
        return {field.id: field.preset for field in self._forms[name].fields}

    async def edit(self, name: str, old: str, new: str) -> None:
        line, reply = self._said(name, old)
        changed = Reply(reply.thread, reply.message, reply.author, new, reply.at)
        line.reply = changed
        kept = await answering.edited(self._ports, changed, self.clock.now())
        await self._chat.acknowledge(changed, kept)
        await self._collect()

    async def delete(self, name: str, text: str) -> None:
        line, reply = self._said(name, text)
        self._lines.remove(line)
        at: datetime = self.clock.now()
        kept = await answering.deleted(self._ports, reply.thread, reply.message, reply.author, reply.at, at)
        await self._chat.acknowledge(reply, kept)
        await self._collect()

    async def sees(self, name: str) -> list[Seen]:
        await self._collect()
        return [_seen(line) for line in self._lines if line.reader in (None, name)]

    async def advance(self, **by: float) -> None:
        self.clock.advance(**by)

    async def ring(self) -> None:
        await asking.post_due(self._ports)
        await recovery.settle(self._ports)
        await showing.show_due(self._ports)
        await reminding.remind_due(self._ports)
        await self._collect()

    async def restart(self) -> None:
        await self._collect()
        self._store = self._store.restarted()
        self._build()
        await recovery.settle(self._ports)

    def next_post(self, outcome: PostOutcome | timedelta) -> None:
        self._chat.outcomes.append(outcome)

    def next_review(self, outcome: PostOutcome) -> None:
        self._chat.review_outcomes.append(outcome)

    async def review_message(self, name: str, author: str, text: str) -> None:
        _, reply = self._said(author, text)
        await self._take(name, await actions.use_message(self._caller(name), buttons.REVIEW_MESSAGE, reply))

    async def write_unheard(self, name: str, text: str) -> None:
        self._unheard.append(await self._write(name, text))

    async def deliver_unheard(self) -> None:
        for reply in self._unheard:
            await self._chat.acknowledge(reply, await answering.receive(self._ports, reply))
        self._unheard.clear()
        await self._collect()

    def fail_next_lookup(self) -> None:
        self._chat.lookup_faults += 1

    def _member(self, name: str) -> Member:
        return Member(HOME, name)

    def _caller(self, name: str) -> Caller:
        return Caller(self._ports, self._member(name), STUDY, name == self._people[0])

    async def _take(self, name: str, outcome: Outcome) -> None:
        await self._collect()
        if isinstance(outcome, Form):
            self._forms[name] = outcome
        if isinstance(outcome, Response):
            self._lines.append(_Line(name if outcome.private else None, outcome.card))

    async def _collect(self) -> None:
        """Draw what the chat was told since the last time."""
        for prompt in self._platform.landed(self.clock.now()):
            if prompt.id not in self._drawn:
                self._drawn.add(prompt.id)
                marker = prompt.marker
                round_ = await self._ports.store.read(lambda tx, marker=marker: tx.round(HOME, marker))  # type: ignore[misc]
                assert round_ is not None
                self._lines.append(_Line(None, questions.question_card(round_, prompt.late)))
        for reply, kept in self._chat.acknowledged:
            if kept.verdict not in (Verdict.KNOWN, Verdict.ELSEWHERE):
                self._lines.append(_Line(reply.author.id, answers.kept_card(kept, reply)))
        for card in self._platform.reviews:
            if card.at <= self.clock.now():
                line = self._cards.setdefault(card.id, _Line(None))
                line.card = reviews.review_card(card.shown)
                if line not in self._lines:
                    self._lines.append(line)
        for member, waiting in self._chat.reminded:
            self._lines.append(_Line(member.id, reviews.reminder_card(waiting)))
        self._chat.reminded.clear()
        for _, notice in self._chat.notices:
            self._lines.append(_Line(self._people[0], schedules.notice_card(notice)))
        self._chat.acknowledged.clear()
        self._chat.notices.clear()

    async def _button(self, name: str, label: str) -> Button:
        await self._collect()
        for line in reversed(self._lines):
            if line.card is not None and line.reader in (None, name):
                for button in line.card.buttons:
                    if button.label == label:
                        return button
        raise AssertionError(f"{name} sees no button {label}")

    def _said(self, name: str, text: str) -> tuple[_Line, Reply]:
        for line in reversed(self._lines):
            if line.reply is not None and line.reply.author.id == name and line.reply.text == text:
                return line, line.reply
        raise AssertionError(f"{name} did not say {text}")


def _seen(line: _Line) -> Seen:
    if line.card is None:
        assert line.reply is not None
        return Seen(line.reply.author.id, line.reply.text)
    return Seen(None, "\n".join(plain(line.card)), tuple(button.label for button in line.card.buttons))
