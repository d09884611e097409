"""Questions for other programs: a sheet that is read back the same, a document, and cards for Anki.

All three show people's text literally: nothing in it becomes a formula, a heading or a tag.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from io import StringIO

from bot.domain.questions import Pack, Question
from bot.packs.csv_cells import COLUMNS, LISTS, guarded, list_cell

DECK = "Interview practice"
_ANKI_HEAD = ("#separator:tab", "#html:true", "#notetype:Basic", "#columns:Front\tBack\tDeck\tTags")
# The deck column makes decks that are not there, which the header `#deck` does not (Anki manual, Text Files).
_ANKI_COLUMNS = ("#deck column:3", "#tags column:4")

_MARKS = re.compile(r"[\\`*_\[\]<>&~|$#]")
_LINE_START = re.compile(r"^(?:[+=-]|[0-9]+[.)])")


def as_csv(packs: Iterable[Pack]) -> str:
    """All questions as one sheet, which `csv_form` reads back the same; the packs' own headers are not in it."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for pack in packs:
        for question in pack.questions:
            cells = _cells(question)
            writer.writerow([guarded(cells[column]) for column in COLUMNS])
    return out.getvalue()


def as_markdown(packs: Iterable[Pack]) -> str:
    """A document with a part for each track and a section for each question."""
    return "\n\n".join(_document(list(packs))) + "\n"


def as_anki(packs: Iterable[Pack]) -> str:
    """A text file that Anki imports: the question in front, key points and a short sample behind, a deck a track."""
    out = StringIO()
    out.writelines(f"{line}\n" for line in (*_ANKI_HEAD, *_ANKI_COLUMNS))
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for pack in packs:
        titles = {track.id: track.title for track in pack.tracks}
        for question in pack.questions:
            deck = f"{DECK}::{_tag(titles.get(question.track, question.track), ' ')}"
            tags = (question.track, question.level, question.kind, *question.topics)
            writer.writerow(
                [_front(question), _back(question), deck, " ".join(_tag(tag, "-") for tag in tags)]
            )
    return out.getvalue()


EXPORTS: Mapping[str, tuple[str, Callable[[Iterable[Pack]], str]]] = {
    "csv": ("questions.csv", as_csv),
    "markdown": ("questions.md", as_markdown),
    "anki": ("questions-anki.txt", as_anki),
}
"""The formats, each with the name that a file of it is given and what makes it."""


def _cells(question: Question) -> dict[str, str]:
    names = ("id", "track", "level", "kind", "title", "text", "why")
    return {
        **{name: str(getattr(question, name)) for name in names},
        **{name: list_cell(getattr(question, name)) for name in LISTS},
        "first_pass": str(question.time_box.first_pass),
        "full": str(question.time_box.full),
        "short_answer": question.sample_answer.short,
        "full_answer": question.sample_answer.full,
    }


def _document(packs: Sequence[Pack]) -> Iterator[str]:
    yield f"# {_inline(', '.join(pack.title for pack in packs)) or 'Questions'}"
    yield from (_literal(pack.notice) for pack in packs if pack.notice)
    titles: dict[str, str] = {}
    by_track: dict[str, list[Question]] = {}
    for pack in packs:
        titles |= {track.id: track.title for track in pack.tracks if track.id not in titles}
        for question in pack.questions:
            by_track.setdefault(question.track, []).append(question)
    for track, questions in by_track.items():
        yield f"## {_inline(titles.get(track, track))}"
        for question in questions:
            yield from _section(question)


def _section(question: Question) -> Iterator[str]:
    yield f"### {_inline(question.title)}"
    box = question.time_box
    facts = (question.level, question.kind, *question.topics, f"{box.first_pass} to {box.full} minutes")
    yield " · ".join(map(_inline, facts))
    yield _literal(question.text)
    if question.why:
        yield f"**Why it is asked**\n\n{_literal(question.why)}"
    lists = (
        ("Hints", question.hints),
        ("Key points", question.key_points),
        ("Follow-ups", question.follow_ups),
        ("Mistakes to avoid", question.mistakes),
    )
    for title, entries in lists:
        if entries:
            yield f"**{title}**\n\n" + "\n".join(f"- {_inset(entry)}" for entry in entries)
    for title, text in (
        ("In 90 seconds", question.sample_answer.short),
        ("In full", question.sample_answer.full),
    ):
        if text:
            yield f"**{title}**\n\n{_literal(text)}"


def _inline(text: str) -> str:
    """Text on one line in which no mark means anything."""
    return _line(" ".join(text.split()))


def _literal(text: str) -> str:
    """Text in which no mark means anything; its line breaks and its rows of blanks stay."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join("\\\n".join(map(_line, part.split("\n"))) for part in paragraphs)


def _inset(text: str) -> str:
    """A literal text as the entry of a list."""
    return _literal(text).replace("\n", "\n  ")


def _line(line: str) -> str:
    marked = _LINE_START.sub(_before_its_end, _MARKS.sub(r"\\\g<0>", line.rstrip()))
    return re.sub(r"^\s+|\s{2,}", lambda found: "&nbsp;" * len(found.group().expandtabs(4)), marked)


def _before_its_end(found: re.Match[str]) -> str:
    return f"{found.group()[:-1]}\\{found.group()[-1]}"


def _front(question: Question) -> str:
    return f"<b>{_html(question.title)}</b><br><br>{_html(question.text)}"


def _back(question: Question) -> str:
    points = "".join(f"<li>{_html(point)}</li>" for point in question.key_points)
    short = question.sample_answer.short
    return f"<ul>{points}</ul>" + (f"<b>In 90 seconds</b><br>{_html(short)}" if short else "")


def _html(text: str) -> str:
    """Text in Anki's HTML; `[` is written so that no `[sound:…]` or `[latex]` of somebody's text takes effect."""
    lines = (escape(line).replace("[", "&#91;").expandtabs(4) for line in text.strip().splitlines())
    return "<br>".join(re.sub(" {2,}", lambda found: "&nbsp;" * len(found.group()), line) for line in lines)


def _tag(text: str, blank: str) -> str:
    """One word for Anki, in which `::` would make a level of its own."""
    return re.sub(r"\s+", blank, re.sub(r":{2,}", ":", text.strip()).replace('"', "'"))
