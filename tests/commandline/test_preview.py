"""`daily preview`: what a schedule will do, date by date."""

import json
from pathlib import Path

import pytest

from tests.commandline.calling import call


def preview(folder: Path, *more: str) -> list[str]:
    done = call(folder, "daily", "preview", "--zone", "Europe/Berlin", "--time", "02:30", *more)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_each_local_date_is_a_line_and_a_shift_has_its_reason(tmp_path: Path) -> None:
    lines = preview(tmp_path, "--from", "2026-03-28", "--days", "3")
    assert lines == [
        "2026-03-28 Sat  02:30 +01:00  2026-03-28 01:30Z",
        "2026-03-29 Sun  03:00 +02:00  2026-03-29 01:00Z"
        "  02:30: the clocks go forward over it: the first instant after the gap",
        "2026-03-30 Mon  02:30 +02:00  2026-03-30 00:30Z",
    ]


def test_a_time_that_comes_twice_is_the_first_one(tmp_path: Path) -> None:
    lines = preview(tmp_path, "--from", "2026-10-25", "--days", "1", "--json")
    assert [json.loads(line) for line in lines] == [
        {
            "date": "2026-10-25",
            "planned": "02:30",
            "local": "02:30 +02:00",
            "utc": "2026-10-25T00:30:00Z",
            "shift": "fold",
        }
    ]


def test_only_the_weekdays_asked_for_are_shown(tmp_path: Path) -> None:
    lines = preview(tmp_path, "--from", "2026-11-20", "--days", "7", "--weekdays", "mon,fri")
    assert [line[:14] for line in lines] == ["2026-11-20 Fri", "2026-11-23 Mon"]


def test_a_date_that_the_zone_leaves_out_is_said_to_have_no_post(tmp_path: Path) -> None:
    apia = (
        "daily",
        "preview",
        "--zone",
        "Pacific/Apia",
        "--time",
        "09:00",
        "--from",
        "2011-12-30",
        "--days",
        "1",
    )
    assert "leaves this date out: nothing is posted" in call(tmp_path, *apia).stdout
    assert json.loads(call(tmp_path, *apia, "--json").stdout)["utc"] is None


def test_an_instant_on_the_next_date_says_so(tmp_path: Path) -> None:
    done = call(
        tmp_path,
        "daily",
        "preview",
        "--zone",
        "America/Nuuk",
        "--time",
        "23:30",
        "--from",
        "2026-03-28",
        "--days",
        "1",
    )
    assert done.stdout.startswith("2026-03-28 Sat  2026-03-29 00:00 -01:00  2026-03-29 01:00Z")


@pytest.mark.bad_input(33, 34)
@pytest.mark.parametrize(
    ("zone", "time", "weekdays", "told"),
    [
        ("Europe/Berln", "09:00", "daily", "Europe/Berlin"),
        ("Europe/Berlin", "9pm", "daily", "09:00"),
        ("Europe/Berlin", "24:00", "daily", "09:00"),
        ("Europe/Berlin", "09:00", "mon-fry", "fri"),
    ],
)
def test_what_cannot_be_read_is_refused_with_an_example(
    tmp_path: Path, zone: str, time: str, weekdays: str, told: str
) -> None:
    done = call(
        tmp_path,
        "daily",
        "preview",
        "--zone",
        zone,
        "--time",
        time,
        "--weekdays",
        weekdays,
        "--from",
        "2026-01-01",
    )
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("first", "days"), [("9999-12-30", "5"), ("9998-12-31", "2"), ("9999-12-31", "1"), ("0001-01-01", "1")]
)
def test_dates_at_the_ends_of_the_calendar_are_refused(tmp_path: Path, first: str, days: str) -> None:
    done = call(
        tmp_path, "daily", "preview", "--zone", "UTC", "--time", "09:00", "--from", first, "--days", days
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "must stay between 1970-01-01 and 9998-12-31" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_first_and_the_last_date_that_may_be_asked_for_are_told_in_every_zone(tmp_path: Path) -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        for first in ("1970-01-01", "9998-12-31"):
            plan = ("--zone", zone, "--time", "00:00", "--from", first, "--days", "1")
            done = call(tmp_path, "daily", "preview", *plan)
            assert (done.returncode, done.stdout[:10]) == (0, first)


def test_without_a_zone_that_of_the_settings_serves(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[practice]\nzone = "Asia/Tokyo"\n')
    arguments = ("daily", "preview", "--time", "09:00", "--from", "2026-11-21", "--days", "1")
    done = call(tmp_path, *arguments, "--config", "mine.toml", "--data", "elsewhere")
    assert done.stdout == "2026-11-21 Sat  09:00 +09:00  2026-11-21 00:00Z\n"
