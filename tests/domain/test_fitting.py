"""A sheet's pack gets its version, its rubrics and the titles of its tracks from the packs beside it."""

from dataclasses import replace

from bot.domain.fitting import fitted
from bot.domain.questions import Pack, Track
from bot.packs import read_pack
from tests.packs.pack_texts import PACK
from tests.packs.sheet_texts import SHEET, sheet_pack


def beside() -> Pack:
    return read_pack({"own.yaml": PACK.encode()})


def test_the_first_one_is_version_1_and_takes_rubrics_and_titles_over() -> None:
    pack = fitted(sheet_pack(SHEET, sheet="mine"), [beside()], None)
    assert pack.version == 1
    assert pack.tracks == (Track("backend", "Backend engineer"), Track("devops", "DevOps engineer"))
    assert pack.rubrics == beside().rubrics[:1]  # of its two kinds, the other pack knows one


def test_the_same_questions_again_keep_the_version_and_others_get_the_next() -> None:
    sheet = sheet_pack(SHEET, sheet="mine")
    before = replace(fitted(sheet, [beside()], None), version=7)
    assert fitted(sheet, [beside()], before) == before
    changed = replace(sheet, questions=sheet.questions[:1])
    assert fitted(changed, [beside()], before).version == 8


def test_a_pack_with_a_version_is_left_alone() -> None:
    assert fitted(beside(), [], None) == beside()
    assert fitted(beside(), [], replace(beside(), version=9)) == beside()


def test_the_first_pack_beside_it_names_a_track() -> None:
    other = replace(beside(), tracks=(Track("backend", "Servers"), Track("devops", "Operations")))
    assert fitted(sheet_pack(SHEET), [beside(), other], None).tracks[0].title == "Backend engineer"
