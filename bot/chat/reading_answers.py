"""The button that shows an answer before one writes its review, wherever only its question is named."""

from bot.chat.calls import Action, Caller, Outcome
from bot.chat.reviewing import task_card
from bot.chat.wording import buttons
from bot.practice import reviewing
from bot.practice.outcomes import Task


async def _read(caller: Caller, answer_id: str) -> Outcome:
    """Whoever may review an answer may read it; anybody else is refused as by its form."""
    about = await reviewing.open_review(caller.ports, answer_id, caller.member)
    return task_card(caller, Task(about.round.question, about.answer, about.round))


READ_ACTION = Action(buttons.READ, buttons.LABELS[buttons.READ], _read)
"""The action of that button."""
