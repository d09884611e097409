"""The Reviews view: answers that wait for the person's review, gold answers and pairs, and what they got and gave."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from bot.chat import actions, commands
from bot.chat.calls import FieldError, Outcome, Response
from bot.chat.cards import Button, Card, Form
from bot.chat.guard import own_zone
from bot.chat.literal import printable
from bot.chat.local import sentences
from bot.chat.local.page.beside import draw_folded
from bot.chat.local.page.dialogs import Dialogs
from bot.chat.local.page.drawing import draw_blocks, draw_buttons
from bot.chat.local.page.elements import button, el, link
from bot.chat.local.page.forms import After
from bot.chat.local.page.pane import Pane
from bot.chat.local.page.shell import Session, frame
from bot.chat.local.page.style import add_style
from bot.chat.typed import parse
from bot.chat.wording.questions import track_title
from bot.chat.wording.reviewing import mine_card, task_card
from bot.practice import review_queue
from bot.practice.outcomes import Task

SHOWN = 10
"""Answers that are drawn, those that were given to the person first."""

OTHER_WAYS = ((sentences.TRY_GOLD, "/review gold"), (sentences.COMPARE_TWO, "/compare"))
"""What else one can do here, by the commands that do it."""


async def show(session: Session) -> None:
    """Draw the view for whoever looks."""
    with frame(session, sentences.REVIEWS):
        add_style()
        view = _View(session)
    await view.pane.guard(view.draw())


class _View:
    """One open Reviews view."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.pane = Pane()
        self.dialogs = Dialogs(session, session.home)

    async def draw(self) -> None:
        """Read and draw all of it."""
        ports, member = self.session.ports, self.session.member
        waiting = await review_queue.listed(ports, member, SHOWN, self.session.home)
        mine = replace(await review_queue.mine(ports, member), offered=())
        own = mine_card(mine, await own_zone(await self.session.caller()))
        with self.pane.redrawn():
            self._queue(waiting)
            with el("section", "card", aria_labelledby="mine"):
                el("h2", "", printable(own.title), id="mine")
                with el("div", "bot-card bare"):
                    draw_blocks(own)

    def _queue(self, waiting: Sequence[Task]) -> None:
        with el("section", "waiting", aria_labelledby="waiting"):
            el("h2", text=sentences.WAITING_HERE, id="waiting")
            el("p", "note", sentences.WAITING_ABOUT if waiting else sentences.NOTHING_WAITS)
            with el("div", "buttons"):
                for label, line in OTHER_WAYS:
                    button(label).on("click", partial(self._run, line), args=[])
            with el("ul", "tasks", role="list"):
                for task in waiting:
                    self._task(task)

    def _task(self, task: Task) -> None:
        card = task_card(task, track_title(self.session.bank, task.question.track))
        with el("li", "card task"):
            with el("div", "bot-card bare"):
                draw_folded(card)
            with el("div", "buttons"):
                draw_buttons(card.buttons, partial(self._press, card.buttons))
                if task.round is not None and task.round.thread is not None:
                    where = task.round.thread
                    link(
                        sentences.OPEN_THREAD,
                        self.session.channel_url(where.channel.id, thread=where.id),
                        "button",
                    )

    async def _run(self, line: str) -> None:
        async def run() -> None:
            caller = await self.session.caller()
            await self._show(await commands.run(caller, parse(line, caller.bank)))

        await self.pane.guard(run())

    async def _press(self, pressable: Sequence[Button], label: str) -> None:
        async def press() -> None:
            pressed = next(one for one in pressable if one.label == label)
            await self._show(await actions.press(await self.session.caller(), pressed.action, pressed.value))

        await self.pane.guard(press())

    async def _show(self, outcome: Outcome) -> None:
        match outcome:
            case Form():
                await self.dialogs.open(outcome, partial(self._send, outcome))
            case Response(card):
                self._say(card)

    def _say(self, card: Card) -> None:
        self.pane.say(card, partial(self._press, card.buttons))

    async def _send(self, form: Form, values: Mapping[str, str]) -> FieldError | After | None:
        room, member = self.session.room, self.session.member
        reaction = await room.submit(member, self.session.home, form, values, keep=False)
        if reaction.error is not None or reaction.card is None:
            return reaction.error
        return partial(self._told, reaction.card)

    async def _told(self, card: Card) -> None:
        """Draw anew and say what came of a form, once it is closed: the keyboard cannot go behind one that is open."""
        await self.pane.guard(self.draw())
        self._say(card)
