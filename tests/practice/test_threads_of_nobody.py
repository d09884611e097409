"""A thread that was there before a question was asked is not the question's: nobody waits there for it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.places import Thread
from bot.domain.rounds import Round
from bot.practice import answering
from bot.practice.flights import THREADS_KNOWN, Flights
from bot.practice.outcomes import Verdict
from bot.practice.ports import Ports, StoreUnavailable
from tests.practice.group import BEN, STUDY, Group, group

CHATTER = Thread(STUDY, "chatter")


async def asked_later(here: Group) -> tuple[Ports, Round]:
    """What nobody waits in for long; and a round that is asked a second after somebody wrote into the chatter."""
    ports = replace(here.ports, in_flight=Flights(patience=0.01))
    first = await here.asked()
    assert await said(here, ports, CHATTER) is Verdict.ELSEWHERE
    return ports, replace(first, id="newer", asked_at=here.clock.advance(seconds=1))


async def said(here: Group, ports: Ports, thread: Thread) -> Verdict:
    reply = replace(here.reply(await here.asked(), BEN), thread=thread)
    return (await answering.receive(ports, reply)).verdict


async def test_in_a_thread_that_was_there_before_the_question_nobody_waits() -> None:
    here = group()
    ports, newer = await asked_later(here)
    with ports.in_flight.under_way(newer):
        assert ports.in_flight.in_channel(STUDY) != ()
        assert await said(here, ports, CHATTER) is Verdict.ELSEWHERE


async def test_a_thread_that_is_first_seen_while_a_question_is_on_its_way_may_be_its() -> None:
    here = group()
    ports, newer = await asked_later(here)
    with ports.in_flight.under_way(newer):
        for _ in range(2):
            with pytest.raises(StoreUnavailable):
                await said(here, ports, Thread(STUDY, "new"))
            here.clock.advance(seconds=1)


async def test_a_prompt_that_landed_before_it_was_known_may_have_a_thread_that_was_nobodys() -> None:
    here = group()
    ports, newer = await asked_later(here)
    adopted = replace(newer, asked_at=newer.asked_at - timedelta(minutes=5))
    with ports.in_flight.under_way(adopted), pytest.raises(StoreUnavailable):
        await said(here, ports, CHATTER)


async def test_so_many_threads_are_kept_in_mind_and_those_that_are_lively_stay() -> None:
    here = group()
    flights, round_, now = Flights(), await here.asked(), here.clock.now()
    later = here.clock.advance(seconds=1)
    for number in range(THREADS_KNOWN):
        flights.note_elsewhere(Thread(STUDY, str(number)), now)
    flights.note_elsewhere(Thread(STUDY, "0"), later + timedelta(hours=1))
    flights.note_elsewhere(CHATTER, now)
    with flights.under_way(replace(round_, asked_at=later)):
        for known in (CHATTER, Thread(STUDY, "0"), Thread(STUDY, "2")):
            assert flights.maybe_of(known) == ()
        assert len(flights.maybe_of(Thread(STUDY, "1"))) == 1
