"""The Questions view: all installed questions by filters and words, what I have met of them, and asking one."""

import json
from collections.abc import Sequence

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from bot.chat import actions
from bot.chat.calls import Outcome, Quiet, Response
from bot.chat.cards import Card, Facts, Text
from bot.chat.literal import printable
from bot.chat.local.page.drawing import draw_card
from bot.chat.local.page.elements import button, el, link, set_text
from bot.chat.local.page.pane import FIELD_LENGTH, Pane, field_text, pairs
from bot.chat.local.page.picking import Picker
from bot.chat.local.page.searching import FILTERS, MINE, found, search_of
from bot.chat.local.page.shell import Session, frame
from bot.chat.local.page.style import add_style
from bot.chat.plain import said
from bot.chat.wording import pages, questions
from bot.domain.places import Channel
from bot.domain.questions import Question
from bot.practice import standing
from bot.practice.outcomes import Practiced

SHOWN = 20
"""Questions that are drawn at once; the rest comes when it is asked for."""

_CHANGED = "(event) => emit(Object.fromEntries(new FormData(event.target.form || event.target)))"
"""Sends what the whole form holds, so that no event depends on one that came before it."""

_SENT = f"(event) => {{ event.preventDefault(); ({_CHANGED})(event) }}"

_TITLES = {"track": "Track", "level": "Level", "kind": "Kind", "stage": "Interview stage", "topic": "Topic"}


async def show(session: Session) -> None:
    """Draw the view for whoever looks."""
    view = _View(session)
    is_manager = (await session.caller()).is_manager
    channels = await _channels(session)
    with frame(session, "Questions"):
        add_style()
        view.begin(channels, is_manager)
    await view.pane.guard(view.draw())


async def _channels(session: Session) -> list[str]:
    """Where a question can be asked, the channel of the visit first."""
    names = await session.room.client.channels()
    return [session.home.id, *(name for name in names if name != session.home.id)]


class _View:
    """One open Questions view."""

    pane: Pane
    _form: Element
    _count: Element

    def __init__(self, session: Session) -> None:
        self.session = session
        self.search = search_of(session.query, session.bank)
        self.channel = session.home
        self.shown = SHOWN
        self._pressed: list[Element] = []  # the buttons that still ask something

    def begin(self, channels: Sequence[str], is_manager: bool) -> None:
        """Draw the filters, the way to import for managers, and the place for what the filters find."""
        self._form = el("form", "card filters", role="search", aria_label="Questions")
        self._form.on("submit", self._changed, js_handler=_SENT)
        self._draw_filters(channels)
        if is_manager:
            Picker(self.session, self.begin_anew)
        self._count = el("p", "count", "", role="status")
        self.pane = Pane()

    async def begin_anew(self) -> None:
        """Draw all of it again, as there are other questions now."""
        channels = await _channels(self.session)
        self._form.clear()
        self._draw_filters(channels)
        await self.draw()

    def _draw_filters(self, channels: Sequence[str]) -> None:
        bank = self.session.bank
        with self._form:
            with el("div", "field wide"):
                el("label", text="Words in the title", for_="words")
                el(
                    "input", id="words", name="words", type="search", autocomplete="off",
                    maxlength=str(FIELD_LENGTH), **{"^value": self.search.words},
                ).on("input", self._changed, throttle=0.25, leading_events=False, js_handler=_CHANGED)  # fmt: skip
            for name in FILTERS:
                options = [("", "Any"), *((v, pages.value_title(bank, name, v)) for v in bank.values(name))]
                self._select(name, _TITLES[name], options, getattr(self.search, name))
            self._select("mine", "My standing", MINE, self.search.mine)
            self._select("channel", "Ask in", [(name, f"#{name}") for name in channels], self.channel.id)
            link("Clear all", self.session.url("/questions"), "button clear")

    def _select(self, name: str, label: str, options: Sequence[tuple[str, str]], chosen: str) -> None:
        with el("div", "field"):
            el("label", text=label, for_=name)
            with el("select", id=name, name=name).on("change", self._changed, js_handler=_CHANGED):
                for value, title in options:
                    made = el("option", text=title, value=value)
                    if value == chosen:
                        made.props["^selected"] = ""

    async def _changed(self, event: GenericEventArguments) -> None:
        await self.pane.guard(self._change(event.args if isinstance(event.args, dict) else {}))

    async def _change(self, values: dict[str, object]) -> None:
        search = search_of(values, self.session.bank)
        channel = field_text(values.get("channel"))
        known = await _channels(self.session)
        if channel in known and channel != self.channel.id:
            self.channel = Channel(self.channel.workspace, channel)
            for pressed in self._pressed:
                set_text(pressed, pages.ask_label(channel))
        if search != self.search:
            self.search, self.shown = search, SHOWN
            self._note_address()
            await self.draw()

    def _note_address(self) -> None:
        """Let the address say what is looked for, so that it can be kept and comes back with a reload."""
        url = json.dumps(self.session.url("/questions", **self.search.query()))
        self._form.client.run_javascript(f"history.replaceState(history.state, '', {url})")

    async def draw(self) -> None:
        """Read where the person stands, and draw what the search finds."""
        own = await standing.practiced(self.session.ports, self.session.member)
        bank = self.session.bank
        all_found = found(bank, self.search, own)
        self._pressed.clear()
        set_text(self._count, pages.found_text(len(all_found), len(bank.questions)))
        with self.pane.redrawn():
            if not all_found:
                el("p", "empty", pages.FOUND_NONE if bank.questions else pages.NO_PACKS)
            with el("ul", "questions", role="list"):
                for question in all_found[: self.shown]:
                    self._question(question, own)
            left = len(all_found) - self.shown
            if left > 0:
                button(f"Show {min(left, SHOWN)} more").on("click", self._more, args=[])

    async def _more(self) -> None:
        self.shown += SHOWN
        await self.pane.guard(self.draw())

    def _question(self, question: Question, own: Practiced) -> None:
        track = questions.track_title(self.session.bank, question.track)
        card = pages.browsed_card(question, track)
        seen = pages.seen_text(question.id, own.answered, own.seen)
        with el("li", "card question"), el("details"):
            with el("summary"):
                el("h2", "question-title", printable(card.title))
                el("span", "note question-line", questions.line(question, track))
                if seen:
                    el("span", f"chip {seen.lower()}", seen)
            for block in card.blocks:
                match block:
                    case Text():
                        el("p", "prose", said(block))
                    case Facts(found_pairs):
                        pairs(found_pairs)
            el("p", "note", pages.HELD_BACK)
            self._ask_row(card)

    def _ask_row(self, card: Card) -> None:
        with el("div", "buttons ask"):
            pressed = button(pages.ask_label(self.channel.id), "button main")
            answer = el("div", "status", role="status")
        self._pressed.append(pressed)

        async def press() -> None:
            await self.pane.guard(self._ask(card, pressed, answer))

        pressed.on("click", press, args=[])

    async def _ask(self, card: Card, pressed: Element, answer: Element) -> None:
        """Ask a question once, however often somebody presses, and say where the button was what came of it."""
        if pressed not in self._pressed:
            return
        self._pressed.remove(pressed)
        [ask] = card.buttons
        channel = self.channel
        outcome: Outcome | None = None
        try:
            outcome = await actions.press(await self.session.caller(channel), ask.action, ask.value)
        finally:
            if not isinstance(outcome, Quiet):
                self._pressed.append(pressed)
        answer.clear()
        with answer:
            match outcome:
                case Quiet():
                    pressed.delete()
                    el("p", "notice good", pages.asked_text(card.title, channel.id))
                    there = link(f"Go to #{channel.id}", self.session.channel_url(channel.id), "button")
                    self.pane.focus(there.html_id)
                case Response(refused):
                    draw_card(refused)
