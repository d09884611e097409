"""Every question that comes with the bot, and every guide, is drawn by each platform within its limits."""

from collections.abc import Iterator

import pytest
from slack_sdk.models.blocks import Block as SlackBlock

from bot.app import bank_for
from bot.chat.cards import Card
from bot.chat.discord import render
from bot.chat.plain import plain
from bot.chat.slack.render import draw
from bot.chat.wording import questions
from bot.domain.questions import Question
from bot.practice.outcomes import Hint
from bot.settings import Settings
from tests.chat.samples import round_
from tests.platforms.discord.limits import V2, message_faults
from tests.platforms.slack.limits import faults_of_message

BANK = bank_for(Settings())
TRACKS = [track.id for track in BANK.tracks]


def cards(question: Question) -> Iterator[Card]:
    """All that is shown of a question, in the order in which it is revealed."""
    asked = round_(question=question)
    yield questions.question_card(asked, late=True, track=questions.track_title(BANK, question.track))
    for number, hint in enumerate(question.hints, 1):
        yield questions.hint_card(Hint(number, len(question.hints), hint), asked.id)
    yield questions.key_points_card(asked)
    yield questions.sample_answer_card(asked)


def of_track(track: str) -> list[Card]:
    return [card for question in BANK.questions if question.track == track for card in cards(question)]


@pytest.mark.parametrize("track", TRACKS)
def test_discord_takes_every_question_and_its_prompt_is_one_message(track: str) -> None:
    for question in BANK.questions:
        if question.track == track:
            prompt, *others = cards(question)
            assert len(render.pages(prompt)) == 1, question.id
            for card in (prompt, *others):
                for page in render.pages(card):
                    body = {"components": page.view.to_components(), "flags": V2}  # type: ignore[no-untyped-call] # as discord.py has it
                    assert message_faults(body, len(page.files)) == [], question.id


@pytest.mark.parametrize("track", TRACKS)
def test_slack_takes_every_question_and_its_prompt_is_one_message(track: str) -> None:
    for question in BANK.questions:
        if question.track == track:
            prompt, *others = cards(question)
            assert len(draw(prompt, str)) == 1, question.id
            for card in (prompt, *others):
                for drawn in draw(card, str):
                    blocks = list(drawn.blocks)
                    assert faults_of_message({"text": drawn.text, "blocks": blocks}) == [], question.id
                    for block in blocks:
                        parsed = SlackBlock.parse(block)
                        assert parsed is not None
                        parsed.validate_json()


@pytest.mark.parametrize("track", TRACKS)
def test_the_terminal_shows_every_question_within_eighty_cells(track: str) -> None:
    from wcwidth import wcswidth

    for card in of_track(track):
        assert all(wcswidth(line) <= 80 for line in plain(card)), card.title
