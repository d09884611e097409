"""The image: its install steps are walked in an empty folder, its start and its compose file are read.

No container engine is needed: each stage of the Dockerfile becomes a folder, every absolute path that the file
names is moved below it, and the COPY and RUN lines are done there in order.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import settings

ROOT = Path(__file__).resolve().parents[1]
MOVED = re.compile(r"(?<![\w./-])/(opt|app|data)\b")


@dataclass(frozen=True)
class Step:
    """One instruction of a Dockerfile."""

    word: str
    rest: str


def steps() -> list[Step]:
    """Read the Dockerfile's instructions, with continued lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    joined = re.sub(r"\s*\\\n\s*", " ", "\n".join(lines))
    return [Step(*line.split(maxsplit=1)) for line in joined.splitlines()]


def last(word: str) -> str:
    """The last instruction of a kind, which is the one in force."""
    return [step.rest for step in steps() if step.word == word][-1]


def sent_to_the_builder() -> set[str]:
    """The names that .dockerignore lets in; it starts by shutting everything out."""
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    assert rules[0] == "*"
    return {rule.removeprefix("!") for rule in rules if rule.startswith("!")}


class Walk:
    """Does the steps of all stages below a folder; the stage at work is always `here`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.here = folder / "image"
        self.directory = "/"
        self.stage = ""
        self.path = ""
        self.tools = folder / "tools"
        self.tools.mkdir()
        (self.tools / "python").symlink_to(Path(sys.base_prefix) / "bin" / "python3")
        for tool in ("useradd", "chown"):  # they would need root, and change the machine
            (self.tools / tool).symlink_to(shutil.which("true") or "/bin/true")

    def moved(self, text: str) -> str:
        """Put the image's own absolute paths below the stage's folder."""
        return MOVED.sub(lambda match: f"{self.here}/{match[1]}", text)

    def environment(self) -> dict[str, str]:
        """What a container would have, and how this machine reaches its packages."""
        packages = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        (self.folder / "home").mkdir(exist_ok=True)
        path = f"{self.path}{self.tools}:/usr/bin:/bin"
        return packages | {"PATH": path, "HOME": str(self.folder / "home"), "LANG": "C.UTF-8"}

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run a shell command in the stage at work."""
        directory = self.moved(self.directory)
        shell = ["/bin/sh", "-ec", self.moved(command)]
        return subprocess.run(
            shell, cwd=directory, env=self.environment(), capture_output=True, text=True, check=False
        )

    def take(self, step: Step) -> None:
        """Do one step."""
        match step.word:
            case "FROM":
                self._begin(step.rest)
            case "WORKDIR":
                self.directory = step.rest
                Path(self.moved(step.rest)).mkdir(parents=True, exist_ok=True)
            case "ENV":
                if path := re.search(r"PATH=(\S+):\$PATH", step.rest):
                    self.path = self.moved(path[1]) + ":"
            case "COPY":
                self._copy(step.rest)
            case "RUN":
                done = self.run(step.rest)
                assert done.returncode == 0, f"{step.rest}\n{done.stdout}\n{done.stderr}"

    def _begin(self, image: str) -> None:
        if self.here.exists():
            self.here.rename(self.folder / f"stage-{self.stage}")
        self.here.mkdir()
        _, _, self.stage = image.partition(" AS ")
        self.directory, self.path = "/", ""

    def _copy(self, rest: str) -> None:
        words = shlex.split(rest)
        source_root = ROOT
        if words[0].startswith("--from="):
            source_root = self.folder / f"stage-{words.pop(0).removeprefix('--from=')}"
        *sources, target = words
        into = (
            Path(self.moved(target)) if target.startswith("/") else Path(self.moved(self.directory)) / target
        )
        for name in sources:
            source = source_root / name.lstrip("/")
            if source_root == ROOT:
                assert name in sent_to_the_builder(), f"{name} is shut out by .dockerignore"
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__") if source_root == ROOT else None
                shutil.copytree(source, into, symlinks=True, ignore=ignored, dirs_exist_ok=True)
            else:
                shutil.copy(source, into)


def test_the_finished_image_runs_the_program_on_its_own_content_and_holds_nothing_else(
    tmp_path: Path,
) -> None:
    image = Walk(tmp_path)
    for step in steps():
        image.take(step)

    program, *_ = json.loads(last("CMD"))
    shown = image.run(f"{program} --help")
    assert shown.returncode == 0, shown.stderr
    assert "daily" in shown.stdout

    checked = image.run(f"{program} content check")
    assert checked.returncode == 0, checked.stdout + checked.stderr

    found = image.run("python -c 'import bot, yaml; print(bot.__file__); print(yaml.__file__)'").stdout
    assert [line.startswith(str(image.here)) for line in found.splitlines()] == [True, True]

    assert image.run("python -m pip --version").returncode != 0
    assert sorted(path.name for path in (image.here / "app").iterdir()) == ["bot", "config", "content"]


def test_dependencies_are_installed_by_their_hashes_only() -> None:
    installs = [step.rest for step in steps() if step.word == "RUN" and "pip install" in step.rest]
    assert len(installs) == 2
    assert "--require-hashes -r requirements.lock" in installs[0]
    assert "--no-deps --no-build-isolation" in installs[1]


def test_both_stages_start_from_one_slim_image_pinned_by_its_tag() -> None:
    images = {step.rest.partition(" AS ")[0] for step in steps() if step.word == "FROM"}
    assert len(images) == 1
    assert re.fullmatch(r"python:3\.\d+(\.\d+)?-slim-\w+", images.pop())


def test_it_runs_as_somebody_without_rights_and_stops_when_told() -> None:
    assert last("USER") not in {"root", "0"}
    assert last("STOPSIGNAL") == "SIGTERM"
    assert json.loads(last("CMD")) == ["practice-bot", "run", "--data", last("VOLUME")]


def test_the_health_check_asks_the_health_page_by_the_standard_library() -> None:
    program, flag, source = json.loads(last("HEALTHCHECK").partition(" CMD ")[2])
    assert (program, flag) == ("python", "-c")
    assert "/healthz" in source
    port = re.search(r"PRACTICE_BOT_HEALTH__PORT=(\d+)", last("ENV"))
    assert port
    assert f"'127.0.0.1', {port[1]}" in source
    compile(source, "HEALTHCHECK", "exec")


def test_every_setting_that_the_image_and_the_compose_file_name_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = last("ENV") + "\n" + (ROOT / "compose.yaml").read_text(encoding="utf-8")
    named = re.findall(r"\b(PRACTICE_BOT_\w+)[=:] ?(\S+)", both)
    assert [name for name, _ in named] == [
        "PRACTICE_BOT_HEALTH__PORT",
        "PRACTICE_BOT_PAGE__PORT",
        "PRACTICE_BOT_STORE__POSTGRESQL_URL",
    ]
    for name, value in named:
        monkeypatch.setenv(name, value)
    assert settings.load(None).health.port == 8080


def compose() -> dict[str, Any]:
    """Read the compose file; services and merges are plain dictionaries."""
    read: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return read


def test_one_service_runs_on_sqlite_and_two_on_postgresql() -> None:
    services = compose()["services"]
    assert set(services) == {"bot", "bot-postgres", "postgres"}
    assert "profiles" not in services["bot"]
    assert services["bot-postgres"]["profiles"] == services["postgres"]["profiles"] == ["postgres"]


@pytest.mark.parametrize("name", ["bot", "bot-postgres"])
def test_a_bot_keeps_its_data_in_a_volume_and_has_few_rights(name: str) -> None:
    bot = compose()["services"][name]
    volume, _, place = bot["volumes"][0].partition(":")
    assert volume in compose()["volumes"]
    assert place == last("VOLUME")
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert bot["env_file"] == [{"path": ".env", "required": False}]


def test_the_bot_waits_for_a_healthy_postgresql() -> None:
    services = compose()["services"]
    assert services["bot-postgres"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert services["postgres"]["image"] == "postgres:18"
    assert services["postgres"]["healthcheck"]["test"][1] == "pg_isready"


def test_no_password_stands_in_the_compose_file() -> None:
    services = compose()["services"]
    assert services["postgres"]["environment"]["POSTGRES_PASSWORD"] == "${POSTGRES_PASSWORD:-}"
    assert services["bot-postgres"]["environment"]["PGPASSWORD"] == "${POSTGRES_PASSWORD:-}"
    assert not re.search(r"://[^\s/@]*:[^\s/@]*@", (ROOT / "compose.yaml").read_text(encoding="utf-8"))
