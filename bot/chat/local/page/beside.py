"""An answer to be reviewed, under its question, which is folded: in the Reviews view, and beside the form."""

from bot.chat.cards import Card
from bot.chat.literal import printable
from bot.chat.local.page.drawing import draw_block
from bot.chat.local.page.elements import el
from bot.chat.local.reading import parts


def draw_beside(card: Card) -> None:
    """Draw what a form is about beside it, in the element that is open; it scrolls by itself."""
    with el("div", "beside bot-card", tabindex="0", role="region", aria_label=printable(card.title)):
        draw_folded(card)


def draw_folded(card: Card) -> None:
    """Draw the question folded under its title, and the answers whole, in the element that is open."""
    question, answers = parts(card)
    with el("details", "folded"):
        with el("summary"):
            el("h3", "", printable(card.title))
        for block in question:
            draw_block(block)
    for block in answers:
        draw_block(block)
