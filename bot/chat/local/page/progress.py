"""The Progress view: practice days, the streak with its reasons, what is practiced and what is not, the board."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat import actions
from bot.chat.cards import Card, Tone
from bot.chat.guard import own_zone
from bot.chat.literal import shown_name
from bot.chat.local import sentences
from bot.chat.local.page import charts
from bot.chat.local.page.drawing import draw_block
from bot.chat.local.page.elements import button, el, link
from bot.chat.local.page.pane import Pane, pairs
from bot.chat.local.page.shell import Session, frame
from bot.chat.local.page.style import add_style
from bot.chat.wording import buttons, pages, streaks
from bot.chat.wording.calibrating import agreement_text
from bot.chat.wording.times import count, month
from bot.domain.bank import Bank
from bot.domain.streaks import Step, Streak
from bot.practice import review_queue, standing
from bot.practice.outcomes import Board, Practiced, Progress, Share, Tally
from bot.practice.records import Standing
from bot.practice.review_records import Giving

_REASONS_AT_ONCE = 5
_KINDS_OF_SHARES = (("track", "By track"), ("kind", "By kind"), ("level", "By level"))


@dataclass(frozen=True)
class _Facts:
    """What the view shows, read one after the other."""

    progress: Progress
    practiced: Practiced
    board: Board
    reviews: Tally
    zone: str


async def show(session: Session) -> None:
    """Draw the view for whoever looks."""
    with frame(session, "Progress"):
        add_style()
        view = _View(session)
    await view.pane.guard(view.draw())


class _View:
    """One open Progress view."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.pane = Pane()

    async def draw(self) -> None:
        """Read and draw all of it."""
        facts = await self._read()
        with self.pane.redrawn():
            with el("div", "columns"):
                self._streak(facts.progress.streak, facts.zone)
                _calendar(facts.progress)
            _practiced(self.session, facts.practiced)
            _reviews(self.session, facts.reviews)
            _board(facts.board)

    async def _read(self) -> _Facts:
        ports, member = self.session.ports, self.session.member
        return _Facts(
            await standing.progress(ports, member),
            await standing.practiced(ports, member),
            await standing.board(ports, member),
            await review_queue.tally(ports, member),
            await own_zone(await self.session.caller()),
        )

    def _streak(self, streak: Streak, zone: str) -> None:
        with el("section", "card", aria_labelledby="streak"):
            el("h2", text="Streak", id="streak")
            with el("p", "figure-line"):
                el("span", "big-figure", str(streak.length))
                el("span", "unit", "day in a row" if streak.length == 1 else "days in a row")
            el("p", "today", streaks.today_text(streak))
            if streak.repairable is not None:
                self._repair(streaks.repair_text(*streak.repairable, zone))
            pairs(streaks.facts(streak))
            el("h3", text="What happened, newest first")
            if not streak.reasons:
                el("p", "note", pages.NO_REASONS)
                return
            _reasons(streak.reasons[:_REASONS_AT_ONCE])
            if len(streak.reasons) > _REASONS_AT_ONCE:
                with el("details", "in-words"):
                    el("summary", text="Earlier")
                    _reasons(streak.reasons[_REASONS_AT_ONCE:])

    def _repair(self, text: str) -> None:
        with el("div", "notice careful"):
            el("p", text=text)
            button(buttons.LABELS[buttons.REPAIR], "button main").on(
                "click", lambda: self.pane.guard(self._press_repair())
            )

    async def _press_repair(self) -> None:
        outcome = await actions.press(await self.session.caller(), buttons.REPAIR, "")
        await self.draw()
        self.pane.say_outcome(outcome, Card("Repaired.", tone=Tone.GOOD))


def _reasons(steps: Sequence[Step]) -> None:
    with el("ol", "reasons"):
        for step in steps:
            el("li", text=streaks.reason(step))


def _calendar(progress: Progress) -> None:
    weeks = pages.calendar(progress.today, frozenset(progress.days))
    own = progress.standing
    with el("section", "card", aria_labelledby="days"):
        el("h2", text="The last 12 weeks", id="days")
        el("p", text=pages.calendar_text(weeks))
        charts.calendar(weeks)
        charts.calendar_in_words(weeks)
        in_all = f"{count(own.days, 'practice day')}, {count(own.answers, 'answer')}"
        pairs((("This month", count(own.recent_days, "practice day")), ("In all", in_all)))


def _practiced(session: Session, practiced: Practiced) -> None:
    shares = (practiced.by_track, practiced.by_kind, practiced.by_level)
    with el("section", "card", aria_labelledby="practiced"):
        el("h2", text="What you practice", id="practiced")
        if not practiced.by_track:
            el("p", text=pages.NO_PACKS)
            return
        el("p", text=_spread(session.bank, practiced))
        with el("div", "three"):
            for (option, caption), found in zip(_KINDS_OF_SHARES, shares, strict=True):
                charts.bars(caption, [_bar(session, option, share) for share in found])
        link(pages.FIND_NEW, session.url("/questions", mine="open"), "button")


def _spread(bank: Bank, practiced: Practiced) -> str:
    """What has no answer yet, or that nothing has."""
    if not practiced.answered:
        return pages.NOTHING_PRACTICED
    missing = [
        *_missing(bank, "track", practiced.by_track),
        *_missing(bank, "kind", practiced.by_kind),
    ]
    return pages.missing_text(missing)


def _missing(bank: Bank, option: str, shares: Sequence[Share]) -> list[str]:
    return [pages.value_title(bank, option, share.value) for share in shares if share.answered == 0]


def _bar(session: Session, option: str, share: Share) -> charts.Bar:
    title = pages.value_title(session.bank, option, share.value)
    target = session.url("/questions", **{option: share.value})
    return charts.Bar(title, share.answered, share.of, pages.share_text(share), target)


def _reviews(session: Session, found: Tally) -> None:
    with el("section", "card", aria_labelledby="reviews"):
        el("h2", text=sentences.REVIEWS, id="reviews")
        if found.given or found.got:
            figures = (str(found.given), str(found.thanked), str(found.got))
            pairs(tuple(zip(sentences.REVIEW_FIGURES, figures, strict=True)))
        else:
            el("p", text=sentences.NO_REVIEWS)
        for block in agreement_text(found.agreement, found.compared):
            draw_block(block)
        el("p", "note", sentences.FOR_YOU_ONLY)
        with el("div", "buttons"):
            link(sentences.TO_REVIEWS, session.url("/reviews"), "button")


def _board(board: Board) -> None:
    with el("section", "card", aria_labelledby="board"):
        el("h2", text=f"Board of {month(board.month)}", id="board")
        if not board.lines:
            el("p", text=pages.NO_BOARD)
            return
        with el("div", "scroll", tabindex="0", role="region", aria_labelledby="board"), el("table", "table"):
            with el("thead"), el("tr"):
                for head in ("Place", "Who"):
                    el("th", text=head, scope="col")
                giving = sentences.BOARD_REVIEWS if board.giving else ()
                for head in ("Days this month", "Days in all", "Answers", *giving):
                    el("th", "number", head, scope="col")
            with el("tbody"):
                for place, line in enumerate(board.lines, start=1):
                    _board_line(str(place), line, board)
                if all(line.member != board.own.member for line in board.lines):
                    _board_line("–", board.own, board)
        el("p", "note", streaks.TIES)


def _board_line(place: str, line: Standing, board: Board) -> None:
    own = line.member == board.own.member
    gave = board.giving.get(line.member, Giving(0, 0))
    reviewed = (gave.given, gave.thanked) if board.giving else ()
    with el("tr", "own" if own else ""):
        el("td", text=place)
        el("th", text=f"{shown_name(line.member.id)}{' (you)' if own else ''}", scope="row")
        for figure in (line.recent_days, line.days, line.answers, *reviewed):
            el("td", "number", str(figure))
