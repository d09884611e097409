"""What stays: over a reload, over a restart, and for the terminal, which is the other door to the same rounds."""

from playwright.sync_api import Browser, expect

from tests.commandline.calling import call
from tests.page.conftest import WIDE, Come, Served, serve

ANSWER = "Roll the timeout back first, then look at what holds the connections."


def test_a_reload_a_restart_and_the_other_door_show_the_same_round(come: Come, served: Served) -> None:
    ada = come("ada")
    ada.say("/question backend")
    ada.sees("Backend engineer", "section.channel")
    title = ada.page.locator("section.channel .bot-title").first.inner_text()
    ada.say(ANSWER, "aside.thread")
    ada.sees("Kept. Day 1", "aside.thread")
    ada.page.reload()
    ada.sees(title, "section.channel")
    ada.sees(ANSWER, "aside.thread")
    ada.sees("Kept. Day 1", "aside.thread")

    port = int(served.url.rpartition(":")[2])
    served.stop()
    ada.faults.clear()  # the browser itself reports that the server is gone
    again = serve(served.folder, port)
    try:
        expect(ada.page.locator("#popup")).to_be_hidden()
        ada.say("Back again, and I would measure both of the pools.", "aside.thread")
        expect(ada.page.locator("aside.thread .said")).to_have_count(2)
        ada.faults.clear()
    finally:
        again.stop()
        ada.page.goto("about:blank")
        ada.faults.clear()

    shown = call(served.folder, "chat", "--as", "ada", text=">Key points\n/streak\n").stdout
    assert title in shown
    assert "You have answered it" in " ".join(shown.split())
    assert "A strong answer covers" in shown
    assert "Streak: 1 day" in shown


def test_what_the_terminal_did_the_page_shows(served: Served, chromium: Browser) -> None:
    port = int(served.url.rpartition(":")[2])
    served.stop()
    call(served.folder, "chat", "--as", "ada", text=f"/question backend\n{ANSWER}\n")
    again = serve(served.folder, port)
    try:
        context = chromium.new_context(viewport=WIDE)
        page = context.new_page()
        page.goto(again.url)
        page.get_by_label("Come in under your name").fill("ben")
        page.keyboard.press("Enter")
        expect(page.locator("aside.thread").get_by_text(ANSWER)).to_be_visible()
        expect(page.locator("section.channel").get_by_text("Asked for by ada.")).to_be_visible()
        assert "Kept. Day 1" not in page.locator("body").inner_text()
        context.close()
    finally:
        again.stop()
