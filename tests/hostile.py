"""Text that would like to be more than text: the public lists where they are at hand, and our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from pydantic import StringConstraints

from acctplan.model import Section
from paths import corpus

if TYPE_CHECKING:
    from collections.abc import Callable

    from acctplan.model import Plan

OWN = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title></section></main>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<!-- not a comment",
    "]]>",
    "&lt;b&gt; &amp; &copy; &#60; &nosuch;",
    "{{ 7 * 7 }} {% raw %} {# gone? #} {{ name }}",
    "*one* **two** _three_ __four__ ***five*** snake_case_word _a_b_",
    "`code` ``more`` ```\nfence\n```",
    "~~~\nfence\n~~~",
    "~~gone~~ ~gone~",
    "[text](javascript:alert(1)) ![image](http://x.example/y.png) [ref][1] [1]: http://x.example",
    "<http://x.example> <a@x.example> http://x.example/a_b_c?d=e&f#g https://x.example.",
    "www.x.example x.example mail@x.example //x.example/y //localhost/y ftp://x.example mailto:a@x.example",
    "# heading",
    "heading\n=======",
    "heading\n---",
    "===",
    "---",
    "- - -",
    "***",
    "___",
    "- item",
    "+ item",
    "* item",
    "-",
    "+",
    "1. item",
    "12) item",
    "1986.",
    "> quotation",
    ">! spoiler",
    "    code",
    "\tcode",
    "a | b | c",
    "|---|",
    "--|--",
    ":-:",
    "-:",
    "trailing #",
    "trailing ##",
    "#tag C# a#b",
    "a\\",
    "\\*a\\* \\",
    "two  \nlines",
    "two\r\nlines",
    "line\u2028separator\u2029paragraph\x85next",
    "[ ] task [x] done",
    "[^1] [^1]: note",
    "$E = mc^2$ $$x$$",
    ":smile: a:b 10:30 ratio 3:1",
    "3.1 % of 1.2.3, v1.2 and e.g. this...",
    "@someone #12 GH-12 user/repo#12",
    "\u202egnp.exe\u202c \u2066isolated\u2069 \u200fmark",
    "\x00\x01\x1b[31mred\x07\x7f\x9b",
    "\ud800 lone \udfff",
    "\ufffe\uffff\U0001fffe",
    "\u200b\u200d\ufeff",
    "👩‍👩‍👧 ﷽ Z̷̢͔͚͑a̵̓l̶g̸o̵",
    "=1+1",
    "&",
    "<",
    ">",
    "*",
    "_",
    "`",
    "\\",
    "[",
    "]",
    "!",
    "~",
    "^[note]",
    "a" * 300,
]
"""Each as a text of a plan could be: not blank, no blanks at its ends."""


def naughty() -> list[str]:
    """Every hostile text there is, such as a plan's field could hold."""
    vectors = [entry["vector"] for entry in corpus("h5sc-xss-vectors.json")]
    stripped = [text.strip() for text in (*OWN, *corpus("blns.json"), *vectors)]
    return list(dict.fromkeys(text for text in stripped if text))


_KEPT = ("website", "email", "phone", "crm")
"""Fields whose text may become a link, which are tested by themselves, and ids elsewhere, which are in no page."""


def with_texts(plan: Plan, text: Callable[[], str]) -> Plan:
    """The plan with every text of it replaced, whether or not the model would take it."""
    return _replaced(plan, None, (), text)


def _replaced(value: Any, annotation: Any, metadata: Any, text: Callable[[], str]) -> Any:
    if isinstance(value, Section):
        fields = {name: info for name, info in type(value).model_fields.items() if name not in _KEPT}
        return value.model_copy(
            update={name: _replaced(getattr(value, name), info.annotation, info.metadata, text) for name, info in fields.items()}
        )
    inner, metadata = _unwrapped(annotation, metadata)
    if isinstance(value, tuple):
        return tuple(_replaced(item, get_args(inner)[0], (), text) for item in value)
    if isinstance(value, dict):
        return {key: _replaced(item, get_args(inner)[1], (), text) for key, item in value.items()}
    return text() if isinstance(value, str) and _is_text(metadata) else value


def _unwrapped(annotation: Any, metadata: Any) -> tuple[Any, Any]:
    """Without `| None` and `Annotated`."""
    arguments = [argument for argument in get_args(annotation) if argument is not type(None)]
    if type(None) in get_args(annotation):
        return _unwrapped(arguments[0], metadata)
    if hasattr(annotation, "__metadata__"):
        return _unwrapped(arguments[0], (*metadata, *annotation.__metadata__))
    return annotation, metadata


def _is_text(metadata: Any) -> bool:
    return any(isinstance(mark, StringConstraints) and mark.strip_whitespace for mark in metadata)
