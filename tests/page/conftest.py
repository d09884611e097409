"""A served page in a process of its own, and Chromium to look at it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.commandline.calling import environment
from tests.commandline.test_serving import free_port

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 20_000
"""Milliseconds that a browser waits for what must come; a slow machine is no fault of the page."""

Come = Callable[..., "Tab"]


@dataclass
class Served:
    """A running `tests.page.serving`: the program as `run` serves it, with a line in for what tests need of it."""

    process: subprocess.Popen[str]
    folder: Path
    url: str

    def ask(self, *words: object) -> object:
        """Ask the process for something; gives what it answers."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def held(self) -> dict[str, int]:
        """How many tabs and elements the process holds."""
        told = self.ask("held")
        assert isinstance(told, dict)
        return told

    def resident(self) -> int:
        """Bytes of memory that the process has."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * 4096

    def stop(self) -> None:
        """End it as a user would, and see that it ended well."""
        self.process.terminate()
        _, errors = self.process.communicate(timeout=30)
        assert self.process.returncode == 0, errors
        assert "Traceback" not in errors, errors


def serve(folder: Path, port: int | None = None, more: Mapping[str, str] | None = None) -> Served:
    """Serve the data of a folder."""
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.page.serving", str(folder / "data")],
        cwd=Path(__file__).parents[2],
        env=environment(
            folder,
            {"PRACTICE_BOT_PAGE__PORT": str(port), "PRACTICE_BOT_PRACTICE__ZONE": "UTC", **(more or {})},
        ),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise AssertionError(process.communicate(timeout=30))
    return Served(process, folder, json.loads(line))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The page over an empty data folder."""
    running = serve(tmp_path)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
        running.process.communicate(timeout=30)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser a module; its tests must not be async."""
    if not Path(CHROMIUM).is_file():
        pytest.skip("Chromium is missing: install it (Debian: chromium), or call .ci/run")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Tab:
    """One person's tab."""

    def __init__(self, page: Page, faults: list[str]) -> None:
        self.page = page
        self.faults = faults
        self.channel = page.locator("section.channel")
        self.thread = page.locator("aside.thread")

    def type(self, keys: str, place: str = "section.channel") -> None:
        """Type into a composer, key by key, as a person does."""
        box = self.page.locator(f"{place} .composer textarea")
        box.focus()
        self.page.keyboard.type(keys)

    def say(self, text: str, place: str = "section.channel") -> None:
        """Put a text into a composer and send it."""
        box = self.page.locator(f"{place} .composer textarea")
        box.fill(text)
        expect(box).to_have_value(text)
        self.page.keyboard.press("Escape")
        box.press("Enter")
        expect(box).to_have_value("")

    def press(self, label: str, place: str = "section.channel") -> None:
        """Press the newest button of a label."""
        self.page.locator(place).get_by_role("button", name=label, exact=True).last.click()

    def sees(self, text: str, place: str = "main") -> None:
        """Wait until a text stands there."""
        expect(self.page.locator(place).get_by_text(text).first).to_be_visible()

    def never_saw(self, text: str) -> None:
        """See that a text stands nowhere."""
        assert text not in self.page.locator("body").inner_text()


@pytest.fixture
def come(served: Served, chromium: Browser) -> Iterator[Come]:
    """Come in under a name, in a browser of one's own; each tab reports what failed in it at the end."""
    contexts: list[BrowserContext] = []
    tabs: list[Tab] = []

    def enter(name: str, url: str = "", **options: object) -> Tab:
        context = chromium.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **options})  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(url or served.url)
        page.get_by_label("Come in under your name").fill(name)
        page.keyboard.press("Enter")
        page.wait_for_selector(".composer")
        tabs.append(Tab(page, faults))
        return tabs[-1]

    expect.set_options(timeout=PATIENCE)
    yield enter
    for context in contexts:
        context.close()
    assert [fault for tab in tabs for fault in tab.faults] == []
