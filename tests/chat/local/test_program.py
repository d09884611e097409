"""The chat as people start it: a process of its own, on SQLite, by pipe and on a terminal."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

ANSWER = "My own answer, long enough to count."
PROGRAM = (sys.executable, "-m", "bot", "chat")
PATIENCE = 60
"""Seconds until a process that says nothing counts as stuck."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def command(data: Path, name: str, *more: str) -> list[str]:
    return [*PROGRAM, "--as", name, "--data", str(data), *more]


def visit(data: Path, name: str, *lines: str) -> str:
    text = "".join(f"{line}\n" for line in lines)
    done = subprocess.run(command(data, name), input=text, capture_output=True, text=True, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_transcript_of_the_readme_works(data: Path) -> None:
    first = visit(data, "ada", "/question backend", ANSWER, ">Key points", "/streak")
    for text in ("Asked for by ada.", "Kept. Day 1, a streak begins.", "Key points: ", "Streak: 1 day"):
        assert text in first
    second = visit(data, "ben", "/question backend", "Ben has an answer of his own.", "/streak", "/board")
    assert "Streak: 1 day" in second
    assert "1. ada: 1 day" in second and "2. ben: 1 day" in second
    title = next(line for line in first.split("\n") if line.startswith("Key points: ")).removeprefix(
        "Key points: "
    )
    assert f"\n{title}\n" in first and f"\n{title}\n" not in second


@pytest.mark.bad_input(87)
def test_what_was_acknowledged_outlives_kill_9(data: Path) -> None:
    running = subprocess.Popen(
        command(data, "ada"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert running.stdin is not None and running.stdout is not None
    running.stdin.write(f"/question backend\n{ANSWER}\n")
    running.stdin.flush()
    for line in running.stdout:
        if line.startswith("Kept. Day 1"):
            break
    running.send_signal(signal.SIGKILL)
    assert running.wait(PATIENCE) == -signal.SIGKILL
    running.stdin.close()
    running.stdout.close()
    again = visit(data, "ada", "/streak", "/privacy export")
    assert "Streak: 1 day" in again
    assert ANSWER in (data / "practice-bot-my-data.json").read_text()


def test_a_reader_that_goes_away_ends_the_chat_quietly(data: Path) -> None:
    line = " ".join(f"'{part}'" for part in command(data, "ada"))
    script = f"printf '/help\\n/help\\n/help\\n/help\\n' | {{ {line}; echo code $? >&2; }} | head -n 1"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=PATIENCE)
    assert done.stdout == "Hello ada. This is #study.\n"
    assert done.stderr == "code 0\n"


def test_an_interrupt_ends_the_chat_quietly(data: Path) -> None:
    running = subprocess.Popen(
        command(data, "ada"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdin and running.stdout and running.stderr
    while running.stdout.readline() != "\n":
        pass  # the greeting ends with an empty line
    running.send_signal(signal.SIGINT)
    assert running.wait(PATIENCE) in (0, 130)  # the input is still open, and nothing waits for it
    assert running.communicate() == ("", "")


@pytest.mark.bad_input(14)
def test_bytes_that_are_no_text_do_no_harm(data: Path) -> None:
    lines = b"/question backend\n\xff\xfe\x00 not quite text, but long enough\r\n/streak"
    done = subprocess.run(command(data, "ada"), input=lines, capture_output=True, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Kept. Day 1" in done.stdout and b"Streak: 1 day" in done.stdout


def test_a_bad_name_ends_with_code_2_and_a_sentence(data: Path) -> None:
    done = subprocess.run(
        command(data, "a\u200bb"), input="", capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 2 and done.stdout == ""
    assert "(U+200B)" in done.stderr and "Traceback" not in done.stderr


class Terminal:
    """A person at a terminal of 80 columns."""

    def __init__(self, data: Path, name: str, **environment: str) -> None:
        kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "CI")}
        started = command(data, name)
        self.child: pexpect.spawn[str] = pexpect.spawn(
            started[0],
            started[1:],
            env={**kept, "TERM": "xterm-256color", **environment},
            dimensions=(40, 80),
            encoding="utf-8",
            timeout=PATIENCE,
        )

    def sees(self, text: str) -> str:
        """Wait until a text is shown; what came before it."""
        self.child.expect_exact(text)
        return str(self.child.before)

    def types(self, line: str) -> None:
        self.child.send(f"{line}\r")

    def ends(self) -> None:
        self.child.expect(pexpect.EOF)
        self.child.close()
        assert self.child.exitstatus == 0


def test_a_person_at_a_terminal_asks_answers_and_leaves(data: Path) -> None:
    terminal = Terminal(data, "ada")
    terminal.sees("Hello ada.")
    terminal.sees("#study:")
    terminal.types("/question backend kind:technical-concept")
    terminal.sees("To answer, reply in the thread")
    terminal.sees(">Sample answer")
    terminal.types(">Answer")
    terminal.sees("In your own words.")
    terminal.types(ANSWER)
    before = terminal.sees("Kept. Day 1, a streak begins.")
    assert "\x1b[" in before
    terminal.types("/streak")
    terminal.sees("Streak: 1 day")
    terminal.child.send("\x04")
    terminal.ends()
    history = data / "chat-history"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    kept = history.read_text()
    assert "+/question backend" in kept and "+>Answer" in kept and ANSWER not in kept


def test_a_form_at_a_terminal_is_mended_and_given_up(data: Path) -> None:
    terminal = Terminal(data, "ada")
    terminal.sees("#study:")
    terminal.types("/question backend kind:technical-concept")
    terminal.sees(">Sample answer")
    terminal.types(">Answer")
    terminal.sees("In your own words.")
    terminal.types("short")
    terminal.sees("An answer has at least 15.")
    terminal.types(", and now long enough")
    terminal.sees("Kept. Day 1")
    terminal.types(">Answer")
    terminal.sees("Change it, then press Enter.")
    terminal.sees("short, and now long enough")
    terminal.child.send("\x03")
    terminal.sees("was not sent")
    terminal.sees("#study:")
    terminal.child.send("\x03")
    terminal.ends()


def test_several_pasted_lines_are_one_reply(data: Path) -> None:
    terminal = Terminal(data, "ada")
    terminal.sees("#study:")
    terminal.types("/question backend")
    terminal.sees(">Sample answer")
    terminal.types("\x1b[200~First line of my answer.\nSecond line of it.\x1b[201~")
    terminal.sees("Kept. Day 1")
    terminal.types("/privacy export")
    terminal.sees("Saved as")
    terminal.child.send("\x04")
    terminal.ends()
    assert "First line of my answer.\\nSecond line of it." in (data / "practice-bot-my-data.json").read_text()
    assert "of my answer" not in (data / "chat-history").read_text()


def test_a_command_is_completed(data: Path) -> None:
    terminal = Terminal(data, "ada")
    terminal.sees("#study:")
    terminal.child.send("/str\t")
    terminal.sees("eak")
    terminal.types("")
    terminal.sees("Streak: 0 days")
    terminal.child.send("\x04")
    terminal.ends()


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}])
def test_no_color_is_honored(data: Path, environment: dict[str, str]) -> None:
    terminal = Terminal(data, "ada", **environment)
    terminal.sees("#study:")
    terminal.types("/streak")
    before = terminal.sees("Streak: 0 days")
    after = terminal.sees("Freezes")
    for code in ("\x1b[0;1;36", "\x1b[1;36m", "\x1b[0;1m", "\x1b[0;2m"):
        assert code not in before + after
    terminal.child.send("\x04")
    terminal.ends()
