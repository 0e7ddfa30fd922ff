"""Drawing a description: SVG elements whose widths are shares of the room they get and whose heights are fixed.

The same drawing stands in a page (its width is that of its column, its colours those of the theme, by class) and on
paper (`chithi.charts.paper` gives it a width and black ink). Nothing here is a colour.
"""

from __future__ import annotations

from dataclasses import dataclass

from chithi.charts.description import Aim, Bar, Bars, Point, Scale, Small, Trend
from chithi.charts.markup import door, percent, tag, words
from chithi.charts.scale import WHOLE, place

TREND_HEIGHT = 190
_TOP, _BOTTOM = 24, 162  # the band a trend's values are drawn in
_MOST_LABELS = 6
_CLOSE = 24  # pixels within which a point and a word would touch
PITCH = 38  # one bar with its name above it
PITCH_BESIDE = 22  # one bar with its name beside it
SMALL_HEIGHT = 46
_MOST_LETTERS = 32  # of a name beside its bar


@dataclass(frozen=True, slots=True)
class Drawing:
    """SVG elements without the `svg` around them, and how high they stand in pixels."""

    body: str
    height: int


def trend(found: Trend) -> Drawing:
    """A line over periods: gaps where a number is missing, open dots with their sign where it is not exact."""
    points, scale = found.points, found.scale
    body = "".join(
        tag("line", x1="0", x2="100%", y1=_level(value, scale), y2=_level(value, scale), class_="pic-grid")
        + words(text, x="-8", y=_level(value, scale) + 4, text_anchor="end", class_="pic-axis")
        for value, text in scale.ticks
    )
    body += tag("line", x1="0", x2="100%", y1=_BOTTOM + 4, y2=_BOTTOM + 4, class_="pic-edge")
    body += _aim_across(found)
    body += _line(points, scale, _TOP, _BOTTOM)
    named = _named(len(points))
    newest = max((at for at, point in enumerate(points) if point.value is not None), default=-1)
    for at, point in enumerate(points):
        body += _point(point, at, len(points), scale, told=at == newest)
        if at in named:
            body += words(
                point.label,
                x=percent(_middle(at, len(points))),
                y=_BOTTOM + 22,
                text_anchor="middle",
                class_="pic-axis",
            )
    return Drawing(body, TREND_HEIGHT)


def bars(found: Bars, *, beside: bool = False) -> Drawing:
    """One bar a unit from zero; the name above its bar, or left of all bars where the room for it is known."""
    pitch = PITCH_BESIDE if beside else PITCH
    body = "".join(_bar(bar, at * pitch, found, beside=beside) for at, bar in enumerate(found.bars))
    height = max(pitch * len(found.bars), 1)
    if beside and found.aim is not None:
        at = place(found.aim.value, found.aim.value * 0, found.high)
        side = "end" if at > WHOLE // 2 else "start"
        body += words(found.aim.text, x=percent(at), y=height + 15, text_anchor=side, class_="pic-aim-text")
        height += 20
    return Drawing(body, height)


def small(found: Small, scale: Scale, aim: Aim | None) -> Drawing:
    """One small trend without words: its line, its newest point, the target. All of it is one door."""
    count, height = len(found.points), SMALL_HEIGHT
    body = tag("rect", x="0", y="0", width="100%", height=height, class_="pic-hit")
    if aim is not None:
        at = _between(aim.value, scale, 6, height - 6)
        body += tag("line", x1="0", x2="100%", y1=at, y2=at, class_="pic-aim")
    body += _line(found.points, scale, 6, height - 6)
    for at, point in enumerate(found.points):
        if point.value is None:
            body += _gap(at, count, height - 3, 220)
        elif at == count - 1 or _alone(found.points, at):
            y = _between(point.value, scale, 6, height - 6)
            body += tag("circle", cx=percent(_middle(at, count)), cy=y, r="3", class_="pic-dot")
    return Drawing(door(body, found.door, found.why), height)


def _middle(at: int, count: int) -> int:
    """The middle of a period's room, in hundredths of a percent."""
    return (2 * at + 1) * WHOLE // (2 * count)


def _level(value: object, scale: Scale) -> int:
    return _between(value, scale, _TOP, _BOTTOM)


def _between(value: object, scale: Scale, top: int, bottom: int) -> int:
    """Pixels from the top: the higher the value, the nearer to `top`."""
    at = place(value, scale.low, scale.high)  # type: ignore[arg-type]
    return bottom - (bottom - top) * at // WHOLE


def _line(points: tuple[Point, ...], scale: Scale, top: int, bottom: int) -> str:
    """Strokes between neighbours that both have a number."""
    drawn, count = "", len(points)
    for at in range(1, count):
        before, here = points[at - 1].value, points[at].value
        if before is not None and here is not None:
            drawn += tag(
                "line", x1=percent(_middle(at - 1, count)), y1=_between(before, scale, top, bottom),
                x2=percent(_middle(at, count)), y2=_between(here, scale, top, bottom), class_="pic-line",
            )  # fmt: skip
    return drawn


def _alone(points: tuple[Point, ...], at: int) -> bool:
    """Whether a number stands between two gaps, where no line would show it."""
    around = [points[near].value for near in (at - 1, at + 1) if 0 <= near < len(points)]
    return all(value is None for value in around)


def _gap(at: int, count: int, y: int, half: int = 60) -> str:
    """A short dash at the foot: here a number is missing."""
    x = _middle(at, count)
    return tag("line", x1=percent(max(0, x - half)), x2=percent(min(WHOLE, x + half)), y1=y, y2=y, class_="pic-gap")


def _point(point: Point, at: int, count: int, scale: Scale, *, told: bool) -> str:
    left = at * WHOLE // count
    body = tag(
        "rect", x=percent(left), y="0", width=percent((at + 1) * WHOLE // count - left), height=_BOTTOM + 4,
        class_="pic-hit",
    )  # fmt: skip
    x = percent(_middle(at, count))
    if point.value is None:
        return door(body + _gap(at, count, _BOTTOM - 1), point.href, point.why)
    y = _level(point.value, scale)
    body += tag("circle", cx=x, cy=y, r="4", class_="pic-open" if point.sign else "pic-dot")
    if told:
        end = at == count - 1 and count > 1
        body += words(
            point.text, x="100%" if end else x, y=y - 10, text_anchor="end" if end else "middle", class_="pic-value"
        )
    elif point.sign:
        body += words(point.sign, x=x, y=y - 8, text_anchor="middle", class_="pic-axis")
    return door(body, point.href, point.why)


def _aim_across(found: Trend) -> str:
    """The target as a line with its word where no number of the trend stands near it."""
    if found.aim is None:
        return ""
    at = _level(found.aim.value, found.scale)
    line = tag("line", x1="0", x2="100%", y1=at, y2=at, class_="pic-aim")
    y = at - 5 if at > _TOP else at + 14
    x, side = _free(found, y)
    return line + words(found.aim.text, x=x, y=y, text_anchor=side, class_="pic-aim-text")


def _free(found: Trend, y: int) -> tuple[str, str]:
    """Left, middle or right: the first third in which no point comes near this height; left where all are taken."""
    count = len(found.points)
    for third, (x, side) in enumerate((("0.5%", "start"), ("50%", "middle"), ("99.5%", "end"))):
        near = [
            point
            for at, point in enumerate(found.points)
            if point.value is not None
            and third * WHOLE // 3 <= _middle(at, count) <= (third + 1) * WHOLE // 3
            and abs(_level(point.value, found.scale) - y) < _CLOSE
        ]
        if not near:
            return x, side
    return "0.5%", "start"


def _named(count: int) -> set[int]:
    """Which periods are named below the line: the last one and every so many before it."""
    every = -(-count // _MOST_LABELS)
    return set(range(count - 1, -1, -every))


def _cut(name: str) -> str:
    """A name that fits beside its bar; cut between two words."""
    if len(name) <= _MOST_LETTERS:
        return name
    return f"{name[:_MOST_LETTERS].rpartition(' ')[0] or name[:_MOST_LETTERS]}…"


def _bar(bar: Bar, top: int, found: Bars, *, beside: bool) -> str:
    pitch, high = (PITCH_BESIDE, 12) if beside else (PITCH, 10)
    at = top + (5 if beside else 21)
    width = place(bar.value, bar.value * 0, found.high) if found.high else 0
    body = tag("rect", x="0", y=top, width="100%", height=pitch, class_="pic-hit")
    if beside:
        body += words(_cut(bar.name), x="-8", y=top + 15, text_anchor="end", class_="pic-name")
        body += words(bar.text, x="100%", dx="8", y=top + 15, class_="pic-value")
    else:
        body += words(bar.name, x="0", y=top + 15, class_="pic-name")
        body += words(bar.text, x="100%", y=top + 15, text_anchor="end", class_="pic-value")
    body += tag("rect", x="0", y=at, width="100%", height=high, class_="pic-ground")
    look = "pic-short" if bar.short else "pic-bar"
    body += tag("rect", x="0", y=at, width=percent(width), height=high, class_=look)
    if found.aim is not None:
        x = percent(place(found.aim.value, bar.value * 0, found.high))
        body += tag("line", x1=x, x2=x, y1=at - 3, y2=at + high + 3, class_="pic-tick")
    return door(body, bar.href, bar.why)
