"""A small sound pack as YAML, and ways to spoil it."""

from bot.packs import Finding, PackError, read_pack

HEADER = """\
pack:
  id: own
  version: 3
  title: Our own pack
  notice: Written by us.
  tracks:
    - id: backend
      title: Backend engineer
    - id: devops
      title: DevOps engineer
  rubrics:
    - kind: system-design
      criteria:
        - {id: structure, title: Structure,
           steps: {"1": no order, "3": some order, "5": clear order}}
        - {id: substance, title: Substance, steps: {"1": no sizes, "3": some sizes, "5": all sizes}}
    - kind: behavioral
      criteria:
        - {id: order, title: Structure,
           steps: {1: loose, 3: fit, 5: tight}}
        - {id: weight, title: Substance, steps: {1: thin, 3: fair, 5: rich}}
"""

QUESTION = """\
  - id: cache-basics
    track: backend
    level: mid
    kind: system-design
    title: A cache in front of a store
    text: Where would you put a cache?
    why: Caches are easy to add and hard to keep right.
    stages: [phone screen]
    topics: [caching]
    time_box: {first_pass: 5, full: 30}
    hints: [Think of reads.]
    key_points: [Says what may be stale]
    follow_ups: ["What if it is empty?"]
    mistakes: [No word on expiry]
    sample_answer:
      short: In front of the reads.
      full: |
        In front of the reads.
        With a time to live.
    sources: [our notes]
"""

PACK = f"{HEADER}questions:\n{QUESTION}"


def spoiled(old: str, new: str, text: str = PACK) -> str:
    """The pack with one piece of its text replaced; the piece must stand there just once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def findings_in(text: str | bytes, name: str = "own.yaml") -> tuple[Finding, ...]:
    """What is found in a pack of one file, or nothing."""
    data = text.encode() if isinstance(text, str) else text
    try:
        read_pack({name: data})
    except PackError as error:
        return error.findings
    return ()


def only_finding(text: str | bytes, name: str = "own.yaml") -> str:
    """The one finding in a pack of one file, as people see it."""
    (finding,) = findings_in(text, name)
    return str(finding)
