"""What a question holds back is shown in steps: hints at any time, the rest after an own attempt or in time."""

from bot.domain.places import Member
from bot.domain.refusals import NoHint, NoSuchRound, NotYet
from bot.domain.rounds import Round
from bot.practice.outcomes import Hint
from bot.practice.ports import Ports
from bot.practice.records import Transaction


async def hint(ports: Ports, round_id: str, member: Member) -> Hint:
    """The member's next hint in a round; when all are taken, the last one again. Refuses NoSuchRound, NoHint."""

    def work(tx: Transaction) -> Hint:
        hints = _round(tx, round_id, member).question.hints
        if not hints:
            raise NoHint
        number = tx.take_hint(round_id, member, len(hints))
        return Hint(number, len(hints), hints[number - 1])

    return await ports.store.write(work)


async def key_points(ports: Ports, round_id: str, member: Member) -> Round:
    """The round, whose question's key points and follow-ups may be shown now. Refuses NoSuchRound and NotYet."""
    return await _revealed(ports, round_id, member)


async def sample_answer(ports: Ports, round_id: str, member: Member) -> Round:
    """The round, whose question's sample answer may be shown now. Refuses NoSuchRound and NotYet."""
    return await _revealed(ports, round_id, member)


async def _revealed(ports: Ports, round_id: str, member: Member) -> Round:
    def work(tx: Transaction) -> Round:
        round_ = _round(tx, round_id, member)
        if ports.clock.now() < round_.reveal_at and tx.answer(round_id, member) is None:
            raise NotYet(round_.reveal_at)
        return round_

    return await ports.store.read(work)


def _round(tx: Transaction, round_id: str, member: Member) -> Round:
    round_ = tx.round(member.workspace, round_id)
    if round_ is None:
        raise NoSuchRound
    return round_
