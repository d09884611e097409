"""`/healthz` says what is wrong."""

import asyncio
import socket

import aiohttp
import pytest

from bot.health import Check, Health

HERE = "127.0.0.1"


async def well() -> str | None:
    return None


async def broken() -> str | None:
    return "the database cannot be written"


async def raising() -> str | None:
    raise RuntimeError("password=canary")


async def silent() -> str | None:
    await asyncio.Event().wait()
    return None


async def ask(health: Health, path: str = "/healthz") -> tuple[int, str]:
    """Start, ask once, stop."""
    await health.start(HERE, 0)
    try:
        url = f"http://{HERE}:{health.port}{path}"
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return answer.status, await answer.text()
    finally:
        await health.stop()


async def test_it_answers_200_when_every_check_is_well() -> None:
    assert await ask(Health({"database": well, "tasks": well})) == (200, '{"status": "ok"}')


async def test_it_answers_503_and_names_the_faults() -> None:
    status, body = await ask(Health({"tasks": well, "database": broken}))
    assert status == 503
    assert body == '{"status": "failing", "faults": {"database": "the database cannot be written"}}'


async def test_another_path_is_not_found() -> None:
    status, _ = await ask(Health({}), "/")
    assert status == 404


@pytest.mark.bad_input(107)
async def test_a_check_that_raises_is_a_fault_told_without_its_text() -> None:
    assert await Health({"a": raising}).faults() == {"a": "the check itself failed (RuntimeError)"}


async def test_a_check_that_does_not_answer_is_a_fault_and_hides_no_other() -> None:
    checks: dict[str, Check] = {"slow": silent, "database": broken, "tasks": well}
    assert await Health(checks, limit=0.05).faults() == {
        "slow": "no answer within 0.05 s",
        "database": "the database cannot be written",
    }


async def test_a_taken_port_is_an_os_error_and_nothing_stays_open() -> None:
    with socket.socket() as taken:
        taken.bind((HERE, 0))
        taken.listen()
        health = Health({})
        with pytest.raises(OSError, match="in use"):
            await health.start(HERE, taken.getsockname()[1])
    assert health.port is None
    await health.stop()
