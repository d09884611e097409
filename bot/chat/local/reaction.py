"""What a door shows at once when a person did something; the rest stands in messages."""

from dataclasses import dataclass

from bot.chat.calls import Attachment, FieldError
from bot.chat.cards import Card, Form


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a door shows at once: a form to fill in, a field to mend, a card that is not kept, a file.

    `kept` says that what was sent is on disk although there is a card, so that it is not to be sent again.
    """

    form: Form | None = None
    error: FieldError | None = None
    card: Card | None = None
    attachment: Attachment | None = None
    kept: bool = False


NOTHING = Reaction()
