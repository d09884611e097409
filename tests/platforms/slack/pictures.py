"""The README's pictures of Slack: card, thread, review, form and App Home, taken of local-slack's page."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Page, ViewportSize, async_playwright, expect

from tests.page.conftest import ARGUMENTS, CHROMIUM
from tests.platforms.slack.sample_group import ANSWERS, sample_group

KEPT = Path(__file__).parents[3] / "docs" / "pictures"
SIZE: ViewportSize = {"width": 1280, "height": 900}

HIDE_OTHERS = """() => {
  let author = "";
  for (const message of document.querySelectorAll(".msg")) {
    if (!message.querySelector(".badge-eph")) author = message.querySelector(".msg-name").textContent;
    else if (author !== "Ben") message.style.display = "none";
  }
}"""
"""local-slack shows everybody what Slack shows one person."""


async def settled(page: Page, name: str) -> None:
    """Take a picture when nothing moves any more."""
    await page.wait_for_timeout(800)
    await page.screenshot(path=KEPT / f"slack-{name}.png")


async def act_as(page: Page, name: str) -> None:
    """Be somebody else."""
    await page.locator(".actas select").last.select_option(label=name)


async def draw() -> None:
    """Let a group practice on a local-slack, and take the pictures."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with sample_group(Path(folder)) as (bot, _), async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
            page = await browser.new_page(viewport=SIZE)
            await page.goto(bot.server.base)
            await act_as(page, "Ben")
            prompt = page.locator(".main .msg", has_text="Answer").last
            await expect(prompt.get_by_role("button", name="Answer", exact=True)).to_be_visible()
            await settled(page, "card")
            await page.locator(".thread-summary").last.click()
            await page.evaluate(HIDE_OTHERS)
            await page.get_by_text(ANSWERS["ben"]).last.scroll_into_view_if_needed()
            await settled(page, "thread")
            await page.get_by_text("says thanks.").last.scroll_into_view_if_needed()
            await settled(page, "review")
            await prompt.get_by_role("button", name="Answer", exact=True).click()
            await expect(page.get_by_text("In your own words")).to_be_visible()
            await settled(page, "form")
            await page.get_by_role("button", name="Cancel").click()
            await page.locator(".sidebar").get_by_text("practice").last.click()
            await page.wait_for_timeout(500)
            await settled(page, "home")
            await browser.close()


if __name__ == "__main__":
    asyncio.run(draw())
