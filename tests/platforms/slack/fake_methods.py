"""The Web API of the strict fake: each method with the arguments and the scope it takes, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.platforms.slack.fake_state import (
    APP,
    BOT,
    BOT_USER,
    TEAM,
    Json,
    Place,
    Said,
    SlackError,
    Workspace,
)
from tests.platforms.slack.limits import faults_of_message

DRAWN = {"text", "blocks", "parse", "link_names", "attachments"}
POSTED = DRAWN | {
    "channel",
    "thread_ts",
    "metadata",
    "unfurl_links",
    "unfurl_media",
    "mrkdwn",
    "reply_broadcast",
}
PAGED = {"cursor", "limit", "oldest", "latest", "inclusive", "include_all_metadata"}
READ = "channels:history"


@dataclass(frozen=True)
class Method:
    """What a method needs, what it may be given besides, the scope that it wants, and what it does."""

    needs: frozenset[str]
    takes: frozenset[str]
    scope: str | None
    run: Callable[[Workspace, Json], Json]


METHODS: dict[str, Method] = {}


def method(
    name: str, needs: str = "", takes: set[str] | None = None, scope: str | None = None
) -> Callable[[Callable[[Workspace, Json], Json]], Callable[[Workspace, Json], Json]]:
    """Register what a method does."""

    def registered(run: Callable[[Workspace, Json], Json]) -> Callable[[Workspace, Json], Json]:
        METHODS[name] = Method(frozenset(needs.split()), frozenset(takes or ()), scope, run)
        return run

    return registered


@method("auth.test")
def _auth_test(there: Workspace, _: Json) -> Json:
    about = {"url": "https://group.slack.com/", "team": "Group", "user": "practice", "team_id": TEAM}
    return {**about, "user_id": BOT_USER, "bot_id": BOT, "is_enterprise_install": False}


@method("bots.info", "", {"bot"})
def _bots_info(there: Workspace, _: Json) -> Json:
    return {"bot": {"id": BOT, "app_id": APP, "user_id": BOT_USER, "name": "practice", "deleted": False}}


@method("chat.postMessage", "channel", POSTED, "chat:write")
def _post(there: Workspace, args: Json) -> Json:
    place = _writable(there, args["channel"])
    _check(args)
    thread = args.get("thread_ts")
    if thread is not None and there.message(place.id, thread) is None:
        raise SlackError("thread_not_found")
    blocks = _named(there, args)
    said = Said(there.ts(), place.id, BOT_USER, args["text"], thread, blocks, args.get("metadata"))
    there.add(said)
    return {"channel": place.id, "ts": said.ts, "message": said.as_json()}


@method("chat.postEphemeral", "channel user", DRAWN | {"thread_ts"}, "chat:write")
def _whisper(there: Workspace, args: Json) -> Json:
    place = _writable(there, args["channel"])
    _check(args)
    if args["user"] not in place.members:
        raise SlackError("user_not_in_channel")
    thread = args.get("thread_ts")
    said = Said(there.ts(), place.id, BOT_USER, args["text"], thread, _named(there, args))
    said.reader = args["user"]
    there.add(said)
    return {"message_ts": said.ts}


@method("chat.update", "channel ts", DRAWN | {"metadata"}, "chat:write")
def _update(there: Workspace, args: Json) -> Json:
    said = _own(there, args)
    _check(args)
    said.text, said.blocks, said.edited = args["text"], _named(there, args), there.ts()
    return {"channel": said.channel, "ts": said.ts, "text": said.text, "message": said.as_json()}


@method("chat.delete", "channel ts", None, "chat:write")
def _delete(there: Workspace, args: Json) -> Json:
    said = _own(there, args)
    there.messages.remove(said)
    return {"channel": said.channel, "ts": said.ts}


@method("chat.getPermalink", "channel message_ts")
def _permalink(there: Workspace, args: Json) -> Json:
    return {"permalink": f"https://group.slack.com/archives/{args['channel']}/p{args['message_ts']}"}


@method("conversations.info", "channel", {"include_num_members", "include_locale"}, "channels:read")
def _info(there: Workspace, args: Json) -> Json:
    return {"channel": there.place(args["channel"]).as_json()}


@method("conversations.open", "users", {"return_im", "prevent_creation"}, "im:write")
def _open(there: Workspace, args: Json) -> Json:
    if args["users"] not in there.people:
        raise SlackError("user_not_found")
    return {"channel": there.direct_with(args["users"]).as_json(), "no_op": True, "already_open": True}


@method("conversations.join", "channel", None, "channels:join")
def _join(there: Workspace, args: Json) -> Json:
    place = there.place(args["channel"])
    place.members.add(BOT_USER)
    return {"channel": place.as_json()}


@method("conversations.members", "channel", {"cursor", "limit"}, "channels:read")
def _members(there: Workspace, args: Json) -> Json:
    found = sorted(there.place(args["channel"]).members)
    return {"members": found, "response_metadata": {"next_cursor": ""}}


@method("conversations.history", "channel", PAGED, READ)
def _history(there: Workspace, args: Json) -> Json:
    place = _readable(there, args["channel"])
    top = [m for m in there.messages if m.channel == place.id and m.thread is None and m.reader is None]
    return _page(list(reversed(top)), args, 100)


@method("conversations.replies", "channel ts", PAGED, READ)
def _replies(there: Workspace, args: Json) -> Json:
    place = _readable(there, args["channel"])
    root = there.message(place.id, args["ts"])
    thread = [
        m for m in there.messages if m.channel == place.id and m.thread == args["ts"] and m.reader is None
    ]
    if root is None and not thread:
        raise SlackError("thread_not_found")
    return _page(thread, args, 1000, root)


@method("users.info", "user", {"include_locale"}, "users:read")
def _user(there: Workspace, args: Json) -> Json:
    person = there.people.get(args["user"])
    if person is None:
        raise SlackError("user_not_found")
    return {"user": person.as_json()}


@method("users.list", "", {"cursor", "limit", "include_locale"}, "users:read")
def _users(there: Workspace, _: Json) -> Json:
    told = [person.as_json() for person in there.people.values()]
    return {"members": told, "response_metadata": {"next_cursor": ""}}


@method("users.conversations", "", {"types", "exclude_archived", "cursor", "limit", "user"}, "channels:read")
def _own_places(there: Workspace, _: Json) -> Json:
    places = [place.as_json() for place in there.places.values() if BOT_USER in place.members]
    return {"channels": places, "response_metadata": {"next_cursor": ""}}


@method("reactions.add", "channel timestamp name", None, "reactions:write")
def _react(there: Workspace, args: Json) -> Json:
    users = _reactions(there, args)
    if BOT_USER in users:
        raise SlackError("already_reacted")
    users.add(BOT_USER)
    return {}


@method("reactions.remove", "channel timestamp name", None, "reactions:write")
def _unreact(there: Workspace, args: Json) -> Json:
    users = _reactions(there, args)
    if BOT_USER not in users:
        raise SlackError("no_reaction")
    users.remove(BOT_USER)
    return {}


def _reactions(there: Workspace, args: Json) -> set[str]:
    said = there.message(_writable(there, args["channel"]).id, args["timestamp"])
    if said is None:
        raise SlackError("message_not_found")
    return said.reactions.setdefault(args["name"], set())


def _writable(there: Workspace, channel: str) -> Place:
    place = there.place(channel)
    if BOT_USER not in place.members:
        raise SlackError("not_in_channel")
    if place.archived:
        raise SlackError("is_archived")
    return place


def _readable(there: Workspace, channel: str) -> Place:
    place = there.place(channel)
    if BOT_USER not in place.members:
        raise SlackError("not_in_channel")
    return place


def _own(there: Workspace, args: Json) -> Said:
    said = there.message(_writable(there, args["channel"]).id, args["ts"])
    if said is None:
        raise SlackError("message_not_found")
    if not said.by_bot:
        raise SlackError("cant_update_message")
    return said


def _named(there: Workspace, args: Json) -> list[Json]:
    """The blocks of a message, each with a name; Slack makes up those that are missing."""
    return [{"block_id": there.new("b"), **block} for block in args.get("blocks") or []]


def _check(args: Json) -> None:
    """Refuse what Slack would refuse; the fake notes the sentences besides."""
    wrong = faults_of_message(args)
    if wrong:
        name = "msg_blocks_too_long" if "msg_blocks_too_long" in wrong[0] else "invalid_blocks"
        raise SlackError(name, sentences=wrong)


def _page(found: list[Said], args: Json, most: int, root: Said | None = None) -> Json:
    """One page of messages; a thread's first message begins every page, as Slack gives it."""
    inside = "1" if args.get("inclusive") in (True, "1", "true", 1) else ""
    oldest, latest = args.get("oldest") or "0", args.get("latest") or "9" * 12
    kept = [
        one
        for one in found
        if _number(oldest) < _number(one.ts) < _number(latest) or (inside and one.ts in (oldest, latest))
    ]
    limit = min(int(args.get("limit") or most), most)
    if limit < 1:
        raise SlackError("invalid_limit")
    start = int(args.get("cursor") or "0")
    metadata = args.get("include_all_metadata") in (True, "1", "true", 1)
    page: list[Any] = [one.as_json(metadata) for one in kept[start : start + limit]]
    if root is not None:
        page.insert(0, {**root.as_json(metadata), "thread_ts": root.ts, "reply_count": len(found)})
    more = start + limit < len(kept)
    cursor = str(start + limit) if more else ""
    return {"messages": page, "has_more": more, "response_metadata": {"next_cursor": cursor}}


def _number(ts: str) -> tuple[int, int]:
    """A time as Slack writes it, in exact figures."""
    seconds, _, rest = ts.partition(".")
    return int(seconds), int((rest or "0").ljust(6, "0")[:6])
