"""Choosing and ticking in a form of the page, by keyboard."""

import pytest
from playwright.sync_api import Locator, expect

from tests.contracts.rating import LONG, POINTS, TOO_SHORT
from tests.page.conftest import NARROW, WIDE, Come, Served, Tab
from tests.page.test_axe import faults
from tests.page.views import fits

MORE = "Say first what may be lost."


def opened(come: Come, served: Served, **options: object) -> tuple[Tab, Locator]:
    """The form, opened by ada."""
    label = str(served.ask("rate"))
    ada = come("ada", **options)
    ada.say("/question backend")
    ada.press(label)
    dialog = ada.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return ada, dialog


def ticks(dialog: Locator) -> list[str]:
    """The values that are ticked."""
    found: list[str] = dialog.get_by_role("checkbox").evaluate_all(
        "(all) => all.filter((one) => one.checked).map((one) => one.value)"
    )
    return found


def test_a_form_is_chosen_ticked_and_written_by_keyboard_and_keeps_it_when_it_comes_back(
    come: Come, served: Served
) -> None:
    ada, dialog = opened(come, served)
    keys = ada.page.keyboard
    structure = dialog.get_by_role("radiogroup", name="Structure")
    expect(structure.get_by_role("radio", name=LONG)).to_be_focused()
    expect(structure.get_by_role("radio", name=LONG)).to_be_checked()
    assert ticks(dialog) == ["k5", "k2"]
    keys.press("ArrowDown")
    expect(structure.get_by_role("radio", name="Clear from end to end")).to_be_checked()
    keys.press("Tab")
    expect(dialog.get_by_role("checkbox", name=POINTS[0].label)).to_be_focused()
    keys.press("Space")
    keys.press("Tab")
    keys.press("Space")
    for _ in range(5):
        keys.press("Tab")
    expect(dialog.get_by_label("Level")).to_be_focused()
    keys.press("Tab")
    keys.type("Hm")
    keys.press("Tab")
    keys.press("Enter")
    expect(dialog.get_by_role("alert").filter(has_text=TOO_SHORT)).to_be_visible()
    expect(dialog.get_by_label("What to change")).to_be_focused()
    assert ticks(dialog) == ["k6", "k2"]
    expect(structure.get_by_role("radio", name="Clear from end to end")).to_be_checked()
    keys.press("End")
    keys.type(MORE)
    keys.press("Tab")
    keys.press("Enter")
    ada.sees("Your review is kept.")
    first = {"structure": "5", "points": "k6,k2", "level": "mid", "better": "Hm"}
    assert served.ask("rated") == [first, {**first, "better": f"Hm{MORE}"}]


def test_all_ticks_can_be_taken_away(come: Come, served: Served) -> None:
    ada, dialog = opened(come, served)
    group = dialog.get_by_role("group", name="Key points covered")
    for point in (POINTS[1], POINTS[4]):
        group.get_by_text(point.label).click()
    dialog.get_by_label("What to change").fill(MORE)
    dialog.get_by_role("button", name="Send").click()
    ada.sees("Your review is kept.")
    assert served.ask("rated") == [{"structure": "3", "points": "", "level": "mid", "better": MORE}]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_form_to_choose_and_to_tick_has_no_serious_finding(
    come: Come, served: Served, size: dict[str, int], scheme: str
) -> None:
    ada, dialog = opened(come, served, viewport=size, color_scheme=scheme)
    dialog.get_by_label("What to change").fill("Hm")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_role("alert").filter(has_text=TOO_SHORT)).to_be_visible()
    assert faults(ada.page) == []
    assert fits(ada.page)
    assert dialog.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    labels = dialog.locator("label.option").evaluate_all("(all) => all.map((one) => one.offsetHeight)")
    assert min(labels) >= 24, "each can be hit by a finger"
