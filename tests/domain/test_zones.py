"""Zone names: the canonical list, and the names offered for one that is not in it."""

from datetime import datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.domain.zones import NoSuchZone, canonical_zones, nearest_zones, parse_zone


def _lines(name: str) -> list[str]:
    return files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8").splitlines()


def test_the_accepted_names_are_those_of_tzdata_and_no_link_that_was_replaced() -> None:
    zones = {line.split()[1] for line in _lines("tzdata.zi") if line.startswith("Z ")}
    places = {line.split("\t")[2].strip() for line in _lines("zone.tab") if not line.startswith("#")}
    assert canonical_zones() == {name for name in zones | places if "/" in name} | {"UTC"}


def test_every_accepted_name_is_read_as_itself_and_opens_a_zone() -> None:
    for name in canonical_zones():
        assert parse_zone(name, canonical_zones()) == name
        assert ZoneInfo(name).key == name


def test_the_names_are_looked_for_only_once() -> None:
    assert canonical_zones() is canonical_zones()


def test_blanks_around_a_name_do_not_count() -> None:
    assert parse_zone(" Europe/Berlin\n", canonical_zones()) == "Europe/Berlin"


@pytest.mark.bad_input(33)
@pytest.mark.parametrize(
    "text",
    ["utc", "EST5", "America/new_york", "", "  ", "x" * 300, "é" * 100_000, "Factory", "localtime", "EST5EDT",
     "US/Eastern", "Asia/Calcutta", "posix/Europe/Berlin", "right/UTC", "../../etc/passwd", "/etc/localtime",
     "Europe/Berlin\x00", "Europe", "Europe/", "GMT+2", "🙂"],
)  # fmt: skip
def test_a_name_outside_the_list_is_refused_with_three_names_that_are_in_it(text: str) -> None:
    with pytest.raises(NoSuchZone) as refusal:
        parse_zone(text, canonical_zones())
    assert refusal.value.text == text
    assert len(set(refusal.value.nearest)) == 3
    assert set(refusal.value.nearest) <= canonical_zones()


@pytest.mark.bad_input(33)
@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("utc", "UTC"),
        ("Zulu", "UTC"),
        ("America/new_york", "America/New_York"),
        ("EST", "America/New_York"),
        ("new york", "America/New_York"),
        ("US/Eastern", "America/New_York"),
        ("Berlin", "Europe/Berlin"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("kiev", "Europe/Kyiv"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("PST8PDT", "America/Los_Angeles"),
        ("lima", "America/Lima"),
    ],
)
def test_the_first_name_offered_is_the_one_that_was_meant(text: str, zone: str) -> None:
    assert nearest_zones(text, canonical_zones())[0] == zone


def test_every_replaced_name_brings_first_a_zone_with_the_same_clock_or_its_own_place() -> None:
    unlike = {"EST", "MST", "MET", "CET", "EET", "WET", "HST"}
    replaced = available_timezones() - canonical_zones() - unlike - {"Factory", "localtime", "posixrules"}
    strangers = {name: nearest_zones(name, canonical_zones())[0] for name in sorted(replaced)}
    assert not [
        (name, zone)
        for name, zone in strangers.items()
        if [_offset(name, month) for month in (1, 7)] != [_offset(zone, month) for month in (1, 7)]
    ]


def _offset(zone: str, month: int) -> timedelta | None:
    return datetime(2026, month, 1, tzinfo=ZoneInfo(zone)).utcoffset()


def test_zones_that_count_westward_are_accepted_but_never_offered() -> None:
    assert parse_zone("Etc/GMT+2", canonical_zones()) == "Etc/GMT+2"
    assert not [name for name in nearest_zones("Etc/GMT+", canonical_zones()) if "+" in name or "-" in name]


def test_only_known_names_are_offered() -> None:
    assert nearest_zones("Europe/Kiev", {"Asia/Tokyo", "Asia/Kolkata"}) == ("Asia/Kolkata",)
    assert nearest_zones("", {"UTC", "Asia/Tokyo"}) == ("UTC",)


def test_no_more_than_the_beginning_of_a_long_text_is_compared() -> None:
    long = "x" * 64
    assert nearest_zones(long + "Berlin", canonical_zones()) == nearest_zones(long, canonical_zones())
    assert "Europe/Berlin" not in nearest_zones(long, canonical_zones())
