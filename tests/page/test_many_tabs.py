"""Ten tabs and a thousand messages: each once and in order in each tab, and no memory is kept when they close."""

import time

from playwright.sync_api import expect

from tests.page.conftest import Come, Served, Tab

TABS, MESSAGES, HALF, BATCH, BACK = 10, 1_000, 550, 90, 300
KEPT = 1.2
NUMBERS = "(all) => all.map((one) => Number(one.innerText.split('line ')[1].split(/\\s/)[0]))"


def numbers(tab: Tab) -> list[int]:
    """The numbers of the lines that a tab shows, from the top down."""
    shown: list[int] = tab.page.locator("aside.thread article .said").evaluate_all(NUMBERS)
    return shown


def more_tabs(first: Tab, newest: int) -> list[Tab]:
    """Nine further tabs of the same person in the same thread, all of them drawn."""
    tabs = [first]
    for _ in range(TABS - 1):
        page = first.page.context.new_page()
        page.goto(first.page.url)
        tabs.append(Tab(page, []))
    for tab in tabs:
        expect(tab.page.locator("aside.thread article").last).to_contain_text(f"line {newest}")
    return tabs


def memory_after_closing(tabs: list[Tab], served: Served, wanted: float) -> float:
    """The memory of the process when all tabs but the first are closed and forgotten, or half a minute later."""
    for tab in tabs[1:]:
        tab.page.close()
    tabs[0].page.reload()
    expect(tabs[0].page.locator("aside.thread article")).to_have_count(100)
    for _ in range(60 if wanted else 20):  # a closed tab is forgotten after some seconds
        served.ask("collect")
        if served.held()["tabs"] == 1 and served.resident() < wanted:
            break
        time.sleep(0.5)
    held = served.held()
    assert held["tabs"] == 1
    assert held["alive"] < 2 * held["elements"], "elements outlive their tab"
    return served.resident()


def say_and_see(tabs: list[Tab], served: Served, thread: object, first: int, beyond: int) -> None:
    """Lines in batches that fit into what is shown, so that each tab is seen to show every one, once and in order."""
    for start in range(first, beyond, BATCH):
        served.ask("say", BATCH, start, thread)
        newest = start + BATCH - 1
        for tab in tabs:
            expect(tab.page.locator("aside.thread article").last).to_contain_text(f"line {newest}")
            assert numbers(tab) == list(range(newest - 99, newest + 1))


def test_every_tab_shows_every_message_once_and_in_order_and_leaves_nothing_behind(
    come: Come, served: Served
) -> None:
    first = come("ada")
    first.say("/question backend")
    first.sees("Backend engineer")
    thread = served.ask("newest")
    served.ask("say", 100, 0, thread)
    expect(first.page.locator("aside.thread article").last).to_contain_text("line 99")

    tabs = more_tabs(first, 99)
    say_and_see(tabs, served, thread, 100, HALF)
    before = memory_after_closing(tabs, served, 0)  # by now Python has taken what it keeps for itself
    tabs = more_tabs(first, HALF - 1)
    say_and_see(tabs, served, thread, HALF, MESSAGES)
    for shown in range(200, BACK + 1, 100):
        first.press("Earlier messages", "aside.thread")
        expect(first.page.locator("aside.thread article")).to_have_count(shown)
    assert numbers(first) == list(range(MESSAGES - BACK, MESSAGES))
    assert [tab.faults for tab in tabs] == [[]] * TABS
    assert memory_after_closing(tabs, served, before * KEPT) < before * KEPT
