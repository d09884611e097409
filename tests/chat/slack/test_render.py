"""Cards and forms as Slack draws them: every word there, none of it markup, all of it within the limits."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from bot.chat.cards import (
    Bullets,
    Button,
    Card,
    Choice,
    Facts,
    Field,
    FieldKind,
    Form,
    Heading,
    Note,
    Numbered,
    Picture,
    Preformatted,
    Quote,
    Style,
    Text,
)
from bot.chat.slack.render import BLOCKS, CHARACTERS, card_view, draw, form_view, home_view
from bot.domain.places import Channel, Member, Platform, Workspace
from tests.chat.test_longest_cards import CARDS

TEAM = Workspace(Platform.SLACK, "T1")
HOSTILE = "<!here> <@U1> @everyone *bold* `code` :boom: <http://evil.example|bank>"
FAMILY = "👨‍👩‍👧‍👦"


def texts(node: Any) -> Iterator[str]:
    """Every string that a block shows."""
    if isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node["text"]
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from texts(value)


def shown(card: Card) -> str:
    return "".join(text for message in draw(card) for text in texts(list(message.blocks)))


def kinds(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield str(node.get("type"))
        for value in node.values():
            yield from kinds(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from kinds(value)


@pytest.mark.bad_input(17, 42, 43, 46, 49)
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.title[:20])
def test_every_card_at_its_longest_is_within_the_limits(card: Card) -> None:
    for message in draw(card, marker="round:abcdefghijklmnop"):
        assert 0 < len(message.text) <= 3000 * 5
        assert len(message.blocks) <= BLOCKS <= 50
        assert sum(map(len, texts(list(message.blocks)))) <= CHARACTERS + 100
        for block in message.blocks:
            Block.parse(block).validate_json()  # type: ignore[union-attr]
    view = card_view(card, "{}")
    assert len(view["title"]["text"]) <= 24 and len(view["blocks"]) <= 100


@pytest.mark.bad_input(23, 44, 45)
def test_what_others_wrote_stands_literally_and_pings_nobody() -> None:
    card = Card(HOSTILE, (Text((HOSTILE,)), Quote(HOSTILE), Note(HOSTILE), Facts(((HOSTILE, HOSTILE),))))
    for message in draw(card):
        assert "<" not in message.text
        found = set(kinds(list(message.blocks)))
        assert not found & {"mrkdwn", "user", "usergroup", "broadcast", "link", "markdown"}
    assert shown(card).count("<!here>") == 6
    assert '"emoji": true' not in json.dumps(draw(card)[0].blocks)


def test_a_member_stands_by_name_and_a_channel_as_a_link() -> None:
    card = Card("Asked", (Text(("By ", Member(TEAM, "U1"), " in ", Channel(TEAM, "C1"))),))

    def name(part: object) -> str:
        return "ada" if isinstance(part, Member) else "#study"

    (message,) = draw(card, name)
    (section,) = message.blocks[1]["elements"]
    assert [one.get("text") or one["channel_id"] for one in section["elements"]] == [
        "By ",
        "ada",
        " in ",
        "C1",
    ]
    assert message.text == "Asked By ada in #study"


def test_the_marker_is_on_the_first_block_only() -> None:
    (message,) = draw(Card("Question", (Text(("Text",)),)), marker="round:abc")
    assert [block.get("block_id") for block in message.blocks] == ["round:abc", None]


@pytest.mark.bad_input(42, 43, 49)
@pytest.mark.parametrize("text", ["word " * 8000, FAMILY * 5000, "é\u0301" * 15_000, "x" * 40_000])
def test_forty_thousand_characters_become_messages_that_are_the_text_again(text: str) -> None:
    messages = draw(Card("Long", (Quote(text),)))
    assert len(messages) > 1
    pieces = [one for message in messages for one in texts(list(message.blocks)) if one != "Long"]
    assert "".join(pieces) == text
    assert all(not piece.startswith("\u200d") and not piece.endswith("\u200d") for piece in pieces)


def test_lists_keep_their_order_and_their_numbers() -> None:
    items = tuple(Text((f"item {number} " + "x" * 400,)) for number in range(1, 31))
    blocks = [block for message in draw(Card("List", (Numbered(items),))) for block in message.blocks][1:]
    lists = [element for block in blocks for element in block["elements"]]
    begun = 0
    for one in lists:
        assert one["style"] == "ordered" and one.get("offset", 0) == begun
        begun += len(one["elements"])
    assert begun == 30
    assert "bullet" in json.dumps(draw(Card("List", (Bullets(items),)))[0].blocks)


def test_buttons_carry_action_and_value() -> None:
    buttons = (
        Button("Go", "answer", "r1", Style.MAIN),
        Button("Again", "answer", "r2"),
        Button("No", "stop"),
    )
    actions = draw(Card("Press", buttons=buttons))[0].blocks[-1]
    assert [one["action_id"] for one in actions["elements"]] == [
        "action:answer",
        "action:answer:2",
        "action:stop",
    ]
    assert [one.get("value") for one in actions["elements"]] == ["r1", "r2", None]
    assert [one.get("style") for one in actions["elements"]] == ["primary", None, None]


def test_indented_lines_are_columns() -> None:
    text = "The log says:\n\n    time   5xx\n    09:00    1\n\nWhy?"
    for block in (Text((text,)), Quote(text)):
        _, before, columns, after = draw(Card("Log", (block,)))[0].blocks
        assert columns["elements"][0]["type"] == "rich_text_preformatted"
        assert list(texts(columns)) == ["time   5xx\n09:00    1"]
        assert (list(texts(before)), list(texts(after))) == (["The log says:"], ["Why?"])


def test_a_picture_is_told_in_words() -> None:
    assert "Twelve weeks" in shown(Card("Progress", (Picture("days:x", "Twelve weeks"), Preformatted("a b"))))


def test_a_form_is_a_window_with_a_block_for_each_field() -> None:
    fields = (
        Field("text", "In your own words", "A hint", FieldKind.PARAGRAPH, minimum=1, preset="before"),
        Field(
            "kind", "Kind", kind=FieldKind.CHOICE, choices=(Choice("a", "A"), Choice("b", "B")), preset="b"
        ),
    )
    view = form_view(Form("Your answer", fields, "answer", "r1"), "{}")
    text, kind = view["blocks"]
    assert (text["block_id"], text["optional"], text["element"]["multiline"]) == ("text", False, True)
    assert (text["element"]["initial_value"], text["element"]["max_length"]) == ("before", 3000)
    assert (kind["optional"], kind["element"]["initial_option"]["value"]) == (True, "b")
    assert view["submit"]["text"] and view["private_metadata"] == "{}"


LONG = "Says what is lost when a part is gone for ten minutes, and who notices first; it names how soon."


def test_long_choices_and_ticks_stand_open() -> None:
    points = (Choice("k0", LONG), Choice("k1", "One"), Choice("k2", "Two"))
    fields = (
        Field("structure", "Structure", kind=FieldKind.CHOICE, minimum=1, choices=points[:2], preset="k1"),
        Field("points", "Key points", kind=FieldKind.TICKS, preset="k2,k0", choices=points),
        Field("none", "Nothing yet", kind=FieldKind.TICKS, choices=points),
    )
    view = form_view(Form("Your review", fields, "review", "r1"), "{}")
    structure, ticks, none = view["blocks"]
    assert (structure["optional"], ticks["optional"]) == (False, True)
    assert [block["element"]["type"] for block in view["blocks"]] == ["radio_buttons", *["checkboxes"] * 2]
    long, short = structure["element"]["options"]
    assert f"{long['text']['text']} {long['description']['text']}" == LONG and "description" not in short
    assert structure["element"]["initial_option"] == short
    options = ticks["element"]["options"]
    assert [option["value"] for option in options] == ["0k0", "1k1", "2k2"]
    assert ticks["element"]["initial_options"] == [options[0], options[2]]
    assert "initial_options" not in none["element"]


def test_home_has_at_most_a_hundred_blocks() -> None:
    view = home_view([Card("Many", tuple(Heading(str(number)) for number in range(30)))] * 5)
    assert view["type"] == "home" and len(view["blocks"]) == 100
    assert {"type": "divider"} in view["blocks"]
