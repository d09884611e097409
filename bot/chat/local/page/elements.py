"""HTML elements of the page. A text is set as text content, so nothing in it is ever read as markup."""

from nicegui.element import Element


def el(tag: str, classes: str = "", text: str | None = None, **attributes: str | bool) -> Element:
    """One HTML element in the element that is open (`with`); give its attributes with `_` for `-`: `aria_label="…"`.

    An attribute that Python keeps for itself ends with `_`: `for_="c5"`. True sets it without a value, False leaves it
    out.
    """
    made = Element(tag)
    made._text = text  # what NiceGUI's own labels come to, without their binding, which nothing here needs
    if classes:
        made.classes(classes)
    for name, value in attributes.items():
        if value is not False:
            made.props[name.rstrip("_").replace("_", "-")] = value
    return made


def button(text: str, classes: str = "button", **attributes: str | bool) -> Element:
    """A button that submits nothing by itself; add `.on("click", …)`. Classes: `button main`, `quiet` and so on."""
    return el("button", classes, text, type="button", **attributes)


def link(text: str, target: str, classes: str = "link", **attributes: str | bool) -> Element:
    """A link within the page; `target` comes from `Session.url` and is never a member's text."""
    return el("a", classes, text, href=target, **attributes)


def notice(text: str, tone: str = "refused") -> Element:
    """A sentence in a box that a screen reader reads out at once; tones: neutral, good, careful, refused."""
    return el("p", f"notice {tone}", text, role="alert")


def set_text(element: Element, text: str) -> None:
    """Change the text of an element that was made with one."""
    element._text = text
    element.update()
