"""House rules for the packs that come with the bot, stricter than what any pack must keep.

The length of a STAR story and the number in its result come from the study guides behind the first packs
(frame STAR: 100-150 words when written, outcome in numbers); the other bounds are our own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.domain.questions import Kind, Pack, Question
from bot.packs.findings import Finding, Place
from bot.packs.house_gold import breaches_of_gold, texts_of_gold
from bot.packs.house_guides import breaches_of_guides, breaches_of_references, texts_of_guides
from bot.packs.reading_ease import reading_ease

HINTS = (2, 3)
KEY_POINTS = (5, 8)
FOLLOW_UPS = (3, 25)
KEY_POINT_LENGTH = (15, 160)
"""Characters: one thing, that can be ticked at a glance."""
STAR_WORDS = (100, 150)
EASE = {"text": 60, "why": 45}
"""Reading ease, at least: a question is read on a phone, and aloud."""
REPEATED_WORDS = 6
"""A sentence of fewer words may stand twice."""

_STAR_KINDS = (Kind.BEHAVIORAL, Kind.LEADERSHIP)
_RESULT = re.compile(r"\bresults?\b\W*[:.—-]", re.IGNORECASE)
_LAST_WORDS = 50
_SENTENCE_END = re.compile(r"[.!?:]+[\s\"')\]]+|\n")
_WORD = re.compile(r"[\w'’%]+")


def house_findings(packs: Sequence[Pack], places: Mapping[str, Place] | None = None) -> tuple[Finding, ...]:
    """Breaches of the house rules, sorted; `places` (of `read_packs_placed`) gives them lines and columns."""
    known = places or {}
    found = [finding for pack in packs for finding in _of_pack(pack, known)]
    return tuple(sorted(set(found)))


def _of_pack(pack: Pack, places: Mapping[str, Place]) -> Iterator[Finding]:
    for question in pack.questions:
        for name, sentence in (*_of_lists(question), *_of_story(question), *_of_ease(question)):
            yield _finding(pack, f"{question.id}.{name}", sentence, places)
    for path, sentence in (*breaches_of_guides(pack), *breaches_of_references(pack), *breaches_of_gold(pack)):
        yield _finding(pack, path, sentence, places)
    first: dict[str, str] = {}
    for path, text in (*_texts(pack), *texts_of_guides(pack), *texts_of_gold(pack)):
        for sentence in _SENTENCE_END.split(text):
            words = _WORD.findall(sentence.casefold())
            if len(words) < REPEATED_WORDS:
                continue
            if (before := first.get(" ".join(words))) is None:
                first[" ".join(words)] = path
                continue
            place = places.get(before)
            at = f"{place.file}:{place.line}" if place else f"`{before}`"
            told = f"The sentence “{' '.join(sentence.split())}” stands in {at} already"
            yield _finding(pack, path, f"{told}; write one of the two anew.", places)


def _of_lists(question: Question) -> Iterator[tuple[str, str]]:
    lists = (("hints", HINTS), ("key_points", KEY_POINTS), ("follow_ups", FOLLOW_UPS))
    for name, (least, most) in lists:
        count = len(getattr(question, name))
        if not least <= count <= most:
            yield (
                f"{name}.0",
                f"The house rule for `{name}` is {least} to {most} entries, and here are {count}.",
            )
    least, most = KEY_POINT_LENGTH
    for index, point in enumerate(question.key_points):
        if not least <= len(point) <= most:
            rule = f"The house rule for a key point is {least} to {most} characters"
            yield f"key_points.{index}", f"{rule}, and this has {len(point)}."


def _of_story(question: Question) -> Iterator[tuple[str, str]]:
    if question.kind not in _STAR_KINDS:
        return
    story = question.sample_answer.full
    count = len(story.split())
    least, most = STAR_WORDS
    if not least <= count <= most:
        rule = f"The house rule for a STAR story is {least} to {most} words"
        yield "sample_answer.full", f"{rule}, and this has {count}."
    if not any(char.isdigit() for char in _result_of(story)):
        yield "sample_answer.full", "The result of this STAR story has no number; say how much, in digits."


def _of_ease(question: Question) -> Iterator[tuple[str, str]]:
    for name, least in EASE.items():
        ease = reading_ease(getattr(question, name))
        if ease is not None and ease < least:
            told = f"The house rule for the reading ease of `{name}` is at least {least}, and this has {ease:.0f}"
            yield name, f"{told}; shorten sentences and words."


def _result_of(story: str) -> str:
    """What follows the label `Result:`, or else the last 50 words, where a story tells how it ended."""
    labels = list(_RESULT.finditer(story))
    return story[labels[-1].end() :] if labels else " ".join(story.split()[-_LAST_WORDS:])


def _texts(pack: Pack) -> Iterator[tuple[str, str]]:
    for rubric in pack.rubrics:
        for criterion in rubric.criteria:
            for step, text in zip((1, 3, 5), criterion.steps, strict=True):
                yield f"pack {pack.id}.rubrics.{rubric.kind}.{criterion.id}.{step}", text
    for question in pack.questions:
        for name in ("title", "text", "why"):
            yield f"{question.id}.{name}", getattr(question, name)
        for name in ("hints", "key_points", "follow_ups", "mistakes"):
            for index, text in enumerate(getattr(question, name)):
                yield f"{question.id}.{name}.{index}", text
        yield f"{question.id}.sample_answer.short", question.sample_answer.short
        yield f"{question.id}.sample_answer.full", question.sample_answer.full


def _finding(pack: Pack, path: str, sentence: str, places: Mapping[str, Place]) -> Finding:
    whole = path.partition(".")[0]  # the question or the guide
    place = places.get(path) or places.get(whole) or Place(f"{pack.id}/{path}")
    return Finding(*place, sentence)
