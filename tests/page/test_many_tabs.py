"""Ten tabs and a thousand messages: each message once and in order in each tab, and no memory is kept when they close."""

import time

from playwright.sync_api import expect

from tests.page.conftest import Come, Served, Tab

TABS, MESSAGES = 10, 1_000
KEPT = 1.2
NUMBERS = "(all) => all.map((one) => Number(one.innerText.split('line ')[1].split(/\\s/)[0]))"


def numbers(tab: Tab) -> list[int]:
    """The numbers of the lines that a tab shows, from the top down."""
    shown: list[int] = tab.page.locator("aside.thread article .said").evaluate_all(NUMBERS)
    return shown


def test_every_tab_shows_every_message_once_and_in_order_and_leaves_nothing_behind(
    come: Come, served: Served
) -> None:
    first = come("ada")
    first.say("/question backend")
    first.sees("Backend engineer")
    thread = served.ask("newest")
    served.ask("say", 100, 0, thread)
    expect(first.page.locator("aside.thread article").last).to_contain_text("line 99")
    served.ask("collect")
    before = served.resident()

    tabs = [first]
    for _ in range(TABS - 1):
        page = first.page.context.new_page()
        page.goto(first.page.url)
        tabs.append(Tab(page, []))
    for tab in tabs:
        expect(tab.page.locator("aside.thread article").last).to_contain_text("line 99")
    served.ask("say", MESSAGES - 100, 100, thread)
    for tab in tabs:
        expect(tab.page.locator("aside.thread article").last).to_contain_text(f"line {MESSAGES - 1}")
        newest = numbers(tab)
        assert newest == list(range(MESSAGES - 100, MESSAGES))
    for tab in tabs:
        for shown in range(200, MESSAGES + 1, 100):
            tab.press("Earlier messages", "aside.thread")
            expect(tab.page.locator("aside.thread article")).to_have_count(shown)
        assert numbers(tab) == list(range(MESSAGES))
        assert tab.faults == []

    for tab in tabs[1:]:
        tab.page.close()
    first.page.reload()
    expect(first.page.locator("aside.thread article")).to_have_count(100)
    after = served.resident()
    for _ in range(60):  # a closed tab is forgotten after some seconds
        served.ask("collect")
        after = served.resident()
        if after < before * KEPT:
            break
        time.sleep(0.5)
    print(f"memory: {before / 2**20:.0f} MiB before, {after / 2**20:.0f} MiB after")
    assert after < before * KEPT
