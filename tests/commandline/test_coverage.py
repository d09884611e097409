"""`content coverage`: the table, what is missing, another list, and an exit code for scripts."""

from pathlib import Path

import pytest
from typer import Exit

from bot.commandline.coverage import run_content_coverage
from tests.packs.guide_texts import COVERAGE, FILES


def configured(folder: Path) -> Path:
    """Settings that install the small pack beside our own."""
    for name, text in FILES.items():
        (folder / "more" / "own").mkdir(parents=True, exist_ok=True)
        (folder / "more" / "own" / name).write_text(text.replace("id: candor", "id: plain-words"))
    config = folder / "mine.toml"
    config.write_text(f'[content]\nfolders = ["{folder / "more"}"]\n')
    return config


def test_our_own_pack_is_covered_track_by_track(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_content_coverage(None, None) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:6]] == [
        "netflix",
        "tpm",
        "backend",
        "devops",
        "senior",
        "culture",
    ]
    assert lines[3].split()[1:] == ["55", "of", "55", "13", "of", "13"]
    assert lines[-1] == "220 of 220 covered"


def test_what_is_missing_is_named_and_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_content_coverage(None, configured(tmp_path)) == 2
    told = capsys.readouterr().out
    assert "missing: cache-a (backend, system-design)\n" in told
    assert "missing: prepare-" not in told
    assert "2 of 5 covered" in told


def test_another_list_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "list.yaml"
    file.write_text("- id: devops-toil-automation\n- id: g-frame-star\n")
    assert run_content_coverage(file, None) == 0
    file.write_text(COVERAGE)
    assert run_content_coverage(file, None) == 2
    assert capsys.readouterr().out.count("not in the packs' lists: ") == 5


def test_a_list_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Exit) as ended:
        run_content_coverage(tmp_path / "nothing.yaml", None)
    assert ended.value.exit_code == 2
    assert "nothing.yaml: The file cannot be read" in capsys.readouterr().err
