"""The picture of practice days shows what its reference says."""

import io
from datetime import date, timedelta

from PIL import Image

from bot.chat.cards import Picture
from bot.chat.pictures import days_picture, draw

MONDAY = date(2026, 8, 17)
TODAY = date(2026, 11, 4)


def colors(data: bytes) -> dict[tuple[int, int, int], int]:
    image = Image.open(io.BytesIO(data)).convert("RGB")
    return {color: count for count, color in image.getcolors(100_000) or [] if isinstance(color, tuple)}  # type: ignore[misc]


def greens(data: bytes) -> int:
    return sum(n for (r, g, b), n in colors(data).items() if g > r + 40 and g > b + 20)


def test_each_practiced_day_is_one_filled_cell() -> None:
    drawn = [
        draw(days_picture(MONDAY, TODAY, {TODAY - timedelta(days=3 * n + 1) for n in range(days)}, "alt"))
        for days in (0, 1, 4, 8)
    ]
    filled = [greens(data) for data in drawn if data is not None]
    assert filled[0] == 0
    assert [round(each / filled[1]) for each in filled[1:]] == [1, 4, 8]


def test_days_outside_of_the_weeks_are_not_drawn() -> None:
    outside = {MONDAY - timedelta(days=1), TODAY + timedelta(days=1)}
    assert days_picture(MONDAY, TODAY, outside, "") == days_picture(MONDAY, TODAY, (), "")


def test_a_picture_is_small_enough_to_send_and_wide_enough_to_read() -> None:
    data = draw(days_picture(MONDAY, TODAY, {TODAY}, "alt"))
    assert data is not None and len(data) < 50_000
    width, height = Image.open(io.BytesIO(data)).size
    assert 500 <= width <= 1200 and 500 <= height <= 1200


def test_a_reference_of_somebody_else_is_not_drawn() -> None:
    assert draw(Picture("https://example.org/a.png", "alt")) is None
