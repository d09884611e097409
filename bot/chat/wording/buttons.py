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
REVIEW = "review"
READ = "read"
REVIEW_ROUND = "review-round"
REVIEW_NEXT = "review-next"
STAR = "star"
THANK = "thank"
UNTHANK = "unthank"
FLAG = "flag"
DISMISS = "dismiss"
REMOVE_REVIEW = "remove-review"
GOLD = "gold"
COMPARE = "compare"
COUNT = "count"
REVIEW_MESSAGE = "review-message"
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
    REVIEW: "Write a review",
    READ: "Read and review",
    REVIEW_ROUND: "Review",
    REVIEW_NEXT: "Review one",
    STAR: "STAR view",
    THANK: "Thanks",
    UNTHANK: "Take back thanks",
    FLAG: "Flag",
    DISMISS: "Keep the review",
    REMOVE_REVIEW: "Remove the review",
    GOLD: "Review this gold answer",
    COMPARE: "Say which is stronger",
}
OF_MESSAGES = {
    COUNT: "Count this as my answer",
    REVIEW_MESSAGE: "Review this answer",
    IMPORT: "Import question pack",
}
"""The labels of what can be done with a message, from the platform's own menu."""

_STYLES = {
    ANSWER: Style.MAIN,
    REPAIR: Style.MAIN,
    RESTORE: Style.MAIN,
    ACCEPT: Style.MAIN,
    DELETE_ME: Style.DANGER,
    REVIEW: Style.MAIN,
    READ: Style.MAIN,
    GOLD: Style.MAIN,
    COMPARE: Style.MAIN,
    REMOVE_REVIEW: Style.DANGER,
}


def button(action: str, value: str) -> Button:
    """The button of an action, for the thing with the opaque id `value`."""
    return Button(LABELS[action], action, value, _STYLES.get(action, Style.PLAIN))
