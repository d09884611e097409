"""`make preview-slack`: the bot on a Slack of this machine, with a group that has practiced a little.

No account and no token are needed. It runs until it is stopped, and leaves nothing behind. `--http` lets events come
by signed HTTP instead of Socket Mode.
"""

import asyncio
import signal
import sys
import tempfile
from pathlib import Path

from tests.platforms.slack.local_slack import Missing
from tests.platforms.slack.sample_group import sample_group

HELP = """The page is at {address}
  Choose who you are at the top right (Act as), and #study on the left.
  Type /question backend, /streak or /help; reply in a question's thread; press its buttons; open the
  bot's Home. One answer is reviewed in its thread already; Review under the question gives you another one.
  Managers' commands such as /daily set are refused: this Slack knows no admins. local-slack listens on all addresses
  of this machine and asks nobody who they are. Stop with Ctrl-C."""


async def preview(http: bool) -> None:
    """Serve until SIGINT or SIGTERM."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    with tempfile.TemporaryDirectory() as folder:
        async with sample_group(Path(folder), http) as (bot, _):
            print(HELP.format(address=bot.server.base), flush=True)  # noqa: T201
            await stopped.wait()


if __name__ == "__main__":
    try:
        asyncio.run(preview("--http" in sys.argv[1:]))
    except Missing as missing:
        sys.exit(str(missing))
