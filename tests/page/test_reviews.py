"""Peer review in the browser: ada asks, ben answers, cyd reviews, ben thanks; each sees it in place, with no reload."""

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.chat.wording import buttons
from tests.page.conftest import NARROW, WIDE, Come, Served, Tab, serve
from tests.page.test_axe import faults
from tests.page.test_hostile_text import SCRIPT
from tests.page.views import fits

ANSWER = "Two alerts made half of the pages. I took one out, and gave the other a threshold."
OTHERS = "I wrote a runbook for each of the five alerts, and the next person slept."
STRONG = "You counted before you acted, and you say what came of it."
BETTER = "Say how you knew that nobody acted on the first alert."
THREAD = "aside.thread"


def begin(asker: Tab, *others: Tab) -> None:
    """A question about a story, with its thread open for all."""
    asker.say("/question backend kind:behavioral")
    asker.sees("Backend engineer", "section.channel")
    for tab in others:
        tab.press("Open thread", "section.channel")
        expect(tab.page.get_by_label("Reply in the thread")).to_be_focused()


def answers(tab: Tab, text: str) -> None:
    """Answer in the thread, and wait until it counts."""
    tab.say(text, THREAD)
    tab.sees("Kept. Day 1, a streak begins.", THREAD)


def fill(page: Page, strong: str = STRONG, change: str = BETTER) -> None:
    """Fill in the open form with the mouse, and send it as people do who press everything twice."""
    form = page.get_by_role("dialog")
    expect(form).to_have_count(1)
    form.get_by_role("radiogroup", name="Structure").get_by_role("radio").nth(3).check()
    form.get_by_role("radiogroup", name="Substance").get_by_role("radio").nth(2).check()
    form.get_by_role("group", name="Key points covered").get_by_role("checkbox").first.check()
    form.get_by_label("What was strong").fill(strong)
    form.get_by_label("What to change").fill(change)
    form.get_by_role("button", name="Send").dblclick()
    expect(form).to_have_count(0)


def card(tab: Tab, text: str) -> Locator:
    """The messages of the thread that say something."""
    return tab.page.locator(f"{THREAD} .log article").filter(has_text=text)


def focused(page: Page) -> str:
    """The name of the field that has the keyboard."""
    return str(page.evaluate("document.activeElement.name || document.activeElement.innerText"))


def write_by_keyboard(page: Page, form: Locator) -> None:
    """Score, tick and write with the keyboard alone, and send with one text missing."""
    keys = page.keyboard
    assert focused(page) == "structure"
    keys.press("Space")
    for _ in range(3):
        keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("Space")
    for _ in range(2):
        keys.press("ArrowDown")
    keys.press("Tab")
    for _ in range(2):
        keys.press("Space")
        keys.press("Tab")
    while focused(page) == "covered":
        keys.press("Tab")
    assert focused(page) == "strong"
    keys.type(STRONG)
    keys.press("Tab")
    keys.press("Tab")
    assert focused(page) == "Send"
    keys.press("Enter")
    expect(form.get_by_role("alert").filter(has_text="This is empty.")).to_be_visible()


def test_ada_asks_ben_answers_cyd_reviews_with_the_keyboard_alone_and_ben_thanks(
    come: Come, served: Served
) -> None:
    ada, ben, cyd = come("ada"), come("ben"), come("cyd")
    begin(ada, ben, cyd)
    answers(ben, ANSWER)

    ada.sees("ben answered.", THREAD)
    expect(ben.page.get_by_role("button", name="Write a review")).to_have_count(0)
    ben.press("Review", THREAD)
    ben.sees("No answer waits", THREAD)
    ada.never_saw("No answer waits")

    page = cyd.page
    card(cyd, "ben answered.").get_by_role("button").focus()
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="Your review")
    expect(form.locator(".beside")).to_contain_text(ANSWER)
    write_by_keyboard(page, form)
    expect(form.get_by_label("What to change")).to_be_focused()
    expect(form.locator("input:checked")).to_have_count(4)
    expect(form.get_by_label("What was strong")).to_have_value(STRONG)
    page.keyboard.type(BETTER)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(form).to_have_count(0)
    cyd.sees("Thank you. Your review", THREAD)
    for tab in (ada, ben, cyd):
        review = card(tab, "cyd reviewed ben’s answer.")
        expect(review.locator(".score .full")).to_have_count(7)
        expect(review.get_by_text(BETTER)).to_be_in_viewport()
    ben.never_saw("Thank you. Your review")

    ben.press("Thanks", THREAD)
    for tab in (ada, ben, cyd):
        expect(card(tab, "cyd reviewed ben’s answer.")).to_contain_text("ben says thanks.")
    ben.press("Edit", THREAD)
    ben.page.get_by_role("dialog").get_by_label("Your message").fill(f"{ANSWER} I would do it sooner.")
    ben.page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(card(cyd, "cyd reviewed")).to_contain_text("The answer was changed after this review.")
    cyd.press("Write a review", THREAD)
    expect(form.get_by_label("What was strong")).to_have_value(STRONG)
    expect(form.locator("input:checked")).to_have_count(4)
    form.get_by_label("What was strong").fill("Better still: now it says what you learned.")
    form.get_by_role("button", name="Send").click()
    expect(card(ada, "cyd reviewed")).to_contain_text("Better still")
    expect(card(ada, "cyd reviewed")).to_have_count(1)
    expect(card(ada, "cyd reviewed")).not_to_contain_text("edited")
    _stays(ada, ben, cyd, served)


def _stays(ada: Tab, ben: Tab, cyd: Tab, served: Served) -> None:
    """A reload and a restart show the same, and buttons from before work."""
    ada.page.reload()
    expect(card(ada, "cyd reviewed")).to_contain_text("ben says thanks.")
    port = int(served.url.rpartition(":")[2])
    served.stop()
    again = serve(served.folder, port)
    try:
        expect(ben.page.locator("#popup")).to_be_hidden()
        ben.press("Take back thanks", THREAD)
        expect(card(ben, "cyd reviewed")).not_to_contain_text("ben says thanks.")
        expect(card(ben, "cyd reviewed").get_by_role("button", name="Thanks")).to_be_visible()
    finally:
        for tab in (ada, ben, cyd):
            tab.page.goto("about:blank")
            tab.faults.clear()  # the browser itself reports that the server was gone
        again.stop()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_finds_answers_that_wait_and_a_held_review_opens_where_it_stands(
    come: Come, served: Served, scheme: str
) -> None:
    ada, cyd = come("ada"), come("cyd", viewport=NARROW, color_scheme=scheme)
    page = cyd.page
    begin(ada, cyd)
    ada.say("/review settings give:1")
    answers(ada, ANSWER)
    cyd.press("Answer", THREAD)
    story = page.get_by_role("dialog", name="Your answer")
    expect(story.get_by_label("Situation")).to_be_focused()
    story.get_by_label("Action").fill(OTHERS)
    assert faults(page) == [] and fits(page)
    story.get_by_role("button", name="Send").click()
    cyd.sees("Kept. Day 1, a streak begins.", THREAD)
    ada.sees("cyd answered.", THREAD)

    page.get_by_role("link", name="Reviews").click()
    waiting = page.get_by_role("listitem").filter(has_text=ANSWER)
    expect(waiting).to_have_count(1)
    assert faults(page) == [] and fits(page)
    waiting.get_by_role("button", name="Write a review").click()
    form = page.get_by_role("dialog", name="Your review")
    expect(form.locator(".beside")).to_contain_text(ANSWER)
    assert faults(page) == [] and fits(page)
    assert form.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    options = form.locator("label.option")
    assert min(options.evaluate_all("(all) => all.map((one) => one.offsetHeight)")) >= 24
    fill(page)
    cyd.sees("Thank you. Your review")
    expect(waiting).to_have_count(0)
    expect(page.get_by_role("status")).to_be_focused()

    expect(card(ada, "A review waits")).to_contain_text("ada can read it once")
    ada.never_saw(BETTER)
    ada.press("Write a review", THREAD)
    fill(ada.page, change="Say how long each of the runbooks was, and who used one.")
    expect(card(ada, "cyd reviewed ada’s answer.")).to_contain_text(BETTER)

    page.get_by_role("link", name="Progress").click()
    expect(page.locator("section[aria-labelledby=reviews] dd")).to_have_text(["1", "0", "1"])
    row = page.get_by_role("row").filter(has_text="cyd (you)")
    expect(row.get_by_role("cell")).to_have_text(["2", "1", "1", "1", "1", "0"])
    expect(page.get_by_role("columnheader")).to_contain_text(["Reviews this month", "Thanked"])
    assert faults(page) == [] and fits(page)
    page.get_by_role("link", name="Chat").click()
    page.get_by_role("button", name="Open thread").click()
    expect(card(cyd, "ada reviewed cyd’s answer.")).to_contain_text("Say how long each")
    assert faults(page) == [] and fits(page)
    page.set_viewport_size(WIDE)
    cyd.press("Write a review", THREAD)
    expect(form.get_by_label("What to change")).to_have_value(BETTER)
    assert faults(page) == []


@pytest.mark.bad_input(45)
def test_a_flagged_review_is_removed_by_a_manager_and_the_view_has_pairs_and_gold_answers(
    come: Come,
) -> None:
    ada, ben, cyd = come("ada"), come("ben"), come("cyd")
    begin(ada, ben, cyd)
    answers(ada, "My first week on call had none, so I asked for the second.")
    answers(ben, f"{ANSWER} {SCRIPT}")
    answers(cyd, OTHERS)
    card(cyd, "ben answered.").get_by_role("button").dblclick()
    expect(cyd.page.locator("dialog .beside")).to_contain_text(SCRIPT)
    fill(cyd.page, strong=f"{SCRIPT} is what you say first.")
    cyd.sees("Thank you. Your review", THREAD)
    expect(card(cyd, "Only you see this")).to_have_count(2)  # the answer, and one review
    for tab in (ada, ben):
        tab.page.reload()  # in the first HTML as in what comes later
        expect(card(tab, "cyd reviewed")).to_contain_text(SCRIPT)
    ben.press("Flag", THREAD)
    form = ben.page.get_by_role("dialog", name="Flag the review")
    form.get_by_role("textbox").fill("It is about another answer.")
    form.get_by_role("button", name="Send").click()
    ben.sees("Flagged.", THREAD)
    ada.sees("A review was flagged", "section.channel")
    ada.say("/review log")
    ada.sees("It is about another answer.", "section.channel")
    cyd.never_saw("It is about another answer.")
    ada.press("Remove the review", "section.channel")
    for tab in (ada, ben, cyd):
        expect(card(tab, "A review was removed")).to_have_count(1)
        expect(card(tab, BETTER)).to_have_count(0)

    page = ada.page
    page.get_by_role("link", name="Reviews").click()
    ada.sees(SCRIPT)
    assert [tab.page.evaluate("window.hacked") for tab in (ada, ben, cyd)] == [None] * 3
    page.get_by_role("button", name="Compare two answers").click()
    page.get_by_role("button", name="Say which is stronger").click()
    stronger = page.get_by_role("dialog", name="Which is stronger?")
    expect(stronger.locator(".beside")).to_contain_text(ANSWER)
    expect(stronger.locator("input:checked")).to_have_count(0)
    stronger.get_by_role("radio", name="The first").check()
    stronger.get_by_label("Why").fill("It has a figure, and says what was done.")
    stronger.get_by_role("button", name="Send").click()
    ada.sees("Place 1: ")
    page.get_by_role("button", name="Review a gold answer").click()
    page.get_by_role("button", name=buttons.LABELS[buttons.GOLD], exact=True).click()
    fill(page)
    ada.sees("Your review beside ours")
    expect(page.locator(".score .full").first).to_be_visible()
    page.get_by_role("link", name="Progress").click()
    expect(page.locator("section[aria-labelledby=reviews] h3")).to_have_count(1)
