"""Guides, and what the installed packs hold."""

from collections import Counter
from collections.abc import Iterable

from bot.chat.cards import Block, Bullets, Card, Facts, Heading, Note, Numbered, Text, Tone
from bot.chat.wording.questions import track_title
from bot.chat.wording.times import count, said, words
from bot.domain.bank import Bank
from bot.domain.guides import Guide, GuideKind, Loop, LoopStep, Span
from bot.domain.questions import Kind, Level, Pack

PACKS_SHOWN = 5
NAMES_SHOWN = 40

_HEADS = {
    GuideKind.STAGE: "What it judges",
    GuideKind.FRAME: "Step by step",
    GuideKind.CHECKLIST: "Tick off",
    GuideKind.VALUE: "How a story shows it",
    GuideKind.MISTAKES: "Mistake → instead",
}
_MANY = {
    GuideKind.STAGE: "stages",
    GuideKind.FRAME: "frames",
    GuideKind.CHECKLIST: "checklists",
    GuideKind.VALUE: "values",
    GuideKind.MISTAKES: "lists of mistakes",
}
_LISTS = {
    GuideKind.STAGE: "Interview stages",
    GuideKind.FRAME: "Frames for answers",
    GuideKind.CHECKLIST: "Checklists",
    GuideKind.VALUE: "Values",
    GuideKind.MISTAKES: "Mistakes",
}
LOOPS_VARY = "Loops vary from team to team. Ask your recruiter about yours."


def guide_card(guide: Guide, bank: Bank) -> Card:
    """One guide: what it is, its points, and tips; a stage also says how to practice it, if it has questions."""
    points = tuple(Text((point,)) for point in guide.points)
    blocks: list[Block] = [
        Text((guide.text,)),
        Heading(_HEADS[guide.kind]),
        Numbered(points) if guide.kind in (GuideKind.FRAME, GuideKind.CHECKLIST) else Bullets(points),
    ]
    if guide.tips:
        blocks += [Heading("Tips"), Bullets(tuple(Text((tip,)) for tip in guide.tips))]
    if guide.kind is GuideKind.STAGE:
        practice = (
            f" To practice, type /question stage:{guide.id}" if guide.id in bank.values("stage") else ""
        )
        blocks.append(Note(LOOPS_VARY + practice))
    return Card(guide.title, tuple(blocks))


def loop_card(loop: Loop, bank: Bank) -> Card:
    """A role's stages in order, each with its length, how often, and what it judges."""
    steps = tuple(_step(step, bank) for step in loop.steps)
    return Card(loop.title, (Numbered(steps), Text((loop.note,)), Note(LOOPS_VARY)))


def _step(step: LoopStep, bank: Bank) -> Text:
    guide = bank.guide(GuideKind.STAGE, step.stage)
    title = guide.title if guide else words(step.stage).capitalize()
    several = step.interviews is not None and step.interviews.most > 1
    about = [f"{_span(step.interviews)} interviews"] if step.interviews and several else []
    if step.minutes is not None:
        about.append(f"{_span(step.minutes)} minutes{' each' if several else ''}")
    if step.optional:
        about.append("not always")
    behind = f" ({', '.join(about)})" if about else ""
    return Text((f"{title}{behind}: {step.judges}",))


def _span(span: Span) -> str:
    return f"{span.least}" if span.least == span.most else f"{span.least} to {span.most}"


def names_card(kind: GuideKind, titles: tuple[tuple[str, str], ...]) -> Card:
    """All guides of a kind, by name."""
    if not titles:
        return Card(_LISTS[kind], (Text((f"The installed packs have no {_MANY[kind]}.",)),))
    return Card(_LISTS[kind], (*_names(titles), Note(f"To read one, type /guide {kind} and its name.")))


def unknown_card(kind: GuideKind, wanted: str, near: str | None, titles: tuple[tuple[str, str], ...]) -> Card:
    """There is no guide of that name; the nearest, or all that there are."""
    told = f"{_LISTS[kind]}: none is called {said(wanted)}."
    if near is not None:
        return Card("No such guide", (Text((f"{told} Did you mean {near}?",)),), tone=Tone.REFUSED)
    return Card("No such guide", (Text((told,)), *_names(titles)), tone=Tone.REFUSED)


def _names(titles: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    listed = Bullets(tuple(Text((f"{name}: {title}",)) for name, title in titles[:NAMES_SHOWN]))
    rest = len(titles) - NAMES_SHOWN
    return (listed, Note(f"And {rest} more; the command completes their names.")) if rest > 0 else (listed,)


def packs_card(bank: Bank) -> Card:
    """What is installed, with counts by track, level and kind, and each pack's notice."""
    if not bank.packs:
        return Card("Packs", (Text(("There is none.",)),))
    blocks = [block for pack in bank.packs[:PACKS_SHOWN] for block in _pack(pack, bank)]
    if len(bank.packs) > PACKS_SHOWN:
        blocks.append(Note(f"And {count(len(bank.packs) - PACKS_SHOWN, 'more pack')}."))
    return Card(
        f"{count(len(bank.questions), 'question')} in {count(len(bank.packs), 'pack')}", tuple(blocks)
    )


def _pack(pack: Pack, bank: Bank) -> list[Block]:
    questions = pack.questions
    tracks = Counter(question.track for question in questions)
    levels = Counter(question.level for question in questions)
    kinds = Counter(question.kind for question in questions)
    guides = Counter(guide.kind for guide in pack.guides)
    facts = [
        ("Questions", str(len(questions))),
        ("By track", _counted((track_title(bank, id_), number) for id_, number in tracks.items())),
        ("By level", _counted((level, levels[level]) for level in Level)),
        ("By kind", _counted((words(kind), kinds[kind]) for kind in Kind)),
        ("Guides", _counted((_MANY[kind], guides[kind]) for kind in GuideKind)),
    ]
    shown = tuple((label, text) for label, text in facts if text)
    notice = (Text((pack.notice,)),) if pack.notice else ()
    return [Heading(f"{pack.title}, version {pack.version}"), Facts(shown), *notice]


def _counted(numbers: Iterable[tuple[str, int]]) -> str:
    """`backend 32, devops 55`; what there is none of is left out."""
    return ", ".join(f"{name} {number}" for name, number in numbers if number)
