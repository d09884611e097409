"""What stands around everything that Slack sends: which installation it is for, and what nobody may keep of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.chat.slack.convert import Identity

_OF_THE_INSTALLATION = frozenset({"app_uninstalled", "tokens_revoked"})
"""Events that end an installation: their own `team_id` says which, and nothing else does."""
_SECRETS = frozenset({"token", "response_url", "response_urls", "trigger_id"})
"""What lets its holder speak as Slack, or answer as the bot."""


def is_ours(identity: Identity, body: Mapping[str, Any]) -> bool:
    """Whether something is for the bot's own workspace.

    An app may be installed in several, and they share its secrets. In a shared channel the outer team may be the other
    side's and the list of authorizations is cut to one, so any mention of ours will do. What names none is not judged.
    """
    event = body.get("event")
    if isinstance(event, Mapping) and event.get("type") in _OF_THE_INSTALLATION:
        return body.get("team_id") == identity.team
    named = set(_teams(body))
    return not named or identity.team in named


def without_secrets(value: Any) -> Any:
    """Something of Slack's as it may be kept: without tokens, triggers and addresses to answer at, at any depth."""
    if isinstance(value, Mapping):
        return {key: without_secrets(inner) for key, inner in value.items() if key not in _SECRETS}
    return [without_secrets(inner) for inner in value] if isinstance(value, list) else value


def _teams(body: Mapping[str, Any]) -> Iterator[str]:
    """The teams by which an envelope may name its installation."""
    authorizations, view = body.get("authorizations"), body.get("view")
    around: list[object] = list(authorizations) if isinstance(authorizations, list) else []
    candidates = [body.get("team_id"), body.get("context_team_id"), _of(body.get("team"), "id")]
    candidates += [_of(one, "team_id") for one in around]
    candidates.append(_of(view, "app_installed_team_id"))  # where a form was opened from the other side
    yield from (one for one in candidates if isinstance(one, str) and one)


def _of(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, Mapping) else None
