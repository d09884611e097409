"""Pairwise rounds: two answers side by side, and what all such words together say."""

from bot.chat.cards import FIELD_TEXT, Block, Bullets, Card, Heading, Note, Part, Quote, Text
from bot.chat.literal import cut
from bot.chat.wording import buttons
from bot.chat.wording.times import count
from bot.domain.comparing import Rank
from bot.domain.places import Member
from bot.domain.rounds import Answer
from bot.practice.outcomes import Comparing, Ranking

_ANSWER = FIELD_TEXT
"""Characters of each answer: all of one that was sent by a form, for it stands nowhere else."""
_QUESTION = 700
_REASON = 200
NAMED = 3
"""Answers of a ranking that are listed with names; whose is weaker is told to nobody else."""


def compare_card(comparing: Comparing) -> Card:
    """Two answers to one question, without names, so that only the words count."""
    question = comparing.question
    blocks: list[Block] = [
        Text((cut(question.text, _QUESTION),)),
        *_answer("The first", comparing.first),
        *_answer("The second", comparing.second),
        Note(
            "Names are left out on purpose. The ranking names the strongest three, and never who said what."
        ),
    ]
    pressable = (buttons.button(buttons.COMPARE, comparing.pair.value),)
    return Card(f"Which is stronger? {question.title}", tuple(blocks), pressable)


def _answer(title: str, answer: Answer) -> list[Block]:
    blocks: list[Block] = [Heading(title), Quote(cut(answer.text, _ANSWER))]
    if len(answer.text) > _ANSWER:
        blocks.append(Note("Its beginning; all of it stands in the thread of its question."))
    return blocks


def ranking_card(ranking: Ranking, member: Member, *, voted: bool = False) -> Card:
    """How the answers to a question compare, for one member; `voted` after a word of theirs."""
    blocks: list[Block] = [Note("Your word is kept. /compare shows two more.")] if voted else []
    title = f"Ranking: {ranking.question.title}"
    if not ranking.ranks:
        return Card(title, (*blocks, Text(("Nobody has compared answers here yet. /compare shows two.",))))
    of = len(ranking.ranks)
    named = tuple(rank for rank in ranking.ranks[:NAMED] if rank.wins)
    blocks.append(Bullets(tuple(Text(_line(rank)) for rank in named)))
    own = next((rank for rank in ranking.ranks if rank.answer.member == member), None)
    if own is not None and own not in named:
        blocks.append(Text((f"Yours: place {own.place} of {of}.",)))
    if ranking.reasons:
        quotes = (Quote(cut(reason, _REASON)) for reason in ranking.reasons)
        blocks += [Heading("Why, in members’ words"), *quotes]
    compared = f"From {count(ranking.votes, 'comparison')} of {count(of, 'answer')}."
    return Card(title, (*blocks, Note(f"{compared} To be stronger than a strong answer counts for more.")))


def _line(rank: Rank) -> tuple[Part, ...]:
    return f"Place {rank.place}: ", rank.answer.member, f", stronger in {rank.wins} of {rank.votes}"
