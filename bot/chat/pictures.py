"""Pictures for platforms that show no drawn page: a member's practice days as a calendar of weeks.

A picture is named by a reference that holds all that it shows, so that it can be drawn anew from a stored card. The
words beside it say the same; a platform that cannot draw leaves it out.
"""

import io
from collections.abc import Collection
from datetime import date, timedelta

from PIL import Image, ImageDraw, ImageFont

from bot.chat.cards import Picture

_DAYS = "days"
_SCALE = 3
"""Pixels for one: phones show pictures at several times their size."""
_CELL, _GAP, _LEFT, _TOP, _EDGE = 18, 4, 58, 26, 14
_GROUND, _INK, _FREE, _DONE, _RING = "#ffffff", "#3d4450", "#e4e7ec", "#1a7f4b", "#6b7280"
_FONT_SIZE = 12
WEEKDAYS = "MTWTFSS"


def days_picture(monday: date, today: date, practiced: Collection[date], alt: str) -> Picture:
    """The picture of the weeks from a Monday to today; `alt` says what it shows."""
    length = (today - monday).days + 1
    bits = sum(1 << number for number in range(length) if monday + timedelta(days=number) in practiced)
    return Picture(f"{_DAYS}:{monday.isoformat()}:{length}:{bits:x}", alt)


def draw(picture: Picture) -> bytes | None:
    """A picture as PNG; None for a reference that is not of this module."""
    kind, _, rest = picture.reference.partition(":")
    if kind != _DAYS:
        return None
    monday, length, bits = rest.split(":")
    return _calendar(date.fromisoformat(monday), int(length), int(bits, 16))


def _calendar(monday: date, length: int, bits: int) -> bytes:
    """A row a week, a column a weekday: filled when practiced, and with a tick, so that color is not the only sign."""
    weeks = -(-length // 7)
    size = (_LEFT + 7 * (_CELL + _GAP) + _EDGE, _TOP + weeks * (_CELL + _GAP) + _EDGE)
    image = Image.new("RGB", (size[0] * _SCALE, size[1] * _SCALE), _GROUND)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(_FONT_SIZE * _SCALE)
    for column, letter in enumerate(WEEKDAYS):
        middle = (_LEFT + column * (_CELL + _GAP) + _CELL / 2) * _SCALE
        pen.text((middle, (_TOP - 4) * _SCALE), letter, _INK, font, anchor="ms")
    for week in range(weeks):
        first = monday + timedelta(days=7 * week)
        base = (_TOP + week * (_CELL + _GAP) + _CELL - 4) * _SCALE
        pen.text(((_LEFT - 10) * _SCALE, base), f"{first:%b} {first.day}", _INK, font, anchor="rs")
    for number in range(length):
        _cell(pen, number, bool(bits >> number & 1), number == length - 1)
    written = io.BytesIO()
    image.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


def _cell(pen: ImageDraw.ImageDraw, number: int, practiced: bool, is_today: bool) -> None:
    left = (_LEFT + number % 7 * (_CELL + _GAP)) * _SCALE
    top = (_TOP + number // 7 * (_CELL + _GAP)) * _SCALE
    side = _CELL * _SCALE
    box = (left, top, left + side, top + side)
    ring = _RING if is_today else None
    pen.rounded_rectangle(box, 4 * _SCALE, _DONE if practiced else _FREE, ring, 2 * _SCALE if is_today else 0)
    if practiced:
        tick = [(0.26, 0.54), (0.44, 0.71), (0.76, 0.33)]
        pen.line([(left + x * side, top + y * side) for x, y in tick], _GROUND, 2 * _SCALE, joint="curve")
