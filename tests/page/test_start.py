"""`run` with the page: what it prints, what it loads, and what happens when its port is taken."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.commandline.calling import call, environment, start
from tests.commandline.test_serving import free_port

WITHOUT = """
import json, sys
import bot.__main__, bot.commandline.program, bot.app, bot.commandline.serving
print(json.dumps([name for name in ("nicegui", "fastapi", "uvicorn") if name in sys.modules]))
"""


def test_run_prints_the_address_of_the_page_and_ends_well(tmp_path: Path) -> None:
    port = free_port()
    bot = start(tmp_path, "run", more={"PRACTICE_BOT_PAGE__PORT": str(port)})
    assert bot.stdout is not None
    line = bot.stdout.readline()
    assert re.fullmatch(rf"local +on +http://127\.0\.0\.1:{port}\n", line)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
        assert "Come in" in answer.read().decode()
    bot.send_signal(signal.SIGINT)
    _, errors = bot.communicate(timeout=30)
    assert (bot.returncode, "Traceback" in errors) == (0, False), errors
    assert not (tmp_path / ".nicegui").exists()


def test_a_port_that_is_taken_is_a_sentence_and_the_rest_goes_on(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        bot = start(tmp_path, "run", more={"PRACTICE_BOT_PAGE__PORT": str(port)})
        assert bot.stdout is not None
        line = bot.stdout.readline()
        assert line.startswith("local    on   no page: 127.0.0.1:")
        assert "PRACTICE_BOT_PAGE__PORT" in line
        bot.send_signal(signal.SIGTERM)
        bot.communicate(timeout=30)
        assert bot.returncode == 0


def test_a_page_for_all_without_a_pass_phrase_does_not_start(tmp_path: Path) -> None:
    more = {"PRACTICE_BOT_PAGE__PORT": str(free_port()), "PRACTICE_BOT_PAGE__HOST": "0.0.0.0"}
    done = call(tmp_path, "run", more=more)
    assert done.returncode == 2
    assert "set a pass phrase" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_of_the_page_is_loaded_before_it_is_started(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        env={**environment(tmp_path), "PYTHONPATH": os.fspath(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == []
