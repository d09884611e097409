"""Time zones by name: which names are accepted, and which are near to one that is not."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zoneinfo import available_timezones

from bot.domain.refusals import Refusal

NEAREST = 3
"""How many names a refusal carries."""

_COMPARED = 64
"""Characters of an unknown name that are compared; no zone's name is half as long."""

_AREAS = (
    *("Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/"),
    *("Australia/", "Etc/", "Europe/", "Indian/", "Pacific/"),
)
_WELL_KNOWN = ("UTC", "America/New_York", "Europe/London", "Asia/Kolkata")

# Current name -> the names that it replaced: the links that tzdata keeps in its file `backward`, and the
# zones without an area. Where a link means "the same clock since 1970", the place itself is preferred; `EST`
# stands twice, as people mean New York by it and tzdata Panama, and so does `MST`.
# A test holds this table to the tzdata package, so that a renaming there is noticed here.
_REPLACED = {
    "Africa/Asmara": "Africa/Asmera",
    "Africa/Bamako": "Africa/Timbuktu",
    "Africa/Cairo": "Egypt",
    "Africa/Tripoli": "Libya",
    "America/Adak": "America/Atka US/Aleutian",
    "America/Anchorage": "US/Alaska",
    "America/Argentina/Buenos_Aires": "America/Buenos_Aires",
    "America/Argentina/Catamarca": "America/Argentina/ComodRivadavia America/Catamarca",
    "America/Argentina/Cordoba": "America/Cordoba America/Rosario",
    "America/Argentina/Jujuy": "America/Jujuy",
    "America/Argentina/Mendoza": "America/Mendoza",
    "America/Atikokan": "America/Coral_Harbour",
    "America/Chicago": "CST6CDT US/Central",
    "America/Denver": "America/Shiprock MST MST7MDT Navajo US/Mountain",
    "America/Detroit": "US/Michigan",
    "America/Edmonton": "America/Yellowknife Canada/Mountain",
    "America/Halifax": "Canada/Atlantic",
    "America/Havana": "Cuba",
    "America/Indiana/Indianapolis": "America/Fort_Wayne America/Indianapolis US/East-Indiana",
    "America/Indiana/Knox": "America/Knox_IN US/Indiana-Starke",
    "America/Iqaluit": "America/Pangnirtung",
    "America/Jamaica": "Jamaica",
    "America/Kentucky/Louisville": "America/Louisville",
    "America/Los_Angeles": "PST8PDT US/Pacific",
    "America/Manaus": "Brazil/West",
    "America/Mazatlan": "Mexico/BajaSur",
    "America/Mexico_City": "Mexico/General",
    "America/New_York": "EST EST5EDT US/Eastern",
    "America/Noronha": "Brazil/DeNoronha",
    "America/Nuuk": "America/Godthab",
    "America/Panama": "EST",
    "America/Phoenix": "MST US/Arizona",
    "America/Regina": "Canada/Saskatchewan",
    "America/Rio_Branco": "America/Porto_Acre Brazil/Acre",
    "America/Santiago": "Chile/Continental",
    "America/Sao_Paulo": "Brazil/East",
    "America/St_Johns": "Canada/Newfoundland",
    "America/St_Thomas": "America/Virgin",
    "America/Tijuana": "America/Ensenada America/Santa_Isabel Mexico/BajaNorte",
    "America/Toronto": "America/Montreal America/Nipigon America/Thunder_Bay Canada/Eastern",
    "America/Vancouver": "Canada/Pacific",
    "America/Whitehorse": "Canada/Yukon",
    "America/Winnipeg": "America/Rainy_River Canada/Central",
    "Antarctica/McMurdo": "Antarctica/South_Pole",
    "Arctic/Longyearbyen": "Atlantic/Jan_Mayen",
    "Asia/Ashgabat": "Asia/Ashkhabad",
    "Asia/Dhaka": "Asia/Dacca",
    "Asia/Ho_Chi_Minh": "Asia/Saigon",
    "Asia/Hong_Kong": "Hongkong",
    "Asia/Jerusalem": "Asia/Tel_Aviv Israel",
    "Asia/Kathmandu": "Asia/Katmandu",
    "Asia/Kolkata": "Asia/Calcutta",
    "Asia/Macau": "Asia/Macao",
    "Asia/Makassar": "Asia/Ujung_Pandang",
    "Asia/Nicosia": "Europe/Nicosia",
    "Asia/Seoul": "ROK",
    "Asia/Shanghai": "Asia/Chongqing Asia/Chungking Asia/Harbin PRC",
    "Asia/Singapore": "Singapore",
    "Asia/Taipei": "ROC",
    "Asia/Tehran": "Iran",
    "Asia/Thimphu": "Asia/Thimbu",
    "Asia/Tokyo": "Japan",
    "Asia/Ulaanbaatar": "Asia/Choibalsan Asia/Ulan_Bator",
    "Asia/Urumqi": "Asia/Kashgar",
    "Asia/Yangon": "Asia/Rangoon",
    "Atlantic/Faroe": "Atlantic/Faeroe",
    "Atlantic/Reykjavik": "Iceland",
    "Australia/Adelaide": "Australia/South",
    "Australia/Brisbane": "Australia/Queensland",
    "Australia/Broken_Hill": "Australia/Yancowinna",
    "Australia/Darwin": "Australia/North",
    "Australia/Hobart": "Australia/Currie Australia/Tasmania",
    "Australia/Lord_Howe": "Australia/LHI",
    "Australia/Melbourne": "Australia/Victoria",
    "Australia/Perth": "Australia/West",
    "Australia/Sydney": "Australia/ACT Australia/Canberra Australia/NSW",
    "Etc/GMT": "Etc/GMT+0 Etc/GMT-0 Etc/GMT0 Etc/Greenwich GMT GMT+0 GMT-0 GMT0 Greenwich",
    "Europe/Athens": "EET",
    "Europe/Brussels": "CET MET",
    "Europe/Chisinau": "Europe/Tiraspol",
    "Europe/Dublin": "Eire",
    "Europe/Istanbul": "Asia/Istanbul Turkey",
    "Europe/Kyiv": "Europe/Kiev Europe/Uzhgorod Europe/Zaporozhye",
    "Europe/Lisbon": "Portugal WET",
    "Europe/London": "Europe/Belfast GB GB-Eire",
    "Europe/Moscow": "W-SU",
    "Europe/Warsaw": "Poland",
    "Pacific/Auckland": "NZ",
    "Pacific/Chatham": "NZ-CHAT",
    "Pacific/Chuuk": "Pacific/Truk Pacific/Yap",
    "Pacific/Easter": "Chile/EasterIsland",
    "Pacific/Honolulu": "HST Pacific/Johnston US/Hawaii",
    "Pacific/Kanton": "Pacific/Enderbury",
    "Pacific/Kwajalein": "Kwajalein",
    "Pacific/Pago_Pago": "Pacific/Samoa US/Samoa",
    "Pacific/Pohnpei": "Pacific/Ponape",
    "UTC": "Etc/UCT Etc/Universal Etc/Zulu UCT Universal Zulu",
}


@dataclass(eq=False)
class NoSuchZone(Refusal):
    """No canonical zone has this name; `nearest` holds the three closest ones, the best first."""

    text: str
    nearest: tuple[str, ...]


@lru_cache(maxsize=1)
def canonical_zones() -> frozenset[str]:
    """The accepted names: every `Area/Place` that is not replaced by another name, and `UTC`.

    Reads the list of names (not the zones) through zoneinfo on the first call, 5 ms, and keeps it.
    """
    replaced = _replaced_by()
    places = (name for name in available_timezones() if name.startswith(_AREAS))
    return frozenset(name for name in places if name not in replaced) | {"UTC"}


def parse_zone(text: str, known: Collection[str]) -> str:
    """Read a zone's name, exactly as it is written among `known`; raises NoSuchZone.

    Blanks around it are dropped. Letter case counts, because a name is later used as a key.
    """
    name = text.strip()
    if name not in known:
        raise NoSuchZone(text, nearest_zones(name, known))
    return name


def nearest_zones(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Up to three of the `known` names that look most like `text`, the best first.

    A place alone (`new york`), another letter case and a replaced name (`US/Eastern`) find their zone. Where
    too few look like it at all, well-known zones fill up. `Etc/GMT+2` and its like are never offered: they
    count westward, so that they are two hours behind UTC, not ahead as people expect.
    """
    wanted = _pairs(text[:_COMPARED])
    offered = (name for name in known if not name.startswith(("Etc/GMT+", "Etc/GMT-")))
    scored = sorted((_unlikeness(wanted, name), name) for name in offered)
    alike = [name for (difference, _), name in scored if difference < 1][:NEAREST]
    fill = (name for name in _WELL_KNOWN if name in known and name not in alike)
    return tuple([*alike, *fill][:NEAREST])


def _unlikeness(wanted: frozenset[str], name: str) -> tuple[float, float]:
    """How far a text is from a zone, 0 to 1: from its nearest spelling, then from the whole name."""
    spellings = [name, *_REPLACED.get(name, "").split()]
    spellings += [spelling.rpartition("/")[2] for spelling in spellings]
    return 1 - max(_share(wanted, spelling) for spelling in spellings), 1 - _share(wanted, name)


def _share(wanted: frozenset[str], name: str) -> float:
    """Dice's coefficient of two sets of letter pairs."""
    pairs = _pairs(name)
    return 2 * len(wanted & pairs) / (len(wanted) + len(pairs))


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    """The neighboring letters of a text, its two ends marked, so that beginnings weigh more."""
    marked = f"^{text.casefold()}$"
    return frozenset(map("".join, pairwise(marked)))


@lru_cache(maxsize=1)
def _replaced_by() -> dict[str, str]:
    return {old: name for name, olds in _REPLACED.items() for old in olds.split()}
