"""What the store says when a start is no use until somebody mends something."""


class StoreBroken(Exception):
    """The store cannot be opened as it is. Its text is a sentence for people: what, where, and what to do next.

    A password never stands in it.
    """
