"""A file that came with a message: fetched from Slack's own file host only, and never more of it than is taken."""

from dataclasses import dataclass
from typing import Any

from bot.chat.calls import UPLOAD, Upload
from bot.chat.cards import Card
from bot.chat.slack import sentences
from bot.chat.slack.convert import Malformed
from bot.chat.slack.web_api import FOREIGN, LONG, Refused, Unknown, WebApi

NAME = 200
"""Characters of a file's name that are kept; it is a label only."""
_FAULTS = {FOREIGN: sentences.FILE_ELSEWHERE, LONG: sentences.FILE_TOO_BIG}


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file as a message names it. `url` is empty where Slack does not keep the file itself; `size` is a claim."""

    name: str
    url: str
    size: int


class NotFetched(Exception):
    """A file was not fetched, and `card` says why."""

    def __init__(self, card: Card) -> None:
        super().__init__(card.title)
        self.card = card


def first_file(message: dict[str, Any]) -> SharedFile | None:
    """The first file of a message; None if it has none. Raises Malformed."""
    files = message.get("files")
    if files is None or files == []:
        return None
    if not isinstance(files, list) or not isinstance(files[0], dict):
        raise Malformed("files")
    file = files[0]
    url = file.get("url_private_download") or file.get("url_private")
    kept = isinstance(url, str) and not file.get("is_external") and file.get("mode") != "external"
    name, size = file.get("name"), file.get("size")
    return SharedFile(
        name[:NAME] if isinstance(name, str) else "",
        url if kept and isinstance(url, str) else "",
        size if isinstance(size, int) else 0,
    )


class Files:
    """Fetches files that people shared."""

    def __init__(self, web: WebApi) -> None:
        """Take the calls."""
        self._web = web

    async def fetch(self, file: SharedFile) -> Upload:
        """The bytes of a file; raises NotFetched with the sentence that helps."""
        if file.size > UPLOAD:
            raise NotFetched(sentences.FILE_TOO_BIG)
        try:
            return Upload(file.name, await self._web.download(file.url, UPLOAD))
        except Refused as no:
            raise NotFetched(_FAULTS.get(no.error, sentences.FILE_NOT_GIVEN)) from no
        except Unknown as fault:
            raise NotFetched(sentences.FILE_NOT_GIVEN) from fault
