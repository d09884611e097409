"""A card becomes messages that a reader of any sort can follow."""

from typing import Any

import pytest

from bot.chat.calls import Attachment
from bot.chat.cards import (
    Bullets,
    Button,
    Card,
    Facts,
    Heading,
    Note,
    Numbered,
    Picture,
    Preformatted,
    Quote,
    Text,
)
from bot.chat.discord.buttons import button_ids, read_custom_id
from bot.chat.discord.render import Page, one_page, pages
from bot.domain.places import Channel, Member, Platform, Workspace

GUILD = Workspace(Platform.DISCORD, "1")
BUTTONS = tuple(Button(f"Button {number}", "hint", str(number)) for number in range(7))


def parts(page: Page) -> list[dict[str, Any]]:
    """What stands in the frame of a message."""
    (frame,) = page.view.to_components()  # type: ignore[no-untyped-call] # untyped in discord.py
    return list(frame["components"])


def words(page: Page) -> list[str]:
    return [part["content"] for part in parts(page) if part["type"] == 10]


def labels(page: Page) -> list[list[str]]:
    return [[button["label"] for button in part["components"]] for part in parts(page) if part["type"] == 1]


def test_each_block_has_its_own_look() -> None:
    card = Card(
        "A *title*",
        (
            Text(("To ", Member(GUILD, "5"), " in ", Channel(GUILD, "6"), ": <@7>")),
            Heading("Head"),
            Bullets((Text(("one",)), Text(("- two",)))),
            Numbered((Text(("first",)),)),
            Facts((("Time", "2 minutes"),)),
            Quote("their\n> words"),
            Note("small"),
            Preformatted("a  b"),
        ),
    )
    (page,) = pages(card)
    assert words(page) == [
        r"## A \*title\*",
        r"To <@5> in <#6>: \<\@7\>",
        "### Head\n- one\n- \\- two",
        "1. first",
        "**Time:** 2 minutes",
        "> their\n> \\> words",
        "-# small",
        "```\na  b\n```",
    ]


def test_a_quiet_card_takes_little_room() -> None:
    (page,) = pages(Card("Kept.", (Text(("Good.",)),)), quiet=True)
    assert words(page) == ["**Kept.**", "Good."] and len(parts(page)) == 2


def test_buttons_stand_five_in_a_row() -> None:
    (page,) = pages(Card("Title", buttons=BUTTONS))
    assert [len(row) for row in labels(page)] == [5, 2]


@pytest.mark.bad_input(42, 43)
def test_a_long_card_becomes_messages_of_which_the_last_has_the_buttons() -> None:
    long = " ".join(f"word{number}" for number in range(1500))
    shown = pages(Card("Title", (Text((long,)), Heading("End"), Text(("x" * 3000,))), BUTTONS))
    assert len(shown) > 2 and [bool(labels(page)) for page in shown] == [False] * (len(shown) - 1) + [True]
    assert all(sum(map(len, words(page))) <= 4000 for page in shown)
    told = "".join("".join(words(page)) for page in shown)
    assert all(word in told for word in long.split())
    assert not any(words(page)[-1] == "### End" for page in shown)


@pytest.mark.bad_input(49)
def test_a_cut_never_goes_through_a_character() -> None:
    family = "👨‍👩‍👧‍👦"
    shown = pages(Card("Title", (Text((family * 700,)),)))
    assert all(set(part.replace(family, "")) <= set("# Title") for page in shown for part in words(page))


def test_a_prompt_that_is_too_long_is_one_message_with_all_of_it_as_a_file() -> None:
    page = one_page(Card("Title", (Text(("x" * 3000,)), Text(("y" * 3000,))), BUTTONS[:4]))
    (file,) = page.files
    assert file.filename == "all-of-it.md" and b"y" * 3000 in file.fp.read()
    assert [len(row) for row in labels(page)] == [4]


def test_an_attachment_is_shown_as_a_file() -> None:
    (page,) = pages(Card("Title"), Attachment("export.json", "application/json", "{}"))
    assert page.files[0].filename == "export.json"
    assert {"type": 13, "file": {"url": "attachment://export.json"}}.items() <= parts(page)[-1].items()


def test_a_picture_that_cannot_be_drawn_is_told_in_words() -> None:
    (page,) = pages(Card("Title", (Picture("unknown:1", "Three days of seven"),)))
    assert words(page)[-1] == "-# Three days of seven" and page.files == ()


def test_ids_of_buttons_say_what_they_do() -> None:
    (page,) = pages(Card("Title", buttons=BUTTONS[:2]))
    ids = [button["custom_id"] for part in parts(page) if part["type"] == 1 for button in part["components"]]
    assert [read_custom_id(each) for each in ids] == [("hint", "0"), ("hint", "1")]
    assert list(button_ids(())) == []
