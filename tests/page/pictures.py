"""`make pictures`: the pictures of the README; with `--all DIR` every view at both widths, light and dark."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from tests.page.conftest import ARGUMENTS, CHROMIUM, NARROW, WIDE, serve

KEPT = Path(__file__).parents[2] / "docs" / "pictures"
ANSWER = "We had 40 pages that week, 31 of them at night. I counted what woke us first: two alerts made half of them."
OTHER = """\
My worst rotation had 28 pages in a week, 19 of them at night, and only six needed a person. I went after the disk \
alert first, as it rang most and nobody ever acted on it. Its cause was a log that was never rotated; I fixed that in \
two days that my lead took out of the sprint. For the rest we were all afraid to miss something, so we sent the alerts \
to a channel for two weeks before we deleted three. Three months later a week had seven pages, two at night."""
SCORES = {"structure": 5, "substance": 4}
COVERED = 6
STRONG = "Each step has its figure, from 28 pages to seven, and the trial in a channel answers the fear before I ask."
CHANGE = """\
Say what you would do sooner: that log had filled the disk for weeks. And name what still rings, and why you let it."""
TALL: ViewportSize = {"width": 1280, "height": 1098}
TALLER: ViewportSize = {"width": 1280, "height": 1470}
"""An answer with its review, and all of the form, at once."""
VIEWS = ("reviews", "progress", "questions", "schedules")


def enter(page: Page, url: str, name: str) -> None:
    """Come in under a name."""
    page.goto(f"{url}/enter")
    page.locator("#name").fill(name)
    page.keyboard.press("Enter")
    page.wait_for_selector(".composer")


def say(page: Page, text: str, place: str) -> None:
    """Send a line, and wait until it went."""
    box = page.locator(f"{place} .composer textarea")
    box.fill(text)
    page.keyboard.press("Escape")
    box.press("Enter")
    expect(box).to_have_value("")
    page.wait_for_timeout(400)


def review(page: Page, url: str, file: Path | None) -> None:
    """Let cyd review ben's answer, with a picture of the form before it goes, and ben thank for it."""
    enter(page, url, "cyd")
    under = page.locator("aside.thread .log article").filter(has_text="ben answered.")
    under.get_by_role("button").click()
    for name, score in SCORES.items():
        page.locator(f"dialog input[name={name}]").nth(score - 1).check()
    for number in range(COVERED):
        page.locator("dialog input[name=covered]").nth(number).check()
    page.locator("dialog textarea[name=strong]").fill(STRONG)
    page.locator("dialog textarea[name=change]").fill(CHANGE)
    if file:
        page.set_viewport_size(TALLER)
        page.mouse.move(0, 0)
        page.locator("dialog").evaluate("(form) => { form.scrollTop = 0 }")
        settled(page, file)
        page.set_viewport_size(WIDE)
    page.locator("dialog").get_by_role("button", name="Send").click()
    expect(page.locator("dialog")).to_have_count(0)
    page.goto(f"{url}/?as=ben")
    page.locator("aside.thread").get_by_role("button", name="Thanks").click()
    expect(page.locator("aside.thread").get_by_text("ben says thanks.")).to_be_visible()


def to_answer(page: Page, name: str) -> None:
    """Let the thread begin with somebody's answer."""
    said = page.locator("aside.thread .log article").filter(has=page.locator(f".author:text-is('{name}')"))
    said.first.evaluate("(one) => { one.closest('.log-box').scrollTop = one.offsetTop - 130 }")


def settled(page: Page, file: Path) -> None:
    """Take a picture when nothing moves any more."""
    page.wait_for_timeout(700)
    page.screenshot(path=file)


def draw(everything: Path | None) -> None:
    """Serve an empty folder, let two people practice and a third one review, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        served = serve(Path(folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        context = browser.new_context(viewport=WIDE, color_scheme="light")
        page = context.new_page()
        if everything:
            page.goto(served.url)
            settled(page, everything / "0-enter.png")
        enter(page, served.url, "ada")
        if everything:
            settled(page, everything / "1-empty.png")
        say(page, "/question backend", "section.channel")
        say(page, ANSWER, "aside.thread")
        say(page, "/daily set 09:00 mon-fri", "section.channel")
        enter(page, served.url, "ben")
        say(page, OTHER, "aside.thread")
        page.goto(f"{served.url}/?as=ada")
        page.locator("section.channel .log-box").evaluate("(box) => { box.scrollTop = 0 }")
        KEPT.mkdir(parents=True, exist_ok=True)
        if not everything:
            settled(page, KEPT / "chat.png")
        review(page, served.url, None if everything else KEPT / "review-form.png")
        if everything:
            for scheme in ("light", "dark"):
                for size, name in ((WIDE, "wide"), (NARROW, "narrow")):
                    views(context.storage_state(), browser, served.url, everything, scheme, size, name)
        else:
            page.goto(f"{served.url}/?as=ada")
            page.set_viewport_size(TALL)
            page.wait_for_timeout(700)
            page.locator("section.channel .log-box").evaluate("(box) => { box.scrollTop = 0 }")
            to_answer(page, "ben")
            settled(page, KEPT / "review.png")
            page.set_viewport_size(WIDE)
            page.goto(f"{served.url}/progress?as=ben")
            settled(page, KEPT / "progress.png")
        browser.close()
        served.stop()


def views(state, browser, url, folder, scheme, size, name) -> None:  # type: ignore[no-untyped-def]
    """Every view once, as somebody sees it who has practiced."""
    context = browser.new_context(viewport=size, color_scheme=scheme, storage_state=state)
    page = context.new_page()
    mark = f"{name}-{scheme}.png"
    page.goto(f"{url}/?as=ada")
    settled(page, folder / f"2-chat-{mark}")
    if size is NARROW:
        page.get_by_role("button", name="Open thread").last.click()
        settled(page, folder / f"3-thread-{mark}")
    page.locator("aside.thread .composer textarea").focus()
    page.keyboard.type("/daily ")
    settled(page, folder / f"4-completion-{mark}")
    page.keyboard.press("Escape")
    page.locator("aside.thread").get_by_role("button", name="Answer", exact=True).first.click()
    settled(page, folder / f"5-form-{mark}")
    page.keyboard.press("Escape")
    page.locator("aside.thread .log .answered button").last.click()
    settled(page, folder / f"5-review-form-{mark}")
    for view in VIEWS:
        page.goto(f"{url}/{view}?as=ada")
        page.wait_for_timeout(500)
        page.screenshot(path=folder / f"6-{view}-{mark}", full_page=True)
    page.goto(f"{url}/enter")
    settled(page, folder / f"7-enter-{mark}")
    context.close()


if __name__ == "__main__":
    draw(Path(sys.argv[2]) if sys.argv[1:2] == ["--all"] else None)
