"""`backup`, `restore` and `recount` as a person calls them."""

from pathlib import Path

import pytest

from tests.commandline.calling import call

ANSWERED = "/question backend\nMy own answer, long enough to count.\n"


def streak(folder: Path) -> str:
    return call(folder, "chat", "--as", "ada", text="/streak\n").stdout


def test_a_backup_comes_back_whole(tmp_path: Path) -> None:
    call(tmp_path, "chat", "--as", "ada", text=ANSWERED)
    made = call(tmp_path, "backup", "copy.sqlite")
    assert made.returncode == 0, made.stderr
    assert "copy.sqlite" in made.stdout
    call(tmp_path, "chat", "--as", "ben", text=ANSWERED)
    back = call(tmp_path, "restore", "copy.sqlite")
    assert back.returncode == 0, back.stderr
    assert "Streak: 1 day" in streak(tmp_path)
    board = call(tmp_path, "chat", "--as", "ada", text="/board\n").stdout
    assert "ada: 1 day" in board
    assert "ben" not in board


def test_a_backup_never_writes_over_a_file(tmp_path: Path) -> None:
    call(tmp_path, "chat", "--as", "ada", text=ANSWERED)
    (tmp_path / "mine.txt").write_text("precious")
    done = call(tmp_path, "backup", "mine.txt")
    assert done.returncode == 2
    assert (tmp_path / "mine.txt").read_text() == "precious"
    assert "Traceback" not in done.stderr


@pytest.mark.bad_input(86)
def test_a_restore_from_something_else_changes_nothing(tmp_path: Path) -> None:
    call(tmp_path, "chat", "--as", "ada", text=ANSWERED)
    (tmp_path / "notes.txt").write_text("no database")
    done = call(tmp_path, "restore", "notes.txt")
    assert done.returncode == 2
    assert "notes.txt" in done.stderr
    assert "Streak: 1 day" in streak(tmp_path)


def test_a_recount_changes_no_streak(tmp_path: Path) -> None:
    call(tmp_path, "chat", "--as", "ada", text=ANSWERED)
    before = streak(tmp_path)
    done = call(tmp_path, "recount")
    assert (done.returncode, done.stdout) == (0, "Counted anew for 1 member.\n")
    assert streak(tmp_path) == before


def test_a_recount_of_no_database_makes_none(tmp_path: Path) -> None:
    done = call(tmp_path, "recount", "--data", "typo")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no database at typo" in done.stderr
    assert "--data" in done.stderr
    assert not (tmp_path / "typo").exists()


def test_postgresql_is_backed_up_by_its_own_tools(tmp_path: Path) -> None:
    url = {"PRACTICE_BOT_STORE__POSTGRESQL_URL": "postgresql://bot:canary@127.0.0.1:1/practice"}
    for command in ("backup", "restore"):
        done = call(tmp_path, command, "copy.sqlite", more=url)
        assert done.returncode == 2
        assert "pg_dump" in done.stderr
        assert "canary" not in done.stderr
