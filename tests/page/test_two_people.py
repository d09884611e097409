"""ada and ben in two browsers: what one does the other sees live, and what is private stays so."""

import json
import re

from playwright.sync_api import expect

from tests.page.conftest import Come, Served, Tab

ANSWER = "Roll the timeout back first, then look at what holds the connections."


def ask(tab: Tab) -> None:
    """Ask for a backend question, by keyboard alone and with completion."""
    tab.type("/que")
    expect(tab.page.get_by_role("option").first).to_contain_text("question")
    tab.page.keyboard.press("Tab")
    expect(tab.page.locator("section.channel textarea")).to_have_value("/question ")
    tab.page.keyboard.type("back")
    expect(tab.page.get_by_role("option").first).to_contain_text("backend")
    tab.page.keyboard.press("Tab")
    expect(tab.page.locator("section.channel textarea")).to_have_value("/question backend ")
    tab.page.keyboard.press("Enter")
    tab.sees("Backend engineer", "section.channel")


def test_the_first_visit_of_an_empty_folder_offers_three_beginnings(come: Come) -> None:
    ada, ben = come("Ada"), come("ben")
    offered = ada.page.locator(".suggestion code")
    expect(offered).to_have_text(["/question backend", "/daily set 09:00", "/help"])
    expect(ben.page.locator(".suggestion code")).to_have_text(["/question backend", "/help"])
    expect(ada.page.locator("article")).to_have_count(0)
    ada.page.get_by_role("button", name="/question backend").click()
    ada.page.keyboard.press("Enter")
    ada.sees("Backend engineer", "section.channel")
    expect(offered).to_have_count(0)
    expect(ben.page.locator(".suggestion")).to_have_count(0)


def test_a_question_its_answer_and_what_opens_then(come: Come, served: Served) -> None:
    ada, ben = come("ada"), come("ben")
    ask(ada)
    ben.sees("Backend engineer", "section.channel")
    ben.sees("Asked for by ada.", "section.channel")

    ben.press("Key points")
    ben.sees("Only you see this", "section.channel")
    ben.never_saw("A strong answer covers most of these")
    ben.press("Hint")
    ben.sees("Hint 1 of", "section.channel")
    ada.never_saw("Hint 1 of")

    ben.press("Open thread")
    expect(ben.page.get_by_label("Reply in the thread")).to_be_focused()
    ben.say(ANSWER, "aside.thread")
    ben.sees("Kept. Day 1, a streak begins.", "aside.thread")
    ada.sees(ANSWER, "aside.thread")
    ada.sees("1 reply", "section.channel")
    ada.never_saw("Kept. Day 1")
    ben.press("Key points", "aside.thread .log")
    ben.sees("A strong answer covers most of these")
    ada.never_saw("A strong answer covers most of these")

    ben.press("Edit", "aside.thread")
    sheet = ben.page.get_by_role("dialog")
    expect(sheet.get_by_label("Your message")).to_have_value(ANSWER)
    sheet.get_by_label("Your message").fill(ANSWER + " And page someone.")
    sheet.get_by_role("button", name="Save").click()
    expect(sheet).to_have_count(0)
    ada.sees(ANSWER + " And page someone.", "aside.thread")
    ada.sees("edited", "aside.thread")

    ben.press("Withdraw", "aside.thread")
    ben.sees("Restore", "aside.thread")
    ben.press("Delete", "aside.thread")
    ben.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(ada.page.locator("aside.thread .said")).to_have_count(0)
    expect(ben.page.locator("aside.thread .said")).to_have_count(0)


def test_the_answer_form_says_at_its_field_what_is_wrong(come: Come) -> None:
    ada = come("ada")
    ada.say("/question backend kind:technical-concept")
    ada.sees("Backend engineer", "section.channel")
    ada.press("Answer")
    sheet = ada.page.get_by_role("dialog", name="Your answer")
    field = sheet.get_by_label("In your own words")
    expect(field).to_be_focused()
    field.fill("short")
    sheet.get_by_role("button", name="Send").click()
    expect(sheet.get_by_role("alert").filter(has_text="visible characters")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("short")
    field.fill(ANSWER)
    sheet.get_by_role("button", name="Send").click()
    expect(sheet).to_have_count(0)
    ada.sees("Kept. Day 1, a streak begins.")
    ada.press("Answer")
    expect(ada.page.get_by_role("dialog").get_by_label("In your own words")).to_have_value(ANSWER)
    ada.page.keyboard.press("Escape")
    expect(ada.page.get_by_role("dialog")).to_have_count(0)


def test_a_manager_posts_the_daily_question_and_nobody_else_may(come: Come) -> None:
    ada, ben = come("ada"), come("ben")
    ben.say("/daily set 09:00")
    ben.sees("managers", "section.channel .log")
    ada.say("/daily set 23:59 zone:UTC")
    ada.sees("23:59", "section.channel .log")
    ben.say("/daily now")
    expect(ben.page.locator("section.channel .bot-card.refused")).to_have_count(2)
    expect(ben.page.locator(".thread-opener")).to_have_count(0)
    ada.say("/daily now")
    expect(ben.page.locator(".thread-opener")).to_have_count(1)
    expect(ada.page.locator(".thread-opener")).to_have_count(1)


def test_a_link_makes_nobody_known_and_nobody_a_manager(come: Come, served: Served) -> None:
    come("ada")
    ben = come("ben")
    ben.page.goto(f"{served.url}/?as=ada")
    expect(ben.page).to_have_url(re.compile("/enter$"))
    ben.page.goto(f"{served.url}/?as=mallory")
    expect(ben.page).to_have_url(re.compile("/enter$"))
    answer = ben.page.request.get(f"{served.url}/complete?as=ada&channel=study&line=/daily%20")
    assert answer.status == 403
    assert served.ask("people") == ["ada", "ben"]


def test_two_tabs_of_one_browser_are_two_people(come: Come, served: Served) -> None:
    ada = come("ada")
    other = ada.page.context.new_page()
    other.goto(f"{served.url}/enter")
    expect(other.get_by_role("link", name="ada")).to_be_visible()
    other.get_by_label("Come in under another name").fill("ben")
    other.keyboard.press("Enter")
    other.wait_for_selector(".composer")
    expect(other.locator(".person .name")).to_have_text("ben")
    ada.page.reload()
    expect(ada.page.locator(".person .name")).to_have_text("ada")


def test_a_name_that_cannot_be_one_is_refused_with_a_sentence(come: Come, served: Served) -> None:
    ada = come("ada")
    page = ada.page
    page.goto(f"{served.url}/enter")
    page.get_by_label("Come in under another name").fill("a" * 33)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("It is longer than 32 characters.")
    expect(page.get_by_label("Come in under another name")).to_have_value("a" * 33)
    ada.faults.clear()  # the browser itself reports the answer 422


def test_an_export_is_a_file_for_the_person_alone(come: Come) -> None:
    ada = come("ada")
    with ada.page.expect_download() as coming:
        ada.say("/privacy export")
    kept = json.loads(coming.value.path().read_text(encoding="utf-8"))
    assert "ada" in json.dumps(kept)


def test_words_that_were_not_kept_go_back_into_the_box(come: Come) -> None:
    ada = come("ada")
    box = ada.page.get_by_label("Message to #study")
    box.fill("an answer to nothing at all")
    box.press("Enter")
    expect(ada.page.get_by_role("alert").filter(has_text="Nothing was asked in #study yet")).to_be_visible()
    expect(box).to_have_value("an answer to nothing at all")
    ada.page.get_by_role("button", name="Dismiss").click()
    expect(ada.page.get_by_text("Nothing was asked in #study yet")).to_have_count(0)


def test_further_channels_have_their_own_messages(come: Come) -> None:
    ada = come("ada")
    ada.press("Add a channel", "nav.channels")
    sheet = ada.page.get_by_role("dialog")
    sheet.get_by_label("Name").fill("No such!")
    ada.page.keyboard.press("Enter")
    expect(sheet.get_by_role("alert").filter(has_text="cannot be in it")).to_be_visible()
    sheet.get_by_label("Name").fill("design")
    ada.page.keyboard.press("Enter")
    expect(ada.page.get_by_role("heading", level=1)).to_have_text("#design")
    ada.say("/question backend")
    ada.sees("Backend engineer", "section.channel")
    ada.page.get_by_role("link", name="#study").click()
    expect(ada.page.get_by_role("heading", level=1)).to_have_text("#study")
    expect(ada.page.locator("section.channel article")).to_have_count(0)
