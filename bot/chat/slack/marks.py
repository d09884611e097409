"""How messages of ours are marked, so that one whose answer was lost is found again, and known when it comes in."""

from dataclasses import dataclass
from typing import Any

from bot.chat.slack.convert import Identity


@dataclass(frozen=True, slots=True)
class _Kind:
    """The `event_type` in a message's metadata, and what the id in it is called."""

    event_type: str
    id_name: str


PROMPT, THREAD, REVIEW = "round", "thread", "review"
"""The kinds of marked messages: prompts, the first lines of their threads, and cards of reviews."""
_KINDS = {
    PROMPT: _Kind("practice_prompt", "round"),
    THREAD: _Kind("practice_thread", "round"),
    REVIEW: _Kind("practice_review", "review"),
}


@dataclass(frozen=True, slots=True)
class Marker:
    """What a message is found again by: its kind, and the id of the round or review that it shows."""

    kind: str
    id: str

    @property
    def block_id(self) -> str:
        """As the first block carries it."""
        return f"{self.kind}:{self.id}"

    @property
    def metadata(self) -> dict[str, Any]:
        """As the message carries it, unseen."""
        kind = _KINDS[self.kind]
        return {"event_type": kind.event_type, "event_payload": {kind.id_name: self.id}}


def marker_of(identity: Identity, message: dict[str, Any], kind: str = PROMPT) -> str | None:
    """The id that a message of ours is marked with, if it is one of this kind."""
    if message.get("bot_id") != identity.bot and message.get("user") != identity.user:
        return None
    blocks = message.get("blocks")
    for block in blocks if isinstance(blocks, list) else ():
        block_id = block.get("block_id") if isinstance(block, dict) else None
        if isinstance(block_id, str) and block_id.startswith(f"{kind}:"):
            return block_id.removeprefix(f"{kind}:")
    metadata = message.get("metadata")
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    if not isinstance(metadata, dict) or not isinstance(payload, dict):
        return None
    marker = (
        payload.get(_KINDS[kind].id_name) if metadata.get("event_type") == _KINDS[kind].event_type else None
    )
    return marker if isinstance(marker, str) else None
