"""The Schedules view: when channels get their question, what comes next, and the ledger of what was posted."""

from collections.abc import Sequence
from dataclasses import dataclass

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from bot.chat.calls import Outcome
from bot.chat.cards import Card, Tone
from bot.chat.local.page import planning
from bot.chat.local.page.elements import button, el, set_text
from bot.chat.local.page.pane import Pane, pairs
from bot.chat.local.page.shell import Session, frame
from bot.chat.local.page.style import add_style
from bot.chat.wording import pages
from bot.chat.wording import schedules as words
from bot.chat.wording.times import day
from bot.domain.places import Channel
from bot.domain.refusals import AlreadyPaused, NoSuchSchedule
from bot.domain.schedules import Occurrence, Schedule, ScheduleState
from bot.practice import scheduling
from bot.practice.records import LedgerLine

LEDGER_LINES, MORE_LINES = 8, 30
"""Lines of the ledger for each channel, at first and when more is asked for each time."""


@dataclass(frozen=True)
class _Facts:
    """What the view shows, read one after the other."""

    is_manager: bool
    schedules: Sequence[tuple[Schedule, Sequence[Occurrence]]]
    ledgers: Sequence[tuple[Channel, Sequence[LedgerLine]]]
    channels: Sequence[str]


async def show(session: Session) -> None:
    """Draw the view for whoever looks."""
    with frame(session, "Schedules"):
        add_style()
        view = _View(session)
    await view.pane.guard(view.draw())


class _View:
    """One open Schedules view."""

    _fault: Element

    def __init__(self, session: Session) -> None:
        self.session = session
        self.pane = Pane()
        self.preset: dict[str, str] | None = None
        self.lines = LEDGER_LINES

    async def draw(self) -> None:
        """Read and draw all of it. The buttons are for managers; who may press one is asked anew at each press."""
        facts = await _read(self.session, self.lines)
        with self.pane.redrawn():
            if not facts.is_manager:
                el("p", "note", pages.READ_ONLY)
            if not facts.schedules:
                self._empty(facts.is_manager)
            with el("div", "plans"):
                for schedule, coming in facts.schedules:
                    self._schedule(schedule, coming, facts.is_manager)
            if facts.is_manager:
                self._form(facts)
            self._ledger(facts.ledgers)

    def _empty(self, is_manager: bool) -> None:
        with el("div", "card empty"):
            el("p", text=pages.NO_SCHEDULES)
            el("p", text=pages.NO_SCHEDULES_MANAGER if is_manager else pages.NO_SCHEDULES_MEMBER)

    def _schedule(self, schedule: Schedule, coming: Sequence[Occurrence], is_manager: bool) -> None:
        paused = schedule.state is ScheduleState.PAUSED
        name = f"plan-{schedule.channel.id}-{schedule.slot}"
        with el("section", "card plan", aria_labelledby=name):
            with el("div", "plan-head"):
                el("h2", text=pages.schedule_title(schedule), id=name)
                el("span", f"chip {'careful' if paused else 'good'}", pages.state_text(schedule))
            why = words.why_paused(schedule.pause_reason) if paused else ""
            if why:
                el("p", "note", pages.paused_text(why))
            pairs((("When", words.times_text(schedule)), *words.facts(schedule)[1:]))
            _coming(coming)
            if is_manager:
                self._buttons(schedule, paused)

    def _buttons(self, schedule: Schedule, paused: bool) -> None:
        with el("div", "buttons") as row:
            title = pages.schedule_title(schedule)
            if paused:
                self._press(schedule, "daily resume", "Resume", title)
            else:
                self._press(schedule, "daily skip", "Skip next", title)
                self._press(schedule, "daily pause", "Pause", title)
            self._press(schedule, "daily now", "Post now", title)
            button("Change", aria_label=f"Change {title}").on(
                "click", lambda: self.pane.guard(self._change(schedule)), args=[]
            )
            button("Remove", "button danger", aria_label=f"Remove {title}").on(
                "click", lambda: self._confirm(row, schedule), args=[]
            )

    def _press(self, schedule: Schedule, command: str, label: str, title: str) -> None:
        pressed = button(label, aria_label=f"{label}: {title}")
        pressed.on("click", lambda: self.pane.guard(self._run(schedule, command)), args=[])

    def _confirm(self, row: Element, schedule: Schedule) -> None:
        """Ask once more before a schedule ends, with the keyboard on the way back."""
        self.pane.hush()
        row.clear()
        with row:
            el("p", "sure", pages.remove_text(schedule), role="alert")
            end = button("End it", "button danger")
            end.on("click", lambda: self.pane.guard(self._run(schedule, "daily remove")), args=[])
            keep = button("Keep it")
            keep.on("click", lambda: self.pane.guard(self.draw()), args=[])
        self.pane.focus(keep.html_id)

    async def _run(self, schedule: Schedule, command: str) -> None:
        outcome = await planning.press(self.session, schedule, command)
        await self._after(outcome, schedule.channel)

    async def _change(self, schedule: Schedule) -> None:
        self.pane.hush()
        self.preset = planning.preset(schedule)
        await self.draw()
        self.pane.focus("plan-time")

    def _form(self, facts: _Facts) -> None:
        change = self.preset is not None
        values = self.preset or {"channel": self.session.home.id}
        with el("details", "card set-plan", open=change or not facts.schedules):
            with el("summary"):
                el("h2", text="Change the daily question" if change else "Set a daily question")
            self._fault = planning.draw_form(self.session, values, facts.channels, self._sent)

    async def _sent(self, event: GenericEventArguments) -> None:
        await self.pane.guard(self._send(event.args))

    async def _send(self, sent: object) -> None:
        outcome = await planning.send(self.session, sent)
        if why := planning.refused(outcome):
            set_text(self._fault, why)
            return
        self.preset = None
        await self._after(outcome, self.session.home)

    def _ledger(self, ledgers: Sequence[tuple[Channel, Sequence[LedgerLine]]]) -> None:
        with el("section", "card", aria_labelledby="ledger"):
            el("h2", text="Ledger", id="ledger", tabindex="-1")
            if not ledgers:
                el("p", text=pages.NO_LEDGER)
            for channel, lines in ledgers:
                _ledger_of(channel, lines)
            if any(len(lines) == self.lines for _, lines in ledgers):
                with el("div", "buttons"):
                    button("Show older").on("click", lambda: self.pane.guard(self._older()), args=[])

    async def _older(self) -> None:
        self.lines += MORE_LINES
        await self.draw()
        self.pane.focus("ledger")

    async def _after(self, outcome: Outcome, channel: Channel) -> None:
        await self.draw()
        self.pane.say_outcome(outcome, Card(pages.posted_text(channel.id), tone=Tone.GOOD))


async def _read(session: Session, limit: int) -> _Facts:
    caller = await session.caller()
    plannings = await scheduling.schedules(session.ports, session.member.workspace)
    found = [(one.schedule, await _next(session, one.schedule)) for one in plannings]
    names = await session.room.client.channels()
    names = sorted({*names, session.home.id, *(schedule.channel.id for schedule, _ in found)})
    channels = [Channel(session.member.workspace, name) for name in names]
    ledgers = [(one, await scheduling.log(session.ports, one, limit)) for one in channels]
    return _Facts(caller.is_manager, found, [(one, lines) for one, lines in ledgers if lines], names)


async def _next(session: Session, schedule: Schedule) -> Sequence[Occurrence]:
    """The next posts; none while a schedule is paused, or when it was removed a moment ago."""
    try:
        return await scheduling.upcoming(session.ports, schedule.channel, schedule.slot)
    except (AlreadyPaused, NoSuchSchedule):
        return ()


def _coming(coming: Sequence[Occurrence]) -> None:
    if not coming:
        return
    el("h3", text="Next posts")
    with el("ol", "coming"):
        for occurrence in coming:
            el("li", text=words.when_text(occurrence))


def _ledger_of(channel: Channel, lines: Sequence[LedgerLine]) -> None:
    """Draw a channel's ledger; roles are named, as narrow windows lay its cells out otherwise than a table."""
    el("h3", text=f"#{channel.id}")
    name = f"Ledger of #{channel.id}"
    with (
        el("div", "scroll", tabindex="0", role="region", aria_label=name),
        el("table", "table stacked", role="table", aria_label=name),
    ):
        with el("thead", role="rowgroup"), el("tr", role="row"):
            for head in ("Date", "Planned", "Name", "What came of it"):
                el("th", text=head, scope="col", role="columnheader")
        with el("tbody", role="rowgroup"):
            for line in lines:
                _line(line)


def _line(line: LedgerLine) -> None:
    due = line.occurrence
    with el("tr", role="row"):
        el("th", text=day(due.local_date), scope="row", role="rowheader")
        el("td", "planned", f"{due.planned} ({due.zone})", role="cell")
        el("td", "slot", due.slot, role="cell")
        el("td", f"fate {line.state}", words.fate(line), role="cell")
