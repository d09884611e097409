"""SimCord 3.2.1 made quicker, and put right where it differs from Discord; `test_simcord` says when this can go."""

from dataclasses import replace
from typing import Any

import simcord
from simcord.backend import Backend
from simcord.backend.models import Message
from simcord.http import router
from simcord.http.router import RequestContext
from simcord.http.routes.messages import get_history

QUICK = 0.001
"""Seconds between two looks whether the bot has done what it does; SimCord's own are 50 times as long."""

_simcords_forum_post = Backend.create_forum_post


def mend() -> None:
    """Put everything right, as often as it is called; what it changes is changed for the process."""
    defaults = simcord.Env._settle_internal.__kwdefaults__
    assert defaults is not None
    defaults["idle"] = QUICK
    routes = router._ROUTES["GET"]
    routes[:] = [(template, _history if work is get_history else work) for template, work in routes]
    Backend.create_forum_post = _forum_post  # type: ignore[method-assign, assignment] # there is no other way in


def _history(context: RequestContext) -> Any:
    """The page of messages after an id has the oldest ones; SimCord gives the newest."""
    if "after" not in context.params:
        return get_history(context)
    everything = replace(context, params={**context.params, "limit": 1 << 30})
    return get_history(everything)[-int(context.params.get("limit", 50)) :]


def _forum_post(backend: Backend, forum_id: int, name: str, starter: Message, **more: Any) -> Any:
    """The first message of a forum's thread has the thread's id; SimCord gives the thread another."""
    plain = backend.create_thread

    def with_its_id(*given: Any, **named: Any) -> Any:
        return plain(*given, **named, message_id=starter.id)

    backend.create_thread = with_its_id  # type: ignore[method-assign] # for this one call
    try:
        return _simcords_forum_post(backend, forum_id, name, starter, **more)
    finally:
        del backend.create_thread
