"""What the tests of the views share: the sample group served, and looked at as one of its people."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page

from tests.commandline.calling import environment
from tests.page.conftest import PATIENCE, WIDE, Served

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


@contextmanager
def serving_sample(folder: Path, begin: str = "lived") -> Iterator[Served]:
    """Serve a sample group: `lived` with weeks behind it, `empty` with nothing at all."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.page.sample_serving", str(folder), begin],
        cwd=Path(__file__).parents[2],
        env=environment(folder, {}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line, process.communicate(timeout=30)
        served = Served(process, folder, json.loads(line))
        yield served
        served.stop()
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=30)


@contextmanager
def looking(chromium: Browser, served: Served, name: str, **options: object) -> Iterator[Page]:
    """A browser of somebody's own that has come in; what failed in it is reported at the end."""
    context = chromium.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **options})  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(f"{served.url}/enter")
    page.get_by_label("Come in under your name").fill(name)
    page.keyboard.press("Enter")
    page.wait_for_selector("main")
    yield page
    context.close()
    assert faults == []


def go(page: Page, served: Served, path: str, name: str, **query: str) -> None:
    """Open a view, and wait until it can be used."""
    page.goto(f"{served.url}{path}?{urlencode({'as': name, **query})}")
    page.wait_for_function("window.did_handshake === true")
    page.wait_for_load_state("networkidle")


def axe_faults(page: Page) -> list[str]:
    """The serious and critical findings on a page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {[node['html'][:150] for node in one['nodes'][:3]]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
