"""Whatever a member writes is shown as text, and a page with very much of it stays quick."""

import pytest
from playwright.sync_api import expect

from tests.page.conftest import NARROW, Come, Served

SCRIPT = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"
LINKS = "[press](javascript:window.hacked=1) javascript:window.hacked=1 <a href='javascript:window.hacked=1'>me</a>"
WORD = "long" * 750
TURNED = "right \u202eto left\u202c and \u2067other\u2069 ways, long enough"
BRACES = "${window.hacked = 1} {{ window.hacked = 1 }} `${1}` </textarea> &lt;b&gt;"


@pytest.mark.bad_input(45, 46)
def test_markup_links_long_words_and_direction_marks_are_text(come: Come, served: Served) -> None:
    ada, eve = come("ada"), come("<b onclick='x'>eve</b>", viewport=NARROW)
    ada.say("/question backend")
    ada.sees("Backend engineer")
    eve.press("Open thread")
    for text in (SCRIPT, LINKS, WORD, BRACES, TURNED):
        eve.say(text, "aside.thread")
    said = ada.page.locator("aside.thread .said")
    expect(said).to_have_count(5)
    assert said.all_inner_texts()[:4] == [SCRIPT, LINKS, WORD, BRACES]
    assert "\u202e" not in said.nth(4).inner_text()
    for tab in (ada, eve):
        tab.page.reload()  # in the first HTML as in what comes later
        expect(tab.page.locator("aside.thread .said")).to_have_count(5)
        assert tab.page.evaluate("window.hacked") is None
        assert tab.page.locator("main").locator("script, img, a[href^=javascript]").count() == 0
        assert tab.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(ada.page.locator("aside.thread .author").nth(1)).to_have_text("<b onclick='x'>eve</b>")


def test_ten_thousand_messages_in_a_channel_leave_the_page_quick(come: Come, served: Served) -> None:
    ada = come("ada")
    ada.say("/question backend")
    ada.sees("Backend engineer")
    thread = served.ask("newest")
    assert served.ask("say", 10_000, 0, thread) == 10_000
    expect(ada.page.locator("aside.thread article").last).to_contain_text("line 9999")
    ada.page.reload()
    expect(ada.page.locator("aside.thread article")).to_have_count(100)
    ada.sees("10,000 replies", "section.channel")
    ada.press("Earlier messages", "aside.thread")
    expect(ada.page.locator("aside.thread article")).to_have_count(200)
    expect(ada.page.locator("aside.thread article").first).to_contain_text("line 9800")
    assert served.ask("cards", 300) == 300
    expect(ada.page.locator("section.channel article")).to_have_count(100)
    expect(ada.page.locator("section.channel article").last).to_contain_text("card 299")
    # The whole page is built from the newest messages alone, however many there are.
    spent = ada.page.evaluate(
        "async () => { const start = performance.now(); await (await fetch(location)).text();"
        " return performance.now() - start }"
    )
    assert spent < 5_000
