"""Question packs: `content/**/*.yaml` becomes Pack values; errors say file, line, and the nearest word."""

from bot.packs.apart import read_pack_apart, read_packs_apart
from bot.packs.findings import Finding, PackError, Place
from bot.packs.house import house_findings
from bot.packs.id_list import read_ids
from bot.packs.reading import Places, read_pack, read_packs, read_packs_placed, with_pack

__all__ = [
    "Finding",
    "PackError",
    "Place",
    "Places",
    "house_findings",
    "read_ids",
    "read_pack",
    "read_pack_apart",
    "read_packs",
    "read_packs_apart",
    "read_packs_placed",
    "with_pack",
]
