"""What every chat does with what people do there; each test gets a `world`, which `test_chat.py` makes.

The first person who joins, ada, is a manager; ben is not. The bank is that of `tests/chat/world`.
"""

from datetime import timedelta

import pytest

from tests.contracts.chat_world import LANDING, Seen, World
from tests.fakes import Outcome

ANSWER = "My own answer, long enough to count."
OTHER = "Another answer of mine, with more in it."
BENS = "What ben has to say is something else."
PROMPT = ("Answer", "Hint", "Key points", "Sample answer", "Review")
FIELD = "text"
UNSETTLED = (LANDING + timedelta(minutes=2)).total_seconds()


async def prompts(world: World, name: str = "ben") -> list[Seen]:
    return [seen for seen in await world.sees(name) if seen.labels == PROMPT]


async def newest(world: World, name: str) -> Seen:
    return (await world.sees(name))[-1]


async def asked(world: World) -> None:
    await world.join("ada")
    await world.join("ben")
    await world.say("ada", "/question backend")


async def test_a_question_appears_once_for_all_with_its_five_buttons(world: World) -> None:
    await asked(world)
    assert len(await prompts(world, "ada")) == len(await prompts(world, "ben")) == 1
    assert "Asked for by ada." in (await prompts(world))[0].text


async def test_two_questions_are_different_ones(world: World) -> None:
    await asked(world)
    await world.say("ben", "/question backend")
    first, second = await prompts(world)
    assert first.title != second.title


async def test_a_reply_becomes_the_answer_and_its_author_is_told(world: World) -> None:
    await asked(world)
    await world.say("ada", ANSWER)
    assert (await newest(world, "ada")).title == "Kept. Day 1, a streak begins."
    assert Seen("ada", ANSWER) in await world.sees("ben")


async def test_an_acknowledgement_is_private(world: World) -> None:
    await asked(world)
    await world.say("ada", ANSWER)
    others = [seen for seen in await world.sees("ben") if seen.title.startswith("Kept.")]
    assert bool(others) is not world.private_acknowledgements


@pytest.mark.bad_input(40, 41)
@pytest.mark.parametrize(
    "text",
    [
        "   ",
        "\u200b\u200d",
        "\u2800",
        "\u3164\ufe0f",
        "\u00ad",
        "k",
        "👍🏽",
        "https://example.org/a/long/path",
    ],
)
async def test_next_to_nothing_is_no_answer_and_that_is_said_once(world: World, text: str) -> None:
    await asked(world)
    await world.say("ada", text)
    assert "An answer has at least 15 visible characters." in (await newest(world, "ada")).text
    await world.say("ada", text)
    assert (await newest(world, "ada")).title == "Kept as a comment."
    await world.say("ada", "/streak")
    assert (await newest(world, "ada")).title == "Streak: 0 days"


@pytest.mark.bad_input(41)
async def test_repeating_the_question_earns_nothing(world: World) -> None:
    await asked(world)
    text = next(line for line in (await prompts(world))[0].text.split("\n") if line.startswith("How would"))
    await world.say("ada", f"> {text}")
    assert "too short" in (await newest(world, "ada")).title


async def test_the_form_gives_an_answer_and_later_changes_it(world: World) -> None:
    await asked(world)
    await world.press("ada", "Answer")
    assert world.preset("ada") == {FIELD: ""}
    assert await world.fill("ada", {FIELD: ANSWER}) is None
    assert (await newest(world, "ada")).title == "Kept. Day 1, a streak begins."
    await world.press("ada", "Answer")
    assert world.preset("ada") == {FIELD: ANSWER}
    assert await world.fill("ada", {FIELD: OTHER}) is None
    assert (await newest(world, "ada")).title == "Kept. Your answer has the new text."
    await world.press("ada", "Answer")
    assert world.preset("ada") == {FIELD: OTHER}


@pytest.mark.bad_input(40, 41)
async def test_a_form_with_too_little_comes_back_and_keeps_nothing(world: World) -> None:
    await asked(world)
    await world.press("ada", "Answer")
    sentence = await world.fill("ada", {FIELD: "short"})
    assert sentence == "That has 5 visible characters. An answer has at least 15."
    await world.press("ada", "Answer")
    assert world.preset("ada") == {FIELD: ""}


async def test_a_later_reply_is_a_comment_until_its_author_uses_it(world: World) -> None:
    await asked(world)
    await world.say("ada", ANSWER)
    await world.say("ada", OTHER)
    assert (await newest(world, "ada")).labels == ("Use instead", "Add to my answer")
    await world.press("ada", "Use instead")
    await world.press("ada", "Answer")
    assert world.preset("ada") == {FIELD: OTHER}


async def test_a_later_reply_can_be_added_once(world: World) -> None:
    await asked(world)
    await world.say("ada", ANSWER)
    await world.say("ada", OTHER)
    await world.press("ada", "Add to my answer")
    await world.press("ada", "Add to my answer")
    assert (await newest(world, "ada")).title == "Nothing changed."
    await world.press("ada", "Answer")
    assert world.preset("ada") == {FIELD: f"{ANSWER}\n\n{OTHER}"}


async def test_an_edit_is_followed(world: World) -> None:
    await asked(world)
    await world.say("ada", ANSWER)
    await world.edit("ada", ANSWER, OTHER)
    await world.press("ada", "Answer")
    assert world.preset("ada") == {FIELD: OTHER}
    assert Seen("ada", OTHER) in await world.sees("ben")


async def test_a_deleted_answer_is_withdrawn(world: World) -> None:
    await asked(world)
    await world.say("ada", ANSWER)
    await world.delete("ada", ANSWER)
    assert "Withdrawn." in [seen.title for seen in await world.sees("ada")]
    assert ANSWER not in [seen.text for seen in await world.sees("ben")]
    await world.press("ada", "Answer")
    assert world.preset("ada") == {FIELD: ""}


async def test_a_withdrawn_answer_can_be_restored(world: World) -> None:
    await asked(world)
    await world.say("ada", ANSWER)
    await world.press("ada", "Withdraw")
    assert (await newest(world, "ada")).title == "Withdrawn."
    await world.press("ada", "Restore")
    assert (await newest(world, "ada")).title == "Restored. Your answer stands again."
    await world.press("ada", "Answer")
    assert world.preset("ada") == {FIELD: ANSWER}


@pytest.mark.bad_input(104)
async def test_a_second_press_changes_nothing(world: World) -> None:
    await asked(world)
    await world.say("ada", ANSWER)
    await world.press("ada", "Withdraw")
    await world.press("ada", "Withdraw")
    assert (await newest(world, "ada")).title == "Nothing changed."
    await world.press("ada", "Restore")
    await world.press("ada", "Restore")
    await world.say("ada", "/board")
    assert "ada: 1 day this month, 1 in all, 1 answer" in (await newest(world, "ada")).text


async def test_hints_come_one_by_one_and_each_has_their_own(world: World) -> None:
    await asked(world)
    for title in ("Hint 1 of 2", "Hint 2 of 2", "Hint 2 of 2"):
        await world.press("ada", "Hint")
        assert (await newest(world, "ada")).title == title
    await world.press("ben", "Hint")
    assert (await newest(world, "ben")).title == "Hint 1 of 2"


@pytest.mark.parametrize("label", ["Key points", "Sample answer"])
async def test_what_is_held_back_opens_after_an_own_attempt(world: World, label: str) -> None:
    await asked(world)
    await world.press("ada", label)
    assert (await newest(world, "ada")).title == "That did not work."
    await world.say("ada", ANSWER)
    await world.press("ada", label)
    assert (await newest(world, "ada")).title.startswith(f"{label}: Question")
    await world.press("ben", label)
    assert (await newest(world, "ben")).title == "That did not work."


@pytest.mark.parametrize("label", ["Key points", "Sample answer"])
async def test_what_is_held_back_opens_at_the_reveal_time(world: World, label: str) -> None:
    await asked(world)
    await world.advance(hours=24)
    await world.press("ben", label)
    assert (await newest(world, "ben")).title.startswith(f"{label}: Question")


async def test_a_streak_grows_by_the_day(world: World) -> None:
    await asked(world)
    await world.say("ada", ANSWER)
    await world.advance(days=1)
    await world.say("ada", "/question")
    await world.say("ada", OTHER)
    assert (await newest(world, "ada")).title == "Kept. Day 2 in a row."
    await world.say("ada", "/streak")
    assert (await newest(world, "ada")).title == "Streak: 2 days"


@pytest.mark.bad_input(105)
async def test_copying_somebody_earns_no_day(world: World) -> None:
    await asked(world)
    await world.say("ada", ANSWER)
    await world.advance(minutes=1)
    await world.say("ben", ANSWER.upper())
    assert (await newest(world, "ben")).title == "Kept, but it counts for no practice day."
    await world.say("ben", "/streak")
    assert (await newest(world, "ben")).title == "Streak: 0 days"


@pytest.mark.bad_input(58)
async def test_an_answer_after_the_end_of_the_round_is_marked_late(world: World) -> None:
    await asked(world)
    await world.advance(days=8)
    await world.say("ada", ANSWER)
    assert "marked as late" in (await newest(world, "ada")).text


@pytest.mark.bad_input(47)
@pytest.mark.parametrize(
    "text",
    ["'; DROP TABLE answer; -- and more", "%s %(a)s {0.__class__} {ada}", r"C:\x00\n is no null byte here"],
)
async def test_text_that_looks_like_code_is_kept_as_it_is(world: World, text: str) -> None:
    await asked(world)
    await world.say("ada", text)
    assert Seen("ada", text) in await world.sees("ben")
    await world.press("ada", "Answer")
    assert world.preset("ada") == {FIELD: text}


async def test_the_board_shows_everybody_to_everybody(world: World) -> None:
    await asked(world)
    await world.say("ada", ANSWER)
    await world.say("ben", BENS)
    await world.say("ben", "/board")
    seen = (await newest(world, "ada")).text
    assert "ada: 1 day" in seen and "ben: 1 day" in seen


@pytest.mark.parametrize("command", ["/streak", "/progress", "/zone", "/rest sat", "/help", "/privacy show"])
async def test_what_is_ones_own_is_seen_by_nobody_else(world: World, command: str) -> None:
    await asked(world)
    before = await world.sees("ben")
    await world.say("ada", command)
    assert await world.sees("ben") == before
    assert len(await world.sees("ada")) == len(before) + 1


async def test_help_names_the_commands(world: World) -> None:
    await asked(world)
    await world.say("ben", "/help")
    text = (await newest(world, "ben")).text
    assert "/question" in text and "/streak" in text and "/daily set" not in text
    await world.say("ada", "/help")
    assert "/daily set" in (await newest(world, "ada")).text


async def test_an_unknown_command_is_answered_with_the_nearest(world: World) -> None:
    await asked(world)
    await world.say("ben", "/questoin backend")
    assert "question" in (await newest(world, "ben")).text
    assert len(await prompts(world)) == 1


@pytest.mark.bad_input(33, 34)
@pytest.mark.parametrize(
    ("line", "heart"),
    [("/daily set 25:00", "09:00"), ("/daily set 9pm", "09:00"), ("/zone Europe/Berln", "Europe/Berlin")],
)
async def test_a_value_that_cannot_be_is_refused_with_a_right_one(
    world: World, line: str, heart: str
) -> None:
    await asked(world)
    await world.say("ada", line)
    seen = await newest(world, "ada")
    assert seen.title == "That did not work." and heart in seen.text


async def test_the_daily_question_comes_once_at_its_time(world: World) -> None:
    await world.join("ada")
    await world.join("ben")
    await world.say("ada", "/daily set 09:00 track:backend")
    await world.ring()
    assert await prompts(world) == []
    await world.advance(hours=1)
    await world.ring()
    await world.ring()
    assert len(await prompts(world)) == 1
    await world.restart()
    await world.ring()
    assert len(await prompts(world)) == 1
    await world.say("ada", "/daily log")
    assert "posted at 09:00" in (await newest(world, "ada")).text


@pytest.mark.bad_input(102)
@pytest.mark.parametrize("line", ["set 09:00", "pause", "now", "skip", "remove", "list", "log"])
async def test_only_managers_command_the_schedule(world: World, line: str) -> None:
    await world.join("ada")
    await world.join("ben")
    await world.say("ada", "/daily set 09:00 track:backend")
    await world.say("ben", f"/daily {line}")
    assert "is for managers" in (await newest(world, "ben")).text
    await world.advance(hours=1)
    await world.ring()
    assert len(await prompts(world)) == 1


async def test_a_paused_schedule_posts_nothing_until_it_is_resumed(world: World) -> None:
    await world.join("ada")
    await world.say("ada", "/daily set 09:00")
    await world.say("ada", "/daily pause")
    await world.advance(days=1, hours=1)
    await world.ring()
    assert await prompts(world, "ada") == []
    await world.say("ada", "/daily resume")
    await world.advance(days=1)
    await world.ring()
    assert len(await prompts(world, "ada")) == 1
    await world.say("ada", "/daily log")
    assert (await newest(world, "ada")).text.count("the schedule was paused") == 2


async def test_a_skipped_date_is_left_out_and_explained(world: World) -> None:
    await world.join("ada")
    await world.say("ada", "/daily set 09:00")
    await world.say("ada", "/daily skip")
    assert (await newest(world, "ada")).title == "Skipped: Mon 2 Nov 2026"
    await world.advance(hours=1)
    await world.ring()
    assert await prompts(world, "ada") == []
    await world.say("ada", "/daily log")
    assert "a manager left it out" in (await newest(world, "ada")).text
    await world.advance(days=1)
    await world.ring()
    assert len(await prompts(world, "ada")) == 1


async def test_the_next_dates_are_told(world: World) -> None:
    await world.join("ada")
    await world.say("ada", "/daily set 09:00 mon-fri")
    await world.say("ada", "/daily next")
    text = (await newest(world, "ada")).text
    assert [day in text for day in ("Mon 2 Nov", "Tue 3 Nov", "Wed 4 Nov", "Thu 5 Nov")] == [
        True,
        True,
        True,
        False,
    ]


async def test_todays_question_brought_forward_does_not_come_again(world: World) -> None:
    await world.join("ada")
    await world.say("ada", "/daily set 09:00")
    await world.say("ada", "/daily now")
    await world.say("ada", "/daily now")
    await world.advance(hours=1)
    await world.ring()
    assert len(await prompts(world, "ada")) == 1
    await world.advance(days=1)
    await world.ring()
    assert len(await prompts(world, "ada")) == 2


async def test_a_removed_schedule_posts_nothing(world: World) -> None:
    await world.join("ada")
    await world.say("ada", "/daily set 09:00")
    await world.say("ada", "/daily remove")
    await world.advance(hours=1)
    await world.ring()
    assert await prompts(world, "ada") == []
    await world.say("ada", "/daily list")
    assert "There is none yet." in (await newest(world, "ada")).text


async def test_a_question_that_came_late_says_so(world: World) -> None:
    await world.join("ada")
    await world.say("ada", "/daily set 09:00")
    await world.advance(hours=3)
    await world.ring()
    assert "Late: planned for 09:00" in (await prompts(world, "ada"))[0].text


async def test_a_refused_question_is_told_to_who_asked(world: World) -> None:
    await world.join("ada")
    await world.join("ben")
    world.next_post(Outcome.REFUSED)
    await world.say("ben", "/question backend")
    assert "missing permission" in (await newest(world, "ben")).text
    assert await prompts(world) == [] and await world.sees("ada") == []


async def test_a_refused_daily_question_is_told_to_managers_only(world: World) -> None:
    await world.join("ada")
    await world.join("ben")
    await world.say("ada", "/daily set 09:00")
    world.next_post(Outcome.REFUSED)
    await world.advance(hours=1)
    await world.ring()
    assert "could not be posted" in (await newest(world, "ada")).title
    assert await world.sees("ben") == []


@pytest.mark.parametrize(
    "outcome", [Outcome.LOST, Outcome.ANSWER_LOST, timedelta(seconds=5), timedelta(seconds=25)]
)
@pytest.mark.parametrize("restart", [False, True])
async def test_a_prompt_of_unknown_outcome_ends_as_one(
    world: World, outcome: Outcome | timedelta, restart: bool
) -> None:
    await world.join("ada")
    world.next_post(outcome)
    await world.say("ada", "/question backend")
    assert "I cannot tell yet" in (await newest(world, "ada")).text
    await world.ring()
    assert len(await prompts(world, "ada")) == (1 if outcome is Outcome.ANSWER_LOST else 0)
    await world.advance(seconds=UNSETTLED)
    await (world.restart() if restart else world.ring())
    await world.ring()
    assert len(await prompts(world, "ada")) == 1
    await world.say("ada", ANSWER)
    assert (await newest(world, "ada")).title == "Kept. Day 1, a streak begins."


async def test_nothing_is_posted_again_while_the_look_up_fails(world: World) -> None:
    await world.join("ada")
    world.next_post(Outcome.LOST)
    await world.say("ada", "/question backend")
    await world.advance(seconds=UNSETTLED)
    world.fail_next_lookup()
    await world.ring()
    assert await prompts(world, "ada") == []
    await world.ring()
    assert len(await prompts(world, "ada")) == 1


async def test_a_daily_prompt_of_unknown_outcome_ends_as_one(world: World) -> None:
    await world.join("ada")
    await world.say("ada", "/daily set 09:00")
    world.next_post(Outcome.ANSWER_LOST)
    await world.advance(hours=1)
    await world.ring()
    await world.advance(seconds=UNSETTLED)
    await world.ring()
    assert len(await prompts(world, "ada")) == 1
    await world.say("ada", "/daily log")
    assert "posted" in (await newest(world, "ada")).text


async def test_after_a_restart_a_reply_finds_the_earlier_question(world: World) -> None:
    await asked(world)
    await world.restart()
    await world.say("ben", BENS)
    assert (await newest(world, "ben")).title == "Kept. Day 1, a streak begins."
    await world.restart()
    await world.say("ben", "/streak")
    assert (await newest(world, "ben")).title == "Streak: 1 day"


async def test_deleting_everything_asks_first_and_then_forgets(world: World) -> None:
    await asked(world)
    await world.say("ada", BENS)
    await world.say("ben", ANSWER)
    await world.say("ben", "/privacy delete")
    await world.press("ben", "Delete everything")
    assert (await newest(world, "ben")).title == "Deleted."
    await world.say("ada", "/board")
    text = (await newest(world, "ada")).text
    assert "ada: 1 day" in text and "ben" not in text
