"""Where commands have a prefix, the bot's own words say so."""

from bot.chat.cards import Bullets, Card, Facts, Note, Quote, Text
from bot.chat.slack.prefixing import prefixed


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
    assert prefixed(card, "") is card
