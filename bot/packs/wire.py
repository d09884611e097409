"""Packs and findings as plain JSON values, for the way between the reading child and the bot."""

from dataclasses import asdict
from typing import Any

from bot.domain.questions import (
    Criterion,
    Kind,
    Level,
    Pack,
    Question,
    Rubric,
    SampleAnswer,
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
