"""Every button and form: what a press does, for whom, and what a forged one gets."""

from dataclasses import replace

import pytest

from bot.chat import actions
from bot.chat.actions import ACTIONS
from bot.chat.calls import Call, Caller, FieldError, Filled, Quiet, Response, Upload
from bot.chat.cards import Button, Card, Form
from bot.chat.commands import command_named, run
from bot.chat.plain import plain
from bot.chat.typed import parse
from bot.chat.wording import answers, buttons, questions
from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.questions import Pack
from bot.domain.rounds import Reply, Round
from bot.practice import answering
from bot.practice.ports import BadPack
from tests.chat.world import ADA, BEN, ELSEWHERE, LONG_ENOUGH, START, STUDY, World


def said(outcome: object) -> str:
    """A private card as text in one line."""
    assert isinstance(outcome, Response) and outcome.private, outcome
    return " ".join(plain(outcome.card))


def button(outcome: object, label: str) -> Button:
    """The button with a label."""
    assert isinstance(outcome, Response)
    return next(one for one in outcome.card.buttons if one.label == label)


async def press(world: World, one: Button, member: Member = ADA) -> object:
    """Press a button as a platform's door does."""
    return await actions.press(world.caller(member), one.action, one.value)


async def send(world: World, round_: Round, text: str, id_: str = "form-1", member: Member = ADA) -> object:
    """Fill in the Answer form and send it."""
    filled = Filled({answers.TEXT_FIELD: text}, id_, world.clock.now())
    return await actions.submit(world.caller(member), buttons.ANSWER, round_.id, filled)


async def reply(world: World, round_: Round, message: str, text: str, member: Member = ADA) -> Card:
    """Reply in a round's thread; gives the acknowledgement."""
    one = Reply(Thread(STUDY, "1"), message, member, text, world.clock.now())
    return answers.kept_card(await answering.receive(world.ports, one), one)


def test_every_button_that_has_a_label_has_an_action_with_that_label() -> None:
    assert {name: action.label for name, action in ACTIONS.items()} == buttons.LABELS


def test_every_label_is_there_once_so_that_a_line_can_press_it() -> None:
    assert len(set(buttons.LABELS.values())) == len(buttons.LABELS)


async def test_answer_opens_an_empty_form_first_and_later_the_answer_that_stands() -> None:
    world = World()
    round_ = await world.asked()
    prompt = Response(questions.question_card(round_, late=False))
    empty = await press(world, button(prompt, "Answer"))
    assert isinstance(empty, Form) and empty.fields[0].preset == ""
    assert "Day 1, a streak begins." in said(await send(world, round_, LONG_ENOUGH))
    filled = await press(world, button(prompt, "Answer"))
    assert isinstance(filled, Form) and filled.fields[0].preset == LONG_ENOUGH


async def test_an_answer_longer_than_a_form_is_not_preset_in_part() -> None:
    world = World()
    round_ = await world.asked()
    await reply(world, round_, "m1", "word " * 700)
    form = await actions.press(world.caller(), buttons.ANSWER, round_.id)
    assert isinstance(form, Form) and form.fields[0].preset == ""
    assert "replaces it" in form.fields[0].hint


@pytest.mark.bad_input(40)
async def test_a_form_that_is_too_short_goes_back_with_a_sentence_at_its_field() -> None:
    world = World()
    round_ = await world.asked()
    expected = FieldError("text", "That has 4 visible characters. An answer has at least 15.")
    assert await send(world, round_, "\u200b n o p e \u2800") == expected


async def test_a_form_that_is_too_long_goes_back_too() -> None:
    world = World()
    back = await send(world, await world.asked(), "word " * 700)
    assert isinstance(back, FieldError) and "3500 characters, and a form carries 3000" in back.sentence


@pytest.mark.bad_input(51)
async def test_a_form_sent_twice_counts_once() -> None:
    world = World()
    round_ = await world.asked()
    await send(world, round_, LONG_ENOUGH)
    assert "Nothing changed." in said(await send(world, round_, LONG_ENOUGH))


async def test_hints_come_one_by_one_and_the_last_one_again() -> None:
    world = World()
    round_ = await world.asked()
    first = await actions.press(world.caller(), buttons.HINT, round_.id)
    assert "Hint 1 of 2" in said(first) and "There is 1 more hint." in said(first)
    second = await press(world, button(first, "Hint"))
    assert "Hint 2 of 2" in said(second) and "That was the last one." in said(second)
    assert "Hint 2 of 2" in said(await actions.press(world.caller(), buttons.HINT, round_.id))


@pytest.mark.parametrize("name", [buttons.POINTS, buttons.SAMPLE])
async def test_what_is_held_back_opens_with_an_own_answer_or_at_its_time(name: str) -> None:
    world = World()
    round_ = await world.asked()
    refused = said(await actions.press(world.caller(), name, round_.id))
    assert "Without an answer it opens on Tue 24 Nov 2026, 08:00 (UTC)." in refused
    await send(world, round_, LONG_ENOUGH)
    assert round_.question.title in said(await actions.press(world.caller(), name, round_.id))
    assert "Answer first" in said(await actions.press(world.caller(BEN), name, round_.id))
    world.clock.forward(days=1)
    assert round_.question.title in said(await actions.press(world.caller(BEN), name, round_.id))


async def test_the_time_in_a_refusal_is_in_the_pressers_zone() -> None:
    world = World()
    round_ = await world.asked()
    await run(world.caller(), Call(command_named("zone"), {"zone": "Asia/Kolkata"}))
    refused = said(await actions.press(world.caller(), buttons.POINTS, round_.id))
    assert "Tue 24 Nov 2026, 13:30 (Asia/Kolkata)" in refused


@pytest.mark.parametrize(
    ("label", "text"),
    [("Use instead", "A second thought."), ("Add to my answer", f"{LONG_ENOUGH}\n\nA second thought.")],
)
async def test_a_later_reply_becomes_the_answer_by_a_button(label: str, text: str) -> None:
    world = World()
    round_ = await world.asked()
    await reply(world, round_, "m1", LONG_ENOUGH)
    comment = Response(await reply(world, round_, "m2", "A second thought."))
    assert "Your answer has the new text." in said(await press(world, button(comment, label)))
    own = await answering.own_answer(world.ports, round_.id, ADA)
    assert own is not None and own.text == text


async def test_an_answer_is_withdrawn_and_restored_by_its_author_only() -> None:
    world = World()
    round_ = await world.asked()
    kept = await send(world, round_, LONG_ENOUGH)
    withdraw = button(kept, "Withdraw")
    assert "cannot find that answer among yours" in said(await press(world, withdraw, BEN))
    gone = await press(world, withdraw)
    assert "Withdrawn." in said(gone)
    assert "cannot find that answer among yours" in said(await press(world, button(gone, "Restore"), BEN))
    assert "Restored." in said(await press(world, button(gone, "Restore")))


async def test_a_withdrawn_answer_cannot_be_restored_after_a_day() -> None:
    world = World()
    gone = await press(world, button(await send(world, await world.asked(), LONG_ENOUGH), "Withdraw"))
    world.clock.forward(hours=25)
    assert "more than 24 hours ago" in said(await press(world, button(gone, "Restore")))


async def test_a_broken_streak_is_repaired_by_the_button_on_its_card() -> None:
    world = World()
    round_ = await world.asked()
    await send(world, round_, LONG_ENOUGH)
    world.clock.forward(days=4)  # two missed days take the freezes, the third one breaks the streak
    streak = await run(world.caller(), Call(command_named("streak"), {}))
    assert "You missed Thu 26 Nov 2026. Repair it until" in said(streak)
    assert "Repaired. Streak: 1 day" in said(await press(world, button(streak, "Repair")))
    assert "nothing to repair" in said(await press(world, button(streak, "Repair")))


async def test_deleting_takes_a_press_of_the_member_who_asked() -> None:
    world = World()
    await send(world, await world.asked(), LONG_ENOUGH)
    asks = await run(world.caller(), Call(command_named("privacy delete"), {}))
    assert "somebody else’s" in said(await press(world, button(asks, "Delete everything"), BEN))
    assert "for good" in said(await press(world, button(asks, "Delete everything")))
    assert "Nothing." in said(await run(world.caller(), Call(command_named("privacy show"), {})))


async def test_the_delete_button_can_be_made_for_any_member_id() -> None:
    world, member = World(), Member(ADA.workspace, "é\u0301" * 200)
    asks = await run(world.caller(member), Call(command_named("privacy delete"), {}))
    assert "for good" in said(await press(world, button(asks, "Delete everything"), member))


VALUELESS = {buttons.SUGGEST, buttons.REVIEW_NEXT}
"""Actions whose value says nothing, so that none can be forged."""
FORGED = ["", "x", "no/such", "/", "a/", "/b", "'; DROP TABLE round; --", "a" * 5000, "\x00", "1/m1"]


@pytest.mark.bad_input(101)
@pytest.mark.parametrize("name", sorted(ACTIONS.keys() - VALUELESS))
@pytest.mark.parametrize("value", FORGED)
async def test_a_forged_value_is_refused_and_changes_nothing(name: str, value: str) -> None:
    world = World()
    round_ = await world.asked()
    await send(world, round_, LONG_ENOUGH, member=BEN)
    assert "That did not work." in said(await actions.press(world.caller(), name, value))
    filled = Filled({answers.TEXT_FIELD: LONG_ENOUGH}, "form-9", START)
    assert "That did not work." in said(await actions.submit(world.caller(), name, value, filled))
    own = await answering.own_answer(world.ports, round_.id, BEN)
    assert own is not None and own.text == LONG_ENOUGH


@pytest.mark.bad_input(101)
@pytest.mark.parametrize("name", [buttons.ANSWER, buttons.HINT, buttons.POINTS, buttons.SAMPLE])
async def test_a_round_of_another_workspace_is_not_found(name: str) -> None:
    world = World()
    round_ = await world.asked()
    stranger = world.caller(Member(ELSEWHERE, "ada"), channel=Channel(ELSEWHERE, "study"))
    assert "cannot find that question here" in said(await actions.press(stranger, name, round_.id))


@pytest.mark.bad_input(101)
async def test_an_answer_of_another_workspace_is_not_found() -> None:
    world = World()
    withdraw = button(await send(world, await world.asked(), LONG_ENOUGH), "Withdraw")
    stranger = world.caller(Member(ELSEWHERE, "ada"), channel=Channel(ELSEWHERE, "study"))
    assert "cannot find that answer" in said(await actions.press(stranger, withdraw.action, withdraw.value))


async def test_an_unknown_button_or_form_is_from_another_version() -> None:
    world = World()
    assert "another version" in said(await actions.press(world.caller(), "nosuch", "1"))
    assert "another version" in said(
        await actions.submit(world.caller(), "hint", "1", Filled({}, "f", START))
    )


async def test_a_chosen_question_is_asked_in_the_channel_of_the_press_and_needs_no_words() -> None:
    world = World()
    assert isinstance(await actions.press(world.caller(BEN), buttons.ASK, "backend-3"), Quiet)
    [prompt] = world.chat.prompts
    assert (prompt.question.id, prompt.channel, prompt.asked_by) == ("backend-3", STUDY, BEN)


async def test_a_forged_question_is_refused_and_nothing_is_posted() -> None:
    world = World()
    assert "no longer installed" in said(await actions.press(world.caller(), buttons.ASK, "<script>"))
    assert world.chat.prompts == []


SUGGESTED = {
    "text": "How would you find out why a nightly job takes an hour longer each week?",
    "points": "measures first\nnames what grew",
    "track": "backend",
    "level": "mid",
    "kind": "technical-concept",
}


async def suggested(world: World, fields: dict[str, str] | None = None, id_: str = "form-1") -> object:
    filled = Filled(SUGGESTED | (fields or {}), id_, START)
    return await actions.submit(world.caller(BEN), buttons.SUGGEST, "", filled)


async def test_a_suggestion_goes_from_its_form_to_a_manager_and_back_to_its_author() -> None:
    world = World()
    assert "Thank you." in said(await suggested(world))
    waiting = await run(world.caller(ADA, is_manager=True), Call(command_named("pack suggestions"), {}))
    assert "How would you find out" in said(waiting) and "measures first" in said(waiting)
    manager = world.caller(ADA, is_manager=True)
    accept = button(waiting, "Accept")
    assert "No suggestion waits." in said(await actions.press(manager, accept.action, accept.value))
    assert "accepted" in said(await run(world.caller(BEN), Call(command_named("suggest"), {})))
    assert "accepted before" in said(await actions.press(manager, accept.action, accept.value))


async def test_a_manager_declines_with_a_reason_that_the_author_reads() -> None:
    world = World()
    await suggested(world)
    manager = world.caller(ADA, is_manager=True)
    waiting = await run(manager, Call(command_named("pack suggestions"), {}))
    decline = button(waiting, "Decline")
    form = await actions.press(manager, decline.action, decline.value)
    assert isinstance(form, Form)
    short = await actions.submit(manager, form.action, form.value, Filled({"reason": "."}, "f", START))
    assert isinstance(short, FieldError)
    filled = Filled({"reason": "We have this one."}, "f", START)
    assert "Declined." in said(await actions.submit(manager, form.action, form.value, filled))
    assert "We have this one." in said(await run(world.caller(BEN), Call(command_named("suggest"), {})))


@pytest.mark.bad_input(73, 102)
@pytest.mark.parametrize("name", [buttons.ACCEPT, buttons.DECLINE])
async def test_who_is_no_manager_any_more_decides_nothing(name: str) -> None:
    world = World()
    await suggested(world)
    assert "managers" in said(await actions.press(world.caller(BEN), name, "form-1"))
    filled = Filled({"reason": "because I say so"}, "f", START)
    assert "That did not work." in said(await actions.submit(world.caller(BEN), name, "form-1", filled))
    waiting = await run(world.caller(ADA, is_manager=True), Call(command_named("pack suggestions"), {}))
    assert "A suggested question" in said(waiting)


@pytest.mark.parametrize(("field", "text"), [("text", "too short"), ("points", "only one")])
async def test_a_suggestion_with_too_little_goes_back_to_its_writer(field: str, text: str) -> None:
    world = World()
    outcome = await suggested(world, {field: text})
    assert isinstance(outcome, FieldError) and outcome.field == field
    assert "has 9" in outcome.sentence or "there are 1" in outcome.sentence


async def test_an_import_says_what_it_changed_or_what_is_wrong() -> None:
    world = World()
    command = command_named("pack import")

    async def read(name: str, data: bytes) -> Pack:
        if data == b"bad":
            raise BadPack(("own.yaml:3:1: The field `id` is missing here; add it.",))
        return Pack("own", 1, "Own", "", (), (), ())

    def manager(data: bytes) -> Caller:
        caller = world.caller(ADA, is_manager=True)
        return replace(caller, ports=replace(caller.ports, read_upload=read), upload=Upload("own.yaml", data))

    call = Call(command, {"file": "own.yaml"})
    assert "own.yaml:3:1" in said(await run(manager(b"bad"), call))
    assert "Imported: Own" in said(await run(manager(b"good"), call))
    assert "is here already" in said(await run(manager(b"good"), call))
    gone = await run(manager(b""), Call(command_named("pack remove"), {"name": "own"}))
    assert "Taken out: Own" in said(gone)
    assert "own.yaml:3:1" in said(await actions.use_message(manager(b"bad"), buttons.IMPORT, None))
    assert "Imported: Own" in said(await actions.use_message(manager(b"good"), buttons.IMPORT, None))
    other = replace(manager(b"good"), is_manager=False)
    assert "managers" in said(await actions.use_message(other, buttons.IMPORT, None))
    assert "has no file" in said(
        await actions.use_message(replace(manager(b""), upload=None), buttons.IMPORT, None)
    )


@pytest.mark.bad_input(20)
@pytest.mark.parametrize(
    ("platform", "way"),
    [
        (
            Platform.LOCAL,
            "press Import a pack under Questions; in a terminal, practice-bot content import FILE",
        ),
        (Platform.SLACK, "Upload a .yaml or .csv file to a channel that I am in"),
        (Platform.DISCORD, "Attach a .yaml or .csv file to /pack import"),
    ],
)
async def test_an_import_without_a_file_says_how_one_is_brought(platform: Platform, way: str) -> None:
    caller = World().caller(ADA, is_manager=True)
    there = replace(caller, member=Member(Workspace(platform, "there"), "ada"))
    for line in ("/pack import", "/pack import own.yaml", "/pack import file:https://example.org/own.yaml"):
        outcome = said(await run(there, parse(line, caller.bank)))
        assert way in outcome and "follow no address" in outcome
    ben = replace(there, is_manager=False)
    assert "for managers" in said(await run(ben, parse("/pack import", caller.bank)))


async def test_a_message_that_is_no_reply_counts_as_no_answer() -> None:
    outcome = said(await actions.use_message(World().caller(ADA), buttons.COUNT, None))
    assert "cannot use that reply" in outcome


@pytest.mark.bad_input(26)
async def test_an_import_by_who_is_no_manager_reads_nothing_and_one_of_another_group_is_that_groups() -> None:
    world, reads = World(), list[str]()

    async def read(name: str, data: bytes) -> Pack:
        reads.append(name)
        return Pack("own", 1, "Own", "", (), (), ())

    async def imported(caller: Caller) -> str:
        ports = replace(caller.ports, read_upload=read)
        called = replace(caller, ports=ports, upload=Upload("own.yaml", b"pack: own"))
        return said(await run(called, Call(command_named("pack import"), {"file": "own.yaml"})))

    assert "is for managers" in await imported(world.caller(BEN))
    assert reads == []
    stranger = Member(ELSEWHERE, "ada")
    assert "Imported: Own" in await imported(world.caller(stranger, is_manager=True))
    assert await world.store.read(lambda tx: tx.packs_of(ADA.workspace)) == ()
    records = await world.store.read(lambda tx: tx.records(ELSEWHERE, 9))
    assert [(line.by, line.action) for line in records] == [("ada", "import")]
