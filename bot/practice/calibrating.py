"""Gold answers: a member reviews one whose review is known, sees both side by side, and how far they agree."""

import logging
from datetime import datetime

from bot.domain.bank import Bank
from bot.domain.gold import GoldAnswer
from bot.domain.places import Member
from bot.domain.questions import Question, Rubric
from bot.domain.refusals import Refusal
from bot.domain.reviews import Draft, NoRubric, checked
from bot.practice.outcomes import Calibrated, Task
from bot.practice.ports import Ports
from bot.practice.records import Transaction
from bot.practice.review_records import GoldReview

log = logging.getLogger(__name__)


class NoSuchGold(Refusal):
    """No installed pack has this gold answer (any more)."""


class NoGoldLeft(Refusal):
    """The member has reviewed every gold answer that the installed packs have."""


async def gold_task(ports: Ports, member: Member) -> Task:
    """The next gold answer that the member has not reviewed, of practiced tracks first. Refuses NoGoldLeft."""
    bank = ports.bank_for(member.workspace)

    def work(tx: Transaction) -> tuple[frozenset[str], set[str]]:
        return tx.answered_by(member), {each.gold for each in tx.gold_reviews(member)}

    answered, done = await ports.store.read(work)
    practiced = {question.track for question in bank.questions if question.id in answered}
    tracks = sorted((track.id for track in bank.tracks), key=lambda track: track not in practiced)
    left = [gold for track in tracks for gold in bank.gold(track) if gold.id not in done]
    if not left:
        raise NoGoldLeft
    return Task(bank.question(left[0].question), gold=left[0], waiting=len(left) - 1)


def due_gold(ports: Ports, tx: Transaction, member: Member, track: str, first: int) -> GoldAnswer | None:
    """The gold answer that comes before the member's reviews in a track, while fewer than `first` were given."""
    if first == 0:
        return None
    done = {each.gold for each in tx.gold_reviews(member) if each.track == track}
    left = [gold for gold in ports.bank_for(member.workspace).gold(track) if gold.id not in done]
    return left[0] if left and len(done) < first else None


async def open_gold(ports: Ports, gold_id: str, member: Member) -> tuple[GoldAnswer, Question, Rubric]:
    """What a review of a gold answer is about. Refuses NoSuchGold and NoRubric."""
    return _about(ports.bank_for(member.workspace), gold_id)


def _about(bank: Bank, gold_id: str) -> tuple[GoldAnswer, Question, Rubric]:
    gold = bank.gold_answer(gold_id)
    if gold is None:
        raise NoSuchGold
    question = bank.question(gold.question)
    rubric = bank.rubric(question)
    if rubric is None:
        raise NoRubric
    return gold, question, rubric


async def give_gold(ports: Ports, gold_id: str, member: Member, draft: Draft, at: datetime) -> Calibrated:
    """Keep what a member says of a gold answer, the first time, and give it beside what the pack says.

    Refuses NoSuchGold, NoRubric and BadReview.
    """
    gold, question, rubric = _about(ports.bank_for(member.workspace), gold_id)
    said = GoldReview(member, gold.id, question.track, checked(draft, len(question.key_points)), at)

    def work(tx: Transaction) -> GoldReview:
        if tx.add_gold_review(said):
            return said
        return next(each for each in tx.gold_reviews(member) if each.gold == gold.id)

    kept = await ports.store.write(work)
    log.info("gold answer reviewed", extra={"facts": {"member": member.id, "gold": gold.id}})
    return Calibrated(kept, gold, question, rubric)


async def agreement(ports: Ports, member: Member) -> tuple[float | None, int]:
    """How far the member's scores agree with those of the gold answers, and of how many scores; for their own eyes."""
    bank = ports.bank_for(member.workspace)
    own = await ports.store.read(lambda tx: tx.gold_reviews(member))
    pairs = [
        pair
        for each in own
        if (gold := bank.gold_answer(each.gold)) is not None
        for pair in zip(each.draft.scores, gold.scores, strict=False)
    ]
    return await ports.figures.agreement(pairs), len(pairs)
