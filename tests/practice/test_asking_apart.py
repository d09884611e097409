"""Asked again and again, a channel gets each question once, and those that are alike far apart."""

from bot.domain.bank import APART, bank_of
from bot.domain.questions import Filters
from bot.packs import read_packs
from bot.practice import asking, scheduling
from tests.packs.guide_texts import OWN_CONTENT
from tests.practice.group import ADA, BEN, CLEO, LOUNGE, STUDY, Group, group

OWN = bank_of(read_packs([OWN_CONTENT]))


def own_group() -> Group:
    return group(questions=OWN)


def nearest_kin(ids: list[str]) -> int:
    """The fewest questions that stood between two that are alike."""
    pairs = (
        (at, back) for at, id_ in enumerate(ids) for back in range(at) if ids[back] in OWN.kin.get(id_, ())
    )
    return min((at - back - 1 for at, back in pairs), default=APART)


async def test_question_backend_sixty_times_gives_no_repeat_before_the_pool_is_used_up() -> None:
    here, filters = own_group(), Filters(track="backend")
    size = len(OWN.pool(filters).questions)
    ids = [(await here.asked(filters=filters)).question.id for _ in range(60)]
    whole = 60 // size * size
    for start in range(0, whole, size):
        assert len(set(ids[start : start + size])) == size
    assert len(set(ids[whole:])) == 60 - whole


async def test_members_who_ask_in_turns_get_questions_that_are_kept_apart() -> None:
    here = own_group()
    ids = []
    for turn in range(80):
        here.clock.advance(seconds=1)
        ids.append((await here.asked(by=(ADA, BEN, CLEO)[turn % 3])).question.id)
    assert len(set(ids)) == 80
    assert nearest_kin(ids) >= APART


async def test_what_came_in_another_channel_keeps_nothing_away() -> None:
    here, filters = own_group(), Filters(track="backend")
    there = [(await here.asked(LOUNGE, BEN, filters)).question.id for _ in range(5)]
    alone = [(await here.asked(STUDY, ADA, filters)).question.id for _ in range(5)]
    fresh = own_group()
    assert alone == [(await fresh.asked(STUDY, ADA, filters)).question.id for _ in range(5)]
    assert there != alone


async def test_daily_questions_and_those_asked_for_keep_away_from_each_other() -> None:
    here = own_group()
    await scheduling.set_daily(here.ports, STUDY, ADA, scheduling.Wish(time="09:00", zone="UTC"))
    ids = []
    here.clock.at = here.clock.at.replace(hour=9)
    for _ in range(15):
        await asking.post_due(here.ports)
        here.clock.advance(seconds=1)
        newest = await here.store.read(lambda tx: tx.newest_rounds(STUDY, 1))
        ids.append(newest[0].question.id)
        ids.append((await here.asked()).question.id)
        here.clock.advance(days=1, seconds=-1)
    assert len(set(ids)) == len(ids) == 30
    assert nearest_kin(ids) >= APART
