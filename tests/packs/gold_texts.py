"""Gold answers for the small sound pack, as YAML in a file of their own."""

from bot.domain.questions import Pack
from bot.packs import PackError, read_pack
from tests.packs.pack_texts import PACK

WORDS = " ".join(f"word{number}" for number in range(40))
"""As many words as a gold answer must have."""

GOLD = f"""\
pack: own
gold:
  - id: cache-first
    question: cache-basics
    text: {WORDS}
    scores: [2, 2]
    covered: []
    strong: You name a cache.
    change: Say what may be stale.
    why: It has no order.
  - id: reads-first
    question: cache-basics
    text: |
      {WORDS}
      and more
    scores: [4, 4]
    covered: [1]
    strong: The reads come first (as they should.)
    change: Is there a "clear order"?
    why: "It has some order, and nearly: “clear order”."
"""

FILES = {"own.yaml": PACK, "gold.yaml": GOLD}


def gold_pack(gold: str = GOLD, own: str = PACK) -> Pack:
    """The pack of both files, with the text of either in the place of what it is."""
    return read_pack({"own.yaml": own.encode(), "gold.yaml": gold.encode()})


def findings(gold: str, own: str = PACK) -> list[str]:
    """What is found in the two files, as people see it; nothing when they are sound."""
    try:
        gold_pack(gold, own)
    except PackError as error:
        return [str(finding) for finding in error.findings]
    return []
