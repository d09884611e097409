"""Pieces of work beside each other: one that fails holds up no other, and is not forgotten."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)


class Failures:
    """Catches what pieces of work raise, logs each, and raises it in the end, so that the timer shows it."""

    def __init__(self) -> None:
        """Begin without any."""
        self._errors: list[Exception] = []

    @contextmanager
    def kept_apart(self, what: str, **ids: str) -> Iterator[None]:
        """Run one piece of work; `ids` say which one it was, in the log and as a note on the error."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are not to suffer from it
            error.add_note(f"{what}: {', '.join(f'{name} {id_}' for name, id_ in ids.items())}")
            # The whole error goes up to the timer, which writes it once and not at every ring.
            log.error(what, extra={"facts": {**ids, "fault": type(error).__name__}})
            self._errors.append(error)

    def raise_all(self) -> None:
        """Raise what was caught: one error as it was, several as a group; nothing when all went well."""
        if len(self._errors) == 1:
            raise self._errors[0]
        if self._errors:
            raise ExceptionGroup("some work failed", self._errors)
