"""`check` and `content check`: each finding with its remedy, and an exit code for scripts."""

import re
from pathlib import Path

import pytest

from tests.commandline.calling import call, start

PACK = """
pack:
  id: mine
  version: 1
  title: Mine
  notice: A pack of my own.
  tracks: [{id: backend, title: Backend}]
  rubrics: []
questions:
  - id: one
    trck: backend
"""


def test_a_folder_without_data_is_well_and_is_not_made(tmp_path: Path) -> None:
    done = call(tmp_path, "check")
    assert done.returncode == 0, done.stdout
    assert "fault" not in done.stdout
    assert re.search(r"netflix version \d+: \d{2,3} questions", done.stdout)
    assert not (tmp_path / "data").exists()


def test_a_database_in_use_is_no_fault_and_names_the_process(tmp_path: Path) -> None:
    chat = start(tmp_path, "chat", "--as", "ada")
    try:
        assert chat.stdout is not None
        chat.stdout.readline()
        done = call(tmp_path, "check")
        assert done.returncode == 0
        assert f"in use by process {chat.pid}, as it should be while the bot runs" in done.stdout
    finally:
        chat.communicate(timeout=30)


@pytest.mark.bad_input(35)
def test_mistakes_in_the_settings_are_listed_and_nothing_else_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[practice]\nopen_days = 0\nzoone = 1\n")
    done = call(tmp_path, "check", "--config", "mine.toml")
    assert done.returncode == 2
    assert done.stdout.count("fault") == 2
    assert "did you mean zone?" in done.stdout


@pytest.mark.bad_input(36)
def test_a_database_that_cannot_be_used_is_a_fault_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "data" / "practice.sqlite").mkdir(parents=True)
    done = call(tmp_path, "check")
    assert done.returncode == 2
    assert "is a folder" in done.stdout
    url = {"PRACTICE_BOT_STORE__POSTGRESQL_URL": "postgresql://bot:canary@127.0.0.1:1/practice"}
    wrong = call(tmp_path, "check", more=url)
    assert wrong.returncode == 2
    assert "canary" not in wrong.stdout + wrong.stderr


@pytest.mark.bad_input(22)
def test_a_pack_with_a_mistake_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(PACK)
    done = call(tmp_path, "content", "check", "mine.yaml")
    assert done.returncode == 2
    assert "mine.yaml:11:5" in done.stderr
    assert "track" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_a_pack_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = call(tmp_path, "content", "check", "empty")
    assert (done.returncode, done.stdout) == (2, "")
    assert "empty: there is no pack." in done.stderr


def test_our_own_packs_have_no_findings(tmp_path: Path) -> None:
    done = call(tmp_path, "content", "check")
    assert (done.returncode, done.stdout.endswith(" in 1 pack, 0 findings\n")) == (0, True)


def test_online_says_that_no_platform_is_asked_yet(tmp_path: Path) -> None:
    assert "nothing to ask" in call(tmp_path, "check", "--online").stdout
