"""Cards of reviews over a real transport: requests that fail or land unseen, archived and locked threads."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat import actions
from bot.chat.calls import Caller, Outcome
from bot.chat.discord import interacting, sentences
from bot.chat.wording import buttons
from bot.domain.places import Channel, Member, Platform, Workspace
from bot.domain.questions import Filters
from bot.domain.reviews import Draft, Review
from bot.domain.rounds import Reply
from bot.practice import asking, review_rules, reviewing, showing
from bot.practice.outcomes import ShownReview
from bot.practice.ports import LookupFailed, PostRefused
from tests.platforms.discord.fake_discord import fake_discord
from tests.platforms.discord.fake_gateway import Payload
from tests.platforms.discord.fake_http import DEFERRED, MODAL, Fault
from tests.platforms.discord.happenings import BENS
from tests.platforms.discord.limits import V2
from tests.platforms.discord.limits import buttons as buttons_of
from tests.platforms.discord.reading import text_of
from tests.platforms.discord.transport import Served, serving

SILENT = 1 << 12
DRAFT = Draft(
    (4, 2), (0,), "The load is counted before anything is drawn.", "Say what fails first, and when."
)


@pytest.fixture
async def bot() -> AsyncIterator[Served]:
    """A bot in a guild where ada has asked and ben has answered."""
    async with fake_discord() as fake, serving(fake) as bot:
        await bot.connected()
        await answered(bot)
        yield bot


@pytest.fixture
async def humble() -> AsyncIterator[Served]:
    """The same, but the bot may not manage threads."""
    async with fake_discord() as fake:
        fake.manages_threads = False
        async with serving(fake) as bot:
            await bot.connected()
            await answered(bot)
            yield bot


async def answered(bot: Served) -> None:
    place = Channel(Workspace(Platform.DISCORD, bot.fake.guild), bot.fake.channel)
    await asking.ask(bot.ports, place, person(bot, "ada"), Filters())
    await bot.fake.say("ben", thread(bot), BENS)
    await bot.until_kept(1)
    await bot.fake.gateway.until(lambda: len(bot.fake.said_in(thread(bot))) == 1)


def person(bot: Served, name: str) -> Member:
    return Member(Workspace(Platform.DISCORD, bot.fake.guild), bot.fake.people[name]["id"])


def thread(bot: Served) -> str:
    return bot.fake.threads[0]


async def give(bot: Served) -> Review:
    """Let ada review ben's answer; gives the review as it is kept."""
    round_ = await bot.newest_round()
    ben = person(bot, "ben")
    answer = await bot.ports.store.read(lambda tx: tx.answer(round_.id, ben))
    assert answer is not None
    given = await reviewing.give(bot.ports, answer.id, person(bot, "ada"), DRAFT, bot.clock.now())
    return await kept(bot, given.shown.review)


async def kept(bot: Served, review: Review) -> Review:
    found = await bot.ports.store.read(lambda tx: tx.review(review.workspace, review.id))
    assert found is not None
    return found


async def shown(bot: Served, review: Review) -> ShownReview:
    return await bot.ports.store.read(lambda tx: showing.shown_in(bot.ports, tx, review))


def cards(bot: Served) -> list[Payload]:
    """The bot's messages in the thread, without the word to ben that his answer is kept."""
    return bot.fake.said_in(thread(bot))[1:]


def fault(bot: Served, method: str, **changes: object) -> None:
    """Order what becomes of the next requests about messages of the thread."""
    path = f"/channels/{thread(bot)}/messages" + (r"/\d+" if method == "PATCH" else "")
    bot.fake.http.faults.append(Fault(method, path, **changes))  # type: ignore[arg-type]


def tried(bot: Served, method: str) -> int:
    return bot.fake.tried(
        method, f"/channels/{thread(bot)}/messages" + (r"/\d+" if method == "PATCH" else "")
    )


async def settled(bot: Served) -> None:
    """Let so much time pass that nothing can land any more, and draw what is due."""
    bot.clock.shift += timedelta(minutes=3)
    await bot.ring()


async def test_a_card_is_a_silent_reply_to_the_answer_that_pings_nobody(bot: Served) -> None:
    review = await give(bot)
    (card,) = cards(bot)
    body = next(
        body
        for method, path, body in bot.fake.http.requests
        if path.endswith(f"{thread(bot)}/messages") and method == "POST" and body["nonce"] == review.id
    )
    own = next(one for one in bot.fake.messages[thread(bot)] if one["content"] == BENS)
    assert body["message_reference"]["message_id"] == int(own["id"])
    assert body["message_reference"]["fail_if_not_exists"] is False
    assert body["enforce_nonce"] is True and body["flags"] == V2 | SILENT
    assert body["allowed_mentions"] == {"parse": [], "replied_user": False}
    assert card["id"] == review.message and DRAFT.strong in text_of(card["components"])
    assert bot.fake.http.wrong == []


@pytest.mark.bad_input(75, 76)
@pytest.mark.parametrize("lands", [False, True])
@pytest.mark.parametrize("how", [{"status": 503}, {"drops": True}, {"status": 200, "body": '{"id": "1'}])
async def test_a_card_of_unknown_outcome_is_found_by_its_mark_and_not_posted_twice(
    bot: Served, how: dict[str, object], lands: bool
) -> None:
    fault(bot, "POST", lands=lands, headers={"Content-Type": "application/json"}, **how)
    review = await give(bot)
    assert review.message is None and len(cards(bot)) == lands
    posts = tried(bot, "POST")
    await settled(bot)
    await settled(bot)
    (card,) = cards(bot)
    assert (await kept(bot, review)).message == card["id"]
    assert tried(bot, "POST") == posts + (not lands)


@pytest.mark.bad_input(76)
async def test_a_card_without_any_button_of_its_own_is_found_as_well(bot: Served) -> None:
    await review_rules.set_rules(bot.ports, person(bot, "ada"), {"give": "1"})
    fault(bot, "POST", status=503, lands=True)
    review = await give(bot)
    (card,) = cards(bot)
    assert review.id not in str([one["custom_id"] for one in buttons_of(card)])
    assert await bot.platform.outgoing.find_review(await shown(bot, review)) == card["id"]
    other = replace(review, id="another-one")
    assert await bot.platform.outgoing.find_review(replace(await shown(bot, review), review=other)) is None


@pytest.mark.bad_input(77)
async def test_a_look_up_that_fails_posts_no_card(bot: Served) -> None:
    fault(bot, "POST", status=503, lands=True)
    review = await give(bot)
    fault(bot, "GET", status=503, times=2)
    with pytest.raises(LookupFailed):
        await bot.platform.outgoing.find_review(await shown(bot, review))
    posts = tried(bot, "POST")
    await settled(bot)
    assert tried(bot, "POST") == posts and (await kept(bot, review)).message is None
    await settled(bot)
    assert tried(bot, "POST") == posts and (await kept(bot, review)).message == cards(bot)[0]["id"]


@pytest.mark.bad_input(75)
@pytest.mark.parametrize("lands", [False, True])
async def test_an_edit_of_unknown_outcome_is_made_again(bot: Served, lands: bool) -> None:
    review = await give(bot)
    fault(bot, "PATCH", status=503, lands=lands)
    await reviewing.thank(bot.ports, review.id, person(bot, "ben"))
    assert tried(bot, "PATCH") == 1
    await settled(bot)
    (card,) = cards(bot)
    assert tried(bot, "PATCH") == 2 and "says thanks." in text_of(card["components"])


@pytest.mark.bad_input(64)
async def test_a_card_that_was_deleted_is_not_posted_again(bot: Served) -> None:
    review = await give(bot)
    bot.fake.messages[thread(bot)].remove(cards(bot)[0])
    posts = tried(bot, "POST")
    await reviewing.thank(bot.ports, review.id, person(bot, "ben"))
    await settled(bot)
    assert tried(bot, "POST") == posts and cards(bot) == []
    after = await kept(bot, review)
    assert after.message == review.message and after.due_at is None


@pytest.mark.bad_input(64)
async def test_a_thread_that_was_deleted_takes_no_card(bot: Served) -> None:
    review = await give(bot)
    gone = bot.fake.channels.pop(thread(bot))
    drawn = await shown(bot, review)
    assert await bot.platform.outgoing.show_review(drawn) == review.message
    new = replace(drawn, review=replace(review, message=None))
    with pytest.raises(PostRefused) as refused:
        await bot.platform.outgoing.show_review(new)
    assert refused.value.reason == sentences.THREAD_DELETED and not refused.value.channel_gone
    bot.fake.messages.pop(gone["id"])
    assert await bot.platform.outgoing.find_review(new) is None


@pytest.mark.bad_input(64)
async def test_a_card_in_an_archived_thread_is_drawn_anew_and_the_thread_stays_archived(bot: Served) -> None:
    review = await give(bot)
    bot.fake.thread_state(thread(bot))["archived"] = True
    await reviewing.thank(bot.ports, review.id, person(bot, "ben"))
    (card,) = cards(bot)
    assert "says thanks." in text_of(card["components"])
    assert bot.fake.thread_state(thread(bot))["archived"] is True
    assert [one.rpartition(": ")[2] for one in bot.fake.http.wrong] == ["Thread is archived"]


@pytest.mark.bad_input(64)
async def test_a_thread_is_archived_again_also_when_its_card_could_not_be_drawn(bot: Served) -> None:
    review = await give(bot)
    bot.fake.thread_state(thread(bot))["archived"] = True
    drawn = await shown(bot, review)
    fault(bot, "PATCH", status=400, body={"code": 50083, "message": "Thread is archived"})
    fault(bot, "PATCH", status=403, body={"code": 50001, "message": "Missing Access"})
    with pytest.raises(PostRefused):
        await bot.platform.outgoing.show_review(drawn)
    assert tried(bot, "PATCH") == 2 and bot.fake.tried("PATCH", f"/channels/{thread(bot)}") == 2
    assert bot.fake.thread_state(thread(bot))["archived"] is True


async def test_a_new_card_opens_an_archived_thread_by_itself(bot: Served) -> None:
    bot.fake.thread_state(thread(bot))["archived"] = True
    await give(bot)
    assert len(cards(bot)) == 1 and bot.fake.http.wrong == []


@pytest.mark.bad_input(66)
async def test_a_locked_thread_says_what_is_missing_and_is_left_alone_for_an_hour(humble: Served) -> None:
    bot = humble
    bot.fake.thread_state(thread(bot)).update(locked=True)
    review = await give(bot)
    assert cards(bot) == [] and review.message is None
    drawn, posts = await shown(bot, review), tried(bot, "POST")
    with pytest.raises(PostRefused) as refused:
        await bot.platform.outgoing.show_review(drawn)
    assert "Manage Threads" in refused.value.reason and refused.value.forbidden
    assert tried(bot, "POST") == posts
    bot.clock.shift += timedelta(hours=1, minutes=1)
    bot.fake.thread_state(thread(bot)).update(locked=False)
    assert await bot.platform.outgoing.show_review(drawn) == cards(bot)[0]["id"]


@pytest.mark.bad_input(66)
async def test_a_locked_and_archived_thread_is_not_opened(humble: Served) -> None:
    bot = humble
    review = await give(bot)
    bot.fake.thread_state(thread(bot)).update(locked=True, archived=True)
    await bot.fake.gateway.dispatch("THREAD_UPDATE", bot.fake.channels[thread(bot)])
    with pytest.raises(PostRefused) as refused:
        await bot.platform.outgoing.show_review(await shown(bot, review))
    assert refused.value.reason == sentences.LOCKED and refused.value.forbidden
    assert bot.fake.tried("PATCH", f"/channels/{thread(bot)}") == 0


@pytest.mark.bad_input(76)
async def test_a_second_request_of_the_same_review_is_the_same_message_to_discord(bot: Served) -> None:
    review = await give(bot)
    again = replace(await shown(bot, review), review=replace(review, message=None))
    assert await bot.platform.outgoing.show_review(again) == review.message
    assert len(cards(bot)) == 1


@pytest.mark.bad_input(69)
async def test_who_has_left_is_not_here_and_a_fault_says_nothing(bot: Served) -> None:
    chat, ben = bot.platform.outgoing, person(bot, "ben")
    assert await chat.is_here(ben)
    path = f"/guilds/{bot.fake.guild}/members/{ben.id}"
    for how in (
        {"status": 503},
        {"status": 403, "body": {"code": 50001, "message": "Missing Access"}},
        {"status": 404, "body": {"code": 10004, "message": "Unknown Guild"}},
        {"status": 404, "body": "<html>not here</html>"},
        {"status": 200, "body": "[]"},
    ):
        bot.fake.http.faults.append(Fault("GET", path, **how))
        with pytest.raises(LookupFailed):
            await chat.is_here(ben)
    del bot.fake.people["ben"]
    assert not await chat.is_here(ben)
    elsewhere = Member(Workspace(Platform.DISCORD, "1"), ben.id)
    with pytest.raises(LookupFailed):
        await chat.is_here(elsewhere)


async def test_a_form_that_comes_too_late_for_discord_is_asked_for_once_more(
    bot: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = next(one for one in bot.fake.messages[thread(bot)] if one["content"] == BENS)
    menu, path = buttons.OF_MESSAGES[buttons.REVIEW_MESSAGE], r"/interactions/\d+/[^/]+/callback"
    opened = await bot.fake.use_menu("ada", menu, own)
    assert opened.callback is not None and opened.callback["type"] == MODAL
    use_message, before = actions.use_message, bot.fake.tried("POST", path)

    async def slow(caller: Caller, name: str, reply: Reply | None) -> Outcome:
        await bot.fake.gateway.until(lambda: bot.fake.tried("POST", path) > before)
        return await use_message(caller, name, reply)

    monkeypatch.setattr(interacting, "OPEN_WITHIN", 0.0)
    monkeypatch.setattr(actions, "use_message", slow)
    late = await bot.fake.use_menu("ada", menu, own)
    assert late.callback is not None and late.callback["type"] == DEFERRED
    assert "took me too long" in late.text
