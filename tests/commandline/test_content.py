"""`content import` and `content export` as a person calls them."""

import csv
import sqlite3
from io import StringIO
from pathlib import Path

import pytest

from tests.commandline.calling import call, start
from tests.packs.pack_texts import spoiled
from tests.packs.sheet_texts import LEAST, SHEET

OWN = spoiled("id: own", "id: ours")


def exported(folder: Path, *more: str) -> list[dict[str, str]]:
    done = call(folder, "content", "export", "--format", "csv", *more)
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(StringIO(done.stdout)))


def test_a_sheet_comes_in_changes_and_goes_out(tmp_path: Path) -> None:
    (tmp_path / "Our own.csv").write_text(SHEET)
    first = call(tmp_path, "content", "import", "Our own.csv")
    told = "our-own version 1 is in local:home: 2 questions added, 0 changed, 0 retired.\n"
    assert (first.returncode, first.stdout, first.stderr) == (0, told, "")
    again = call(tmp_path, "content", "import", "Our own.csv")
    assert again.stdout == "our-own version 1 was in local:home just so; nothing changed.\n"
    assert [row["id"] for row in exported(tmp_path, "--for", "local:home")] == ["cache-basics", "on-call"]
    (tmp_path / "Our own.csv").write_text(
        LEAST.replace("text", "id,text").replace("backend,", "backend,cache-basics,")
    )
    changed = call(tmp_path, "content", "import", "Our own.csv")
    assert changed.stdout == "our-own version 2 is in local:home: 0 questions added, 1 changed, 1 retired.\n"


@pytest.mark.bad_input(5)
def test_yaml_comes_in_under_its_own_id_and_version_for_the_workspace_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(OWN)
    done = call(tmp_path, "content", "import", "ours.yaml", "--for", "slack:T1")
    assert done.stdout == "ours version 3 is in slack:T1: 1 question added, 0 changed, 0 retired.\n"
    (tmp_path / "ours.yaml").write_text(OWN.replace("Where would", "Where else would"))
    other = call(tmp_path, "content", "import", "ours.yaml", "--for", "slack:T1")
    assert (other.returncode, other.stdout) == (2, "")
    assert "version 3" in other.stderr
    assert exported(tmp_path, "--for", "local:home") == []


@pytest.mark.bad_input(1, 5, 18, 19, 20, 24)
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("bad.csv",), "bad.csv:2:3: Column `level`: Unknown level `middle`; did you mean `mid`?"),
        (("taken.csv",), "backend-"),
        (("http://169.254.169.254/own.csv",), "Addresses are not imported"),
        (("file:///etc/passwd",), "Addresses are not imported"),
        (("link.csv",), "no such plain file"),
        (("missing.csv",), "no such plain file"),
        (("/dev/zero",), "no such plain file"),
        (("notes.txt",), "Only plain .yaml and .csv files are read"),
        (("good.csv", "--pack", "../x"), "The pack's id may have"),
        (("good.csv", "--pack", "netflix"), "netflix"),
        (("good.yaml", "--pack", "mine"), "has its id in its header"),
        (("good.csv", "--for", "nowhere"), "--for wants a workspace such as"),
        (("good.csv", "--for", "irc:x"), "--for wants a workspace such as"),
    ],
)
def test_what_cannot_be_imported_changes_nothing_and_is_told(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    taken = next(row["id"] for row in exported(tmp_path) if row["track"] == "backend")
    (tmp_path / "good.csv").write_text(SHEET)
    (tmp_path / "good.yaml").write_text(OWN)
    (tmp_path / "bad.csv").write_text(SHEET.replace(",mid,", ",middle,"))
    (tmp_path / "taken.csv").write_text(SHEET.replace("on-call", taken))
    (tmp_path / "link.csv").symlink_to("good.csv")
    (tmp_path / "notes.txt").write_text("notes")
    done = call(tmp_path, "content", "import", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not kept(tmp_path)


def kept(folder: Path) -> list[str]:
    """The own packs in the database, if there is one."""
    file = folder / "data" / "practice.sqlite"
    if not file.exists():
        return []
    with sqlite3.connect(file) as database:
        found = [pack for (pack,) in database.execute("SELECT pack FROM pack")]
    database.close()
    return found


def test_the_database_of_a_running_bot_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(SHEET)
    chat = start(tmp_path, "chat", "--as", "ada")
    try:
        assert chat.stdout is not None
        chat.stdout.readline()
        done = call(tmp_path, "content", "import", "own.csv")
        assert (done.returncode, done.stdout) == (3, "")
        assert str(chat.pid) in done.stderr
    finally:
        chat.communicate(timeout=30)


@pytest.mark.parametrize(
    ("form", "start_of_it"), [("csv", "\ufeffid,track"), ("markdown", "# "), ("anki", "#separator:tab")]
)
def test_a_file_is_written_and_never_written_over_unless_forced(
    tmp_path: Path, form: str, start_of_it: str
) -> None:
    out = tmp_path / "out.txt"
    done = call(tmp_path, "content", "export", "--format", form, "--output", "out.txt")
    assert done.returncode == 0, done.stderr
    assert "questions to out.txt." in done.stdout
    assert out.read_text().startswith(start_of_it)
    out.write_text("precious")
    again = call(tmp_path, "content", "export", "--format", form, "--output", "out.txt")
    assert (again.returncode, out.read_text()) == (2, "precious")
    assert "--force" in again.stderr
    forced = call(tmp_path, "content", "export", "--format", form, "--output", "out.txt", "--force")
    assert forced.returncode == 0
    assert out.read_text().startswith(start_of_it)
    assert not (tmp_path / "data").exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = call(tmp_path, "content", "export", "--format", "anki", "--output", "none/out.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be written" in done.stderr
