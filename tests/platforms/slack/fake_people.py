"""What people do in the strict fake, and the payloads that Slack makes of it."""

import re
from typing import Any

from bot.chat.cards import ticked
from tests.platforms.slack.drawn import inputs_of
from tests.platforms.slack.fake_delivery import Delivery
from tests.platforms.slack.fake_slack import FakeSlack
from tests.platforms.slack.fake_state import APP, BOT_USER, TEAM, Json, Said

OF_APP = {"api_app_id": APP, "token": "verification", "is_enterprise_install": False, "enterprise": None}


class People:
    """Everybody's hands. Each verb ends when Slack has its acknowledgement, or has given up."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self.there = slack.there

    async def event(self, event: Json, event_id: str | None = None, **more: Any) -> Delivery:
        """Deliver one event of the Events API."""
        return await self.slack.deliveries.deliver("events_api", self.envelope(event, event_id, **more))

    def envelope(self, event: Json, event_id: str | None = None, **more: Any) -> Json:
        """An event in what Slack puts around it."""
        bot = {"team_id": TEAM, "user_id": BOT_USER, "is_bot": True, "is_enterprise_install": False}
        around: Json = {"type": "event_callback", "team_id": TEAM, "api_app_id": APP, "token": "verification"}
        around |= {"event_id": event_id or self.there.new("Ev"), "authorizations": [bot]}
        around |= {"event_time": int(self.there.now().timestamp()), "is_ext_shared_channel": False}
        return {**around, **more, "event": event}

    def write(self, user: str, channel: str, text: str, thread: str | None = None, **more: Any) -> Said:
        """Let a message stand of which nobody tells the bot."""
        return self.there.add(Said(self.there.ts(), channel, user, as_sent(text), thread, more=more))

    def said(self, said: Said) -> Json:
        """The event of a message."""
        kind = "im" if self.there.places[said.channel].direct else "channel"
        told = said.as_json() | {"channel": said.channel, "channel_type": kind, "event_ts": said.ts}
        return told | {"client_msg_id": f"c-{said.ts}"}

    async def say(self, user: str, channel: str, text: str, thread: str | None = None, **more: Any) -> Said:
        """Write a message, in a thread or not."""
        said = self.write(user, channel, text, thread, **more)
        await self.event(self.said(said))
        return said

    def changed(self, said: Said, text: str) -> Json:
        """Change a message; gives the event of it."""
        before = said.as_json()
        stamp = self.there.ts()
        said.text, said.edited = as_sent(text), f"{stamp.partition('.')[0]}.000000"
        at = {"channel": said.channel, "ts": stamp, "event_ts": stamp, "channel_type": "channel"}
        now = {"message": said.as_json(), "previous_message": before, "hidden": True}
        return {"type": "message", "subtype": "message_changed", **at, **now}

    async def edit(self, said: Said, text: str) -> Delivery:
        """Change a message."""
        return await self.event(self.changed(said, text))

    def gone(self, said: Said) -> Json:
        """Delete a message; gives the event of it."""
        if said in self.there.messages:
            self.there.messages.remove(said)
        at = self.there.ts()
        of = {"channel": said.channel, "ts": at, "event_ts": at, "channel_type": "channel"}
        before = {"deleted_ts": said.ts, "previous_message": said.as_json(), "hidden": True}
        return {"type": "message", "subtype": "message_deleted", **of, **before}

    async def delete(self, said: Said) -> Delivery:
        """Delete a message."""
        return await self.event(self.gone(said))

    async def react(self, user: str, said: Said, name: str) -> Delivery:
        """Put a reaction on a message."""
        said.reactions.setdefault(name, set()).add(user)
        item = {"type": "message", "channel": said.channel, "ts": said.ts}
        event = {"type": "reaction_added", "user": user, "reaction": name, "item": item}
        return await self.event({**event, "item_user": said.user, "event_ts": self.there.ts()})

    def command(self, user: str, channel: str, line: str) -> Json:
        """The payload of a typed command."""
        name, _, text = line.partition(" ")
        trigger = self.there.triggers.new(user, self.there.new("trigger"))
        where = {"channel_id": channel, "channel_name": self.there.places[channel].name or "directmessage"}
        who = {"user_id": user, "user_name": self.there.people[user].name, "trigger_id": trigger}
        of = {"team_id": TEAM, "team_domain": "group", "command": name, "text": text, "api_app_id": APP}
        answer = {"response_url": self.slack.response_url(channel, user), "token": "verification"}
        return {**of, **where, **who, **answer, "is_enterprise_install": "false"}

    async def type(self, user: str, channel: str, line: str) -> Delivery:
        """Type a command; what comes with the acknowledgement is shown."""
        delivery = await self.slack.deliveries.deliver("slash_commands", self.command(user, channel, line))
        if isinstance(delivery.body, dict) and (delivery.body.get("text") or delivery.body.get("blocks")):
            self.slack.show(delivery.body, channel, user)
        return delivery

    def _who(self, user: str) -> Json:
        person = self.there.people[user]
        return {"id": user, "username": person.name, "name": person.name, "team_id": person.team}

    def pressed(self, user: str, said: Said, element: Json) -> Json:
        """The payload of a press on a button of a message."""
        hidden = said.reader is not None
        container: Json = {"type": "message", "message_ts": said.ts, "channel_id": said.channel}
        container |= {"is_ephemeral": hidden} | ({"thread_ts": said.thread} if said.thread else {})
        place = self.there.places[said.channel]
        of: Json = {"type": "block_actions", **OF_APP, "user": self._who(user), "container": container}
        of |= {
            "team": {"id": TEAM, "domain": "group"},
            "channel": {"id": place.id, "name": place.name or "directmessage"},
        }
        if not hidden:
            of["message"] = said.as_json()
        of["response_url"] = self.slack.response_url(said.channel, user, said.thread, said.ts)
        return self._acted(of, user, element)

    def pressed_in_view(self, user: str, view: Json, element: Json) -> Json:
        """The payload of a press on a button of a modal or of the home."""
        of: Json = {"type": "block_actions", **OF_APP, "user": self._who(user), "view": view}
        of |= {"team": {"id": TEAM, "domain": "group"}, "container": {"type": "view", "view_id": view["id"]}}
        return self._acted(of, user, element)

    def _acted(self, of: Json, user: str, element: Json) -> Json:
        trigger = self.there.triggers.new(user, self.there.new("trigger"))
        action = {key: value for key, value in element.items() if key != "style"}
        return {
            **of,
            "trigger_id": trigger,
            "actions": [{**action, "action_ts": self.there.ts()}],
            "state": {"values": {}},
        }

    async def interact(self, payload: Json) -> Delivery:
        """Deliver a press, a form or a shortcut."""
        return await self.slack.deliveries.deliver("interactive", payload)

    def filled(self, user: str, values: dict[str, str]) -> Json:
        """The payload of the open form, sent with these values; what is not given stays as it was preset."""
        view = self.there.modals[user]
        texts = {**inputs_of(view["blocks"]), **values}
        state: Json = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                element = block["element"]
                given = given_in(element, texts[block["block_id"]])
                state[block["block_id"]] = {element["action_id"]: given}
        of: Json = {"type": "view_submission", **OF_APP, "user": self._who(user), "response_urls": []}
        trigger = self.there.triggers.new(user, self.there.new("trigger"))
        of |= {"team": {"id": TEAM, "domain": "group"}, "trigger_id": trigger}
        return {**of, "view": {**view, "state": {"values": state}}}

    async def submit(self, user: str, values: dict[str, str]) -> Json:
        """Send the open form; gives the errors by field, or nothing when it was taken."""
        delivery = await self.interact(self.filled(user, values))
        answer = delivery.body if isinstance(delivery.body, dict) else {}
        view = self.there.modals[user]
        match answer.get("response_action"):
            case "errors":
                errors: Json = answer["errors"]
                if not set(errors) <= {block.get("block_id") for block in view["blocks"]}:
                    self.slack.complaints.append("an error at a field that is not there")
                return errors
            case "update":
                self.slack.run_view(user, answer["view"], view["id"])
            case "clear" | None:
                self.there.modals.pop(user, None)
            case other:
                self.slack.complaints.append(f"a response action {other!r}")
        return {}

    async def shortcut(self, user: str, said: Said, name: str) -> Delivery:
        """Use a message shortcut."""
        trigger = self.there.triggers.new(user, self.there.new("trigger"))
        place = self.there.places[said.channel]
        of: Json = {"type": "message_action", **OF_APP, "callback_id": name, "user": self._who(user)}
        of |= {"team": {"id": TEAM, "domain": "group"}, "channel": {"id": place.id, "name": place.name}}
        of |= {
            "message": said.as_json(),
            "message_ts": said.ts,
            "trigger_id": trigger,
            "action_ts": self.there.ts(),
        }
        return await self.interact(
            {**of, "response_url": self.slack.response_url(said.channel, user, said.thread)}
        )

    async def open_home(self, user: str) -> Delivery:
        """Look at the bot's home."""
        at = self.there.ts()
        place = self.there.direct_with(user)
        return await self.event(
            {"type": "app_home_opened", "user": user, "channel": place.id, "tab": "home", "event_ts": at}
        )


def as_sent(text: str) -> str:
    """What somebody typed, as Slack's own client sends it: escaped, links marked, mentions of all resolved."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"(?<!\S)@(here|channel|everyone)\b", r"<!\1>", text)
    return re.sub(r"(?<!\S)(https?://\S+)", r"<\1>", text)


def given_in(element: Json, text: str) -> Json:
    """One field's state, as Slack sends it; an empty one is null. Fails for what nobody can choose or tick."""
    kind = element["type"]
    options = {option["value"]: option for option in element.get("options", ())}
    if kind == "checkboxes":
        marks = {value[1:]: option for value, option in options.items()}
        return {"type": kind, "selected_options": [marks[value] for value in reversed(ticked(text))]}
    if kind in ("static_select", "radio_buttons"):
        return {"type": kind, "selected_option": options[text] if text else None}
    return {"type": kind, "value": text or None}
