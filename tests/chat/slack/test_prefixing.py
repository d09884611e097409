"""Where commands have a prefix, the bot's own words say so."""

import pytest

from bot.chat.cards import Bullets, Card, Facts, Note, Quote, Text
from bot.chat.slack.prefixing import own_name, prefixed


def test_commands_get_the_prefix_and_the_words_of_others_do_not() -> None:
    card = Card(
        "Try /question",
        (
            Text(("Type /daily set 09:00, or /help.",)),
            Bullets((Text(("/streak",)),)),
            Facts((("/zone", "see /rest"),)),
            Note("https://a.example/question and /questions and a/question stay"),
            Quote("/question"),
        ),
    )
    assert prefixed(card, "team-") == Card(
        "Try /team-question",
        (
            Text(("Type /team-daily set 09:00, or /team-help.",)),
            Bullets((Text(("/team-streak",)),)),
            Facts((("/team-zone", "see /team-rest"),)),
            Note("https://a.example/question and /questions and a/question stay"),
            Quote("/question"),
        ),
    )


def test_without_a_prefix_only_the_command_that_slack_keeps_is_called_otherwise() -> None:
    card = Card("Try /question or /help", (Note("/help question; a/help stays"),))
    assert prefixed(card, "") == Card(
        "Try /question or /practice-help", (Note("/practice-help question; a/help stays"),)
    )
    assert prefixed(card, "team-").title == "Try /team-question or /team-help"


@pytest.mark.parametrize(
    ("typed", "prefix", "meant"),
    [
        ("/practice-help", "", "help"),
        ("/help", "", "help"),
        ("/question", "", "question"),
        ("/practice-question", "", "practice-question"),
        ("/team-help", "team-", "help"),
        ("/practice-question", "practice-", "question"),
        ("/practice-help", "practice-", "help"),
        ("", "", ""),
    ],
)
def test_what_a_command_is_called_in_slack_means_our_own(typed: str, prefix: str, meant: str) -> None:
    assert own_name(typed, prefix) == meant
