"""What a test does that people cannot: forged presses, events out of order, and a look into the store."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from simcord import interactions
from simcord.backend import serializers
from simcord.backend.models import Message
from simcord.results import InteractionResult

from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.rounds import Answer, Round, StoredReply
from tests.contracts.discord_world import DiscordWorld
from tests.fakes import START
from tests.platforms.discord.reading import text_of

ANSWER = "My own answer, long enough to count."
OTHER = "Another answer of mine, with more in it."
BENS = "What ben has to say is something else."
COMMAND, PRESS, FORM = 2, 3, 5


def workspace(world: DiscordWorld) -> Workspace:
    """The guild."""
    return Workspace(Platform.DISCORD, str(world.guild.id))


def channel(world: DiscordWorld) -> Channel:
    """The channel `study`."""
    return Channel(workspace(world), str(world.channel.id))


def member(world: DiscordWorld, name: str) -> Member:
    """A person."""
    return Member(workspace(world), str(world.people[name].id))


async def asked(world: DiscordWorld, name: str = "ada") -> Round:
    """Ask for a question, and give its round."""
    await world.command(name, "/question backend")
    return await newest_round(world)


async def newest_round(world: DiscordWorld) -> Round:
    """The newest posted round of the channel."""
    found = await world.store.read(lambda tx: tx.newest_round(channel(world)))
    assert found is not None
    return found


async def answer_of(world: DiscordWorld, name: str, round_: Round) -> Answer | None:
    """What is kept as a person's answer."""
    return await world.store.read(lambda tx: tx.answer(round_.id, member(world, name)))


async def text_kept(world: DiscordWorld, name: str, round_: Round) -> str | None:
    """The text of a person's live answer."""
    answer = await answer_of(world, name, round_)
    return answer.text if answer is not None and answer.withdrawn_at is None else None


async def replies(world: DiscordWorld, round_: Round) -> list[StoredReply]:
    """All replies that are kept of a round's thread."""
    place: Thread | None = round_.thread
    assert place is not None
    return list(await world.store.read(lambda tx: tx.replies_in(place, START - timedelta(days=400))))


def written(world: DiscordWorld, name: str, text: str, *, tell: bool = False, **more: Any) -> Message:
    """A message of a person in the newest thread, of which no event tells unless `tell`."""
    author = world.people[name].id
    return world.env.backend.create_message(world.thread.id, author, text, broadcast=tell, **more)


def event(world: DiscordWorld, message: Message, **changes: Any) -> dict[str, Any]:
    """A message as an event shows it now; later changes of the message leave it alone."""
    return world.event(message, **changes)


async def emit(world: DiscordWorld, name: str, payload: Mapping[str, Any]) -> None:
    """Let an event reach the bot, and wait until it is done with it."""
    with world.env.time_context():
        world.env.backend.emit(name, payload)
    await world.settle()


def shown_button(world: DiscordWorld, custom_id: str) -> Message:
    """A message of the bot, from who knows when, with a button of whatever custom_id."""
    backend = world.env.backend
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Old button", "custom_id": custom_id}]}
    return backend.create_message(
        world.channel.id, backend.bot_user.id, "old", components=[row], broadcast=False
    )


async def forged(
    world: DiscordWorld,
    name: str,
    custom_id: str,
    message: Message | None = None,
    fields: Mapping[str, str] | None = None,
) -> InteractionResult:
    """A press, or with `fields` a sent form, of whatever custom_id: no client would send it."""
    await world.pause()
    backend, kind = world.env.backend, PRESS if fields is None else FORM
    data: dict[str, Any] = {"custom_id": custom_id, "component_type": 2}
    if fields is not None:
        rows = [
            {
                "type": 18,
                "id": 2 * at,
                "component": {"type": 4, "id": 2 * at + 1, "custom_id": key, "value": value},
            }
            for at, (key, value) in enumerate(fields.items(), 1)
        ]
        data = {"custom_id": custom_id, "components": rows}
    place = message.channel_id if message is not None else world.channel.id
    person = world.people[name]
    record, payload = interactions.base_payload(
        backend, type=kind, channel_id=place, guild_id=person.guild.id, user_id=person.id, data=data
    )
    if message is not None:
        payload["message"] = dict(serializers.message_payload(backend, message))
        record.source_message_id = message.id
    await emit(world, "INTERACTION_CREATE", payload)
    return InteractionResult(world.env, record)


def words(result: InteractionResult) -> str:
    """All that came back on an interaction, as a person reads it."""
    shown = [result.response, *result.followups]
    return "\n".join(text_of(one.components) for one in shown if one is not None)


def requests(world: DiscordWorld, method: str, end: str) -> int:
    """How many requests of a method the bot made to addresses that end so."""
    return sum(entry.method == method and entry.path.endswith(end) for entry in world.env.http_requests)
