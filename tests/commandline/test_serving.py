"""`chat` and `run` as processes: what a person types in the README, and what happens to a bot that is killed."""

import json
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
import tzlocal

from bot.app import SystemClock, back_up, machine_zone, ringing, running
from bot.commandline.errors import explained
from bot.settings import load
from tests.commandline.calling import call, start

PRACTICE = "/question backend\nMy own answer, long enough to count.\n>Key points\n/streak\n"
READY = re.compile(r"health +on +(http://\S+)")

TOKEN = f"{'canary' * 4}.canary.{'canary' * 5}"
"""A text with the form of a Discord token."""


def title(output: str) -> str:
    """The title of the question that a chat printed: the line above how to answer it."""
    lines = output.splitlines()
    return lines[next(n for n, line in enumerate(lines) if "To answer, reply in the thread" in line) - 1]


def test_one_pipe_asks_answers_reveals_and_shows_a_streak_of_one(tmp_path: Path) -> None:
    done = call(tmp_path, "chat", "--as", "ada", "--data", "D", text=PRACTICE)
    assert (done.returncode, done.stderr) == (0, "")
    for told in ("Backend engineer", "Kept. Day 1", "A strong answer covers", "Streak: 1 day"):
        assert told in done.stdout
    again = call(tmp_path, "chat", "--as", "ben", "--data", "D", text=PRACTICE + "/board\n")
    assert title(again.stdout) != title(done.stdout)
    assert "Streak: 1 day" in again.stdout
    board = again.stdout[again.stdout.index("Board of") :]
    assert "ada: 1 day" in board
    assert "ben: 1 day" in board


@pytest.mark.bad_input(87)
def test_what_was_acknowledged_is_there_after_kill_9(tmp_path: Path) -> None:
    chat = start(tmp_path, "chat", "--as", "ada")
    assert chat.stdin is not None
    assert chat.stdout is not None
    try:
        chat.stdin.write("/question backend\nMy own answer, long enough to count.\n")
        chat.stdin.flush()
        for line in chat.stdout:
            if line.startswith("Kept."):
                break
    finally:
        chat.kill()
        chat.communicate(timeout=30)
    after = call(tmp_path, "chat", "--as", "ada", text="/streak\n")
    assert "You have answered it" in " ".join(after.stdout.split())
    assert "Streak: 1 day" in after.stdout


@pytest.mark.bad_input(37)
def test_a_second_process_is_refused_with_the_first_ones_id(tmp_path: Path) -> None:
    first = start(tmp_path, "chat", "--as", "ada")
    try:
        assert first.stdout is not None
        first.stdout.readline()
        for arguments in (("chat", "--as", "ben"), ("run",), ("recount",)):
            second = call(tmp_path, *arguments)
            assert second.returncode == 3
            assert f"process {first.pid}" in second.stderr
            assert "Traceback" not in second.stderr
    finally:
        first.communicate(timeout=30)
    assert call(tmp_path, "chat", "--as", "ben").returncode == 0


@pytest.mark.bad_input(27)
def test_nothing_to_serve_is_an_error_that_names_the_variables(tmp_path: Path) -> None:
    done = call(tmp_path, "run", more={"PRACTICE_BOT_LOCAL__ENABLED": "false"})
    assert done.returncode == 2
    assert "DISCORD_TOKEN" in done.stderr
    assert "SLACK_BOT_TOKEN" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.bad_input(27)
def test_a_token_alone_does_not_let_one_chat_on_this_machine(tmp_path: Path) -> None:
    more = {"PRACTICE_BOT_LOCAL__ENABLED": "false", "DISCORD_TOKEN": TOKEN}
    done = call(tmp_path, "chat", "--as", "ada", more=more)
    assert done.returncode == 2
    assert "[local] enabled" in done.stderr
    assert "canary" not in done.stderr


@pytest.mark.bad_input(28)
@pytest.mark.parametrize(
    ("name", "token", "heart"),
    [
        ("DISCORD_TOKEN", f'"{"canary" * 9}"', "quotes"),
        ("DISCORD_TOKEN", "xoxb-canary", "it belongs into SLACK_BOT_TOKEN"),
        ("SLACK_BOT_TOKEN", "xapp-canary", "it belongs into SLACK_APP_TOKEN"),
    ],
)
def test_a_token_in_the_wrong_place_is_told_by_its_variable(
    name: str, token: str, heart: str, tmp_path: Path
) -> None:
    done = call(tmp_path, "run", more={name: token})
    assert done.returncode == 2
    assert name in done.stderr and heart in done.stderr
    assert "canary" not in done.stderr


def test_a_health_port_that_is_taken_is_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = call(tmp_path, "run", more={"PRACTICE_BOT_HEALTH__PORT": port})
    assert done.returncode == 2
    assert f"Port {port} is taken by another program; set [health] port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_is_a_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine")
    done = call(tmp_path, "chat", "--as", "ada", "--data", "notes")
    assert done.returncode == 2
    assert "notes is a file, not a folder" in " ".join(done.stderr.split())


def test_a_chat_logs_to_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    done = call(tmp_path, "chat", "--as", "ada", text="/question\nsecret7781 words\n")
    log = tmp_path / "data" / "practice-bot.log"
    told = log.read_text()
    assert (done.stderr, log.stat().st_mode & 0o777) == ("", 0o600)
    assert "what=started" in told and "what=stopped" in told and "version=" in told
    assert "secret7781" not in told
    call(tmp_path, "chat", "--as", "ada", more={"PRACTICE_BOT_LOGS__LEVEL": "ERROR"})
    assert log.read_text() == told


async def test_a_chat_makes_the_backup_of_the_day_and_logs_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot")
    async with running(load(None), tmp_path, SystemClock()) as app:
        async with ringing(app, serving=False) as timer:
            assert "daily backup" in {ring.name for ring in timer._rings}
        await back_up(app)
    assert len(list((tmp_path / "backups").iterdir())) == 1
    assert "backup made" in caplog.text


def test_a_name_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    done = call(tmp_path, "chat", "--as", "a\u202eb")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running `practice-bot run` and where its health is asked."""
    more = {"PRACTICE_BOT_HEALTH__PORT": str(free_port())}
    bot = start(tmp_path, "run", more=more)
    assert bot.stdout is not None
    try:
        lines = []
        for line in bot.stdout:
            lines.append(line)
            if ready := READY.search(line):
                break
        else:
            raise AssertionError((lines, bot.communicate(timeout=30)))
        yield bot, ready[1]
    finally:
        if bot.poll() is None:
            bot.kill()
        bot.communicate(timeout=30)


def free_port() -> int:
    """A port that nobody has right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def health(url: str) -> tuple[int, dict[str, object]]:
    """Ask for the health once."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as fault:
        return fault.code, json.load(fault)


@pytest.mark.bad_input(88)
def test_run_says_what_is_on_is_well_and_ends_on_sigterm(serving: tuple[subprocess.Popen[str], str]) -> None:
    bot, url = serving
    assert health(url) == (200, {"status": "ok"})
    bot.send_signal(signal.SIGTERM)
    _, errors = bot.communicate(timeout=30)
    assert bot.returncode == 0, errors
    assert "Traceback" not in errors


@pytest.mark.bad_input(85)
def test_health_turns_red_when_the_database_is_gone(
    tmp_path: Path, serving: tuple[subprocess.Popen[str], str]
) -> None:
    _, url = serving
    database = tmp_path / "data" / "practice.sqlite"
    away = tmp_path / "away.sqlite"
    time.sleep(2)  # the rings of the start are over then; one that fails now is rung again in a minute only
    database.rename(away)
    status, told = health(url)
    assert status == 503
    faults = told["faults"]
    assert isinstance(faults, dict)
    assert "practice.sqlite" in faults["database"]
    away.rename(database)
    for _ in range(100):
        if health(url)[0] == 200:
            return
        time.sleep(0.1)
    raise AssertionError(health(url))


def test_every_platform_has_its_line(tmp_path: Path) -> None:
    away = {"DISCORD_TOKEN": TOKEN, "DISCORD_API_BASE": "http://127.0.0.1:9/api/v10"}
    bot = start(tmp_path, "run", more={**away, "DISCORD_GATEWAY": "ws://127.0.0.1:9"})
    assert bot.stdout is not None
    lines = [bot.stdout.readline() for _ in range(4)]
    bot.send_signal(signal.SIGTERM)
    out, errors = bot.communicate(timeout=30)
    assert [line.split()[:2] for line in lines] == [
        ["local", "on"],
        ["discord", "on"],
        ["slack", "off"],
        ["health", "off"],
    ]
    assert "canary" not in "".join(lines) + out + errors


class OldClock:
    """A clock that lost its battery."""

    def now(self) -> datetime:
        return datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.bad_input(94)
async def test_a_clock_before_the_program_was_made_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended, explained():
        async with running(load(None), tmp_path, OldClock()):
            raise AssertionError("it started")
    assert ended.value.exit_code == 2
    assert "clock of this machine is wrong" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("told", "zone"), [("Europe/Berlin", "Europe/Berlin"), ("Etc/UTC", "UTC"), ("EST5EDT", "UTC")]
)
def test_the_machines_zone_is_a_canonical_one(monkeypatch: pytest.MonkeyPatch, told: str, zone: str) -> None:
    monkeypatch.setenv("TZ", told)
    tzlocal.reload_localzone()
    assert machine_zone() == zone
