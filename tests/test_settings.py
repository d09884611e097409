"""Settings: every mistake is reported at once, with the place, and no secret is ever told."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.settings import PARTS, Settings, SettingsError, load

EXAMPLE = Path(__file__).parent.parent / "config" / "practice-bot.toml"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def findings(file: Path) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load(file)
    return caught.value.findings


def test_nothing_needs_to_be_set() -> None:
    settings = load(None)
    assert settings.local.enabled
    assert settings.practice.minimum_length == 15
    assert settings.secrets == ()


def test_the_environment_goes_before_dotenv_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, "[practice]\nminimum_length = 20\nopen_days = 3\nlate_hours = 5\n")
    dotenv = tmp_path / ".env"
    dotenv.write_text("PRACTICE_BOT_PRACTICE__OPEN_DAYS=4\nPRACTICE_BOT_PRACTICE__LATE_HOURS=6\n")
    monkeypatch.setenv("PRACTICE_BOT_PRACTICE__LATE_HOURS", "7")
    practice = load(file, dotenv).practice
    assert (practice.minimum_length, practice.open_days, practice.late_hours) == (20, 4, 7)


@pytest.mark.bad_input(35)
def test_every_mistake_of_a_file_is_reported_at_once_with_the_nearest_word(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        '[practice]\nminimum_lenght = 3\nreveal_hours = "24"\nopen_days = 0\n'
        '[loggs]\nform = "json"\n[health]\nport = 99999\n',
    )
    found = findings(file)
    assert len(found) == 5
    assert any("practice.minimum_lenght: no such key; did you mean minimum_length?" in f for f in found)
    assert any("practice.reveal_hours" in f and "integer" in f for f in found)
    assert any("practice.open_days" in f and "greater than or equal to 1" in f for f in found)
    assert any("[loggs]: no such part; did you mean logs?" in f for f in found)
    assert any("health.port" in f for f in found)
    assert all(str(file) in f for f in found)


@pytest.mark.bad_input(35)
def test_a_part_that_is_no_table_is_refused(tmp_path: Path) -> None:
    assert findings(written(tmp_path, "practice = 3\n"))[0].endswith(
        "practice: must be a part, written [practice]"
    )


@pytest.mark.bad_input(35)
@pytest.mark.parametrize(
    ("text", "told"), [("[practice\n", "is not TOML"), ("\x00", "is not TOML"), ("zone = ", "is not TOML")]
)
def test_a_file_that_is_not_toml_is_refused_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    assert told in findings(written(tmp_path, text))[0]


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    assert "no such file" in findings(tmp_path / "none.toml")[0]
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in findings(binary)[0]


@pytest.mark.bad_input(33)
@pytest.mark.parametrize("zone", ["utc", "EST5", "America/new_york", "x" * 300, "Factory", "localtime"])
def test_a_zone_that_is_not_canonical_is_refused_with_near_names(tmp_path: Path, zone: str) -> None:
    told = findings(written(tmp_path, f'[practice]\nzone = "{zone}"\n'))
    assert "is no IANA time zone" in told[0]


def test_a_misspelled_variable_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICE_BOT_PRACTICE__ZOONE", "Europe/Berlin")
    with pytest.raises(SettingsError) as caught:
        load(None)
    assert "did you mean PRACTICE_BOT_PRACTICE__ZONE?" in caught.value.findings[0]


@pytest.mark.bad_input(107)
def test_no_secret_stands_in_an_error_or_in_the_settings_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "xoxb-canary-7781"
    monkeypatch.setenv("SLACK_BOT_TOKEN", secret)
    monkeypatch.setenv("PRACTICE_BOT_STORE__POSTGRESQL_URL", "postgresql://bot:canary-7782@127.0.0.1/x")
    monkeypatch.setenv("PRACTICE_BOT_PRACTICE__OPEN_DAYS", "many")
    with pytest.raises(SettingsError) as caught:
        load(None)
    assert "practice.open_days" in str(caught.value)
    monkeypatch.setenv("PRACTICE_BOT_PRACTICE__OPEN_DAYS", "4")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-canary-7783")
    settings = load(None)
    assert secret in settings.secrets
    assert "canary-7782" in settings.secrets
    for text in (str(caught.value), repr(settings), str(settings)):
        assert "canary" not in text


def test_dotenv_may_hold_what_others_need_but_nothing_of_ours_misspelled(tmp_path: Path) -> None:
    dotenv, token = tmp_path / ".env", f"{'a' * 24}.{'b' * 6}.{'c' * 30}"
    dotenv.write_text(f"POSTGRES_PASSWORD=other\nDISCORD_TOKEN={token}\n")
    assert load(None, dotenv).secrets == (token,)
    dotenv.write_text("PRACTICE_BOT_HEALTH__PROT=8080\n")
    with pytest.raises(SettingsError) as caught:
        load(None, dotenv)
    assert "did you mean PRACTICE_BOT_HEALTH__PORT?" in caught.value.findings[0]


def test_a_url_that_is_none_is_left_to_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICE_BOT_STORE__POSTGRESQL_URL", "postgresql://[half")
    assert load(None).secrets == ("postgresql://[half",)


def test_a_value_of_a_part_that_is_no_json_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICE_BOT_CONTENT__FOLDERS", "not json")
    with pytest.raises(SettingsError) as caught:
        load(None)
    assert "content" in caught.value.findings[0]


def test_the_example_file_names_every_key_with_its_default() -> None:
    text = re.sub(r"^# (\w+ = )", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    table = tomllib.loads(text)
    defaults = Settings().model_dump(mode="json")
    expected = {
        part: {key: "" if key == "postgresql_url" else value for key, value in defaults[part].items()}
        for part in PARTS
        if isinstance(defaults[part], dict)
    }
    assert table == expected


def test_a_value_out_of_bounds_in_the_environment_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICE_BOT_HEALTH__PORT", "70000")
    with pytest.raises(SettingsError) as caught:
        load(None)
    assert caught.value.findings[0].startswith(
        "health.port (PRACTICE_BOT_HEALTH__PORT in the environment or .env): "
    )


def test_a_variable_that_is_near_to_nothing_gets_no_suggestion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICE_BOT_FOO", "1")
    with pytest.raises(SettingsError) as caught:
        load(None)
    assert "did you mean" not in caught.value.findings[0]
    assert "config/practice-bot.toml" in caught.value.findings[0]
