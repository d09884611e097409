"""Packs that a workspace brought itself, and suggested questions."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.domain.gold import GoldAnswer
from bot.domain.places import Member, Workspace
from bot.domain.questions import Criterion, Kind, Level, Pack, Rubric, Track
from bot.domain.suggestions import Proposal, Suggestion, SuggestionState
from bot.store.rows import Row, instant, instant_or_none, micros, question_of, question_text, workspace_of
from bot.store.statements import Part


class PacksPart(Part):
    """Implements `bot.practice.pack_records.PackRecords`."""

    def packs_of(self, workspace: Workspace) -> tuple[Pack, ...]:
        return tuple(_pack_of(body) for (body,) in self._all("packs_of", workspace.key))

    def put_pack(self, workspace: Workspace, pack: Pack, by: str | None, at: datetime) -> None:
        self._count("put_pack", workspace.key, pack.id, pack.version, _pack_text(pack), by, micros(at))

    def drop_pack(self, workspace: Workspace, pack: str) -> bool:
        return self._count("drop_pack", workspace.key, pack) == 1

    def pack_marks(self) -> dict[Workspace, tuple[int, ...]]:
        return {workspace_of(key): tuple(map(int, rest)) for key, *rest in self._all("pack_marks")}

    def add_suggestion(self, suggestion: Suggestion) -> bool:
        member, body = suggestion.member, json.dumps(asdict(suggestion.proposal))
        values = (member.workspace.key, suggestion.id, member.id, micros(suggestion.at), body)
        return self._count("add_suggestion", *values) == 1

    def suggestion(self, workspace: Workspace, id_: str) -> Suggestion | None:
        row = self._one("suggestion", workspace.key, id_)
        return None if row is None else _suggestion_of(row)

    def open_suggestions(self, workspace: Workspace, limit: int) -> list[Suggestion]:
        return [_suggestion_of(row) for row in self._all("open_suggestions", workspace.key, limit)]

    def suggestions_of(self, member: Member, limit: int) -> list[Suggestion]:
        rows = self._all("suggestions_of", member.workspace.key, member.id, limit)
        return [_suggestion_of(row) for row in rows]

    def decide_suggestion(
        self, suggestion: Suggestion, state: SuggestionState, at: datetime, by: str, reason: str | None
    ) -> bool:
        workspace = suggestion.member.workspace.key
        return self._count("decide_suggestion", workspace, suggestion.id, state, micros(at), by, reason) == 1


def _suggestion_of(row: Row) -> Suggestion:
    workspace, id_, member, at, body, state, decided_at, decided_by, reason = row
    said = json.loads(body)
    proposal = Proposal(
        said["text"], tuple(said["points"]), said["track"], Level(said["level"]), Kind(said["kind"])
    )
    return Suggestion(
        id_,
        Member(workspace_of(workspace), member),
        instant(at),
        proposal,
        SuggestionState(state),
        instant_or_none(decided_at),
        decided_by,
        reason,
    )


def _pack_text(pack: Pack) -> str:
    questions = [json.loads(question_text(question)[1]) for question in pack.questions]
    head = {"id": pack.id, "version": pack.version, "title": pack.title, "notice": pack.notice}
    tracks, rubrics = [asdict(track) for track in pack.tracks], [asdict(rubric) for rubric in pack.rubrics]
    gold = [asdict(each) for each in pack.gold]
    return json.dumps({**head, "tracks": tracks, "rubrics": rubrics, "questions": questions, "gold": gold})


def _pack_of(text: str) -> Pack:
    read: dict[str, Any] = json.loads(text)
    return Pack(
        read["id"],
        read["version"],
        read["title"],
        read["notice"],
        tuple(Track(**track) for track in read["tracks"]),
        tuple(_rubric_of(rubric) for rubric in read["rubrics"]),
        tuple(question_of(json.dumps(question)) for question in read["questions"]),
        gold=tuple(
            _gold_of(each) for each in read.get("gold", ())
        ),  # bodies from before gold answers have none
    )


def _rubric_of(read: dict[str, Any]) -> Rubric:
    criteria = (Criterion(each["id"], each["title"], tuple(each["steps"])) for each in read["criteria"])
    return Rubric(Kind(read["kind"]), tuple(criteria))


def _gold_of(read: dict[str, Any]) -> GoldAnswer:
    return GoldAnswer(**{**read, "scores": tuple(read["scores"]), "covered": tuple(read["covered"])})
