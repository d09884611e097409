"""Coming in: the pass phrase where one is asked for, then a name. Plain pages, for a stranger gets no more."""

from html import escape
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.chat.literal import shown_name
from bot.chat.local import sentences
from bot.chat.local.convert import BadName
from bot.chat.local.incoming import LocalRoom
from bot.chat.local.page.door import PassPhrase
from bot.chat.local.page.visits import Cookies, Visits
from bot.practice.ports import StoreUnavailable

UNAVAILABLE = "What you sent could not be kept just now. Try again in a moment."


class Entry:
    """The two doors of a visit: `/door` and `/enter`."""

    def __init__(self, room: LocalRoom, cookies: Cookies, phrase: PassPhrase, styles: str) -> None:
        """Take the room, the cookies, the pass phrase and the address of the style sheet."""
        self._room = room
        self._cookies = cookies
        self._phrase = phrase
        self._styles = styles

    async def show_door(self, _request: Request) -> Response:
        """Ask for the pass phrase."""
        return self._page("Pass phrase", _DOOR)

    async def open_door(self, request: Request) -> Response:
        """Look at a pass phrase."""
        if wait := self._phrase.wait():
            sentence = f"Too many wrong pass phrases. Try again in {int(wait) + 1} seconds."
            return self._page("Pass phrase", _DOOR, sentence, 429)
        if not self._phrase.is_right(await _sent(request, "phrase")):
            return self._page("Pass phrase", _DOOR, "That is not the pass phrase of this page.", 403)
        response = RedirectResponse("/", 303)
        mark = self._cookies.pass_mark(self._phrase.phrase)
        self._cookies.write(response, Visits(self._cookies.read(request).names, mark))
        return response

    async def show_names(self, request: Request) -> Response:
        """Ask for a name, and offer those that this browser gave before."""
        return self._names(request)

    async def enter(self, request: Request) -> Response:
        """Take a name."""
        name = await _sent(request, "name")
        try:
            member = await self._room.enter(name)
        except BadName as bad:
            return self._names(request, name, sentences.bad_name(bad, "person"), 422)
        except StoreUnavailable:
            return self._names(request, name, UNAVAILABLE, 503)
        response = RedirectResponse(f"/?{urlencode({'as': member.id})}", 303)
        self._cookies.write(response, self._cookies.read(request).under(member.id))
        return response

    def _names(self, request: Request, typed: str = "", fault: str = "", status: int = 200) -> Response:
        known = self._cookies.read(request).names
        links = "".join(
            _KNOWN.format(escape(urlencode({"as": name})), escape(shown_name(name))) for name in known
        )
        before = _BEFORE.format(links) if known else ""
        another = "another" if known else "your"
        return self._page(
            "Come in", _NAME, fault, status, typed=escape(typed[:200]), before=before, another=another
        )

    def _page(self, title: str, body: str, fault: str = "", status: int = 200, **filled: str) -> Response:
        """A page from its template; all that is `filled` in is HTML already."""
        marks = 'aria-invalid="true" aria-describedby="fault"' if fault else ""
        told = f'<p class="notice refused" id="fault" role="alert">{escape(fault)}</p>' if fault else ""
        inner = body.format(fault=told, marks=marks, **filled)
        page = _PAGE.format(title=title, styles=self._styles, body=inner)
        return HTMLResponse(page, status, {"cache-control": "no-store"})


async def _sent(request: Request, field: str) -> str:
    """One field of a sent form."""
    try:
        return parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10).get(
            field, [""]
        )[0]
    except ValueError:  # more fields than any form of ours has
        return ""


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · practice-bot</title>
<link rel="icon" href="/favicon.ico">
<link rel="stylesheet" href="{styles}">
</head>
<body class="entry">
<main class="entry-box">
<p class="brand">practice-bot</p>
{body}
</main>
</body>
</html>
"""

_BEFORE = '<p class="note">Go on as</p><ul class="names">{}</ul>'
_KNOWN = '<li><a class="button" href="/?{}">{}</a></li>'

_DOOR = """<h1>Pass phrase</h1>
<p>This page is open to those who share its pass phrase.</p>
<form method="post" action="/door">
{fault}
<div class="field"><label for="phrase">Pass phrase</label>
<input id="phrase" name="phrase" type="password" autocomplete="current-password" required autofocus {marks}></div>
<button class="button main">Open</button>
</form>
"""

_NAME = """<h1>Practice for interviews, together</h1>
<p>A question a day, answers in its thread, hints when you are stuck, and streaks that are fair.</p>
{before}
<form method="post" action="/enter">
{fault}
<div class="field"><label for="name">Come in under {another} name</label>
<input id="name" name="name" value="{typed}" autocomplete="nickname" spellcheck="false" required autofocus {marks}>
<p class="note">No account, no password. Everything stays on the machine that runs this page.</p></div>
<button class="button main">Come in</button>
</form>
"""
