"""`/guide` and `/packs`: what they show, what they complete, and what they say to a wrong name."""

from dataclasses import replace

import pytest
from wcwidth import wcswidth

from bot.chat.calls import Caller, NeedsSubcommand, Response
from bot.chat.cards import Card, from_json, to_json
from bot.chat.commands import command_named, complete, run
from bot.chat.plain import plain
from bot.chat.typed import parse
from bot.chat.wording import guides as words
from bot.domain.bank import Bank, bank_of
from bot.domain.guides import Guide, GuideKind, Loop, LoopStep, Span
from bot.domain.questions import Pack
from bot.packs import read_packs
from tests.chat.world import World, bank
from tests.packs.guide_texts import OWN_CONTENT

OWN = bank_of(read_packs([OWN_CONTENT]))
ONE_MESSAGE = 3_900
"""Characters of a card that stays one message on Discord, which has the least room."""


def caller(of: Bank = OWN) -> Caller:
    found = World().caller()
    return replace(found, ports=replace(found.ports, bank=of))


async def shown(line: str, of: Bank = OWN) -> str:
    """What a typed line gives its member in private."""
    outcome = await run(caller(of), parse(line, of))
    assert isinstance(outcome, Response) and outcome.private
    return "\n".join(plain(outcome.card, 400))


async def test_a_stage_tells_what_it_judges_and_how_to_practice_it() -> None:
    told = await shown("/guide stage hiring-manager")
    assert "What it judges\n- " in told
    assert "Loops vary from team to team." in told
    assert "/question stage:hiring-manager" in told
    without = bank_of([replace(OWN.packs[0], questions=())])
    assert "/question" not in await shown("/guide stage hiring-manager", without)


async def test_a_loop_tells_its_stages_in_order_with_number_and_length() -> None:
    told = await shown("/guide stage senior-loop")
    assert "1. Recruiter call (30 minutes): " in told
    assert "3. Technical screen (45 to 60 minutes): " in told
    assert "4. Onsite, technical day (4 to 5 interviews, 45 minutes each): " in told
    assert "Ask your recruiter" in told
    assert "6. Culture conversation (not always): " in await shown("/guide stage devops-loop")


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("/guide frame star", "STAR, for stories"),
        ("/guide frame STAR analytical", "Analytical STAR"),
        ("/guide checklist name:night-before", "The night before"),
        ("/guide value context not control", "Context, not control"),
        ("/guide mistakes stories", "In stories"),
        ("/guide value", "Values"),
        ("/guide mistakes", "Mistakes"),
        ("/guide stage", "Interview stages"),
    ],
)
async def test_a_guide_is_found_as_it_is_typed_and_without_a_name_all_are_listed(
    line: str, start: str
) -> None:
    assert (await shown(line)).startswith(f"{start}\n")


async def test_a_wrong_name_gets_the_nearest_or_all() -> None:
    assert "Did you mean candor?" in await shown("/guide value candour")
    told = await shown("/guide value zzzzzz")
    assert "Values: none is called “zzzzzz”." in told
    assert "candor: Candor" in told
    assert "Did you mean senior-loop?" in await shown("/guide stage seniorloop")


async def test_a_frame_is_no_checklist() -> None:
    assert "none is called “night-before”" in await shown("/guide frame night-before")


@pytest.mark.parametrize("kind", GuideKind)
async def test_packs_without_guides_say_so(kind: GuideKind) -> None:
    assert "have no" in await shown(f"/guide {kind}", bank())
    assert "none is called" in await shown(f"/guide {kind} any", bank())


def test_a_guide_needs_its_kind() -> None:
    with pytest.raises(NeedsSubcommand) as caught:
        parse("/guide", OWN)
    assert caught.value.known == tuple(GuideKind)


def test_names_are_completed_as_they_are_typed() -> None:
    assert complete(caller(), command_named("guide frame"), "name", "star") == ["star", "star-analytical"]
    assert complete(caller(), command_named("guide stage"), "name", "backend") == ["backend-loop"]
    assert complete(caller(), command_named("guide checklist"), "name", "ASK ") == [
        "ask-recruiter",
        "ask-manager",
        "ask-leaders",
    ]


def test_a_question_is_chosen_by_stage_with_completion() -> None:
    stages = complete(caller(), command_named("question"), "stage", "")
    assert set(stages) == {guide.id for guide in OWN.guides(GuideKind.STAGE)}
    assert parse("/question backend onsite technical", OWN).values == {
        "track": "backend",
        "stage": "onsite-technical",
    }
    assert "stage" in parse("/daily set 09:00 stage:recruiter-screen", OWN).values


async def test_packs_are_counted_by_track_level_and_kind_with_their_notice() -> None:
    told = await shown("/packs")
    number = len(OWN.questions)
    assert told.startswith(f"{number} questions in 1 pack\n")
    assert f"By track: Backend engineer {len([q for q in OWN.questions if q.track == 'backend'])}" in told
    assert "By level: junior " in told
    assert "system design " in told
    assert "stages 6, " in told
    assert OWN.packs[0].notice in told


async def test_a_pack_without_guides_leaves_their_line_out_and_no_pack_is_said() -> None:
    told = await shown("/packs", bank())
    assert "By track: Backend engineer 5, DevOps engineer 1" in told
    assert "Guides" not in told
    assert "There is none." in await shown("/packs", bank_of([]))


def longest() -> list[Card]:
    """The cards of the longest guides that the reader takes, and of very many packs."""
    long = [
        Guide(
            "x" * 64, "p", kind, "字" * 150, "word " * 200, ("é\u0301" * 250,) * 25, ("y z " * 125,) * 25, ()
        )
        for kind in GuideKind
    ]
    step = LoopStep("x" * 64, Span(1, 20), Span(1, 480), True, "👨‍👩‍👧‍👦" * 60)
    loop = Loop("x" * 64, "p", "backend", "T" * 150, "n" * 500, (step,) * 25, ())
    pack = Pack("p", 1, "P" * 150, "N" * 500, (), (), (), tuple(long), (loop,))
    many = bank_of([replace(pack, id=f"p{number}") for number in range(40)])
    titles = (("x" * 64, "T" * 150),) * 100
    return [
        *(words.guide_card(guide, many) for guide in long),
        words.loop_card(loop, many),
        words.names_card(GuideKind.FRAME, titles),
        words.unknown_card(GuideKind.FRAME, "\u202e" + "z" * 4000, None, titles),
        words.packs_card(many),
    ]


@pytest.mark.bad_input(17, 42)
@pytest.mark.parametrize("width", [20, 80])
def test_every_card_at_its_longest_is_plain_text_within_the_width_and_comes_back_from_json(
    width: int,
) -> None:
    for card in longest():
        assert all(max(0, wcswidth(line)) <= width for line in plain(card, width)), card.title
        assert from_json(to_json(card)) == card


def test_every_guide_of_our_own_is_one_message_even_on_discord() -> None:
    cards = [words.guide_card(guide, OWN) for kind in GuideKind for guide in OWN.guides(kind)]
    cards += [words.loop_card(loop, OWN) for loop in OWN.loops]
    cards += [words.packs_card(OWN)]
    for card in cards:
        assert len("\n".join(plain(card, 400))) <= ONE_MESSAGE, card.title
