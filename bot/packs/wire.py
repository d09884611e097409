"""Packs and findings as plain JSON values, for the way between the reading child and the bot."""

from dataclasses import asdict
from typing import Any

from bot.domain.gold import GoldAnswer
from bot.domain.guides import Guide, GuideKind, Loop, LoopStep, Span
from bot.domain.questions import (
    Coverage,
    Criterion,
    Kind,
    Level,
    Pack,
    Question,
    Rubric,
    SampleAnswer,
    Subject,
    TimeBox,
    Track,
)
from bot.packs.findings import Finding

_LISTS = ("stages", "topics", "hints", "key_points", "follow_ups", "mistakes", "sources")


def plain(value: Pack | Finding) -> dict[str, Any]:
    """The value as mappings, lists, texts and numbers."""
    return asdict(value)


def finding_of(data: dict[str, Any]) -> Finding:
    """The finding that `plain` was given."""
    return Finding(data["file"], data["line"], data["column"], data["sentence"])


def pack_of(data: dict[str, Any]) -> Pack:
    """The pack that `plain` was given."""
    return Pack(
        **{name: data[name] for name in ("id", "version", "title", "notice")},
        tracks=tuple(Track(**each) for each in data["tracks"]),
        rubrics=tuple(_rubric(each) for each in data["rubrics"]),
        questions=tuple(_question(each) for each in data["questions"]),
        guides=tuple(_guide(each) for each in data["guides"]),
        loops=tuple(_loop(each) for each in data["loops"]),
        coverage=_coverage(data["coverage"]) if data["coverage"] else None,
        gold=tuple(_gold(each) for each in data["gold"]),
    )


def _rubric(data: dict[str, Any]) -> Rubric:
    criteria = (Criterion(each["id"], each["title"], tuple(each["steps"])) for each in data["criteria"])
    return Rubric(Kind(data["kind"]), tuple(criteria))


def _question(data: dict[str, Any]) -> Question:
    return Question(
        **{
            **data,
            **{name: tuple(data[name]) for name in _LISTS},
            "level": Level(data["level"]),
            "kind": Kind(data["kind"]),
            "time_box": TimeBox(**data["time_box"]),
            "sample_answer": SampleAnswer(**data["sample_answer"]),
        }
    )


def _guide(data: dict[str, Any]) -> Guide:
    lists = {name: tuple(data[name]) for name in ("points", "tips", "sources")}
    return Guide(**{**data, **lists, "kind": GuideKind(data["kind"])})


def _loop(data: dict[str, Any]) -> Loop:
    steps = tuple(_step(each) for each in data["steps"])
    return Loop(**{**data, "steps": steps, "sources": tuple(data["sources"])})


def _step(data: dict[str, Any]) -> LoopStep:
    spans = {name: Span(**data[name]) if data[name] else None for name in ("interviews", "minutes")}
    return LoopStep(**{**data, **spans})


def _coverage(data: dict[str, Any]) -> Coverage:
    return Coverage(tuple(_subject(each) for each in data["subjects"]), tuple(data["guidance"]))


def _subject(data: dict[str, Any]) -> Subject:
    kind = Kind(data["kind"]) if data["kind"] else None
    return Subject(data["id"], data["track"], kind, data["cluster"], tuple(data["near"]))


def _gold(data: dict[str, Any]) -> GoldAnswer:
    return GoldAnswer(**{**data, "scores": tuple(data["scores"]), "covered": tuple(data["covered"])})
