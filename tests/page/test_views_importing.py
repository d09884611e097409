"""Importing a pack on the page, as a manager does it in Chromium; and what a forged piece may do."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from bot.chat.calls import UPLOAD, Upload
from bot.chat.local import sentences
from bot.chat.local.page.picking import PIECE, Pieces
from tests.page.conftest import NARROW, PATIENCE, WIDE, Served
from tests.page.views import axe_faults, fits, go, looking, serving_sample


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    expect.set_options(timeout=PATIENCE)
    with serving_sample(tmp_path) as served:
        yield served


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Served]:
    expect.set_options(timeout=PATIENCE)
    with serving_sample(tmp_path, "empty") as served:
        yield served


def pick(page: Page, data: bytes, name: str = "own.yaml") -> None:
    """Press the button by keyboard, and pick a file in the dialog of the system."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Import a pack").focus()
        page.keyboard.press("Enter")
    chooser.value.set_files(FilePayload(name=name, mimeType="", buffer=data))


def test_a_manager_imports_a_pack_and_mends_it_first(chromium: Browser, own: Served) -> None:
    with looking(chromium, own, "ada") as page:
        go(page, own, "/questions", "ada")
        status = page.get_by_role("region", name="Questions of your own").get_by_role("status")
        pick(page, b"bad")
        expect(status).to_contain_text("Nothing was imported.")
        expect(status).to_contain_text("own.yaml:3:1")
        expect(status).to_contain_text("<b>No</b>")
        expect(status).to_be_focused()
        whole = b"good" + bytes(range(256)) * 3000  # many pieces, every byte
        pick(page, whole)
        expect(status).to_contain_text("Imported: Own")
        expect(page.locator(".question-title")).to_have_count(7)
        expect(page.get_by_text(f"Own question of {len(whole)} bytes")).to_be_visible()
        page.get_by_label("Level").select_option("staff")
        expect(page.locator(".question-title")).to_have_count(1)
        pick(page, whole)
        expect(status).to_contain_text("is here already")


def test_a_file_that_is_too_big_or_empty_says_so(chromium: Browser, own: Served) -> None:
    with looking(chromium, own, "ada") as page:
        go(page, own, "/questions", "ada")
        status = page.get_by_role("region", name="Questions of your own").get_by_role("status")
        pick(page, b"good" + b"x" * UPLOAD)
        expect(status).to_contain_text("That file is too big.")
        pick(page, b"good" + b"x" * (UPLOAD - 4))
        expect(status).to_contain_text("Imported: Own")
        pick(page, b"")
        expect(status).to_contain_text("Nothing was imported.")


@pytest.mark.bad_input(26)
def test_only_managers_may_and_that_is_asked_anew(chromium: Browser, own: Served) -> None:
    with looking(chromium, own, "ada") as ada, looking(chromium, own, "ben") as ben:
        go(ben, own, "/questions", "ben")
        expect(ben.locator(".question-title")).to_have_count(6)
        expect(ben.get_by_role("button", name="Import a pack")).to_have_count(0)
        go(ada, own, "/questions", "ada")
        assert own.ask("demote", "ada") is True
        pick(ada, b"good")
        expect(ada.get_by_text("/pack import is for managers of this group.")).to_be_visible()
        expect(ada.locator(".question-title")).to_have_count(6)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_import_has_no_serious_finding_and_fits(
    chromium: Browser, empty: Served, size: dict[str, int], scheme: str
) -> None:
    with looking(chromium, empty, "ada", viewport=size, color_scheme=scheme) as page:
        go(page, empty, "/questions", "ada")
        for data, told in ((b"bad", "Nothing was imported."), (b"good", "Imported: Own")):
            pick(page, data)
            expect(page.get_by_text(told)).to_be_visible()
            assert axe_faults(page) == [] and fits(page)


def piece(at: object, data: bytes, size: object, name: object = "own.yaml") -> dict[str, object]:
    """A piece as the browser sends it."""
    return {"name": name, "size": size, "at": at, "data": base64.b64encode(data).decode()}


def test_pieces_in_order_are_the_file() -> None:
    pieces = Pieces()
    assert pieces.take(piece(0, b"ab", 5)) is None
    assert pieces.take(piece(0, b"abc", 5)) is None  # picked again
    assert pieces.take(piece(3, b"de", 5)) == Upload("own.yaml", b"abcde")
    assert pieces.take(piece(0, b"", 0, None)) == Upload("", b"")


@pytest.mark.bad_input(9, 101)
@pytest.mark.parametrize(
    "forged",
    [
        None,
        [],
        {},
        piece(3, b"x", 9),
        piece(0, b"", 9),
        piece(0, b"xx", 1),
        piece(0, b"x", -1),
        piece(0, b"x", "1"),
        piece("0", b"x", 1),
        piece(0, b"x" * 2 * PIECE, 10**6),
        {**piece(0, b"x", 1), "data": "not base64!"},
        {**piece(0, b"x", 1), "data": 5},
    ],
    ids=str,
)
def test_a_forged_piece_is_no_file(forged: object) -> None:
    assert Pieces().take(forged) == sentences.FILE_UNREADABLE


@pytest.mark.bad_input(9)
def test_no_more_than_a_pack_may_have_is_ever_held() -> None:
    pieces = Pieces()
    assert pieces.take(piece(0, b"x", UPLOAD + 1)) == sentences.FILE_TOO_BIG
    for at in range(0, UPLOAD, 100_000):
        came = pieces.take(piece(at, b"x" * 100_000, UPLOAD))
    assert isinstance(came, Upload) and len(came.data) == UPLOAD
    assert pieces.take(piece(0, b"x", 2)) is None
    assert pieces.take(piece(1, b"xx", 2)) == sentences.FILE_UNREADABLE
