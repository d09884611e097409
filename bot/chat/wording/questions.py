"""The prompt of a round, and what its question holds back: hints, key points, the sample answer."""

from bot.chat.cards import Block, Bullets, Card, Facts, Heading, Note, Numbered, Text
from bot.chat.wording import buttons
from bot.chat.wording.times import clock, count, day, listed, words
from bot.domain.bank import Bank
from bot.domain.questions import Question
from bot.domain.rounds import Planned, Round
from bot.practice.outcomes import Hint


def track_title(bank: Bank, track: str) -> str:
    """A track's title from its pack; a track that no pack has any more goes by its id."""
    return next((known.title for known in bank.tracks if known.id == track), words(track).capitalize())


def question_card(round_: Round, late: bool, track: str | None = None) -> Card:
    """The prompt that stands in the channel. `track` is the track's title, `late` whether a daily one is late."""
    question = round_.question
    blocks: list[Block] = []
    if round_.planned is not None:
        blocks.append(_planned(round_.planned, late))
    blocks += [
        Text(("To answer, reply in the thread of this message or press Answer.",)),
        Note(line(question, track or words(question.track).capitalize())),
        Text((question.text,)),
        Facts(facts(question)),
    ]
    if round_.asked_by is not None:
        blocks.append(Text(("Asked for by ", round_.asked_by, ".")))
    blocks.append(Note("Hints are free. Key points and the sample answer open once you have answered."))
    pressable = (buttons.ANSWER, buttons.HINT, buttons.POINTS, buttons.SAMPLE, buttons.REVIEW_ROUND)
    return Card(question.title, tuple(blocks), tuple(buttons.button(name, round_.id) for name in pressable))


def _planned(planned: Planned, late: bool) -> Block:
    if late:
        where = f"on {day(planned.local_date)} ({planned.zone})"
        return Text((f"Late: planned for {planned.wall_time} {where}.",))
    return Note(
        f"Today’s question · {day(planned.local_date)}, {clock(planned.at, planned.zone)} ({planned.zone})"
    )


def line(question: Question, track: str) -> str:
    """Track, level and kind in one line."""
    return " · ".join((track, question.level, words(question.kind)))


def facts(question: Question) -> tuple[tuple[str, str], ...]:
    """The time box, and the stages that ask such questions."""
    box = question.time_box
    time = (
        f"{count(box.first_pass, 'minute')} for a first pass, {count(box.full, 'minute')} for the full answer"
    )
    stages = listed([words(stage) for stage in question.stages], "or")
    return (("Time", time), *((("Interview stage", stages),) if stages else ()))


def hint_card(hint: Hint, round_id: str) -> Card:
    """One hint, with the way to the next one while there is one."""
    more = hint.of - hint.number
    after = (
        f"There {'is' if more == 1 else 'are'} {count(more, 'more hint')}."
        if more > 0
        else "That was the last one."
    )
    pressable = (buttons.HINT, buttons.ANSWER) if more > 0 else (buttons.ANSWER,)
    return Card(
        f"Hint {hint.number} of {hint.of}",
        (Text((hint.text,)), Note(after)),
        tuple(buttons.button(name, round_id) for name in pressable),
    )


def key_points_card(round_: Round) -> Card:
    """What a strong answer covers, what comes next in an interview, and why the question is asked."""
    question = round_.question
    return Card(
        f"Key points: {question.title}",
        (
            Text(("A strong answer covers most of these:",)),
            Bullets(_items(question.key_points)),
            *_section("Follow-ups to expect", question.follow_ups),
            *((Note(f"Why it is asked: {question.why}"),) if question.why else ()),
        ),
        (buttons.button(buttons.SAMPLE, round_.id),),
    )


def sample_answer_card(round_: Round) -> Card:
    """One strong answer, in short and in full, and the mistakes it avoids."""
    question = round_.question
    if not question.sample_answer.full:
        told = "Nobody has written a sample answer to this question. The key points say what a strong one covers."
        return Card(f"Sample answer: {question.title}", (Text((told,)),))
    return Card(
        f"Sample answer: {question.title}",
        (
            Note("One strong answer of many. Yours may differ and be as good."),
            Heading("In 90 seconds"),
            Text((question.sample_answer.short,)),
            Heading("In full"),
            Text((question.sample_answer.full,)),
            *_section("Mistakes to avoid", question.mistakes),
        ),
    )


def _section(title: str, lines: tuple[str, ...]) -> tuple[Block, ...]:
    return (Heading(title), Numbered(_items(lines))) if lines else ()


def _items(lines: tuple[str, ...]) -> tuple[Text, ...]:
    return tuple(Text((line,)) for line in lines)
