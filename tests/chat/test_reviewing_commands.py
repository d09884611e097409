"""The commands of peer review: what each gives, to whom, and what it completes."""

from bot.chat.calls import FieldError
from bot.chat.commands import command_named, complete
from bot.chat.wording import buttons
from bot.domain.reviews import ReviewState
from tests.chat.review_group import GIVEN, SAID, button, group, presets, said
from tests.chat.world import ADA, BEN, CYD, World


async def test_next_gives_an_answer_with_the_way_to_its_review_and_then_nothing_more() -> None:
    here = await group()
    task = await here.typed(CYD, "/review next backend")
    assert "ben’s answer, 8 words:" in said(task) and SAID in said(task) and "Backend engineer" in said(task)
    write = button(task, "Write a review")
    assert presets(await here.press(CYD, write.action, write.value))["strong"] == ""
    again = said(await here.typed(CYD, "/review next"))
    assert "1 answer that you were given before is still open: /review mine." in again
    assert "take a gold answer" in said(await here.typed(BEN, "/review next"))
    assert "cannot read “nosuch”" in said(await here.typed(CYD, "/review next nosuch"))


async def test_mine_lists_what_one_got_and_gave_and_what_is_open() -> None:
    here = await group()
    await here.reviewed()
    got = said(await here.typed(BEN, "/review mine"))
    assert "Of your answers" in got and "Structure 4, Substance 3, by cyd" in got
    given = said(await here.typed(CYD, "/review mine"))
    assert "By you" in given and "ben’s answer: Structure 4, Substance 3" in given
    await here.typed(ADA, "/review next")
    assert "Yours to review" in said(await here.typed(ADA, "/review mine"))


async def test_reminders_are_turned_on_and_off_and_nothing_else() -> None:
    here = await group()
    assert "Reminders are off:" in said(await here.typed(CYD, "/review mine"))
    assert "Reminders are on." in said(await here.typed(CYD, "/review remind on"))
    assert "Reminders are on:" in said(await here.typed(CYD, "/review mine"))
    assert "Reminders are off." in said(await here.typed(CYD, "/review remind OFF"))
    assert "Give on or off." in said(await here.typed(CYD, "/review remind maybe"))


async def test_a_sample_is_reviewed_and_then_seen_beside_ours() -> None:
    here = await group()
    task = await here.typed(CYD, "/review gold")
    sample = button(task, "Review this gold answer")
    assert presets(await here.press(CYD, sample.action, sample.value))["covered"] == ""
    back = await here.send(CYD, sample.action, sample.value, GIVEN | {"change": "No."})
    assert isinstance(back, FieldError) and back.field == "change"
    beside = said(await here.send(CYD, sample.action, sample.value, GIVEN))
    assert "You: ■■■□□ 3 of 5, solid · It would work." in beside and "We: ■■□□□ 2 of 5, thin" in beside
    assert "We agree on 2 of 2 key points." in beside and "The order is there" in beside
    second = await here.typed(CYD, "/review gold")
    await here.send(CYD, buttons.GOLD, button(second, "Review this gold answer").value, GIVEN)
    assert "every gold answer there is" in said(await here.typed(CYD, "/review gold"))


async def test_a_word_on_two_answers_is_kept_once_and_ranks_them() -> None:
    here = await group()
    await here.answers_too(ADA, "I would draw the parts before I count anything.")
    assert "no two answers" in said(await here.typed(BEN, "/compare"))
    shown = await here.typed(CYD, "/compare backend")
    pair = button(shown, "Say which is stronger")
    assert SAID in said(shown) and "ben" not in said(shown)
    form = await here.press(CYD, pair.action, pair.value)
    assert presets(form) == {"stronger": "", "why": ""}
    for fields, at in (({"stronger": "third", "why": SAID}, "stronger"), ({"stronger": "first"}, "why")):
        back = await here.send(CYD, pair.action, pair.value, fields)
        assert isinstance(back, FieldError) and back.field == at
    assert "One of the two is your own." in said(await here.press(BEN, pair.action, pair.value))
    voted = said(await here.send(CYD, pair.action, pair.value, {"stronger": "first", "why": SAID}))
    assert (
        "Your word is kept." in voted
        and "From 1 comparison of 2 answers." in voted
        and f"members’ words | {SAID}" in voted
    )
    assert "stronger in 1 of 1" in said(await here.typed(BEN, "/review ranking"))


async def test_settings_are_shown_changed_and_refused_by_name() -> None:
    here = await group()
    shown = said(await here.typed(ADA, "/review settings", is_manager=True))
    assert "names: named" in shown and "wanted: 2" in shown
    changed = said(await here.typed(ADA, "/review settings names:peer give:2", is_manager=True))
    assert "names: peer" in changed and "give: 2" in changed
    wrong = said(await here.typed(ADA, "/review settings most:99", is_manager=True))
    assert "“most” cannot be “99”. Choose a number from 1 to 20." in wrong
    assert "“names” cannot be “x”. Choose named or peer." in said(
        await here.typed(ADA, "/review settings names:x", is_manager=True)
    )
    assert "is for managers" in said(await here.typed(BEN, "/review settings names:peer"))
    await here.reviewed()
    [review] = here.world.chat.reviews.values()
    assert not review.review.named and review.state is ReviewState.HELD


def test_tracks_and_settings_are_completed() -> None:
    caller = World().caller(ADA, True)
    offered = {
        ("review next", "track", "dev"): ["devops"],
        ("compare", "track", ""): ["backend", "devops"],
        ("review remind", "switch", "o"): ["on", "off"],
        ("review settings", "names", ""): ["named", "peer"],
        ("review settings", "give", ""): ["0", "1", "2", "3", "4", "5"],
        ("review settings", "most", "2"): ["2", "20", "12"],
        ("review settings", "practice", "n"): ["no"],
    }
    for (name, option, typed), values in offered.items():
        assert complete(caller, command_named(name), option, typed) == values


async def test_every_setting_can_be_changed_by_its_option() -> None:
    here = await group()
    for option in command_named("review settings").options:
        value = option.known(here.world.bank)[-1]
        changed = said(await here.typed(ADA, f"/review settings {option.name}:{value}", is_manager=True))
        assert f"{option.name}: {value} (" in changed


async def test_a_held_review_says_to_its_writer_when_it_is_read() -> None:
    here = await group()
    await here.typed(ADA, "/review settings give:1 days:2", is_manager=True)
    kept = said(await here.send(CYD, buttons.REVIEW, here.answer.id, GIVEN))
    assert "Your review is kept." in kept and "once they have given 1 more review, or on Wed 25 Nov" in kept
    assert "opens once you have given 1 more review" in said(await here.typed(BEN, "/review mine"))
