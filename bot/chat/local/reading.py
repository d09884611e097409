"""What somebody who fills in a form must be able to read meanwhile: the answer they review, the two they compare."""

from bot.chat.cards import Block, Card, Form, Quote
from bot.chat.wording import buttons
from bot.chat.wording.comparing import compare_card
from bot.chat.wording.questions import track_title
from bot.chat.wording.reviewing import task_card
from bot.chat.wording.reviewing_forms import reviewed_of
from bot.domain.places import Member
from bot.domain.refusals import Refusal
from bot.practice import calibrating, comparing, reviewing
from bot.practice.outcomes import Task
from bot.practice.ports import Ports, StoreUnavailable


async def about(ports: Ports, member: Member, form: Form) -> Card | None:
    """What a form is about; None where there is nothing to read, or where it cannot be read just now."""
    try:
        match form.action:
            case buttons.REVIEW:
                answer_id, _ = reviewed_of(form.value)
                found = await reviewing.open_review(ports, answer_id, member)
                return _task_card(ports, member, Task(found.round.question, found.answer, found.round))
            case buttons.GOLD:
                gold, question, _ = await calibrating.open_gold(ports, form.value, member)
                return _task_card(ports, member, Task(question, gold=gold))
            case buttons.COMPARE:
                return compare_card(await comparing.open_pair(ports, form.value, member))
            case _:
                return None
    except (Refusal, StoreUnavailable):
        return None  # it went meanwhile; sending the form says so


def _task_card(ports: Ports, member: Member, task: Task) -> Card:
    return task_card(task, track_title(ports.bank_for(member.workspace), task.question.track))


def parts(card: Card) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The question of such a card, and the answers: from the line above the first of them on."""
    first = next((at for at, block in enumerate(card.blocks) if isinstance(block, Quote)), len(card.blocks))
    at = max(first - 1, 0)
    return card.blocks[:at], card.blocks[at:]
