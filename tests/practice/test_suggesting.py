"""Members propose questions; managers decide; what is accepted is asked."""

import pytest

from bot.domain.questions import Filters, Kind, Level
from bot.domain.refusals import NoHint
from bot.domain.suggestions import (
    OPEN_AT_ONCE,
    AlreadyDecided,
    BadProposal,
    NoSuchSuggestion,
    Proposal,
    SuggestionState,
    TooManySuggestions,
    proposal_of,
    title_of,
)
from bot.practice import revealing, suggesting
from tests.practice.group import ADA, BEN, STRANGER, Group, group

TEXT = "How would you find out why a nightly job takes an hour longer each week?"


def proposal(text: str = TEXT, track: str = "backend") -> Proposal:
    return proposal_of(
        text, "- measures first\n\n* names what grew\n", track, "mid", "technical-concept", ("backend", "own")
    )


@pytest.fixture
async def here() -> Group:
    """08:00 UTC on Monday, 2026-11-02."""
    return group()


def test_lines_of_points_lose_their_marks_and_blank_ones_go() -> None:
    assert proposal() == Proposal(
        TEXT, ("measures first", "names what grew"), "backend", Level.MID, Kind.TECHNICAL_CONCEPT
    )


@pytest.mark.parametrize(
    ("text", "points", "part"),
    [
        ("short", "one\ntwo", "text"),
        (TEXT, "only one", "points"),
        (TEXT, "a\nb b b", "point"),
        (TEXT, "x" * 201 + "\nyyy", "point"),
    ],
)
def test_what_is_too_short_or_too_long_is_named(text: str, points: str, part: str) -> None:
    with pytest.raises(BadProposal) as refused:
        proposal_of(text, points, "backend", "mid", "coding", ("backend",))
    assert refused.value.part == part


@pytest.mark.bad_input(101)
@pytest.mark.parametrize(
    ("chosen", "part"),
    [
        (("", "mid", "coding"), "track"),
        (("backend", "", "coding"), "level"),
        (("backend", "mid", "x"), "kind"),
    ],
)
def test_a_choice_that_was_left_out_or_forged_is_named(chosen: tuple[str, str, str], part: str) -> None:
    with pytest.raises(BadProposal) as refused:
        proposal_of(TEXT, "one point\nanother", *chosen, ("backend",))
    assert refused.value.part == part


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("What is a lock? Explain it to me.", "What is a lock?"),
        ("We have a cache.\nIt is slow.", "We have a cache."),
        ("word " * 40, f"{'word ' * 14}word…"),
    ],
)
def test_a_title_is_the_first_sentence_or_as_much_as_fits(text: str, title: str) -> None:
    assert title_of(text) == title


async def test_an_accepted_suggestion_is_asked_like_any_question(here: Group) -> None:
    made = await suggesting.suggest(here.ports, BEN, proposal(), "s1")
    assert [each.id for each in await suggesting.open_suggestions(here.ports, ADA)] == ["s1"]
    await suggesting.accept(here.ports, made.id, ADA)
    assert await suggesting.open_suggestions(here.ports, ADA) == []
    (own,) = await suggesting.own_suggestions(here.ports, BEN)
    assert own.state is SuggestionState.ACCEPTED
    asked = {(await here.asked()).question.id for _ in range(13)}
    assert "suggested-s1" in asked


async def test_a_second_accepted_one_joins_the_first(here: Group) -> None:
    for number in range(2):
        made = await suggesting.suggest(here.ports, BEN, proposal(f"{TEXT} Number {number}."), f"s{number}")
        await suggesting.accept(here.ports, made.id, ADA)
    (pack,) = await here.ports.store.read(lambda tx: tx.packs_of(ADA.workspace))
    assert (pack.version, [q.id for q in pack.questions]) == (2, ["suggested-s0", "suggested-s1"])


async def test_a_declined_one_shows_its_reason_to_its_author(here: Group) -> None:
    await suggesting.suggest(here.ports, BEN, proposal(), "s1")
    with pytest.raises(BadProposal):
        await suggesting.decline(here.ports, "s1", ADA, " ")
    await suggesting.decline(here.ports, "s1", ADA, "We have this one.")
    (own,) = await suggesting.own_suggestions(here.ports, BEN)
    assert (own.state, own.reason, own.decided_by) == (SuggestionState.DECLINED, "We have this one.", "ada")
    for decide in (
        suggesting.accept(here.ports, "s1", ADA),
        suggesting.decline(here.ports, "s1", ADA, "again"),
    ):
        with pytest.raises(AlreadyDecided):
            await decide


async def test_another_workspace_cannot_decide(here: Group) -> None:
    await suggesting.suggest(here.ports, BEN, proposal(), "s1")
    with pytest.raises(NoSuchSuggestion):
        await suggesting.accept(here.ports, "s1", STRANGER)


async def test_the_same_form_sent_twice_is_one_suggestion_and_five_may_wait(here: Group) -> None:
    for number in (*range(OPEN_AT_ONCE), 0):
        await suggesting.suggest(here.ports, BEN, proposal(), f"s{number}")
    with pytest.raises(TooManySuggestions):
        await suggesting.suggest(here.ports, BEN, proposal(), "s9")
    await suggesting.decline(here.ports, "s0", ADA, "We have it.")
    await suggesting.suggest(here.ports, BEN, proposal(), "s9")


async def test_those_that_wait_count_however_many_were_decided_since(here: Group) -> None:
    for number in range(OPEN_AT_ONCE - 1):
        await suggesting.suggest(here.ports, BEN, proposal(), f"waits{number}")
    here.clock.advance(minutes=1)
    for number in range(2 * OPEN_AT_ONCE):
        await suggesting.suggest(here.ports, BEN, proposal(), f"goes{number}")
        await suggesting.decline(here.ports, f"goes{number}", ADA, "We have it.")
    await suggesting.suggest(here.ports, BEN, proposal(), "last")
    with pytest.raises(TooManySuggestions):
        await suggesting.suggest(here.ports, BEN, proposal(), "more")


async def test_an_accepted_question_has_an_id_that_a_sheet_may_have(here: Group) -> None:
    made = await suggesting.suggest(here.ports, BEN, proposal(), "form-V07ABC")  # as Slack names a form
    await suggesting.accept(here.ports, made.id, ADA)
    (pack,) = await here.ports.store.read(lambda tx: tx.packs_of(ADA.workspace))
    assert pack.questions[0].id == "suggested-form-v07abc"


async def test_a_suggested_question_has_no_hints_and_says_so(here: Group) -> None:
    made = await suggesting.suggest(here.ports, BEN, proposal(track="own"), "s1")
    await suggesting.accept(here.ports, made.id, ADA)
    round_ = await here.asked(filters=Filters(track="own"))
    with pytest.raises(NoHint):
        await revealing.hint(here.ports, round_.id, BEN)
