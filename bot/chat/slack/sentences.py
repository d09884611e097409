"""What only Slack needs said: about its tokens, scopes, channels and windows."""

from datetime import timedelta

from bot.chat.cards import Card, Text, Tone
from bot.chat.wording.times import count
from bot.domain.places import Member

SEND = "Send"
CANCEL = "Cancel"
CLOSE = "Close"
THREAD_TITLE = "Answer in this thread"
THREAD_BEGINS = (
    "Reply here, or press Answer above. Each of you has an own answer; the first long enough one counts."
)
FORMER = "a former member"
ARCHIVED = "the channel was archived"
DELETED = "the channel was deleted"
EXPIRED = Card(
    "That took too long.",
    (Text(("Slack closed the window before I could open it. Press the button again.",)),),
    tone=Tone.CAREFUL,
)
NOT_OPENED = Card(
    "I could not open the window.",
    (Text(("Slack did not take it. Press the button again; a reply in the thread works as well.",)),),
    tone=Tone.CAREFUL,
)
NOT_ASKED = Card(
    "I could not ask Slack who you are.",
    (Text(("So I do not know whether you may do that. Nothing was changed; try again in a minute.",)),),
    tone=Tone.CAREFUL,
)
NO_REPLY = Card(
    "That is no reply.",
    (Text(("Choose this on what somebody wrote in the thread of a question.",)),),
    tone=Tone.REFUSED,
)
KEEPING = Card(
    "This takes longer than usual.",
    (Text(("This window tells you what came of it as soon as I know; leave it open.",)),),
    tone=Tone.CAREFUL,
)
TEXT_STAYS = "Your text stays in this window; send it again in a minute."
ONE_MOMENT = "One moment: that was a lot at once. Your text stays here; send it again in ten seconds."
NOT_KEPT = "This was not kept."
COPY_IT = "What you wrote stands below, so that you can copy it and send it again."
DONE = Card("Done.")
FILE_TOO_BIG = Card(
    "That file is too big.",
    (Text(("A pack has at most 1 MB. Nothing was fetched or imported; split it into two packs.",)),),
    tone=Tone.REFUSED,
)
FILE_ELSEWHERE = Card(
    "Slack does not keep that file itself.",
    (
        Text(
            ("I fetch nothing from other places. Upload the file to Slack, and choose this on that message.",)
        ),
    ),
    tone=Tone.REFUSED,
)
FILE_NOT_GIVEN = Card(
    "Slack did not give me the file.",
    (
        Text(
            (
                "Nothing was imported. I see files of channels that I am in, and need the scope files:read;"
                " if both are there, try again in a minute.",
            )
        ),
    ),
    tone=Tone.CAREFUL,
)
FILE_SENT = "I sent the file to you as a direct message."
FILE_FAILED = "Slack did not take the file. Try /privacy export again in a minute."
HOME_TITLE = "Your practice"
HOME_NOTE = "Only you see this page. It is drawn anew each time you open it."
HOME_SETTINGS = "Settings"
HOME_WAITING = "Answers that wait for your review"
HOME_NONE_WAITS = "None at the moment."


def waits(author: Member, span: timedelta) -> Text:
    """Whose answer waits and for how long, in whole days, hours or minutes."""
    minutes = max(1, span // timedelta(minutes=1))
    sizes = ((24 * 60, "day"), (60, "hour"), (1, "minute"))
    size, word = next((size, word) for size, word in sizes if minutes >= size)
    return Text((author, f"’s answer waits for {count(minutes // size, word)}."))


# Why the platform does not start or stopped; each ends with what to do.
MANIFEST = "`practice-bot manifest slack` prints the manifest of the app"
BOT_MISSING = (
    "SLACK_BOT_TOKEN is missing. It begins with xoxb- and stands under OAuth & Permissions of your Slack app."
)
APP_MISSING = (
    "SLACK_APP_TOKEN is missing. It begins with xapp- and is made under Basic Information, App-Level Tokens, with the"
    " scope connections:write."
)
SIGNING_MISSING = (
    "SLACK_SIGNING_SECRET is missing, and HTTP mode needs it."
    " It stands under Basic Information of your Slack app."
)
REMOVED = (
    "The app was removed from the Slack workspace. Its data is kept for 30 days; install it again to go on."
)


def wrong_kind(variable: str, found: str, wanted: str) -> str:
    """A token of another kind stands in a variable; the token itself is never said."""
    return f"{variable} holds {found}, and needs {wanted}. Look whether two tokens were swapped."


def bad_token(variable: str, error: str) -> str:
    """Slack does not take a token."""
    why = _TOKEN_ERRORS.get(error, "Slack does not take it")
    return f"{variable}: {why} ({error}). Copy it again from your Slack app, then start me again."


_TOKEN_ERRORS = {
    "invalid_auth": "it is wrong",
    "not_authed": "it is empty",
    "token_revoked": "it was revoked",
    "token_expired": "it has expired",
    "account_inactive": "the app was removed from the workspace",
    "not_allowed_token_type": "it is a token of another kind",
}


def missing_scopes(scopes: tuple[str, ...]) -> str:
    """The app was installed with fewer scopes than it needs."""
    lacking = ", ".join(scopes)
    return f"The Slack app lacks {lacking}. {MANIFEST}; put it in under App Manifest, then install the app again."


def socket_refused(error: str, needed: str) -> str:
    """Slack opens no connection for Socket Mode."""
    scope = f" It lacks {needed}." if needed else ""
    return (
        f"Slack refused Socket Mode ({error}).{scope} Turn it on under Socket Mode of your Slack app, with an app-level"
        " token that has connections:write."
    )


def cannot_listen(host: str, port: int, why: str) -> str:
    """HTTP mode cannot listen where the settings say."""
    return f"{host} port {port} cannot be used: {why}. Set [slack] port to another."


ENDED = "not connected: ended"
SOCKETS_LOST = "the connections to Slack are lost; trying again"


def connected(name: str, team: str) -> str:
    """All is well."""
    return f"connected as {name or 'the bot'} in {team}"


def connecting(why: str) -> str:
    """Not yet, or not now."""
    return f"connecting: {why}"


def http_notice(host: str, port: int) -> str:
    """Where HTTP mode listens, and what Slack has to reach."""
    return f"Slack in HTTP mode: {host} port {port}; Slack must reach https://<your host>/slack/events from outside."


def stopped(fault: str) -> str:
    """For good."""
    return f"stopped: {fault}"


STOPPED = "I do not serve Slack at the moment"
REFUSALS = {
    "channel_not_found": "the channel is gone, or I am not in it; invite me with /invite",
    "is_archived": "the channel is archived",
    "not_in_channel": "I am not in the channel; invite me with /invite",
    "restricted_action": "a setting of the workspace keeps me from posting there",
    "restricted_action_read_only_channel": "the channel is read-only",
    "restricted_action_thread_only_channel": "the channel takes replies in threads only",
    "restricted_action_non_threadable_channel": "the channel takes no threads",
    "ekm_access_denied": "the workspace’s administrators keep me from posting",
    "access_denied": "the workspace’s administrators keep me from posting",
    "no_permission": "the app may not post there",
}


def refusal(error: str, needed: str) -> str:
    """Why a post was refused, short enough for the ledger."""
    if error == "missing_scope":
        return f"the app lacks the scope {needed or 'it needs'}; install it again from the manifest"
    return STOPPED if error == "stopped" else REFUSALS.get(error, f"Slack said {error}")


INVITATION = "a seat in the channel (type /invite and my name)"


def scope_right(scope: str) -> str:
    """A missing scope, as Slack's own screens name it."""
    return f"the scope {scope} (install the app again)"
