"""The STAR view of an answer, for whoever reads it: facts about its shape."""

from bot.domain.places import Member
from bot.domain.refusals import NoSuchAnswer
from bot.domain.reviews import AnswerWithdrawn
from bot.domain.rounds import Answer, Round
from bot.domain.star import StarView, star_of
from bot.practice.ports import Ports
from bot.practice.records import Transaction


async def star(ports: Ports, answer_id: str, member: Member) -> tuple[StarView, Answer, Round]:
    """The STAR view of an answer of the member's workspace. Refuses NoSuchAnswer and AnswerWithdrawn."""

    def work(tx: Transaction) -> tuple[Answer, Round]:
        answer = tx.answer_by_id(member.workspace, answer_id)
        round_ = tx.round(member.workspace, answer.round) if answer is not None else None
        if answer is None or round_ is None:
            raise NoSuchAnswer
        if answer.withdrawn_at is not None:
            raise AnswerWithdrawn
        return answer, round_

    answer, round_ = await ports.store.read(work)
    return star_of(answer.text), answer, round_
