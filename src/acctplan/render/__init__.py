"""A plan as a document to read: Plan to a view for an audience, the view to text in one of the `FORMATS`."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from acctplan.diagnostic import closest, format_pointer
from acctplan.errors import UserError
from acctplan.model.editions import customer_edition
from acctplan.render import html, markdown, mermaid, text
from acctplan.render.contained import fill_contained
from acctplan.render.deck import deck
from acctplan.render.documents import AUDIENCES, DOCUMENTS, Audience, Document, audience_of, file_name, formats_by_document, summary_of
from acctplan.render.editions import internal_in
from acctplan.render.pdf import to_pdf
from acctplan.render.pictures import pictures
from acctplan.render.templates import shipped
from acctplan.render.view import PlanView, plain, plan_view
from acctplan.render.view.customer import CustomerView, customer_view
from acctplan.render.view.standing import Standing, standing
from acctplan.render.view.words import ACTION, INSIGHT_GROUPS, OBJECTIVE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from acctplan.config import Config
    from acctplan.loader import Loaded
    from acctplan.model import Plan
    from acctplan.render.view.charts import Charts

__all__ = [
    "AUDIENCES",
    "DECKS",
    "DOCUMENTS",
    "FILE_FORMATS",
    "FORMATS",
    "Asked",
    "Audience",
    "CustomerView",
    "Document",
    "Format",
    "PlanView",
    "Standing",
    "audience_of",
    "customer_view",
    "file_name",
    "formats_by_document",
    "plan_view",
    "render",
    "render_file",
    "render_plan",
    "shipped",
    "standing",
    "summary_of",
]


class Format(NamedTuple):
    """A way to write a document."""

    environment: Callable[[Mapping[str, str]], ImmutableSandboxedEnvironment]
    """What fills the templates, given the book's own by name."""
    tidy: Callable[[str], str]
    """The last touch to the whole page."""
    pictures: Callable[[Charts], dict[str, str]]
    """How it draws, by name. What they give stands on the page as it is."""


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format(html.environment, str, pictures),
        "md": Format(markdown.environment, markdown.tidy, mermaid.pictures),
    }
)
"""Every format by name, which is also the ending of its files and of its templates: `plan.html.j2`."""
FILE_FORMATS = (*FORMATS, "pdf", "pptx")
"""Every kind of file by its ending: a PDF is the HTML page on paper, a PowerPoint file is drawn from the plan itself."""
DECKS = ("plan", "review")
"""The documents that a PowerPoint file can stand for."""


def render(
    view: PlanView | CustomerView,
    format_name: str,
    own_templates: Mapping[str, str] | None = None,
    *,
    document: str = "plan",
    doing: Standing | None = None,
) -> str:
    """A document of a plan.

    The same view gives the same text, to the byte.

    Args:
        view: what the document says; a customer's view for what is for the customer.
        format_name: one of `FORMATS`.
        own_templates: a book's own templates, by their path below its templates folder. They come before the shipped ones of the
            same name, and are filled in a process of its own with limits.
        document: one of `DOCUMENTS`, or one that a book has a template of its own for.
        doing: how the plan is doing, for internal documents; None: nothing is said of that.

    Raises:
        UserError: there is no such format or document, or an own template has a fault.
    """
    _known_format(format_name, FORMATS)
    template = f"{document}.{format_name}.j2"
    if template not in shipped() and template not in (own_templates or {}):
        raise UserError(f"the document {document} has no template for {format_name}", f"write templates/{template}")
    values, drawn = plain(view), {}
    if isinstance(view, PlanView):
        values |= plain(doing or Standing())
        drawn = FORMATS[format_name].pictures(view.charts)
    if own_templates:
        return fill_contained(format_name, template, values, drawn, own_templates)
    filled = _shipped_template(format_name, template).render(values, pictures=marked(drawn))
    return FORMATS[format_name].tidy(filled)


def marked(drawn: Mapping[str, str]) -> dict[str, Markup]:
    """Pictures as templates see them: drawn by us, so they stand as they are."""
    return {name: Markup(picture) for name, picture in drawn.items()}  # noqa: S704  every word in them was escaped as it was drawn


@cache
def _shipped_template(format_name: str, template: str) -> Template:
    """Compiled once, however many plans there are to render."""
    return FORMATS[format_name].environment({}).get_template(template)


class Asked(NamedTuple):
    """A file that somebody wants."""

    format_name: str
    """One of `FILE_FORMATS`."""
    document: str = "plan"
    """One of `DOCUMENTS`, or one that a book has a template of its own for."""
    audience: str | None = None
    """Whom it is for; None: whom the document is meant for."""
    house: bytes | None = None
    """A PowerPoint file whose masters, fonts and colours a PowerPoint file is to have."""
    earlier: tuple[date, Plan] | None = None
    """What the plan said at its last review, and on which day that was."""


def render_plan(
    loaded: Loaded,
    config: Config,
    today: date,
    format_name: str,
    own_templates: Mapping[str, str] | None = None,
    *,
    document: str = "plan",
    audience: str | None = None,
) -> str:
    """A document of a loaded plan, as of a day. Otherwise as `render`.

    What is for the customer is made from their edition of the plan, and looked through for anything internal.

    Args:
        loaded: the plan.
        config: the book's settings.
        today: the day it is.
        format_name: one of `FORMATS`.
        own_templates: a book's own templates, by their path below its templates folder.
        document: one of `DOCUMENTS`, or one that a book has a template of its own for.
        audience: whom it is for; None: whom the document is meant for.

    Raises:
        UserError: the plan has errors; there is no such format, document or audience, or they do not go together; an own template has a
            fault; a rate is missing; something internal would stand in the customer's file.
    """
    return _text(loaded, config, today, Asked(format_name, document, audience), own_templates or {})


def render_file(loaded: Loaded, config: Config, today: date, asked: Asked, own_templates: Mapping[str, str] | None = None) -> str | bytes:
    """A document of a loaded plan, as it stands in a file: text, or the bytes of a PDF or a PowerPoint file. Otherwise as `render_plan`.

    Raises:
        UserError: as `render_plan`; or what it takes to write that format is not installed, or the PowerPoint template cannot be used.
    """
    _known_format(asked.format_name, FILE_FORMATS)
    if asked.format_name != "pptx":
        page = _text(
            loaded, config, today, asked._replace(format_name=_PAGES.get(asked.format_name, asked.format_name)), own_templates or {}
        )
        return to_pdf(page) if asked.format_name == "pdf" else page
    audience_of(asked.document, asked.audience, own_templates or ())
    if asked.document not in DECKS:
        raise UserError(f"the document {asked.document} is not made as a PowerPoint file", f"that is for --as {' and --as '.join(DECKS)}")
    return deck(plan_view(_plan_of(loaded), config, today, asked.earlier), asked.house)


_PAGES = {"pdf": "html"}
"""What a file is made of that is no page itself."""


def _text(loaded: Loaded, config: Config, today: date, asked: Asked, own: Mapping[str, str]) -> str:
    plan = _plan_of(loaded)
    is_page = "/" in asked.document and asked.audience is None  # of a site, which is internal as a whole
    if not is_page and audience_of(asked.document, asked.audience, own) == "customer":
        return _for_customer(loaded, config, today, asked.format_name, own, asked.document)
    doing = standing(loaded, plan, config, today)
    view = plan_view(plan, config, today, asked.earlier)
    return render(view, asked.format_name, own, document=asked.document, doing=doing)


def _plan_of(loaded: Loaded) -> Plan:
    if loaded.plan is None:
        raise UserError(f"{loaded.path} has errors, so there is no plan to render", f"run 'acctplan check {loaded.path}'")
    return loaded.plan


def _known_format(name: str, formats: Collection[str]) -> None:
    if name not in formats:
        near = closest(name, formats)
        raise UserError(f"unknown format '{name}'", f"did you mean {near}?" if near else f"one of {', '.join(formats)}")


def _for_customer(loaded: Loaded, config: Config, today: date, format_name: str, own: Mapping[str, str], document: str) -> str:
    plan = _plan_of(loaded)
    edition = customer_edition(plan)
    view = customer_view(edition, config, today)
    page = render(view, format_name, own, document=document)
    known = [*_own_words(view), *shipped().values()]
    found = internal_in(page, plan, edition, known)
    if found is not None:
        location, _ = loaded.locate(found)
        raise UserError(
            f"{location.path}:{location.line}: {format_pointer(found)} is internal, and the document {document} would say it; "
            "nothing was written",
            "if the same words stand there for another reason, write them another way here; else see what the book's templates print",
        )
    return page


def _own_words(view: CustomerView) -> Iterator[str]:
    """What stands on a customer's page that neither their edition of the plan nor a template says: fixed words, days worked out."""
    yield from INSIGHT_GROUPS.values()
    yield from (sign.word for sign in (*ACTION.values(), *OBJECTIVE.values()))
    for day in (view.today, view.meetings.follow_up if view.meetings else None):
        if day is not None:
            yield from (day.isoformat(), text.day(day.isoformat()))
