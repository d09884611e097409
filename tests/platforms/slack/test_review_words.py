"""Whatever its words are, a review is one message that Slack takes, and that pings nobody."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.reviews import TEXT_LIMIT, Draft, ReviewState
from bot.practice.outcomes import ShownReview
from bot.practice.showing import shown_in
from tests.platforms.slack.conftest import Watched
from tests.platforms.slack.drawn import buttons_of
from tests.platforms.slack.limits import Json, faults_of_message, texts_of

NASTY = "@everyone <!channel> <@U0ADA> </script> &amp; *b* `c` [x](javascript:1) ||s|| "
WORDS = {
    "plain": "word " * 200,
    "nasty": NASTY * 20,
    "a table in every other line": "    a\nb\n" * 100,
    "tables of odd blanks": "\u2068\u200b    a\n\t    b\n\u3000    c\nd\n" * 100,
    "lines": "x\n" * 400,
    "families": "👨‍👩‍👧‍👦" * 100,
    "right to left": "\u202eשלום \u2067عالم " * 60,
    "unbroken": "字" * TEXT_LIMIT,
    "marks": "e" + "\u0301" * TEXT_LIMIT,
}


async def shown(world: Watched) -> ShownReview:
    """A review of an answer to a question with as many key points as there can be, none of them covered."""
    await world.answered()
    world.there.people["U0BEN"].name = world.there.people["U0CYD"].name = "n" * 80
    review = await world.reviewed()
    found = await world.store.read(lambda tx: shown_in(world.ports, tx, review))
    question = replace(found.round.question, key_points=tuple(f"{n} " + "point " * 80 for n in range(12)))
    return replace(found, round=replace(found.round, question=question), changed=True)


@pytest.mark.bad_input(17, 42, 43, 44, 45, 46, 49)
async def test_the_longest_review_is_one_message_with_its_mark_and_buttons(socket: Watched) -> None:
    found = await shown(socket)
    await socket.advance(minutes=30)  # so that the names are asked for anew
    for number, (kind, words) in enumerate(WORDS.items()):
        text = words[:TEXT_LIMIT]
        review = replace(
            found.review, id=f"review-{number}", draft=Draft((1, 5), (), text, text), message=None
        )
        posts = len(socket.slack.called("chat.postMessage"))
        message = await socket.platform.outgoing.show_review(replace(found, review=review))
        assert len(socket.slack.called("chat.postMessage")) == posts + 1, kind
        (card,) = [one for one in socket.cards() if one.ts == message]
        assert faults_of_message({"text": card.text, "blocks": card.blocks}) == [], kind
        assert card.blocks[0]["block_id"] == f"review:review-{number}"
        assert [one["text"]["text"] for one in buttons_of(card.blocks)] == ["Thanks", "Flag"], kind
        for state in ReviewState:
            again = replace(found, review=replace(review, message=message), state=state)
            assert await socket.platform.outgoing.show_review(again) == message
    assert len(socket.slack.called("chat.postMessage")) == posts + 1


async def test_a_card_pings_nobody_and_shows_words_as_they_are(world: Watched) -> None:
    await world.answered()
    words = "Count <!channel> first, @here and <@U0ADA> & then *draw* `it`."
    await world.reviewed(strong=words, change=words)
    card = world.cards()[-1]
    assert world.seen(card).text.count(words) == 2
    assert "<!" not in card.text and "<@" not in card.text
    assert not [one for one in parts_of(card.blocks) if one.get("type") in ("user", "broadcast", "usergroup")]
    assert any(words in text for text in texts_of(card.blocks))
    (post,) = [one for one in world.slack.called("chat.postMessage") if one.get("metadata") == card.metadata]
    await world.press("ben", "Thanks")
    (update,) = world.slack.called("chat.update")
    assert update["metadata"] == card.metadata
    assert all(one["parse"] == "none" and one["link_names"] is False for one in (post, update))


def parts_of(blocks: Any) -> list[Json]:
    """Every object within blocks."""
    if isinstance(blocks, list):
        return [part for one in blocks for part in parts_of(one)]
    if isinstance(blocks, dict):
        return [blocks, *(part for one in blocks.values() for part in parts_of(one))]
    return []
