"""axe finds no serious or critical fault on any page, wide and narrow, light and dark."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.page.conftest import NARROW, WIDE, Come, Served

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
VIEWS = ("/", "/reviews", "/progress", "/questions", "/schedules", "/enter")


def faults(page: Page) -> list[str]:
    """The serious and critical findings on a page as it stands."""
    if not AXE.is_file():
        pytest.skip("axe is missing: install npm, then call make test")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['help']}: {json.dumps([node['html'][:150] for node in one['nodes'][:3]])}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_no_page_has_a_serious_finding(come: Come, served: Served, scheme: str, size: dict[str, int]) -> None:
    ada = come("ada", viewport=size, color_scheme=scheme)
    assert faults(ada.page) == []
    for line in (
        "/question backend",
        "/streak",
        "/progress",
        "/board",
        "/daily set 09:00 zone:UTC",
        "/help",
        "/nosuch",
    ):
        ada.say(line)
    ada.sees("no command")
    if size is NARROW:
        ada.press("Open thread")
    ada.say("Roll the timeout back first, then look at what holds the connections.", "aside.thread")
    ada.sees("Kept. Day 1")
    assert faults(ada.page) == []
    ada.type("/", "aside.thread")
    expect(ada.page.get_by_role("option").first).to_be_visible()
    assert faults(ada.page) == []
    ada.page.keyboard.press("Escape")
    ada.press("Edit", "aside.thread")
    expect(ada.page.get_by_role("dialog")).to_be_visible()
    assert faults(ada.page) == []
    found = {}
    for path in VIEWS:
        ada.page.goto(f"{served.url}{path}?as=ada")
        expect(ada.page.locator("h1").first).to_be_visible()
        ada.page.wait_for_load_state("networkidle")
        found[path] = faults(ada.page)
    assert found == {path: [] for path in VIEWS}


def test_a_person_gets_about_by_keyboard_alone(come: Come) -> None:
    ada = come("ada")
    page = ada.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel"))
        assert page.evaluate("document.activeElement.matches(':focus-visible')")
        if page.get_by_label("Message to #study").evaluate("(box) => box === document.activeElement"):
            break
    else:
        raise AssertionError(f"the box to write in was never reached: {seen}")
    page.keyboard.type("/question backend")
    page.keyboard.press("Enter")
    ada.sees("Backend engineer")
