"""House rules for gold answers: enough of them, weaker and stronger ones, and remarks that quote what is there.

A pack that brings none is left alone, since its groups then score without them.
"""

import re
from collections.abc import Iterable, Iterator

from bot.domain.gold import GoldAnswer
from bot.domain.questions import Kind, Pack, Question
from bot.packs.findings import shown
from bot.packs.gold_schema import REMARKS, path_of
from bot.packs.reading_ease import reading_ease

FEWEST = 2
"""Gold answers of each kind that has a rubric, and of each track."""
ANSWER_WORDS = (90, 220)
"""What somebody types into a thread; a longer one makes a reviewer tired and not better."""
EASE = {"text": 60, "strong": 50, "change": 50, "why": 50}
"""Reading ease, at least: they are read on a phone, one after another."""

_QUOTED = re.compile(r"“([^”]*)”|\"([^\"]*)\"")
_EITHER = "the answer or its rubric"


def breaches_of_gold(pack: Pack) -> Iterator[tuple[str, str]]:
    """What is wrong with a pack's gold answers, each with the path where it stands; nothing without any."""
    if not pack.gold:
        return
    questions = {question.id: question for question in pack.questions}
    scored = [(gold, questions[gold.question]) for gold in pack.gold if gold.question in questions]
    for rubric in pack.rubrics:
        yield from _of_kind(pack, rubric.kind, [gold for gold, asked in scored if asked.kind is rubric.kind])
    for track in pack.tracks:
        count = sum(asked.track == track.id for _, asked in scored)
        yield from _too_few(pack, f"the track `{track.id}`", count)
    for gold, asked in scored:
        for name, sentence in (*_of_text(gold), *_of_quotes(gold, _words_of_rubric(pack, asked))):
            yield f"{path_of(gold.id)}.{name}", sentence


def texts_of_gold(pack: Pack) -> Iterator[tuple[str, str]]:
    """Every text of the gold answers, with its path; remarks without what they quote, which stands elsewhere."""
    for gold in pack.gold:
        path = path_of(gold.id)
        yield f"{path}.text", gold.text
        for name in REMARKS:
            yield f"{path}.{name}", _QUOTED.sub("…", getattr(gold, name))


def _of_kind(pack: Pack, kind: Kind, found: list[GoldAnswer]) -> Iterator[tuple[str, str]]:
    yield from _too_few(pack, f"the kind `{kind}`", len(found))
    totals = {sum(gold.scores) for gold in found}
    if len(found) >= FEWEST and len(totals) == 1:
        told = f"All gold answers of the kind `{kind}` have scores that add up to {totals.pop()}"
        yield path_of(found[0].id), f"{told}; the house rule is a weaker one and a stronger one."


def _too_few(pack: Pack, what: str, count: int) -> Iterator[tuple[str, str]]:
    if count < FEWEST:
        told = f"The house rule is at least {FEWEST} gold answers for {what}, and here are {count}."
        yield f"pack {pack.id}", told


def _of_text(gold: GoldAnswer) -> Iterator[tuple[str, str]]:
    count = len(gold.text.split())
    least, most = ANSWER_WORDS
    if not least <= count <= most:
        rule = f"The house rule for a gold answer is {least} to {most} words"
        yield "text", f"{rule}, and this has {count}."
    for name, bound in EASE.items():
        ease = reading_ease(getattr(gold, name))
        if ease is not None and ease < bound:
            rule = f"The house rule for the reading ease of a gold answer's `{name}` is at least {bound}"
            yield name, f"{rule}, and this has {ease:.0f}; shorten sentences and words."


def _words_of_rubric(pack: Pack, question: Question) -> str:
    steps = (
        step
        for rubric in pack.rubrics
        if rubric.kind is question.kind
        for criterion in rubric.criteria
        for step in criterion.steps
    )
    return " ".join(steps)


def _of_quotes(gold: GoldAnswer, rubric: str) -> Iterator[tuple[str, str]]:
    text = _plain(gold.text)
    for name in REMARKS:
        # Only the reasons for the scores quote the rubric; what was strong stands in the answer.
        there, where = (text, "the answer") if name != "why" else (f"{text}\n{_plain(rubric)}", _EITHER)
        for quote in _quotes(getattr(gold, name)):
            if _plain(quote) not in there:
                yield name, f"“{shown(quote)}” does not stand in {where}; quote it to the letter."


def _quotes(text: str) -> Iterable[str]:
    return (first or second for first, second in _QUOTED.findall(text))


def _plain(text: str) -> str:
    """A text as quotes are compared: without case, line ends, and the mark that ends a quote."""
    return " ".join(text.casefold().split()).rstrip(".,!?;:")
