"""Reviews by the ways that Slack has: the menu of a message, buttons, windows, App Home, a direct message."""

from dataclasses import replace

import pytest

from bot.chat.cards import joined
from bot.chat.slack.incoming import MANAGERS_ONLY
from bot.chat.wording import buttons
from bot.domain.places import Member, Platform, Workspace
from bot.practice import accounts, review_queue
from bot.practice.ports import OutcomeUnknown, PostRefused
from tests.contracts.slack_world import STUDY
from tests.platforms.slack.conftest import ANSWER, OTHER, REVIEW, Watched
from tests.platforms.slack.drawn import buttons_of, inputs_of, text_of
from tests.platforms.slack.fake_faults import Refused, Reset, Status
from tests.platforms.slack.fake_state import Json
from tests.platforms.slack.limits import faults_of_view

FOREIGN = Workspace(Platform.SLACK, "T2")


def window(world: Watched, name: str) -> str:
    """What stands in somebody's open window."""
    return text_of(world.there.modals[f"U0{name.upper()}"]["blocks"], world.name)


async def pressed(world: Watched, name: str, action: str, value: str) -> str:
    """Press a button that may be forged, on the newest prompt; gives what the presser is told."""
    await world.advance(seconds=5)
    element = {"type": "button", "action_id": f"action:{action}", "value": value, "block_id": "b"}
    await world.people.interact(world.people.pressed(f"U0{name.upper()}", world.newest_prompt(), element))
    await world.settled()
    return world.seen(world.visible(name)[-1]).text


async def test_the_menu_of_a_message_opens_the_form_and_what_is_ticked_is_read_back(world: Watched) -> None:
    await world.answered()
    await world.review_message("cyd", "ben", ANSWER)
    (opened,) = world.slack.called("views.open")
    kinds = {
        block["block_id"]: block["element"]["type"]
        for block in opened["view"]["blocks"]
        if block["type"] == "input"
    }
    assert kinds["covered"] == "checkboxes" and list(kinds) == list(REVIEW)
    assert await world.fill("cyd", {**REVIEW, "covered": joined("12")}) is None
    assert "It comes into the thread." in window(world, "cyd")
    assert (await world.review()).draft.covered == (0, 1)
    await world.review_message("cyd", "ben", ANSWER)
    assert world.preset("cyd") == {**REVIEW, "covered": joined("12")}


@pytest.mark.bad_input(102)
async def test_the_menu_on_what_is_no_answer_says_so(world: Watched) -> None:
    await world.answered()
    await world.people.shortcut("U0CYD", world.newest_prompt(), buttons.REVIEW_MESSAGE)
    await world.settled()
    assert world.titles("cyd")[-1] == "That is no reply."
    await world.say("ada", "/streak")
    said = world.people.write("U0ADA", STUDY, "A message beside every thread.")
    await world.people.shortcut("U0CYD", said, buttons.REVIEW_MESSAGE)
    await world.settled()
    assert world.titles("cyd")[-1] == "That is no reply." and world.slack.called("views.open") == []


async def test_from_the_prompt_to_the_next_answer_by_buttons_alone(world: Watched) -> None:
    await world.answered()
    await world.say("ada", OTHER)
    await world.press("cyd", "Review")
    assert ANSWER in world.seen(world.visible("cyd")[-1]).text
    await world.press("cyd", "Write a review")
    assert await world.fill("cyd", REVIEW) is None
    await world.press("cyd", "Review one")  # in the window that thanks
    assert OTHER in window(world, "cyd")
    await world.press("cyd", "Write a review")
    assert set(inputs_of(world.there.modals["U0CYD"]["blocks"])) == set(REVIEW)
    assert await world.fill("cyd", {**REVIEW, "strong": "It looks for the weakest spot first."}) is None
    assert len(world.cards()) == 2


async def test_an_acknowledged_answer_leads_to_the_next_review(world: Watched) -> None:
    await world.answered()
    await world.say("cyd", OTHER)
    assert "1 answer waits for a review." in world.seen(world.visible("cyd")[-1]).text
    await world.press("cyd", "Review one")
    assert ANSWER in world.seen(world.visible("cyd")[-1]).text


@pytest.mark.bad_input(103, 104)
async def test_a_forged_press_gets_nothing(world: Watched) -> None:
    await world.answered()
    review = await world.reviewed()
    (answer,) = await world.answers()
    away = Member(FOREIGN, "U9")
    strange = replace(answer, id="foreign-answer", member=Member(FOREIGN, "U8"))
    world.memory._committed.answers[FOREIGN, strange.id] = strange
    other = replace(
        review,
        workspace=FOREIGN,
        id="foreign-review",
        answer=strange.id,
        author=strange.member,
        reviewer=away,
    )
    world.memory._committed.reviews[FOREIGN, other.id] = other
    refused = "That did not work."
    assert refused in await pressed(world, "ben", buttons.REVIEW, answer.id), "one's own"
    assert refused in await pressed(world, "cyd", buttons.REVIEW, strange.id), "of another workspace"
    for name, id_ in (("cyd", review.id), ("ada", review.id), ("ben", other.id), ("ben", "nothing")):
        assert refused in await pressed(world, name, buttons.THANK, id_)
        assert refused in await pressed(world, name, buttons.FLAG, id_)
    assert (await world.review()) == review and world.slack.called("chat.update") == []


async def test_who_looks_after_reviews_is_asked_of_slack_now(socket: Watched) -> None:
    assert {buttons.DISMISS, buttons.REMOVE_REVIEW} <= MANAGERS_ONLY
    await socket.answered()
    review = await socket.reviewed()
    await socket.say("ada", "/review log")
    socket.there.people["U0ADA"].is_admin = False
    for name in ("ada", "ben"):
        await pressed(socket, name, buttons.REMOVE_REVIEW, review.id)
        assert (await socket.review()).removed_at is None
    socket.slack.faults.always("users.info", Status(500))
    assert "could not ask Slack" in await pressed(socket, "ada", buttons.REMOVE_REVIEW, review.id)
    socket.slack.faults.always("users.info", None)
    socket.there.people["U0ADA"].is_admin = True
    await pressed(socket, "ada", buttons.REMOVE_REVIEW, review.id)
    assert "A review was removed" in socket.titles("ben")


async def test_old_buttons_work_after_a_restart(world: Watched) -> None:
    await world.answered()
    await world.press("cyd", "Review")
    await world.restart()
    await world.press("cyd", "Write a review")
    await world.restart()
    assert await world.fill("cyd", REVIEW) is None
    await world.restart()
    await world.press("ben", "Thanks")
    (card,) = world.cards()
    assert "ben says thanks." in world.seen(card).text


@pytest.mark.bad_input(53)
async def test_an_answer_that_is_first_heard_of_by_its_review_is_dated_where_its_author_lives(
    world: Watched,
) -> None:
    round_ = await world.asked()
    world.there.join("eve", (STUDY,), tz="Pacific/Kiritimati")
    await world.advance(hours=4)
    said = world.people.write("U0EVE", STUDY, ANSWER, round_.message)
    await world.people.shortcut("U0ADA", said, buttons.REVIEW_MESSAGE)
    await world.settled()
    (answer,) = await world.answers()
    assert answer.zone == "Pacific/Kiritimati" and answer.local_date.day == 3
    assert set(inputs_of(world.there.modals["U0ADA"]["blocks"])) == set(REVIEW)


async def test_a_flag_reaches_managers_and_its_reason_nobody_else(world: Watched) -> None:
    await world.join("ada")
    await world.say("ada", "/daily set 09:00")
    await world.answered()
    await world.reviewed()
    await world.press("ben", "Flag")
    assert await world.fill("ben", {"reason": "It speaks of another answer."}) is None
    assert "Flagged." in window(world, "ben")
    told = [world.seen(one).text for one in world.there.messages if one.channel == "D0ADA"]
    assert len(told) == 1 and "another answer" not in "".join(told)
    assert all("another answer" not in world.seen(one).text for one in world.visible("cyd"))


@pytest.mark.parametrize("is_planned", [False, True])
async def test_of_a_flag_the_channel_hears_nothing_also_where_no_manager_can_be_told(
    world: Watched, is_planned: bool
) -> None:
    """There is no schedule, so that nobody is known to look after the channel; or its maker takes no messages."""
    await world.join("ada")
    if is_planned:
        await world.say("ada", "/daily set 09:00")
    await world.answered()
    review = await world.reviewed()
    await world.press("ben", "Flag")
    before = len(world.there.messages)
    if is_planned:
        world.slack.faults.next("chat.postMessage", Refused("cannot_dm_bot"))
    assert await world.fill("ben", {"reason": "It speaks of another answer."}) is None
    assert "Flagged." in window(world, "ben") and (await world.review()).flagged_at is not None
    assert len(world.there.messages) == before, "nothing is said anywhere"
    assert not any("flagged" in world.seen(one).text for one in world.visible("cyd"))
    assert review.id == (await world.review()).id


async def test_app_home_lists_what_waits_and_what_one_got(world: Watched) -> None:
    round_ = await world.answered()
    await world.say("cyd", OTHER)  # one is shown answers of channels in which one took part
    await world.delete("cyd", OTHER)
    await world.advance(hours=3, seconds=1)
    await world.people.open_home("U0CYD")
    await world.settled()
    shown = text_of(world.there.homes["U0CYD"]["blocks"], world.name)
    assert "Answers that wait for your review" in shown and round_.question.title in shown
    assert "ben’s answer waits for 3 hours." in shown
    offers = await world.store.read(lambda tx: tx.offers(world.member("cyd"), 5))
    assert offers == [], "to look is not to be given it"
    await press_at_home(world, "cyd", "Read and review")
    assert ANSWER in text_of(world.there.modals["U0CYD"]["blocks"], world.name)
    await world.press("cyd", "Write a review")
    assert await world.fill("cyd", REVIEW) is None
    for name in ("cyd", "ben"):
        await world.people.open_home(f"U0{name.upper()}")
    await world.press("ben", "Thanks")
    await world.people.open_home("U0BEN")
    await world.settled()
    homes = {user: text_of(view["blocks"], world.name) for user, view in world.there.homes.items()}
    assert "None at the moment." in homes["U0CYD"] and "None at the moment." in homes["U0BEN"]
    assert "Structure 4, Substance 3, by cyd. You said thanks" in homes["U0BEN"]
    for view in world.there.homes.values():
        sent: Json = {key: view[key] for key in ("type", "blocks", "callback_id") if key in view}
        assert faults_of_view(sent) == []


async def press_at_home(world: Watched, name: str, label: str) -> None:
    """Press a button of one's App Home."""
    view = world.there.homes[f"U0{name.upper()}"]
    element = next(one for one in buttons_of(view["blocks"]) if one["text"]["text"] == label)
    await world.advance(seconds=5)
    await world.people.interact(world.people.pressed_in_view(f"U0{name.upper()}", view, element))
    await world.settled()


async def test_app_home_has_five_at_most_and_those_that_were_given_first(world: Watched) -> None:
    await world.asked()
    for number in range(8):
        await world.join(f"p{number}")
        await world.say(f"p{number}", f"Answer number {number}, long enough to count.")
    await world.join("cyd")
    cyd = world.member("cyd")
    await world.say("cyd", "Cyd practices in this channel, too.")
    given = await review_queue.next_task(world.ports, cyd, None)
    listed = await review_queue.listed(world.ports, cyd, 5)
    assert [one.answer for one in listed[:1]] == [given.answer]
    assert len({one.answer for one in listed}) == 5
    await world.people.open_home("U0CYD")
    await world.settled()
    labels = [one["text"]["text"] for one in buttons_of(world.there.homes["U0CYD"]["blocks"])]
    assert labels.count("Read and review") == 5
    assert await world.store.read(lambda tx: len(tx.offers(cyd, 20))) == 1
    assert given.answer is not None
    await accounts.told(world.ports, given.answer.member, False)
    assert given.answer not in [one.answer for one in await review_queue.listed(world.ports, cyd, 9)]


async def test_a_reminder_comes_as_a_direct_message_with_its_button(socket: Watched) -> None:
    await socket.answered()
    await socket.say("cyd", OTHER)
    await socket.platform.outgoing.remind(socket.member("cyd"), 1)
    (told,) = [one for one in socket.there.messages if one.channel == "D0CYD"]
    assert "1 answer waits for a review." in socket.seen(told).text
    await socket.press("cyd", "Review one")
    assert ANSWER in socket.seen(socket.visible("cyd")[-1]).text
    for fault, kind in ((Refused("user_not_found"), PostRefused), (Reset(), OutcomeUnknown)):
        socket.slack.faults.next("chat.postMessage", fault)
        with pytest.raises(kind):
            await socket.platform.outgoing.remind(socket.member("cyd"), 1)
    with pytest.raises(PostRefused):
        await socket.platform.outgoing.remind(Member(FOREIGN, "U9"), 1)
