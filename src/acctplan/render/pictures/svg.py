"""The few elements of SVG that pictures are made of. Whatever they are given as text or value becomes just that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

from acctplan.render.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLACES = 2


def number(value: float) -> str:
    """A coordinate: at most two decimals, and none where they say nothing."""
    text = f"{value:.{_PLACES}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def element(tag: str, *content: str, **attributes: str | float | None) -> str:
    """An element.

    Args:
        tag: its name, ours.
        content: elements or texts that are escaped already.
        attributes: by name; `_` stands for `-`, a last one is dropped (`class_`). None leaves one out.
    """
    said = "".join(f' {_name(name)}="{_attribute(value)}"' for name, value in attributes.items() if value is not None)
    inside = "".join(content)
    return f"<{tag}{said}>{inside}</{tag}>" if inside else f"<{tag}{said}/>"


def _name(name: str) -> str:
    return name.removesuffix("_").replace("_", "-") if name != "viewBox" else name


def _attribute(value: str | float) -> str:
    return words(value) if isinstance(value, str) else number(value)


def words(text: str) -> str:
    """Words from anywhere, escaped."""
    return str(escape(clean(text)))


def text(x: float, y: float, content: str, kind: str = "", *, anchor: str | None = None, size: float | None = None) -> str:
    """A line of words whose base line begins at (x, y), or ends or is centred there: `anchor` end, middle."""
    return element("text", words(content), x=x, y=y, class_=kind or None, text_anchor=anchor, font_size=size)


def titled(title: str, *content: str, kind: str | None = None) -> str:
    """A group of elements that tells more to whoever points at it."""
    return element("g", element("title", words(title)), *content, class_=kind)


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def rect(x: float, y: float, width: float, height: float, kind: str, *, round_: float | None = None) -> str:
    """A rectangle, its corners rounded by `round_`."""
    return element("rect", x=x, y=y, width=max(width, 0), height=max(height, 0), rx=round_, class_=kind)


def circle(x: float, y: float, radius: float, kind: str) -> str:
    """A circle."""
    return element("circle", cx=x, cy=y, r=radius, class_=kind)


def path(steps: Iterable[tuple[str, float, float]], kind: str) -> str:
    """A line of steps such as ("M", 0, 0), ("L", 5, 5)."""
    return element("path", d="".join(f"{step}{number(x)} {number(y)}" for step, x, y in steps), class_=kind)


def picture(name: str, width: float, height: float, title: str, description: str, *content: str, kind: str = "") -> str:
    """A whole picture, as wide as its place allows but never larger than drawn.

    Args:
        name: ours, one for each picture of a page: class and ids are made from it. No other id of a page begins with `picture-`.
        width: of the drawing, in px.
        height: of the drawing, in px.
        title: what it is, for whoever cannot see it.
        description: what it says, for the same.
        content: elements.
        kind: more classes.
    """
    heads = (element("title", words(title), id=f"picture-{name}-title"), element("desc", words(description), id=f"picture-{name}-desc"))
    return element(
        "svg",
        *heads,
        *content,
        class_=f"picture {name} {kind}".rstrip(),
        role="img",
        aria_labelledby=f"picture-{name}-title picture-{name}-desc",
        width=width,
        height=height,
        viewBox=f"0 0 {number(width)} {number(height)}",
    )
