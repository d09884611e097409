"""Packs of workspaces and suggestions, over every store."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.gold import GoldAnswer
from bot.domain.places import Workspace
from bot.domain.questions import Criterion, Kind, Level, Pack, Rubric, Track
from bot.domain.suggestions import Proposal, Suggestion, SuggestionState
from bot.practice.ports import Store
from tests.contracts.samples import ADA, BEN, HOME, HOUR, NOON, OTHER, elsewhere, question

PACK = Pack(
    "own",
    3,
    "Own — with “marks”",
    "A notice.",
    (Track("rust", "Rust engineer"),),
    (Rubric(Kind.CODING, (Criterion("structure", "Structure", ("one", "three", "five")),)),),
    (question("own-1"), question("own-2", "And this?")),
    gold=(
        GoldAnswer(
            "gold-1", "own-2", "I’d say “it depends”.\nThen:\n    x = 1", (2, 5), (), "A.", "B.", "C."
        ),
        GoldAnswer("gold-2", "own-1", "Another — with more.", (4,), (0, 2), "D.", "E.", "F."),
    ),
)
PROPOSAL = Proposal(
    "Why is the sky blue, and not violet?", ("scattering", "the eye"), "rust", Level.MID, Kind.CODING
)


def suggestion(id_: str = "s-1", **changes: object) -> Suggestion:
    return replace(Suggestion(id_, ADA, NOON, PROPOSAL), **changes)  # type: ignore[arg-type]


async def put(store: Store, pack: Pack, workspace: Workspace = HOME) -> None:
    await store.write(lambda tx: tx.put_pack(workspace, pack, "ada", NOON))


async def test_a_pack_comes_back_as_it_was_put(store: Store) -> None:
    await put(store, PACK)
    assert await store.read(lambda tx: tx.packs_of(HOME)) == (PACK,)
    assert await store.read(lambda tx: tx.packs_of(OTHER)) == ()


async def test_a_pack_without_gold_answers_comes_back_without(store: Store) -> None:
    await put(store, replace(PACK, gold=()))
    assert await store.read(lambda tx: tx.packs_of(HOME)) == (replace(PACK, gold=()),)


async def test_a_newer_version_takes_the_place_and_packs_come_by_id(store: Store) -> None:
    newer = replace(PACK, version=4, questions=PACK.questions[:1])
    for pack in (PACK, replace(PACK, id="another"), newer):
        await put(store, pack)
    assert await store.read(lambda tx: tx.packs_of(HOME)) == (replace(PACK, id="another"), newer)


async def test_a_pack_is_dropped_once(store: Store) -> None:
    await put(store, PACK)
    assert not await store.write(lambda tx: tx.drop_pack(OTHER, "own"))
    assert [await store.write(lambda tx: tx.drop_pack(HOME, "own")) for _ in range(2)] == [True, False]
    assert await store.read(lambda tx: tx.packs_of(HOME)) == ()


async def test_marks_change_with_every_change_of_a_workspaces_packs(store: Store) -> None:
    seen = []

    async def look() -> None:
        seen.append((await store.read(lambda tx: tx.pack_marks())).get(HOME))

    await look()
    await put(store, PACK)
    await look()
    await put(store, PACK, OTHER)
    await look()
    await put(store, replace(PACK, version=4))
    await look()
    await store.write(lambda tx: tx.drop_pack(HOME, "own"))
    await look()
    assert seen[0] is None and seen[4] is None
    assert seen[1] == seen[2] and seen[3] not in (None, seen[1])


async def test_a_suggestion_is_kept_once_and_found_in_its_workspace(store: Store) -> None:
    added = [await store.write(lambda tx: tx.add_suggestion(suggestion())) for _ in range(2)]
    assert added == [True, False]
    assert await store.read(lambda tx: tx.suggestion(HOME, "s-1")) == suggestion()
    assert await store.read(lambda tx: tx.suggestion(OTHER, "s-1")) is None


async def test_open_suggestions_come_oldest_first_and_of_ones_own_those_that_wait_first(store: Store) -> None:
    made = [
        suggestion("s-2", at=NOON + HOUR),
        suggestion("s-1", at=NOON + 2 * HOUR),
        suggestion("s-3", at=NOON + 2 * HOUR, member=BEN),
        suggestion("s-4", member=elsewhere(ADA)),
    ]
    for each in made:
        await store.write(lambda tx, each=each: tx.add_suggestion(each))  # type: ignore[misc]
    await store.write(
        lambda tx: tx.decide_suggestion(suggestion(), SuggestionState.DECLINED, NOON, "ben", "too short")
    )
    waiting = await store.read(lambda tx: tx.open_suggestions(HOME, 9))
    assert [each.id for each in waiting] == ["s-2", "s-3"]
    assert [each.id for each in await store.read(lambda tx: tx.open_suggestions(HOME, 1))] == ["s-2"]
    own = await store.read(lambda tx: tx.suggestions_of(ADA, 9))
    assert [(each.id, each.state, each.reason) for each in own] == [
        ("s-2", SuggestionState.OPEN, None),
        ("s-1", SuggestionState.DECLINED, "too short"),
    ]


async def test_a_suggestion_is_decided_once(store: Store) -> None:
    await store.write(lambda tx: tx.add_suggestion(suggestion()))
    decided = [
        await store.write(
            lambda tx, state=state: tx.decide_suggestion(  # type: ignore[misc]
                suggestion(), state, NOON + timedelta(hours=1), "ben", None
            )
        )
        for state in (SuggestionState.ACCEPTED, SuggestionState.DECLINED)
    ]
    assert decided == [True, False]
    kept = await store.read(lambda tx: tx.suggestion(HOME, "s-1"))
    assert kept == suggestion(
        state=SuggestionState.ACCEPTED, decided_at=NOON + timedelta(hours=1), decided_by="ben"
    )


async def test_deleting_a_member_takes_their_suggestions_and_their_name(store: Store) -> None:
    await put(store, PACK)
    await store.write(lambda tx: tx.add_suggestion(suggestion()))
    await store.write(lambda tx: tx.add_suggestion(suggestion("s-2", member=BEN)))
    await store.write(
        lambda tx: tx.decide_suggestion(suggestion("s-2"), SuggestionState.ACCEPTED, NOON, "ada", None)
    )
    assert (await store.read(lambda tx: tx.count_member(ADA)))["suggestion"] == 1
    await store.write(lambda tx: tx.delete_member(ADA, NOON))
    assert await store.read(lambda tx: tx.suggestion(HOME, "s-1")) is None
    other = await store.read(lambda tx: tx.suggestion(HOME, "s-2"))
    assert other is not None and other.decided_by is None
    assert await store.read(lambda tx: tx.packs_of(HOME)) == (PACK,)
