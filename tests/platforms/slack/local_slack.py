"""local-slack, a Slack server of other people's making: started, driven as people would, and read.

The binary comes from npm (`npm ci --prefix tests/platforms/slack`); where it is not, `start` raises Missing. It
listens on every address of the machine and checks little, so it never gets a token that means anything.
"""

import asyncio
import json
import re
import socket
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any

import aiohttp

from tests.platforms.slack.drawn import inputs_of
from tests.platforms.slack.fake_people import given_in

Json = dict[str, Any]

BINARY = Path(__file__).parent / "node_modules" / "local-slack-linux-x64" / "bin" / "local-slack"
TEAM, BOT_USER, STUDY = "T0TEAM", "U0BOT", "C0STUDY"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-1-local-slack", "xapp-1-A0APP-local-slack", "local-slack-secret"
WAITS = 20.0
"""Seconds that something may take to appear."""


class Missing(Exception):
    """local-slack is not installed, or there is none for this machine."""

    def __str__(self) -> str:
        return "local-slack is missing: install npm on Linux x64, then call make test"


class LocalSlack:
    """One running server with one channel and some people, who are known by name."""

    def __init__(
        self, folder: Path, names: tuple[str, ...] = ("ada", "bob", "cyd"), bot_port: int = 0
    ) -> None:
        """Take a folder for its files; with `bot_port` it delivers by signed HTTP to that port."""
        self.folder = folder
        self.names = names
        self.bot_port = bot_port
        self.base = ""
        self._process: Process | None = None
        self._session: aiohttp.ClientSession | None = None
        self._page: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self.modals: list[Json] = []
        self.errors: Json = {}
        self.homes: Json = {}

    async def start(self) -> None:
        """Start the server on a free port."""
        if not BINARY.is_file():
            raise Missing
        config = self.folder / "local-slack.json"
        config.write_text(json.dumps(self._config()), encoding="utf-8")
        arguments = ["--config", str(config), "--port", "0", "--base-host", "127.0.0.1"]
        files = self.folder / "files"
        files.mkdir(exist_ok=True)
        self._process = await asyncio.create_subprocess_exec(
            BINARY, *arguments, "--files-dir", str(files), stdout=PIPE, cwd=self.folder
        )
        assert self._process.stdout is not None
        while not self.base:
            line = (await asyncio.wait_for(self._process.stdout.readline(), WAITS)).decode()
            found = re.search(r"Web UI:\s+(http://127\.0\.0\.1:\d+)", line)
            self.base = found[1] if found else ""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(30))
        self._page = await self._session.ws_connect(f"{self.base}/ui", max_msg_size=0)
        self._reader = asyncio.create_task(self._read())

    def _config(self) -> Json:
        app = {"appId": "A0APP", "botUserId": BOT_USER, "botName": "practice", "botToken": BOT_TOKEN}
        app |= {
            "appToken": APP_TOKEN,
            "signingSecret": SECRET,
            "mode": "events" if self.bot_port else "socket",
        }
        if self.bot_port:
            app["requestUrl"] = f"http://127.0.0.1:{self.bot_port}/slack/events"
        users = [
            {"id": id_of(name), "name": name, "real_name": name.title(), "tz": "UTC"} for name in self.names
        ]
        study = {"id": STUDY, "name": "study", "members": [*map(id_of, self.names), BOT_USER]}
        workspace = {"name": "Study group", "domain": "group", "teamId": TEAM}
        return {"workspace": workspace, "apps": [app], "users": users, "channels": [study]}

    async def stop(self) -> None:
        """End the server."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
        if self._process is not None:
            if self._process.returncode is None:
                self._process.terminate()
            await self._process.communicate()

    async def _read(self) -> None:
        """Keep what the page is told of modals and homes."""
        assert self._page is not None
        async for frame in self._page:
            told = json.loads(frame.data)
            match told["t"]:
                case "view":
                    self.modals, self.errors = told["stack"], {}
                case "view_errors":
                    self.errors = told["errors"]
                case "home":
                    self.homes[told["user"]] = told["view"]

    async def control(self, verb: str, **body: Any) -> Json:
        """Call the control interface."""
        assert self._session is not None
        async with self._session.post(f"{self.base}/_control/{verb}", json=body) as answer:
            told: Json = await answer.json()
        assert told["ok"], told
        return told

    async def say(self, name: str, text: str, thread: str | None = None) -> str:
        """Write a message; gives its id."""
        more = {"thread_ts": thread} if thread else {}
        told = await self.control("message", channel=STUDY, user=id_of(name), text=text, **more)
        return str(told["message"]["ts"])

    async def type(self, name: str, line: str) -> None:
        """Type a command."""
        command, _, text = line.partition(" ")
        await self.control("command", channel=STUDY, user=id_of(name), command=command, text=text)

    async def press(self, name: str, ts: str, label: str) -> None:
        """Press a button of a message."""
        message = next(one for one in await self.messages() if one["ts"] == ts)
        button = button_of(message.get("blocks") or [], label)
        await self.control("interact", channel=STUDY, messageTs=ts, user=id_of(name), action=button)

    async def edit(self, name: str, ts: str, text: str) -> None:
        """Change a message."""
        await self.control("edit-message", channel=STUDY, ts=ts, user=id_of(name), text=text)

    async def delete(self, name: str, ts: str) -> None:
        """Delete a message."""
        await self.control("delete-message", channel=STUDY, ts=ts, user=id_of(name))

    async def open_home(self, name: str) -> None:
        """Look at the bot's home."""
        await self.control("open-home", user=id_of(name))

    async def submit(self, name: str, values: dict[str, str]) -> None:
        """Send the open modal; values by field."""
        assert self._page is not None
        state = {}
        texts = {**inputs_of(self.modals[-1]["blocks"]), **values}
        for block in self.modals[-1]["blocks"]:
            if block["type"] == "input":
                element = block["element"]
                state[block["block_id"]] = {element["action_id"]: given_in(element, texts[block["block_id"]])}
        await self._page.send_json({"t": "view_submit", "user": id_of(name), "values": state})

    async def messages(self) -> list[Json]:
        """All messages of the channel, oldest first; ephemeral ones have `ephemeral_to`."""
        assert self._session is not None
        async with self._session.get(f"{self.base}/_control/messages/{STUDY}") as answer:
            told: Json = await answer.json()
        return list(told["messages"])


def id_of(name: str) -> str:
    """The id of a person of this name."""
    return f"U0{name.upper()}"


def button_of(blocks: list[Json], label: str) -> Json:
    """The button with a label, as the page sends it when it is pressed."""
    for block in blocks:
        for element in [*block.get("elements", ()), block.get("accessory") or {}]:
            if element.get("type") == "button" and element["text"]["text"] == label:
                return {**element, "block_id": block.get("block_id")}
    raise AssertionError(f"no button {label}")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
