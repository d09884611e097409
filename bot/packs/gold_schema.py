"""The form of gold answers in a pack's files.

In a file the key points that an answer covers are counted from 1, as people count them in the list beside it.
"""

from collections.abc import Mapping, Sequence

from bot.domain.gold import GoldAnswer
from bot.domain.questions import Question, Rubric
from bot.domain.reviews import SCORES, SENTENCE_WORDS, TEXT_LIMIT
from bot.packs.fields import Fields
from bot.packs.findings import Notes, nearest, shown
from bot.packs.header import Header, refuse_twins
from bot.packs.yaml_tree import Table, Text

MOST_GOLD = 200
"""Gold answers of one pack file, at most."""
LEAST_WORDS = 40
LONGEST_ANSWER = 3_000
REMARKS = ("strong", "change", "why")

_SECTION = "gold"
NAMES = (_SECTION,)
"""The fields of a file that this module reads."""

_FIELDS = ("id", "question", "text", "scores", "covered", *REMARKS)
_MARKS = (".", "!", "?", "…")
_AFTER_MARKS = "\"'”’)]"


def path_of(id_: str) -> str:
    """The name under which the places of a gold answer are remembered; no question's id has a blank."""
    return f"gold {id_}"


def gold_in(
    files: Sequence[Fields], questions: Sequence[Question], header: Header | None, notes: Notes
) -> tuple[GoldAnswer, ...]:
    """The gold answers in a pack's files; each belongs to one of its questions, and is scored by its rubric."""
    tables = [table for fields in files for table in fields.children(_SECTION, MOST_GOLD)]
    refuse_twins("gold answer", tables, notes)
    asked = {question.id: question for question in questions}
    rubrics = header.rubrics if header else ()
    return tuple(_gold(table, asked, rubrics, notes) for table in tables)


def _gold(table: Table, asked: Mapping[str, Question], rubrics: Sequence[Rubric], notes: Notes) -> GoldAnswer:
    node = table.node("id")
    id_ = node.text.strip() if isinstance(node, Text) else ""
    fields = Fields(table, path_of(id_), notes, _FIELDS)
    name = fields.id("question")
    question = asked.get(name)
    if name and question is None:
        told = f"The pack has no question `{shown(name)}`; {nearest(name, tuple(asked))}"
        notes.add(fields.place("question"), told)
    strong, change, why = (_remark(fields, each) for each in REMARKS)
    return GoldAnswer(
        id=fields.id("id"),
        question=name,
        text=_text(fields),
        scores=_scores(fields, question, rubrics),
        covered=_covered(fields, question),
        strong=strong,
        change=change,
        why=why,
    )


def _text(fields: Fields) -> str:
    text = fields.text("text", LONGEST_ANSWER)
    count = len(text.split())
    if text and count < LEAST_WORDS:
        rule = f"`text` must have at least {LEAST_WORDS} words"
        fields.notes.add(fields.place("text"), f"{rule}, and has {count}; write what a member would.")
    return text


def _scores(fields: Fields, question: Question | None, rubrics: Sequence[Rubric]) -> tuple[int, ...]:
    scores = fields.numbers("scores", SCORES[0], SCORES[-1])
    rubric = next((each for each in rubrics if question and each.kind is question.kind), None)
    given = fields.entries("scores")
    # A question without a rubric has its own finding, and so has a criterion that could not be read.
    if rubric and rubric.criteria and given and given != len(rubric.criteria):
        names = ", ".join(f"`{criterion.id}`" for criterion in rubric.criteria)
        rule = f"`scores` must have one score a criterion, for {rubric.kind} these: {names}"
        fields.notes.add(fields.place("scores"), f"{rule}; and it has {given}.")
    return scores


def _covered(fields: Fields, question: Question | None) -> tuple[int, ...]:
    points = len(question.key_points) if question else 0
    if not points:  # the finding about the question or its key points says it all
        return ()
    of = "These are the key points of the question, counted from 1."
    numbers = fields.numbers("covered", 1, points, fewest=0, of=of)
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        told = f"`covered` names the key point {twice[0]} twice; take one out."
        fields.notes.add(fields.place("covered"), told)
    return tuple(sorted(number - 1 for number in numbers))


def _remark(fields: Fields, name: str) -> str:
    text = fields.text(name, TEXT_LIMIT)
    whole = text.rstrip(_AFTER_MARKS).endswith(_MARKS) and len(text.split()) >= SENTENCE_WORDS
    if text and not whole:
        told = f"`{name}` must be at least one sentence, and end with a mark such as `.`; complete it."
        fields.notes.add(fields.place(name), told)
    return text
