"""`practice-bot run` as its own process against the fake Discord: settings, supervisor, transport, and a kill."""

import asyncio
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from tests.commandline.calling import environment
from tests.platforms.discord.fake_discord import TOKEN, FakeDiscord, fake_discord

ANSWER = "My own answer, long enough to count."
LOST = "What ben said while nobody listened."


class Process:
    """A bot of its own; `said` is all that it wrote."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said = ""
        self._reading = [asyncio.create_task(self._read(pipe)) for pipe in (process.stdout, process.stderr)]

    async def _read(self, pipe: asyncio.StreamReader | None) -> None:
        assert pipe is not None
        while line := await pipe.readline():
            self.said += line.decode()

    async def told(self, pattern: str, seconds: float = 40) -> re.Match[str]:
        """Wait until it writes something of a pattern."""
        async with asyncio.timeout(seconds):
            while (found := re.search(pattern, self.said)) is None:
                await asyncio.sleep(0.02)
        return found

    async def ended(self) -> int:
        """Wait for its end; gives the exit code."""
        async with asyncio.timeout(20):
            code = await self.process.wait()
        await asyncio.gather(*self._reading)
        return code


@asynccontextmanager
async def running(fake: FakeDiscord, folder: Path, token: str = TOKEN, **more: str) -> AsyncIterator[Process]:
    """`practice-bot run` in a folder, while the block runs."""
    told = {"DISCORD_TOKEN": token, "DISCORD_API_BASE": fake.api_base, "DISCORD_GATEWAY": fake.gateway.url}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", "--data", "D"),
        cwd=folder,
        env=environment(folder, told | more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    bot = Process(process)
    try:
        yield bot
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await bot.ended()


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with fake_discord() as fake:
        yield fake


async def asked(fake: FakeDiscord) -> str:
    """Ask for a question; gives its thread."""
    await fake.slash("ada", "question", track="backend")
    await fake.gateway.until(lambda: bool(fake.threads))
    return fake.threads[-1]


async def answered(fake: FakeDiscord, thread: str, count: int) -> None:
    """Wait until so many acknowledgements stand in a thread."""
    await fake.gateway.until(lambda: str(fake.said_in(thread)).count("a streak begins") == count)


@pytest.mark.bad_input(51, 80, 107)
async def test_the_whole_way_with_a_resume_a_lost_session_and_a_kill(
    fake: FakeDiscord, tmp_path: Path
) -> None:
    async with running(fake, tmp_path) as bot:
        await bot.told(r"discord +connected as practice-bot")
        await bot.told(rf"client_id={fake.application}")
        await fake.gateway.until(lambda: bool(fake.commands))
        thread = await asked(fake)
        await fake.gateway.drop()
        await fake.say("ada", thread, ANSWER)
        await answered(fake, thread, 1)
        assert fake.gateway.resumed == 1
        fake.gateway.lose_sessions()
        await fake.gateway.drop()
        await fake.say("ben", thread, LOST, tell=False)
        await answered(fake, thread, 2)
        bot.process.send_signal(signal.SIGKILL)
        await bot.ended()
        assert TOKEN not in bot.said and ANSWER not in bot.said and LOST not in bot.said
    fake.gateway.lose_sessions()
    await fake.say("ada", thread, "And another thought of mine about it.", tell=False)
    async with running(fake, tmp_path) as bot:
        await fake.gateway.until(lambda: "Kept as a comment." in str(fake.said_in(thread)))
        board = await fake.slash("ada", "board")
        assert board.text.count("1 day this month") == 2
        bot.process.send_signal(signal.SIGTERM)
        assert await bot.ended() == 0
    assert fake.tried("PUT", "/applications/.*/commands") == 1
    assert len(fake.prompts) == 1 and fake.http.wrong == []


@pytest.mark.bad_input(29, 107)
async def test_a_wrong_token_is_said_and_the_rest_goes_on(fake: FakeDiscord, tmp_path: Path) -> None:
    wrong = TOKEN[:-4] + "XXXX"
    async with running(fake, tmp_path, wrong, PRACTICE_BOT_HEALTH__PORT="0") as bot:
        await bot.told("Discord refuses the bot token")
        await asyncio.sleep(0.5)
        assert bot.process.returncode is None, "the local chat is served all the same"
        assert len(fake.http.requests) == 1 and wrong not in bot.said and "Traceback" not in bot.said
        bot.process.send_signal(signal.SIGTERM)
        assert await bot.ended() == 0


@pytest.mark.bad_input(30)
async def test_an_intent_that_is_off_is_said_and_forms_go_on(fake: FakeDiscord, tmp_path: Path) -> None:
    fake.gateway.intents = ~(1 << 15)
    async with running(fake, tmp_path) as bot:
        await bot.told("Message Content Intent")
        await fake.gateway.until(lambda: bool(fake.commands))
        await asked(fake)
        form = await fake.press("ada", fake.prompts[0], "Answer")
        assert "a streak begins" in (await fake.submit("ada", form, ANSWER)).text


@pytest.mark.bad_input(79)
async def test_a_discord_that_is_down_at_the_start_is_found_when_it_comes(
    fake: FakeDiscord, tmp_path: Path
) -> None:
    fake.http.down = True
    async with running(fake, tmp_path) as bot:
        await bot.told(r"local +on")
        await fake.gateway.until(lambda: len(fake.http.requests) > 0)
        assert bot.process.returncode is None
        fake.http.down = False
        await bot.told(r"discord +connected as practice-bot", 60)


@pytest.mark.bad_input(28)
@pytest.mark.parametrize(
    "base", ["https://discord.example.org/api/v10", "http://169.254.169.254/api", "file:///etc"]
)
async def test_a_base_on_another_machine_is_refused_before_any_call(
    fake: FakeDiscord, tmp_path: Path, base: str
) -> None:
    async with running(fake, tmp_path, DISCORD_API_BASE=base) as bot:
        assert await bot.ended() == 2
        assert "DISCORD_API_BASE" in bot.said and TOKEN not in bot.said
    assert fake.http.requests == []
