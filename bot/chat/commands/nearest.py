"""The right words that look most like a wrong one."""

from collections.abc import Sequence
from difflib import get_close_matches

_COMPARED = 40
NEAREST = 3


def nearest(text: str, known: Sequence[str], limit: int = NEAREST) -> tuple[str, ...]:
    """Up to `limit` known words that look like `text`, the best first; a very long text is compared in part."""
    return tuple(get_close_matches(text[:_COMPARED].casefold(), known, n=limit, cutoff=0.55))
