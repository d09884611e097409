"""The router gives each call to the platform of its channel, and is honest about one that is off."""

from datetime import timedelta

import pytest

from bot.chat.router import Router
from bot.domain.places import Channel, Platform, Thread, Workspace
from bot.domain.rounds import Reply
from bot.practice.outcomes import Kept, Notice, Trouble, Verdict
from bot.practice.ports import Chat, LookupFailed, PostRefused
from tests.chat.world import ADA, STUDY, World, WritingChat

DISCORD = Channel(Workspace(Platform.DISCORD, "1"), "2")


async def test_every_call_reaches_the_chat_of_its_platform() -> None:
    world, slack = World(), WritingChat()
    round_ = await world.asked()
    router: Chat = Router({Platform.LOCAL: world.chat, Platform.SLACK: slack})
    thread = Thread(STUDY, "1")
    reply = Reply(thread, "m1", ADA, "Hello", world.clock.now())
    notice = Notice(Trouble.POOL_EMPTY, "daily", "")
    assert router.landing(STUDY) == timedelta()
    assert await router.post(round_, late=False) == "2"
    assert await router.find(round_) == "1"
    assert await router.open_thread(round_, "1") == thread
    await router.acknowledge(reply, Kept(Verdict.KNOWN))
    await router.tell(STUDY, notice)
    assert world.chat.acknowledged == [(reply, Kept(Verdict.KNOWN))]
    assert world.chat.told == [(STUDY, notice)]
    assert slack == WritingChat()


async def test_a_platform_that_is_off_refuses_to_post_and_cannot_be_read() -> None:
    world = World()
    round_ = await world.asked()
    router: Chat = Router({Platform.DISCORD: WritingChat()})
    with pytest.raises(PostRefused, match="local is off"):
        await router.post(round_, late=False)
    with pytest.raises(PostRefused, match="local is off"):
        await router.open_thread(round_, "1")
    with pytest.raises(LookupFailed, match="local is off"):
        await router.find(round_)


async def test_nobody_is_told_anything_on_a_platform_that_is_off() -> None:
    world = World()
    router: Chat = Router({Platform.LOCAL: world.chat})
    assert router.landing(DISCORD) == timedelta()
    await router.tell(DISCORD, Notice(Trouble.CHANNEL_GONE, None, ""))
    await router.acknowledge(
        Reply(Thread(DISCORD, "3"), "m1", ADA, "Hello", world.clock.now()), Kept(Verdict.KNOWN)
    )
    assert world.chat.told == [] and world.chat.acknowledged == []
