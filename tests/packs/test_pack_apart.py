"""Reading in a child process: the same outcome, and an end to what takes too much."""

from pathlib import Path

import pytest

from bot.packs import PackError, read_pack, read_pack_apart, read_packs_apart
from tests.packs.pack_texts import HEADER, PACK, QUESTION


def heavy_file() -> bytes:
    """Sound YAML of just under 1 MB with as many nodes as it can hold."""
    return f"{HEADER}questions:\n{QUESTION}    more: [{'a,' * 490_000}]\n".encode()


def test_the_pack_comes_back_the_same(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(PACK)
    pack = read_pack({"own.yaml": PACK.encode()})
    assert read_packs_apart([tmp_path]) == (pack,)
    assert repr(read_packs_apart([tmp_path])) == repr((pack,))  # a Level is more than a text equal to it
    assert read_pack_apart({"own.yaml": PACK.encode()}) == pack


def test_the_findings_come_back_the_same(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("pack: [\n")
    with pytest.raises(PackError, match=rf"{tmp_path.name}/own\.yaml:2:1: Expected a value here"):
        read_packs_apart([tmp_path])


@pytest.mark.bad_input(8, 9)
def test_what_takes_too_much_memory_is_stopped() -> None:
    small = PACK.encode()
    assert read_pack_apart({"own.yaml": small}, seconds=60, megabytes=64) == read_pack({"own.yaml": small})
    with pytest.raises(
        PackError, match="needed more than 64 MB of memory and was stopped; nothing was taken"
    ):
        read_pack_apart({"own.yaml": heavy_file()}, seconds=60, megabytes=64)


@pytest.mark.bad_input(8, 9)
def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(PackError, match="took more than 1 s and was stopped"):
        read_pack_apart({f"{number}.yaml": heavy_file() for number in range(20)}, seconds=1, megabytes=2_000)


def test_a_child_that_breaks_off_gives_a_sentence_and_was_given_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    monkeypatch.setenv("SLACK_BOT_TOKEN", "canary")
    monkeypatch.setattr("sys.executable", str(script_that_shows_its_environment(tmp_path, seen)))
    with pytest.raises(PackError, match="broke off"):
        read_pack_apart({"own.yaml": PACK.encode()})
    assert "PYTHONPATH" in seen.read_text()
    assert "canary" not in seen.read_text()


def test_a_child_that_sleeps_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "python"
    script.write_text("#!/bin/sh\nexec /bin/sleep 600\n")
    script.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(script))
    with pytest.raises(PackError, match="took more than 0 s and was stopped"):
        read_pack_apart({"own.yaml": PACK.encode()}, seconds=0)


def script_that_shows_its_environment(tmp_path: Path, seen: Path) -> Path:
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\n/usr/bin/env > {seen}\nexit 1\n")
    script.chmod(0o700)
    return script
