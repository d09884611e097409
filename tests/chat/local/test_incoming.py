"""What people do in the local chat."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.chat.cards import Choice, Field, FieldKind, Form
from bot.chat.local.convert import MESSAGE_LENGTH, channel_named, to_reply
from bot.chat.local.fields import chosen, fault_of
from bot.chat.local.incoming import NOTHING, LocalRoom
from bot.chat.wording import refusals
from bot.domain.places import Member
from bot.practice import answering, privacy
from bot.practice.ports import StoreUnavailable
from bot.practice.records import LocalMessage, Transaction
from tests.chat.local.visits import ANSWER, Home
from tests.memory_store import Crash, MemoryStore

T = TypeVar("T")
STUDY = channel_named("study")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


async def asked(home: Home) -> tuple[LocalRoom, Member, Member]:
    """A room where ada asked a question and ben is, too."""
    room = home.room
    ada, ben = await room.enter("ada"), await room.enter("ben")
    assert await room.say(ada, STUDY, "/question backend") == NOTHING
    return room, ada, ben


async def last(room: LocalRoom, member: Member) -> LocalMessage:
    return (await room.messages(member, STUDY))[-1]


async def test_only_the_first_person_of_a_folder_is_a_manager(home: Home) -> None:
    room, ada, ben = await asked(home)
    assert (await room.caller(ada, STUDY)).is_manager
    assert not (await room.caller(ben, STUDY)).is_manager
    assert not (await room.caller(await room.enter("Ben"), STUDY)).is_manager


async def test_a_reply_where_nothing_was_asked_is_not_kept(home: Home) -> None:
    room = home.room
    ada = await room.enter("ada")
    reaction = await room.say(ada, STUDY, ANSWER)
    assert reaction.card is not None and "I kept nothing" in str(reaction.card)
    assert await room.messages(ada, STUDY) == []


async def test_channels_are_apart(home: Home) -> None:
    room, ada, _ = await asked(home)
    other = channel_named("other")
    assert (await room.say(ada, other, ANSWER)).card is not None
    assert await room.messages(ada, other) == []
    assert len(await room.news(ada, 0)) == 1


@pytest.mark.bad_input(43)
async def test_a_message_that_is_too_long_is_refused_whole(home: Home) -> None:
    room, ada, _ = await asked(home)
    reaction = await room.say(ada, STUDY, "x" * (MESSAGE_LENGTH + 1))
    assert reaction.card is not None and "40,001 characters" in str(reaction.card)
    assert len(await room.messages(ada, STUDY)) == 1


@pytest.mark.bad_input(42, 43)
async def test_the_longest_message_is_kept_whole(home: Home) -> None:
    room, ada, _ = await asked(home)
    text = "word and " * (MESSAGE_LENGTH // 9)
    assert await room.say(ada, STUDY, text) == NOTHING
    assert (await room.messages(ada, STUDY))[1].text == text


@pytest.mark.bad_input(101, 102)
async def test_nobody_presses_what_only_another_sees(home: Home) -> None:
    room, ada, ben = await asked(home)
    await room.say(ada, STUDY, ANSWER)
    private = await last(room, ada)
    before = await room.messages(ada, STUDY)
    reaction = await room.press(ben, private.seq, "Withdraw")
    assert reaction.card is not None and "cannot find that message" in str(reaction.card)
    assert await room.messages(ada, STUDY) == before


@pytest.mark.bad_input(101)
@pytest.mark.parametrize("label", ["Withdraw", "Delete everything", "", "answer:1"])
async def test_a_button_that_a_message_does_not_have_cannot_be_pressed(home: Home, label: str) -> None:
    room, ada, _ = await asked(home)
    reaction = await room.press(ada, (await last(room, ada)).seq, label)
    assert reaction.card is not None and reaction.form is None
    assert (await room.press(ada, 999, "Answer")).form is None


@pytest.mark.bad_input(102)
async def test_nobody_changes_or_deletes_what_another_said(home: Home) -> None:
    room, ada, ben = await asked(home)
    await room.say(ada, STUDY, ANSWER)
    reply = (await room.messages(ada, STUDY))[1]
    prompt = (await room.messages(ada, STUDY))[0]
    for seq in (reply.seq, prompt.seq, 999):
        assert (await room.edit(ben, seq, "x")).card is not None
        assert (await room.delete(ben, seq)).card is not None
    assert (await room.messages(ben, STUDY))[:2] == [prompt, reply]


@pytest.mark.bad_input(51)
async def test_a_reply_that_arrives_twice_is_acknowledged_once(home: Home) -> None:
    room, ada, _ = await asked(home)
    await room.say(ada, STUDY, ANSWER)
    message = (await room.messages(ada, STUDY))[1]
    reply = to_reply(message)
    before = await room.messages(ada, STUDY)
    await home.ports.chat.acknowledge(reply, await answering.receive(home.ports, reply))
    assert await room.messages(ada, STUDY) == before


async def test_what_is_deleted_cannot_be_changed(home: Home) -> None:
    room, ada, _ = await asked(home)
    await room.say(ada, STUDY, ANSWER)
    seq = (await room.messages(ada, STUDY))[1].seq
    assert await room.delete(ada, seq) == NOTHING
    assert (await room.edit(ada, seq, ANSWER)).card is not None


@pytest.mark.bad_input(47)
async def test_control_codes_are_not_kept(home: Home) -> None:
    room, ada, _ = await asked(home)
    await room.say(ada, STUDY, "\x1b[31mred\x07 and long enough to count\x00")
    message = (await room.messages(ada, STUDY))[1]
    assert message.text == "[31mred and long enough to count"


@pytest.mark.bad_input(87)
async def test_a_reply_that_was_kept_when_the_bot_died_is_received_at_the_next_start(home: Home) -> None:
    room, ada, _ = await asked(home)
    home.store.crash_before("keep_reply")
    with pytest.raises(Crash):
        await room.say(ada, STUDY, ANSWER)
    home.store = home.store.restarted()
    room = home.room
    assert (await last(room, ada)).text == ANSWER
    assert await room.catch_up() == 1
    assert "Day 1" in ((await last(room, ada)).card or "")
    assert await room.catch_up() == 0


@pytest.mark.bad_input(83, 84)
async def test_when_the_store_cannot_keep_a_reply_that_is_said_and_it_is_not_acknowledged(home: Home) -> None:
    room, ada, _ = await asked(home)
    home.store.fail_next_commit()
    reaction = await room.say(ada, STUDY, ANSWER)
    assert reaction.card is not None and reaction.card.title == "I cannot keep that right now."
    assert len(await room.messages(ada, STUDY)) == 1
    assert await room.say(ada, STUDY, ANSWER) == NOTHING


def fail_after_commits(store: MemoryStore, number: int) -> None:
    """Let the write after the next `number` ones fail."""
    left = list(range(number))

    def done() -> None:
        if left and not (left.pop(), left)[1]:
            store.fail_next_commit()

    store.after("commit", done)


@pytest.mark.bad_input(83, 84)
async def test_words_that_are_kept_and_not_settled_are_said_to_be_kept_and_settled_later(home: Home) -> None:
    room, ada, _ = await asked(home)
    fail_after_commits(home.store, 1)
    reaction = await room.say(ada, STUDY, ANSWER)
    assert reaction.kept and reaction.card == refusals.UNSETTLED
    assert (await last(room, ada)).text == ANSWER
    await room.settle_owed()
    assert "Day 1" in ((await last(room, ada)).card or "")
    before = await room.messages(ada, STUDY)
    await room.settle_owed()
    assert await room.messages(ada, STUDY) == before


async def test_what_is_owed_is_settled_before_the_next_line(home: Home) -> None:
    room, ada, _ = await asked(home)
    fail_after_commits(home.store, 1)
    await room.say(ada, STUDY, ANSWER)
    await room.say(ada, STUDY, "/streak")
    assert "Streak: 1 day" in ((await last(room, ada)).card or "")


async def test_what_is_owed_to_somebody_who_deleted_everything_is_dropped(home: Home) -> None:
    room, _, ben = await asked(home)
    fail_after_commits(home.store, 1)
    assert (await room.say(ben, STUDY, ANSWER)).kept
    await privacy.delete(home.ports, ben)
    await room.settle_owed()
    assert not any((await home.store.read(lambda tx: tx.count_member(ben))).values())


@pytest.mark.bad_input(83)
async def test_an_acknowledgement_that_cannot_be_written_is_shown_at_once(home: Home) -> None:
    room, ada, _ = await asked(home)
    fail_after_commits(home.store, 2)
    reaction = await room.say(ada, STUDY, ANSWER)
    assert reaction.kept and reaction.card is not None and reaction.card.title.startswith("Kept. Day 1")


@pytest.mark.bad_input(83)
async def test_an_edit_that_is_kept_and_not_settled_is_settled_later(home: Home) -> None:
    room, ada, _ = await asked(home)
    await room.say(ada, STUDY, ANSWER)
    seq = (await room.messages(ada, STUDY))[1].seq
    fail_after_commits(home.store, 1)
    assert (await room.edit(ada, seq, ANSWER + " And more.")).card == refusals.UNSETTLED
    await room.settle_owed()
    round_ = await room.newest_round(STUDY)
    assert round_ is not None
    own = await answering.own_answer(home.ports, round_.id, ada)
    assert own is not None and own.text == ANSWER + " And more."


@pytest.mark.bad_input(83)
async def test_a_streak_that_cannot_be_read_takes_nothing_from_an_answer(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, ada, _ = await asked(home)
    read = home.store.read

    async def failing(work: Callable[[Transaction], T]) -> T:
        raise StoreUnavailable("ordered by a test")

    home.store.after("add_answer", lambda: monkeypatch.setattr(home.store, "read", failing))
    reaction = await room.say(ada, STUDY, ANSWER)
    monkeypatch.setattr(home.store, "read", read)
    assert reaction == NOTHING
    assert '"Kept."' in ((await last(room, ada)).card or "")
    await room.say(ada, STUDY, "/streak")
    assert "Streak: 1 day" in ((await last(room, ada)).card or "")


async def test_a_response_that_cannot_be_kept_is_shown_at_once(home: Home) -> None:
    room, ada, _ = await asked(home)
    home.store.fail_next_commit()
    reaction = await room.say(ada, STUDY, "/streak")
    assert reaction.card is not None and reaction.card.title == "Streak: 0 days"


@pytest.mark.bad_input(107)
async def test_a_fault_of_ours_is_excused_and_logged_without_the_text(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    room, ada, _ = await asked(home)
    home.store.after("keep_reply", lambda: (_ for _ in ()).throw(RuntimeError("broken")).__next__())
    reaction = await room.say(ada, STUDY, "canary answer that nobody may log")
    assert reaction.card is not None and reaction.card.title == "Something went wrong on my side."
    assert "fault" in caplog.text and "canary" not in caplog.text


async def test_after_deleting_everything_nothing_is_kept_until_one_comes_back(home: Home) -> None:
    room, ada, ben = await asked(home)
    await room.say(ada, STUDY, ANSWER)
    await room.say(ben, STUDY, "/privacy delete")
    reaction = await room.press(ben, (await last(room, ben)).seq, "Delete everything")
    assert reaction.card is not None and reaction.card.title == "Deleted."
    assert await home.store.read(lambda tx: tx.count_member(ben)) == {} or all(
        rows == 0 for rows in (await home.store.read(lambda tx: tx.count_member(ben))).values()
    )
    assert await room.say(ben, STUDY, "/streak") == NOTHING
    assert (await last(room, ben)).only_for == "ben"


async def test_a_button_is_found_far_back(home: Home) -> None:
    room, ada, ben = await asked(home)
    prompt = (await last(room, ada)).seq
    for number in range(250):
        await room.say(ben, STUDY, f"comment number {number} of a long talk")
    assert await room.find_button(ada, STUDY, "sample ANSWER ") == prompt
    assert await room.find_button(ada, STUDY, "nonsense") is None


async def test_news_come_whole_however_many_they_are(home: Home) -> None:
    room, ada, ben = await asked(home)
    for number in range(230):
        await room.say(ben, STUDY, f"comment number {number} of a long talk")
    news = await room.news(ada, 1)
    assert [message.text for message in news][-1] == "comment number 229 of a long talk"
    assert len([message for message in news if message.author == "ben"]) == 230


async def test_a_prompt_is_marked_once(home: Home) -> None:
    room, _, _ = await asked(home)
    round_ = await room.newest_round(STUDY)
    assert round_ is not None
    chat = home.ports.chat
    assert await chat.post(round_, False) == round_.message == await chat.find(round_)
    assert MemoryStore is type(home.store)


def test_a_field_takes_what_its_form_says() -> None:
    line = Field("a", "A", minimum=2, maximum=3)
    choice = Field("b", "B", kind=FieldKind.CHOICE, choices=(Choice("x", "Ex"), Choice("y", "Why")))
    assert Form("F", (line, choice), "f")
    assert fault_of(line, "ab") is None
    assert fault_of(line, "a") == "This has 1 characters; it takes at least 2."
    assert fault_of(line, "abcd") == "This has 4 characters; it takes at most 3."
    assert fault_of(choice, "x") is None
    assert fault_of(choice, "z") == "“z” is not among these: Ex, Why."
    assert [chosen(text, choice.choices) for text in ("1", "why", "Y", "3", "no")] == [
        "x",
        "y",
        "y",
        "3",
        "no",
    ]
