"""Every button as it is labeled, once; what each does stands in `bot/chat/actions`."""

from bot.chat.cards import Button, Style

ANSWER = "answer"
HINT = "hint"
POINTS = "points"
SAMPLE = "sample"
REPLACE = "replace"
ADD = "add"
WITHDRAW = "withdraw"
RESTORE = "restore"
REPAIR = "repair"
ASK = "ask"
DELETE_ME = "delete-me"
SUGGEST = "suggest"
ACCEPT = "accept"
DECLINE = "decline"
COUNT = "count"
IMPORT = "import"

LABELS = {
    ANSWER: "Answer",
    HINT: "Hint",
    POINTS: "Key points",
    SAMPLE: "Sample answer",
    REPLACE: "Use instead",
    ADD: "Add to my answer",
    WITHDRAW: "Withdraw",
    RESTORE: "Restore",
    REPAIR: "Repair",
    ASK: "Ask in this channel",
    DELETE_ME: "Delete everything",
    SUGGEST: "Write a suggestion",
    ACCEPT: "Accept",
    DECLINE: "Decline",
}
OF_MESSAGES = {COUNT: "Count this as my answer", IMPORT: "Import question pack"}
"""The labels of what can be done with a message, from the platform's own menu."""

_STYLES = {
    ANSWER: Style.MAIN,
    REPAIR: Style.MAIN,
    RESTORE: Style.MAIN,
    ACCEPT: Style.MAIN,
    DELETE_ME: Style.DANGER,
}


def button(action: str, value: str) -> Button:
    """The button of an action, for the thing with the opaque id `value`."""
    return Button(LABELS[action], action, value, _STYLES.get(action, Style.PLAIN))
