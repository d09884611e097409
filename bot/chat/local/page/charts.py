"""Charts made of elements: a calendar of days and bars of shares, each with its figures as text."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.local.page.elements import el, link
from bot.chat.wording import pages
from bot.chat.wording.pages import DayMark

_SHOWN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is of, how far it goes, the figure in words, and where its name leads."""

    title: str
    part: int
    whole: int
    figure: str
    target: str


def calendar(weeks: Sequence[Sequence[DayMark]]) -> None:
    """Draw weeks as columns and weekdays as rows, each day named, the days of each week counted below."""
    with (
        el("div", "scroll", tabindex="0", role="region", aria_label="Calendar of the last twelve weeks"),
        el("table", "calendar"),
    ):
        el("caption", "hidden-text", "Your practice days, a column a week, oldest first")
        with el("thead"), el("tr"):
            el("td")
            for number, week in enumerate(weeks):
                _week_head(week, named=number % 3 == 0)
        with el("tbody"):
            for weekday, short in enumerate(_SHOWN_DAYS):
                with el("tr"):
                    el("th", "weekday", short, scope="row")
                    for week in weeks:
                        _day(week[weekday])
        with el("tfoot"), el("tr"):
            el("th", "weekday", "Days", scope="row")
            for week in weeks:
                el("td", "sum", str(pages.practiced_in(week)))
    _legend()


def _week_head(week: Sequence[DayMark], named: bool) -> None:
    with el("th", "week", scope="col"):
        el("span", "week-name" if named else "hidden-text", f"{pages.week_name(week)}")


def _day(mark: DayMark) -> None:
    with el("td"):
        el("span", f"day {mark.state}", role="img", aria_label=mark.name, title=mark.name)


def _legend() -> None:
    with el("p", "legend note", aria_hidden="true"):
        for state, text in (("practiced", "practiced"), ("missed", "no answer"), ("open", "today")):
            with el("span", "legend-item"):
                el("span", f"day {state}")
                el("span", text=text)


def calendar_in_words(weeks: Sequence[Sequence[DayMark]]) -> None:
    """Draw the same as text, the newest week first, behind a summary that opens it."""
    with el("details", "in-words"):
        el("summary", text=pages.IN_WORDS)
        with el("ul"):
            for week in reversed(weeks):
                el("li", text=f"Week of {pages.week_name(week)}: {pages.week_text(week)}")


def bars(caption: str, rows: Sequence[Bar]) -> None:
    """Draw shares as bars in a table: the name, the bar, and the figure that says the same."""
    with el("table", "bars"):
        el("caption", text=caption)
        with el("thead", "hidden-text"), el("tr"):
            for head in ("Which", "Share", "Questions answered"):
                el("th", text=head, scope="col")
        with el("tbody"):
            for row in rows:
                with el("tr", "none" if row.part == 0 else ""):
                    with el("th", scope="row"):
                        link(row.title, row.target)
                    with el("td", "track", aria_hidden="true"), el("span", "bar-track"):
                        el("span", "bar", style=f"width: {_percent(row)}%")
                    el("td", "figure", row.figure)


def _percent(row: Bar) -> int:
    """Whole percents; what was begun shows, and what is not done is never full."""
    if row.part == 0:
        return 0
    return max(3, 100 * row.part // row.whole)
