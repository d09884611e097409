"""Visits to the local chat by pipe."""

import asyncio
import io
import json
import stat
from pathlib import Path

import pytest

from bot.chat.local.convert import channel_named, member_named
from bot.chat.local.terminal import BAD_NAME, chat
from bot.practice import asking
from tests.chat.local.visits import ANSWER, Home
from tests.memory_store import Crash

FIRST_CARD = """\
  To answer, reply in the thread of this message or press Answer."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


async def test_a_first_visit_goes_from_the_question_to_the_streak(home: Home) -> None:
    out = await home.visit("ada", "/question backend", ANSWER, ">Key points", "/streak")
    in_order = [
        "Hello ada. This is #study.",
        FIRST_CARD,
        "  >Answer   >Hint   >Key points   >Sample answer",
        "Kept. Day 1, a streak begins.",
        "Key points: Question",
        "  - Counts the load",
        "Streak: 1 day",
    ]
    places = [out.index(text) for text in in_order]
    assert places == sorted(places)
    assert "\x1b" not in out and all(len(line) <= 80 for line in out.split("\n"))


async def test_the_next_person_gets_another_question_and_an_own_streak(home: Home) -> None:
    first = await home.visit("ada", "/question backend", ANSWER)
    second = await home.visit(
        "ben", "/question backend", "Ben has an answer of his own.", "/streak", "/board"
    )
    title = next(line for line in first.split("\n") if line.startswith("Question "))
    assert second.count(title) == 0 or f"“{title}”" in second
    assert f"\n{title}\n" not in second
    assert "Streak: 1 day" in second
    assert "1. ada: 1 day this month" in second and "2. ben: 1 day this month" in second


async def test_an_empty_folder_is_met_with_first_steps(home: Home) -> None:
    assert await home.visit("ada") == (
        "Hello ada. This is #study.\n"
        "  /question backend   a question to answer here\n"
        "  /daily set 09:00    one at nine every day\n"
        "  /help               everything I can do\n\n"
    )
    assert "/daily" not in await home.visit("ben")


async def test_a_later_visit_is_met_with_where_one_stands(home: Home) -> None:
    await home.visit("ada", "/question backend", ANSWER)
    assert "You have answered it; /question brings another." in " ".join((await home.visit("ada")).split())
    assert "Open: “Question" in await home.visit("ben")
    home.clock.advance(days=8)
    assert "It is closed; /question brings" in await home.visit("ben")


async def test_a_reply_goes_to_the_question_that_another_member_opened_in_an_earlier_run(home: Home) -> None:
    await home.visit("ada", "/question backend")
    home.store = home.store.restarted()
    assert "Kept. Day 1, a streak begins." in await home.visit("ben", "Ben has an answer of his own.")


@pytest.mark.bad_input(87)
async def test_a_reply_that_the_bot_died_over_is_acknowledged_at_the_next_visit(home: Home) -> None:
    await home.visit("ada", "/question backend")
    home.store.crash_before("keep_reply")
    with pytest.raises(Crash):
        await home.visit("ada", ANSWER)
    home.store = home.store.restarted()
    assert "Kept. Day 1, a streak begins." in await home.visit("ada")
    assert "Kept." not in await home.visit("ada")


async def test_a_label_is_pressed_in_any_letter_case_and_an_unknown_one_is_answered_with_those_there_are(
    home: Home,
) -> None:
    out = await home.visit("ada", "/question backend", ">  hINT", ">Nope")
    assert "Hint 1 of 2" in out
    said = " ".join(out.split())
    assert (
        "No button here is called “Nope”."
        " You can press >Hint, >Answer, >Key points, >Sample answer, >Review." in said
    )


async def test_a_label_where_there_is_no_button_says_how_to_get_some(home: Home) -> None:
    out = " ".join((await home.visit("ada", ">Answer")).split())
    assert "There is none here yet; /question brings some." in out


async def test_the_newest_card_that_has_the_button_is_pressed(home: Home) -> None:
    out = await home.visit("ada", "/question backend", "/question backend", ">Answer", ANSWER, ">Key points")
    titles = [line for line in out.split("\n") if line.startswith("Question ")]
    assert f"Key points: {titles[1]}" in out


async def test_a_form_is_filled_in_by_the_lines_that_follow(home: Home) -> None:
    out = await home.visit("ada", "/question backend", ">Answer", ANSWER, "/streak")
    asked = "In your own words. At least 15 visible characters. You can change it later.\n"
    assert out.index(asked) < out.index("ada answered.") < out.index("Kept. Day 1")
    assert "Streak: 1 day" in out


async def test_an_empty_line_keeps_what_stands_in_a_field(home: Home) -> None:
    out = await home.visit("ada", "/question backend", ">Answer", ANSWER, ">Answer", "")
    assert "An empty line keeps what is there." in out
    assert "Nothing changed." in out or "Kept. Your answer has the new text." in out
    export = await home.visit("ada", "/privacy export")
    assert "Saved as" in export
    assert ANSWER in (home.folder / "practice-bot-my-data.json").read_text()


@pytest.mark.bad_input(40, 41)
async def test_a_form_that_comes_back_ends_and_the_lines_go_on(home: Home) -> None:
    out = await home.visit("ada", "/question backend", ">Answer", "short", "/streak")
    assert "That has 5 visible characters. An answer has at least 15." in out
    assert "“Your answer” was not sent; nothing of it was kept." in out
    assert "Streak: 0 days" in out


async def test_a_form_at_the_end_of_input_is_not_sent(home: Home) -> None:
    out = await home.visit("ada", "/question backend", ">Answer")
    assert out.endswith("“Your answer” was not sent; nothing of it was kept.\n\n")


async def test_a_line_that_ends_with_a_backslash_goes_on(home: Home) -> None:
    await home.visit("ada", "/question backend", "My answer has two lines, \\", "and this is the second.")
    await home.visit("ada", "/privacy export")
    text = (home.folder / "practice-bot-my-data.json").read_text()
    assert "My answer has two lines, \\nand this is the second." in text
    assert await home.visit("ada", "the input ends in a line that goes on \\") != ""


async def test_a_line_that_begins_with_a_blank_is_a_reply(home: Home) -> None:
    out = await home.visit("ada", "/question backend", " /streak is what I would type, and >Hint")
    assert "Kept. Day 1" in out and "Streak:" not in out


@pytest.mark.bad_input(40)
async def test_empty_lines_are_nothing(home: Home) -> None:
    first = await home.visit("ada", "/question backend")
    assert await home.visit("ada", "", "   ", "\t") == await home.visit("ada")
    assert first


async def test_what_the_timer_posts_meanwhile_is_shown(home: Home) -> None:
    await home.visit("ada", "/daily set 09:00")
    home.clock.advance(hours=1)
    loop = asyncio.get_running_loop()

    class Typed(io.StringIO):
        """Lets the timer ring while the person thinks."""

        def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
            line = super().readline(size)
            if line.startswith("/streak"):
                asyncio.run_coroutine_threadsafe(asking.post_due(home.ports), loop).result()
            return line

    out = io.StringIO()
    await chat(home.room, "ada", "study", Typed("/zone\n/streak\n/zone\n"), out, False, home.folder)
    shown = out.getvalue()
    question = shown.index("Today’s question · Mon 2 Nov 2026, 09:00 (UTC)")
    assert shown.index("Your time zone") < question < shown.index("Streak: 0 days")


async def test_a_visitor_sees_what_others_say_here_and_not_elsewhere(home: Home) -> None:
    await home.visit("ada", "/question backend")
    await home.visit("ada", "/question backend", channel="other")
    loop = asyncio.get_running_loop()

    class Typed(io.StringIO):
        def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
            line = super().readline(size)
            if line:
                for place, text in (("study", "Ben speaks up here."), ("other", "And elsewhere as well.")):
                    said = home.room.say(member_named("ben"), channel_named(place), text)
                    asyncio.run_coroutine_threadsafe(said, loop).result()
            return line

    out = io.StringIO()
    await chat(home.room, "ada", "study", Typed(f"{ANSWER}\n"), out, False, home.folder)
    assert "ben:\n  Ben speaks up here.\n" in out.getvalue()
    assert "elsewhere" not in out.getvalue() and ANSWER not in out.getvalue()


async def test_the_export_is_a_file_for_its_owner_only(home: Home) -> None:
    file = home.folder / "practice-bot-my-data.json"
    file.write_text("an older one, open to all")
    file.chmod(0o644)
    await home.visit("ada", "/question backend", ANSWER, "/privacy export")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert ANSWER in json.dumps(json.loads(file.read_text()))


@pytest.mark.bad_input(18, 85)
async def test_an_export_follows_no_link_and_is_shown_where_it_cannot_be_written(
    home: Home, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (home.folder / "practice-bot-my-data.json").symlink_to(victim)
    await home.visit("ada", "/privacy export")
    assert victim.read_text() == "precious"
    home.folder = home.folder / "gone"
    out = await home.visit("ada", "/privacy export")
    assert "I could not write" in out and '"ada"' in out


async def test_after_deleting_everything_the_visit_goes_on(home: Home) -> None:
    out = await home.visit(
        "ada", "/question backend", ANSWER, "/privacy delete", ">Delete everything", "/streak", "/zone"
    )
    assert "Deleted." in out and "Streak: 0 days" in out and "Your time zone: UTC" in out


async def test_help_tells_how_this_door_is_used(home: Home) -> None:
    out = await home.visit("ada", "/help")
    assert out.index("Interview practice") < out.index("In this terminal")
    assert "In this terminal" not in await home.visit("ada", "/help question")


@pytest.mark.bad_input(46)
@pytest.mark.parametrize(("name", "channel"), [("a\u202eb", "study"), ("", "study"), ("ada", "Not One")])
async def test_a_bad_name_is_turned_away(
    home: Home, name: str, channel: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = await chat(home.room, name, channel, io.StringIO("/streak\n"), io.StringIO(), False, home.folder)
    assert code == BAD_NAME
    assert "is no name for a" in capsys.readouterr().err


@pytest.mark.bad_input(83)
async def test_when_the_store_fails_a_line_is_not_lost_in_silence(home: Home) -> None:
    await home.visit("ada", "/question backend")
    home.store.fail_next_commit()
    out = await home.visit("ada", ANSWER, "/streak")
    assert "I cannot keep that right now." in out and "Streak: 0 days" in out


@pytest.mark.bad_input(109)
async def test_a_very_long_line_is_refused_and_the_next_one_read(home: Home) -> None:
    out = await home.visit(
        "ada", "/question backend", "x" * 300_000, "/" + "y" * 300_000, ">" + "z" * 300_000
    )
    assert "300,000 characters" in out
    assert len(out) < 6_000


@pytest.mark.bad_input(20)
async def test_an_import_that_is_typed_names_the_page_and_the_command_line(home: Home) -> None:
    out = await home.visit("ada", "/pack import /etc/passwd", "/streak")
    told = " ".join(out.split())
    assert "press Import a pack under Questions" in told and "practice-bot content import FILE" in told
    assert "Streak: 0 days" in told
