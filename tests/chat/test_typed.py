"""What a person types becomes a call, or a refusal that names the right word; never anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import calls
from bot.chat.calls import BadValue, GivenTwice, MissingOption, NeedsSubcommand, UnknownCommand, UnknownOption
from bot.chat.commands import COMMANDS
from bot.chat.typed import LONGEST, parse
from bot.domain.refusals import Refusal
from tests.chat.world import bank

BANK = bank()


def read(line: str) -> tuple[str, dict[str, str]]:
    call = parse(line, BANK)
    return call.command.name, dict(call.values)


@pytest.mark.parametrize(
    ("line", "name", "values"),
    [
        ("/question", "question", {}),
        ("question backend", "question", {"track": "backend"}),
        ("/question backend", "question", {"track": "backend"}),
        ("/Question BACKEND", "question", {"track": "backend"}),
        ("/question senior", "question", {"level": "senior"}),
        ("/question senior backend", "question", {"track": "backend", "level": "senior"}),
        ("/question track:backend level:senior", "question", {"track": "backend", "level": "senior"}),
        ("/question track: backend", "question", {"track": "backend"}),
        ("/question caching junior", "question", {"topic": "caching", "level": "junior"}),
        ("/question system design", "question", {"kind": "system-design"}),
        ("/question load balancing", "question", {"topic": "load-balancing"}),
        ('/question topic:"load-balancing"', "question", {"topic": "load-balancing"}),
        ("/question track:nosuch", "question", {"track": "nosuch"}),
        ("/daily set 09:00", "daily set", {"time": "09:00"}),
        (
            "/daily set 09:00 mon-fri zone:Europe/Berlin track:backend",
            "daily set",
            {"time": "09:00", "weekdays": "mon-fri", "zone": "Europe/Berlin", "track": "backend"},
        ),
        (
            "/daily set mon, wed fri 9:05 europe/berlin senior slot:evening reveal:48",
            "daily set",
            {
                "time": "9:05",
                "weekdays": "mon, wed fri",
                "zone": "europe/berlin",
                "level": "senior",
                "slot": "evening",
                "reveal": "48",
            },
        ),
        ("/daily set 9pm", "daily set", {"time": "9pm"}),
        ("/daily set backend 25:00", "daily set", {"time": "25:00", "track": "backend"}),
        ("/daily   pause   evening", "daily pause", {"slot": "evening"}),
        ("/rest sat sun", "rest", {"weekdays": "sat sun"}),
        ("/rest none", "rest", {"weekdays": "none"}),
        ("/zone new york", "zone", {"zone": "new york"}),
        ("/zone", "zone", {}),
        ("/help daily set", "help", {"command": "daily set"}),
        ("/restore @ben 2026-11-20", "restore", {"member": "@ben", "day": "2026-11-20"}),
        ("/restore 2026-11-20 ben", "restore", {"member": "ben", "day": "2026-11-20"}),
        ("/privacy delete", "privacy delete", {}),
    ],
)
def test_a_line_is_read_as_the_call_that_it_means(line: str, name: str, values: dict[str, str]) -> None:
    assert read(line) == (name, values)


def test_the_three_ways_to_ask_for_a_track_are_one_call() -> None:
    assert read("/question backend") == read("/question track:backend") == read('/question "backend"')


def refused(line: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        parse(line, BANK)
    return caught.value


@pytest.mark.parametrize(
    ("line", "nearest"), [("/qestion", "question"), ("/daily sett", "daily set"), ("/strek", "streak")]
)
def test_a_misspelled_command_names_the_right_one(line: str, nearest: str) -> None:
    refusal = refused(line)
    assert isinstance(refusal, UnknownCommand)
    assert refusal.nearest[0] == nearest


@pytest.mark.parametrize("line", ["", "/", " / ", "/" + "x" * 3000, "/\u202e", "//question"])
def test_what_is_no_command_is_unknown(line: str) -> None:
    assert isinstance(refused(line), UnknownCommand)


def test_a_group_alone_asks_for_its_word() -> None:
    refusal = refused("/daily")
    assert isinstance(refusal, NeedsSubcommand)
    assert refusal.known[:3] == ("set", "list", "pause")


def test_a_misspelled_option_names_the_right_one() -> None:
    refusal = refused("/question trak:backend")
    assert isinstance(refusal, UnknownOption)
    assert (refusal.nearest, refusal.known) == ("track", ("track", "level", "topic", "kind", "stage"))


def test_a_misspelled_value_names_the_right_one_of_any_option() -> None:
    refusal = refused("/question senoir")
    assert isinstance(refusal, BadValue)
    assert refusal.nearest[0] == "senior"


def test_an_option_given_twice_with_two_values_is_refused() -> None:
    assert isinstance(refused("/question track:backend track:devops"), GivenTwice)
    assert read("/question track:backend track:backend") == ("question", {"track": "backend"})


def test_a_required_option_left_out_is_named_with_an_example() -> None:
    refusal = refused("/daily set track:backend")
    assert isinstance(refusal, MissingOption)
    assert (refusal.option, refusal.example) == ("time", "/daily set 09:00")


def test_an_option_by_name_only_takes_no_bare_word() -> None:
    assert isinstance(refused("/daily set 09:00 evening"), BadValue)


WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "/",
            *(c.name for c in COMMANDS),
            "track:",
            "zone:",
            '"',
            "“",
            ":",
            "mon-fri",
            "09:00",
            "senior",
            "design",
        ]
    ),
)


@pytest.mark.bad_input(47, 109)
@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join)))
def test_any_text_gives_a_call_or_a_refusal(text: str) -> None:
    try:
        call = parse(text, BANK)
    except Refusal as refusal:
        assert type(refusal).__module__ == calls.__name__
    else:
        assert call.command in COMMANDS
        assert all(call.command.option(name) for name in call.values)


@pytest.mark.bad_input(47)
@pytest.mark.parametrize("text", ["'; DROP TABLE answers; --", "%s%n", "{0.__class__}", "\\x00"])
def test_code_in_a_value_is_a_value(text: str) -> None:
    assert read(f"/zone {text}") == ("zone", {"zone": text})


@pytest.mark.bad_input(109)
@pytest.mark.parametrize(
    "text",
    [
        "/question " + "senoir " * 100_000,
        "/daily set " + "mon " * 100_000,
        "/daily set " + '"' * 1_000_000,
        "/question " + "a:" * 500_000,
        "/question track:" + "\n" * 1_000_000,
        "/" + "\n" * 1_000_000,
        "/daily set " + "x" * 1_000_000,
    ],
)
def test_of_a_very_long_line_only_the_beginning_is_read(text: str) -> None:
    def outcome(line: str) -> object:
        try:
            return parse(line, BANK)
        except Refusal as refusal:
            return type(refusal), vars(refusal)

    assert outcome(text) == outcome(text[:LONGEST])
