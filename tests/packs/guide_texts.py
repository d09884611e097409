"""A small sound pack with guides, loops and a list of subjects, as YAML in three files."""

from pathlib import Path

from bot.domain.questions import Pack
from bot.packs import read_pack
from tests.packs.pack_texts import PACK

OWN_CONTENT = Path(__file__).parents[2] / "content"
"""The packs that come with the bot."""

GUIDES = """\
pack: own
stages:
  - id: phone
    title: Phone call
    text: A first talk.
    judges: [Motivation, Clear words]
    tips: [Stand up while you speak.]
    sources: [prepare-a]
  - id: panel
    title: Panel
    text: Several talks in a day.
    judges: [Depth, Patience]
    sources: [fact-one]
loops:
  - id: backend
    track: backend
    title: Backend, as a rule
    note: It varies.
    steps:
      - stage: phone
        interviews: 1
        minutes: 30
        judges: Why you are here.
      - stage: panel
        interviews: {least: 2, most: 4}
        minutes: {least: 45, most: 60}
        optional: yes
        judges: Whether you can do it.
    sources: [fact-one]
frames:
  - id: three-words
    title: Three words
    text: Short is best.
    steps: [First, Second]
    sources: [fact-one]
checklists:
  - id: evening
    title: The evening before
    text: Nothing new.
    items: [Sleep well, Eat well]
    sources: [prepare-a, prepare-b]
values:
  - id: candor
    title: Candor
    text: Say it.
    shows: [You said it, You heard it]
    sources: [fact-one]
mistakes:
  - id: haste
    title: Haste
    text: Slow is smooth.
    items: ["Talk at once → breathe first", "Guess → ask"]
    sources: [fact-one]
"""

COVERAGE = """\
pack: own
coverage:
  - {id: cache-a, track: backend, kind: system-design, cluster: caches}
  - {id: cache-b, track: backend, kind: system-design, cluster: caches, near: [deploys]}
  - {id: deploys, track: devops, kind: behavioral}
  - {id: prepare-a, track: devops, kind: checklist}
  - {id: prepare-b, track: backend, kind: checklist}
guidance: [fact-one, fact-two]
"""

FILES = {"own.yaml": PACK, "guides.yaml": GUIDES, "coverage.yaml": COVERAGE}


def whole_pack(**changed: str) -> Pack:
    """The pack of all three files; a keyword such as `guides` puts another text in the place of a file's."""
    texts = {**FILES, **{f"{name}.yaml": text for name, text in changed.items()}}
    return read_pack({name: text.encode() for name, text in texts.items()})
