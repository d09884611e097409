"""The frame around every view of the page: skip link, header with navigation, and the main part.

A view is a module with `async def show(session: Session) -> None`, which `server` calls for its address:

    async def show(session: Session) -> None:
        with frame(session, "Progress"):
            el("h2", text="Your streak")

Look (all of it in `assets/page.css`, colors as custom properties such as `--text`, `--soft`, `--line`, `--accent`,
`--good`, `--careful`, `--refused`, `--panel`, `--page`): `card` is a panel, `grid` a row of cards that wraps, `facts` a
`dl`, `table` a table in a `scroll` box, `note` small gray text, `button`, `button main`, `button danger`, `quiet`,
`notice`, `field` a label above its input, `chip` a small tag, `hidden-text` what only a screen reader reads.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from nicegui import ui

from bot.chat.calls import Caller
from bot.chat.literal import shown_name
from bot.chat.local.convert import HOME
from bot.chat.local.incoming import LocalRoom
from bot.chat.local.page.elements import el, link
from bot.chat.local.sentences import REVIEWS
from bot.domain.bank import Bank
from bot.domain.places import Channel, Member
from bot.practice.ports import Ports

PRODUCT = "practice-bot"
MAIN = "main"

VIEWS = (
    ("Chat", "/"),
    (REVIEWS, "/reviews"),
    ("Progress", "/progress"),
    ("Questions", "/questions"),
    ("Schedules", "/schedules"),
)
"""The views in the navigation, with their addresses."""


@dataclass(frozen=True)
class Session:
    """One open tab: who looks, and from where.

    `home` is the channel where a visit begins. `query` holds what else the address says, such as filters: text that
    anybody may have typed. Whether the person is a manager is asked each time (`caller`), never kept.
    """

    room: LocalRoom
    member: Member
    home: Channel
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def bank(self) -> Bank:
        """The questions that are here."""
        return self.room.ports.bank_for(HOME)

    @property
    def ports(self) -> Ports:
        """What the use cases are given."""
        return self.room.ports

    async def caller(self, channel: Channel | None = None) -> Caller:
        """The person as commands and use cases know them. Raises StoreUnavailable."""
        return await self.room.caller(self.member, channel or self.home)

    def url(self, path: str, **query: str) -> str:
        """The address of a view, for this person; `query` adds what the view reads from `Session.query`."""
        return f"{path}?{urlencode({'as': self.member.id, **query})}"

    def channel_url(self, channel: str, **query: str) -> str:
        """The address of a channel."""
        return self.url(f"/channel/{quote(channel, safe='')}", **query)


@contextmanager
def frame(session: Session, title: str, classes: str = "view") -> Iterator[None]:
    """Open the main part of a view under the header; `title` is the view's name as VIEWS has it, and its heading.

    A view that draws its own first heading gives `classes` without `view`.
    """
    ui.page_title(f"{title} · {PRODUCT}")
    _plain_layout()
    el("a", "skip", "Skip to the content", href=f"#{MAIN}")
    with el("header", "top"):
        link(PRODUCT, session.url("/"), "brand")
        with el("nav", "views", aria_label="Views"):
            for name, path in VIEWS:
                here = {"aria_current": "page"} if name == title else {}
                link(name, session.url(path), "view-link", **here)
        with el("div", "person"):
            el("span", "hidden-text", "You are ")
            el("span", "name", shown_name(session.member.id))
            link("Change name", "/enter", "quiet")
    with el("main", classes, id=MAIN, tabindex="-1"):
        if "view" in classes.split():
            el("h1", text=title)
        yield


def _plain_layout() -> None:
    """Make the boxes that NiceGUI draws around a page plain ones: there is one `main`, and it is ours."""
    box = ui.context.client.content
    while box.parent_slot is not None:
        box = box.parent_slot.parent
        if box.tag.startswith("q-"):
            box.tag = "div"
