"""The views beside the chat, as people see and press them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.page.conftest import NARROW, PATIENCE, WIDE, Served
from tests.page.sample_group import EVE
from tests.page.views import axe_faults, fits, go, looking, serving_sample

VIEWS = ("/progress", "/questions", "/schedules")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample group with weeks behind it; for tests that only look."""
    expect.set_options(timeout=PATIENCE)
    with serving_sample(tmp_path_factory.mktemp("lived")) as served:
        yield served


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """A sample group of one's own, to change."""
    expect.set_options(timeout=PATIENCE)
    with serving_sample(tmp_path) as served:
        yield served


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A group with nothing at all."""
    expect.set_options(timeout=PATIENCE)
    with serving_sample(tmp_path_factory.mktemp("empty"), "empty") as served:
        yield served


def section(page: Page, name: str) -> Locator:
    """A part of a view by its heading."""
    return page.get_by_role("region", name=name, exact=True)


def press(page: Page, label: str) -> None:
    """Go to a button and press it with the keyboard."""
    button = page.get_by_role("button", name=label, exact=True)
    button.focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("begin", ["lived", "empty"])
def test_no_view_has_a_serious_finding_or_is_wider_than_its_window(
    request: pytest.FixtureRequest, chromium: Browser, begin: str, size: dict[str, int], scheme: str
) -> None:
    served = request.getfixturevalue(begin)
    with looking(chromium, served, "ada", viewport=size, color_scheme=scheme) as page:
        for view in VIEWS:
            go(page, served, view, "ada")
            page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
            assert (view, axe_faults(page)) == (view, [])
            assert fits(page), view


def test_the_calendar_names_every_day_and_says_the_same_in_words(chromium: Browser, lived: Served) -> None:
    with looking(chromium, lived, "ada") as page:
        go(page, lived, "/progress", "ada")
        days = section(page, "The last 12 weeks")
        expect(days.get_by_role("img")).to_have_count(84)
        expect(days.get_by_role("img", name="Sun 22 Nov 2026: practiced")).to_have_count(1)
        expect(days.get_by_role("img", name="Sat 24 Oct 2026: no answer")).to_have_count(1)
        days.get_by_text("The same in words").click()
        expect(days.get_by_text("Week of 19 Oct: 6 days: Mon, Tue, Wed, Thu, Fri and Sun")).to_be_visible()
        sums = [int(text) for text in days.locator("tfoot td").all_inner_texts()]
        assert sum(sums) == days.locator("tbody .practiced").count() == 61


def test_progress_tells_the_streak_its_reasons_and_what_is_not_practiced(
    chromium: Browser, lived: Served
) -> None:
    with looking(chromium, lived, "ada") as page:
        go(page, lived, "/progress", "ada")
        streak = section(page, "Streak")
        expect(streak).to_contain_text("47days in a row")
        expect(streak).to_contain_text("2 left, the most you can hold")
        expect(streak.get_by_role("listitem").first).to_contain_text(
            "Sun 22 Nov 2026: practiced, day 47 in a row"
        )
        practiced = section(page, "What you practice")
        expect(practiced).to_contain_text("Not practiced yet: DevOps engineer.")
        expect(practiced.get_by_role("row", name="Backend engineer")).to_contain_text("5 of 5")
        expect(practiced.get_by_role("row", name="DevOps engineer")).to_contain_text("0 of 1")
        practiced.get_by_role("link", name="DevOps engineer").click()
        expect(page.get_by_label("Track")).to_have_value("devops")
        expect(page.get_by_text("1 question of 6.")).to_be_visible()


@pytest.mark.bad_input(46)
def test_a_name_that_would_be_markup_is_text_on_the_board(chromium: Browser, lived: Served) -> None:
    with looking(chromium, lived, "ada", viewport=NARROW) as page:
        go(page, lived, "/progress", "ada")
        board = page.get_by_role("table").filter(has_text="Days in all")
        expect(board.get_by_role("rowheader", name=EVE.id)).to_be_visible()
        expect(board.get_by_role("rowheader").first).to_have_text("ada (you)")
        assert page.locator("main img").count() == 0


def test_a_missed_day_can_be_repaired_where_it_is_told(chromium: Browser, own: Served) -> None:
    assert own.ask("forward", 4) == 4
    assert own.ask("answer", "ada") is True
    with looking(chromium, own, "ada") as page:
        go(page, own, "/progress", "ada")
        expect(section(page, "Streak")).to_contain_text("1day in a row")
        expect(section(page, "Streak")).to_contain_text("You missed Wed 25 Nov 2026.")
        press(page, "Repair")
        expect(page.get_by_role("status")).to_contain_text("Repaired. Streak: 48 days")
        expect(page.get_by_role("status")).to_be_focused()
        expect(section(page, "Streak")).to_contain_text("48days in a row")
        expect(page.get_by_role("button", name="Repair")).to_have_count(0)


def test_filters_words_and_the_address_find_the_same_questions(chromium: Browser, lived: Served) -> None:
    with looking(chromium, lived, "ada") as page:
        go(page, lived, "/questions", "ada")
        titles = page.locator(".question-title")
        expect(titles).to_have_count(6)
        page.get_by_label("Words in the title").focus()
        page.keyboard.type("question 3")
        expect(titles).to_have_text(["Question 3"])
        expect(page).to_have_url(re.compile("words=question"))
        expect(page.get_by_label("Words in the title")).to_be_focused()
        page.reload()
        expect(titles).to_have_text(["Question 3"])
        page.get_by_role("link", name="Clear all").click()
        expect(titles).to_have_count(6)
        page.get_by_label("Level").select_option("junior")
        expect(titles).to_have_text(["Question 5"])
        page.get_by_label("My standing").select_option("open")
        expect(page.get_by_text("No question is all of this.")).to_be_visible()
        go(page, lived, "/questions", "ada", mine="open", track="<script>")
        expect(titles).to_have_text(["Question 6"])


def test_a_question_is_read_and_asked_in_a_channel_by_keyboard_alone(chromium: Browser, own: Served) -> None:
    with looking(chromium, own, "ben") as page:
        go(page, own, "/questions", "ben")
        expect(page.locator("li.question").nth(5)).not_to_contain_text("Seen")
        page.get_by_label("Ask in").select_option("lounge")
        page.locator("summary").nth(5).focus()
        page.keyboard.press("Enter")
        question = page.locator("li.question").nth(5)
        expect(question).to_contain_text("How would you build number 6?")
        expect(question).to_contain_text("2 minutes for a first pass, 30 minutes for the full answer")
        for secret in ("Count first.", "Names the weak spot", "First I count. Then I draw."):
            assert secret not in page.content()
        page.keyboard.press("Tab")
        expect(question.get_by_role("button", name="Ask in #lounge")).to_be_focused()
        page.keyboard.press("Enter")
        expect(question.get_by_role("status")).to_contain_text("“Question 6” is asked in #lounge")
        assert own.ask("asked", "lounge")[-1] == "Question 6"  # type: ignore[index]
        question.get_by_role("link", name="Go to #lounge").click()
        expect(page.get_by_text("How would you build number 6?").last).to_be_visible()
        go(page, own, "/questions", "ben")
        expect(page.locator("li.question").nth(5)).to_contain_text("Seen")


def test_a_double_press_asks_once(chromium: Browser, own: Served) -> None:
    with looking(chromium, own, "ben") as page:
        go(page, own, "/questions", "ben")
        before = own.ask("asked", "study")
        page.locator("summary").nth(5).click()
        question = page.locator("li.question").nth(5)
        question.get_by_role("button").evaluate("(one) => { one.click(); one.click(); one.click() }")
        expect(question.get_by_role("status")).to_contain_text("is asked in #study")
        expect(question.get_by_role("link", name="Go to #study")).to_be_focused()
        expect(question.get_by_role("button")).to_have_count(0)
        assert own.ask("asked", "study")[-2:] == [*before[-1:], "Question 6"]  # type: ignore[index]


@pytest.mark.bad_input(46)
def test_words_that_would_be_markup_or_script_are_words(chromium: Browser, lived: Served) -> None:
    words = "'\"</script><img src=x onerror=alert(1)>${1}\u2028"
    with looking(chromium, lived, "ada") as page:
        go(page, lived, "/questions", "ada")
        page.get_by_label("Words in the title").fill(words)
        expect(page.get_by_text("No question is all of this.")).to_be_visible()
        expect(page).to_have_url(re.compile("words="))
        page.reload()
        expect(page.get_by_label("Words in the title")).to_have_value(words.strip())
        assert page.locator("main img").count() == 0


def test_schedules_tell_what_comes_and_what_was_and_let_nobody_else_change_them(
    chromium: Browser, lived: Served
) -> None:
    with looking(chromium, lived, "ben") as page:
        go(page, lived, "/schedules", "ben")
        daily = section(page, "#study · daily")
        expect(daily).to_contain_text("09:00, mon-fri (Europe/Berlin)")
        expect(daily.get_by_role("listitem")).to_have_text(
            [
                f"{day}, 09:00 (Europe/Berlin)"
                for day in ("Mon 23 Nov 2026", "Tue 24 Nov 2026", "Wed 25 Nov 2026")
            ]
        )
        expect(section(page, "#lounge · evening")).to_contain_text("Paused")
        ledger = page.get_by_role("table", name="Ledger of #lounge")
        expect(ledger.get_by_role("row").nth(1)).to_contain_text("posted at 18:31")
        expect(ledger).to_contain_text("skipped (a manager left it out)")
        expect(page.get_by_text("Managers of this group change schedules")).to_be_visible()
        expect(page.locator("main").get_by_role("button")).to_have_text(["Show older"])
        expect(page.locator("main form")).to_have_count(0)


def test_a_manager_sets_changes_pauses_and_ends_a_schedule_by_keyboard(
    chromium: Browser, own: Served
) -> None:
    with looking(chromium, own, "ada") as page:
        go(page, own, "/schedules", "ada")
        status = page.get_by_role("status").first
        press(page, "Pause: #study · daily")
        expect(status).to_contain_text("Paused: 09:00")
        expect(status).to_be_focused()
        press(page, "Resume: #study · daily")
        expect(status).to_contain_text("Resumed: 09:00")
        press(page, "Skip next: #study · daily")
        expect(status).to_contain_text("Skipped: Mon 23 Nov 2026")
        expect(section(page, "#study · daily")).to_contain_text("next date left out")
        press(page, "Change #study · daily")
        expect(page.get_by_label("Time of day")).to_be_focused()
        expect(status).to_be_empty()
        page.get_by_label("Time of day").fill("10:15")
        page.get_by_label("Weekdays").fill("someday")
        page.keyboard.press("Enter")
        fault = page.locator("main form").get_by_role("alert")
        expect(fault).to_contain_text("I cannot read “someday” as weekdays.")
        expect(page.get_by_label("Weekdays")).to_be_focused()
        expect(page.get_by_label("Weekdays")).to_have_value("someday")
        page.get_by_label("Weekdays").fill("daily")
        page.keyboard.press("Enter")
        expect(status).to_contain_text("Changed: 10:15, daily")
        press(page, "Remove #lounge · evening")
        expect(page.get_by_role("button", name="Keep it")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Remove #lounge · evening")).to_be_visible()
        press(page, "Remove #lounge · evening")
        press(page, "End it")
        expect(status).to_contain_text("Removed: 18:30")
        assert own.ask("states") == ["study daily 10:15 active"]


def test_whoever_is_a_manager_no_more_is_refused_at_the_press(chromium: Browser, own: Served) -> None:
    with looking(chromium, own, "ada") as page:
        go(page, own, "/schedules", "ada")
        before = own.ask("states")
        assert own.ask("demote", "ada") is True
        press(page, "Pause: #study · daily")
        expect(page.get_by_role("status").first).to_contain_text("is for managers of this group")
        expect(page.get_by_role("button", name="Pause: #study · daily")).to_have_count(0)
        assert own.ask("states") == before


def test_an_event_that_is_forged_for_another_tab_reaches_nothing(chromium: Browser, own: Served) -> None:
    with looking(chromium, own, "ada") as ada, looking(chromium, own, "ben") as ben:
        go(ada, own, "/schedules", "ada")
        go(ben, own, "/schedules", "ben")
        before = own.ask("states")
        listeners = ada.evaluate(
            "Object.values(mounted_app.elements)"
            ".flatMap((one) => (one.events || []).map((event) => [one.id, event.listener_id]))"
        )
        assert len(listeners) > 10
        ben.evaluate(
            "(all) => all.forEach(([id, listener_id]) => window.socket.emit('event',"
            " {id, listener_id, client_id: window.clientId, args: []}))",
            listeners,
        )
        press(ben, "Show older")
        expect(ben.get_by_role("heading", name="Ledger")).to_be_focused()
        assert own.ask("states") == before


def test_an_empty_group_is_told_what_to_do(chromium: Browser, empty: Served) -> None:
    with looking(chromium, empty, "ada") as ada, looking(chromium, empty, "ben") as ben:
        go(ada, empty, "/progress", "ada")
        expect(section(ada, "Streak")).to_contain_text("One answer starts a streak.")
        expect(section(ada, "What you practice")).to_contain_text("everybody starts at zero")
        expect(ada.get_by_text("Nobody has practiced this month yet.")).to_be_visible()
        go(ada, empty, "/schedules", "ada")
        expect(ada.get_by_text("Set one below")).to_be_visible()
        expect(ada.get_by_label("Time of day")).to_be_visible()
        go(ben, empty, "/schedules", "ben")
        expect(ben.get_by_text("A manager of this group can set one")).to_be_visible()
        expect(ben.get_by_text("Nothing was due yet.")).to_be_visible()


def test_a_store_that_is_away_is_a_sentence_and_the_view_goes_on(chromium: Browser, own: Served) -> None:
    with looking(chromium, own, "ada") as page:
        go(page, own, "/questions", "ada")
        assert own.ask("away", True) is True
        page.get_by_label("Level").select_option("junior")
        expect(page.get_by_role("status").filter(has_text="I cannot keep that right now.")).to_be_focused()
        assert own.ask("away", False) is False
        page.get_by_label("Level").select_option("senior")
        expect(page.locator(".question-title")).to_have_count(5)
