"""Reviewing at a terminal, by lines from a pipe: visits one after the other, as one process has the data folder."""

from pathlib import Path

import pytest

from bot.chat.local.convert import channel_named, member_named
from bot.chat.local.fields import fault_of
from bot.chat.local.outgoing import ANSWERED
from bot.chat.wording import refusals
from bot.chat.wording.reviewing_forms import flag_form
from bot.domain.reviews import BadReview
from tests.chat.local.visits import ANSWER, Home

STRONG, BETTER = "You count before you draw.", "Say which part breaks first."
REVIEW = ("4", "3", "1", STRONG, BETTER)
"""What is typed into the form: two scores, the key points covered, two texts."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


async def test_an_answer_is_reviewed_read_and_thanked_for(home: Home) -> None:
    await home.visit("ada", "/question backend")
    await home.visit("ben", ANSWER)
    out = await home.visit("cyd", "/review next", ">Write a review", *REVIEW, "/review mine")
    in_order = [
        "  ben’s answer, 7 words:\n  | My own answer, long enough to count.\n",
        "Structure.\n  1. No order.\n  2. between 1 and 3\n",
        "  1. [ ] Counts the load\n  2. [ ] Names the weak spot\nGive the numbers, such as 1 3, or none.\n",
        "Peer review\n  cyd reviewed ben’s answer.\n  Structure: ■■■■□ 4 of 5",
        "  Substance: ■■■□□ 3 of 5",
        "  Key points covered: 1 of 2\n",
        f"  What was strong\n  | {STRONG}\n",
        f"  What to change\n  | {BETTER}\n\n  >Thanks   >Flag\n",
        "Thank you. Your review",
        "Your reviews\n  By you\n  - ",
    ]
    places = [out.index(text) for text in in_order]
    assert places == sorted(places)
    assert all(len(line) <= 80 for line in out.split("\n"))

    told = await home.visit("ben", ">Thanks")
    assert told.index("Reviews of your answers:\n") < told.index("cyd reviewed ben’s answer.")
    assert told.index(f"  | {BETTER}\n") < told.index("You said thanks.")
    assert "Reviews of your answers" not in await home.visit("ben")
    assert "Reviews of your answers" not in await home.visit("cyd")


async def test_the_button_below_ones_own_answer_is_passed_over_and_an_older_answer_is_shown(
    home: Home,
) -> None:
    await home.visit("ada", "/question backend")
    alone = await home.visit("ben", ANSWER, ">Write a review")
    assert "That answer is your own." in alone
    out = await home.visit("cyd", "An answer of cyd’s own, and a newer one.", ">Write a review", *REVIEW)
    assert out.index("ben’s answer, 7 words:\n  | My own answer") < out.index("Structure.\n  1. No order.")
    assert "cyd reviewed ben’s answer." in out


async def test_an_answer_by_the_form_can_be_reviewed_as_one_in_the_thread_can_and_has_one_line_there(
    home: Home,
) -> None:
    await home.visit("ada", "/question backend")
    out = await home.visit("ben", ">Answer", ANSWER, ">Answer", f"{ANSWER} And more.")
    assert out.count("ben answered.") == 1
    assert "Kept. Day 1" in out and "Kept. Your answer has the new text." in out
    assert "cyd reviewed ben’s answer." in await home.visit("cyd", ">Write a review", *REVIEW)
    found = await home.room.messages(member_named("ada"), channel_named("study"))
    assert sum((message.marker or "").startswith(ANSWERED) for message in found) == 1


async def test_a_review_that_cannot_be_ends_where_nobody_can_mend_it_and_nothing_is_kept(home: Home) -> None:
    await home.visit("ada", "/question backend")
    await home.visit("ben", ANSWER)
    out = await home.visit("cyd", ">Write a review", "4", "3", "none", "Good.", BETTER, "/review mine")
    assert refusals.sentence(BadReview("strong")) in " ".join(out.split())
    assert "“Your review” was not sent; nothing of it was kept." in out
    assert "cyd reviewed" not in out and "None yet." in out


def test_an_empty_field_is_called_empty() -> None:
    [field] = flag_form("r1").fields
    assert fault_of(field, "") == "This is empty. Write something here."
