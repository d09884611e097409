"""`make pictures`: the pictures of the README; with `--all DIR` every view at both widths, light and dark."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.page.conftest import ARGUMENTS, CHROMIUM, NARROW, WIDE, serve

KEPT = Path(__file__).parents[2] / "docs" / "pictures"
ANSWER = "We had 40 pages that week, 31 of them at night. I counted what woke us first: two alerts made half of them."
OTHER = "Ours were 28, and only six needed a person. I removed causes first, and the rest of the alerts in a trial."
VIEWS = ("progress", "questions", "schedules")


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


def settled(page: Page, file: Path) -> None:
    """Take a picture when nothing moves any more."""
    page.wait_for_timeout(700)
    page.screenshot(path=file)


def draw(everything: Path | None) -> None:
    """Serve an empty folder, let two people practice, and take the pictures."""
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
        if everything:
            for scheme in ("light", "dark"):
                for size, name in ((WIDE, "wide"), (NARROW, "narrow")):
                    views(context.storage_state(), browser, served.url, everything, scheme, size, name)
        else:
            settled(page, KEPT / "chat.png")
            page.goto(f"{served.url}/progress?as=ada")
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
    page.locator("aside.thread").get_by_role("button", name="Answer").first.click()
    settled(page, folder / f"5-form-{mark}")
    for view in VIEWS:
        page.goto(f"{url}/{view}?as=ada")
        page.wait_for_timeout(500)
        page.screenshot(path=folder / f"6-{view}-{mark}", full_page=True)
    page.goto(f"{url}/enter")
    settled(page, folder / f"7-enter-{mark}")
    context.close()


if __name__ == "__main__":
    draw(Path(sys.argv[2]) if sys.argv[1:2] == ["--all"] else None)
