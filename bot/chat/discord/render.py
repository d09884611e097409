"""A card as a Discord message: headings, text and buttons in a framed layout, each within Discord's limits.

Components V2 was chosen over embeds after both were looked at in SimCord's preview: titles are headings and small print
is small, lines are as wide as the chat, and a screen reader and a phone have all in a card's order; embeds had
neither headings nor small print, and breaks fields into columns. Nothing needs Embed Links. A message holds 4,000
characters of text and 40 components; a longer card becomes several messages, of which the last has the buttons.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import discord

from bot.chat.calls import Attachment
from bot.chat.cards import Button, Card, Tone
from bot.chat.discord.buttons import CardButton
from bot.chat.discord.pieces import TEXT, Image, Piece, pieces

BLOCKS = 25
"""Text components that a message is given; with buttons, rows and frame they stay below Discord's 40."""
SPACED = 12
"""Up to so many of them there is room for a gap between each two."""
ROW = 5

_COLORS = {
    Tone.NEUTRAL: 0x5865F2,
    Tone.GOOD: 0x2E8B57,
    Tone.CAREFUL: 0xC98A1B,
    Tone.REFUSED: 0xC0392B,
}


@dataclass(frozen=True, slots=True)
class Page:
    """One message: its layout, and the files that stand in it."""

    view: discord.ui.LayoutView
    files: tuple[discord.File, ...] = ()


def pages(card: Card, attachment: Attachment | None = None, *, quiet: bool = False) -> list[Page]:
    """The messages that show a card, at least one; the last has its buttons and what is attached.

    A `quiet` one takes little room among what people say.
    """
    *before, last = _shares(list(pieces(card, quiet)))
    color, gaps = _COLORS[card.tone], not quiet
    return [
        *(_page(_Drawn(share, color, gaps)) for share in before),
        _page(_Drawn(last, color, gaps, card.buttons, attachment)),
    ]


def one_page(card: Card, *, quiet: bool = False, mark: int | None = None) -> Page:
    """A card in exactly one message: what does not fit in comes whole as a file beside it.

    The `mark` becomes the id of its frame, which nobody sees and `frame_marks` reads back.
    """
    shares = list(_shares(list(pieces(card, quiet))))
    words = "\n\n".join(piece for share in shares for piece in share if isinstance(piece, str))
    whole = Attachment("all-of-it.md", "text/markdown", words) if len(shares) > 1 else None
    return _page(_Drawn(shares[0], _COLORS[card.tone], not quiet, card.buttons, whole, mark))


def frame_marks(components: Sequence[object]) -> frozenset[int]:
    """The ids of the frames of a message; Discord gives such as were not marked small numbers."""
    frames = (each for each in components if isinstance(each, discord.components.Container))
    return frozenset(frame.id for frame in frames if frame.id is not None)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What stands in one message."""

    pieces: Sequence[Piece]
    color: int
    gaps: bool
    buttons: Sequence[Button] = ()
    attachment: Attachment | None = None
    mark: int | None = None


def _page(drawn: _Drawn) -> Page:
    files: list[discord.File] = []
    frame: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(
        accent_color=drawn.color, id=drawn.mark
    )
    gaps = drawn.gaps and len(drawn.pieces) <= SPACED
    for piece in drawn.pieces:
        if gaps and frame.children:
            frame.add_item(discord.ui.Separator(visible=False))
        if isinstance(piece, str):
            frame.add_item(discord.ui.TextDisplay(piece))
        else:
            files.append(_picture_file(piece, len(files) + 1))
            gallery: discord.ui.MediaGallery[discord.ui.LayoutView] = discord.ui.MediaGallery()
            media = f"attachment://{files[-1].filename}"
            frame.add_item(gallery.add_item(media=media, description=piece.alt))
    if drawn.attachment is not None:
        files.append(discord.File(io.BytesIO(drawn.attachment.text.encode()), drawn.attachment.name))
        frame.add_item(discord.ui.File(f"attachment://{drawn.attachment.name}"))
    if gaps and drawn.buttons:
        frame.add_item(discord.ui.Separator(visible=False))
    for start in range(0, len(drawn.buttons), ROW):
        frame.add_item(discord.ui.ActionRow(*map(CardButton.of, drawn.buttons[start : start + ROW])))
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(frame)
    view.stop()  # so that discord.py keeps nothing of it: presses are known by their template
    return Page(view, tuple(files))


def _picture_file(image: Image, number: int) -> discord.File:
    return discord.File(io.BytesIO(image.data), f"picture-{number}.png", description=image.alt)


def _shares(all_pieces: list[Piece]) -> Iterator[list[Piece]]:
    """The pieces by messages, in order."""
    share: list[Piece] = []
    length = 0
    for piece in all_pieces:
        size = len(piece) if isinstance(piece, str) else 0
        if share and (length + size > TEXT or len(share) >= BLOCKS):
            yield share
            share, length = [], 0
        share.append(piece)
        length += size
    yield share
