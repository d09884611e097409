"""The mark by which the card of a review is found again."""

from typing import Any

import discord
from discord.components import _component_factory

from bot.chat.cards import Button, Card
from bot.chat.discord import sentences
from bot.chat.discord.render import frame_marks, one_page, pages
from bot.chat.discord.reviews import mark_of
from tests.chat.review_samples import review

IDS = [f"review-number-{number}" for number in range(3000)]


def as_read(card: Card, mark: int | None) -> list[Any]:
    """A card's components as they are read back from Discord."""
    sent = one_page(card, quiet=True, mark=mark).view.to_components()  # type: ignore[no-untyped-call] # as it is
    return [_component_factory(part) for part in sent]


def test_each_review_has_a_mark_of_its_own_that_discord_takes_as_an_id() -> None:
    marks = [mark_of(review(id=id_)) for id_ in IDS]
    assert len(set(marks)) == len(IDS) and all(1 << 30 <= mark < 1 << 31 for mark in marks)
    assert marks == [mark_of(review(id=id_, thanked_at=None, version=2)) for id_ in IDS]


def test_a_mark_is_read_back_from_a_card_with_or_without_buttons() -> None:
    for card in (Card("Removed"), Card("Peer review", (), (Button("Thanks", "thank", "r"),))):
        assert frame_marks(as_read(card, 1 << 30)) == {1 << 30}
        assert frame_marks(as_read(card, None)) == frozenset()


def test_what_has_no_frame_has_no_mark() -> None:
    assert frame_marks(()) == frozenset()
    plain = {"type": 10, "content": "words", "id": 1 << 30}
    assert frame_marks([_component_factory(plain)]) == frozenset()  # type: ignore[arg-type] # a text display
    assert isinstance(_component_factory(plain), discord.components.TextDisplay)  # type: ignore[arg-type]


def test_what_is_sent_to_one_person_names_the_server_and_has_no_button() -> None:
    card = Card("2 answers wait.", (), (Button("Review one", "review-next"),))
    for server, told in (("Study\n@everyone", "In the server Study @everyone,"), (None, "In the server,")):
        direct = sentences.in_direct_messages(card, server)
        (page,) = pages(direct)
        drawn = str(page.view.to_components())  # type: ignore[no-untyped-call] # as it is
        assert direct.buttons == () and told.replace("@", r"\\@") in drawn
