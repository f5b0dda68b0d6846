"""Ids that point from one section of a plan to another: found by their types, so a new field needs no code here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin

from acctplan.model import Plan
from acctplan.model.fields import Ref, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

    from acctplan.diagnostic import Pointer


class Reference(NamedTuple):
    """An id, where it stands, and the sections that it may be an entry of."""

    pointer: Pointer
    sections: tuple[str, ...]
    id: str


class Shape(NamedTuple):
    """What a type holds of interest: a reference, references in its keys, a section, more of the same inside."""

    ref: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    section: type[Section] | None = None
    inside: Shape | None = None

    @property
    def matters(self) -> bool:
        """Whether there is anything of interest in it."""
        return bool(self.ref or self.keys or (self.section and _fields(self.section)) or (self.inside and self.inside.matters))


def references(plan: Plan) -> list[Reference]:
    """Every id in the plan that refers to an entry elsewhere, in the order of the model's fields."""
    found: list[Reference] = []
    _walk(plan, (), found)
    return found


def _walk(section: Section, pointer: Pointer, found: list[Reference]) -> None:
    values = section.__dict__
    for attribute, name, shape in _fields(type(section)):
        if value := values[attribute]:
            _in_value(value, shape, (*pointer, name), found)


def _in_value(value: Any, shape: Shape, pointer: Pointer, found: list[Reference]) -> None:
    if shape.ref:
        found.append(Reference(pointer, shape.ref, value))
    elif shape.section is not None:
        _walk(value, pointer, found)
    elif isinstance(value, tuple):
        assert shape.inside is not None
        for position, item in enumerate(value):
            _in_value(item, shape.inside, (*pointer, position), found)
    else:
        inside = shape.inside if shape.inside is not None and shape.inside.matters else None
        for key, item in value.items():
            if shape.keys:
                found.append(Reference((*pointer, key), shape.keys, key))
            if inside is not None:
                _in_value(item, inside, (*pointer, str(key)), found)


def renamed(plan: Plan, section: str, old: str, new: str) -> Plan:
    """A plan in which an entry has another id, there and wherever it is referred to.

    Args:
        plan: the plan.
        section: the entry's section.
        old: its id.
        new: the id that it gets.
    """

    def changed(identifier: str, sections: tuple[str, ...]) -> str:
        return new if identifier == old and section in sections else identifier

    def in_section(part: Section) -> Section:
        values = part.__dict__
        update = {attribute: in_value(values[attribute], shape) for attribute, _, shape in _fields(type(part)) if values[attribute]}
        return part.model_copy(update=update) if update else part

    def in_value(value: Any, shape: Shape) -> Any:
        if shape.ref:
            return changed(value, shape.ref)
        if shape.section is not None:
            return in_section(value)
        if isinstance(value, tuple):
            return tuple(in_value(item, shape.inside or Shape()) for item in value)
        if isinstance(value, dict):
            return {changed(key, shape.keys): in_value(item, shape.inside or Shape()) for key, item in value.items()}
        return value

    found = in_section(plan)
    assert isinstance(found, Plan)
    entries = {new if key == old else key: entry for key, entry in getattr(found, section).items()}
    return found.model_copy(update={section: entries})


@cache
def _fields(section: type[Section]) -> tuple[tuple[str, str, Shape], ...]:
    """The fields of a section that hold references at any depth: attribute, name in the file, shape."""
    found = []
    for attribute, info in section.model_fields.items():
        form = shape(info.annotation, info)
        if form.matters:
            found.append((attribute, info.alias or attribute, form))
    return tuple(found)


def shape(annotation: Any, info: FieldInfo | None = None) -> Shape:
    """What a type holds.

    Args:
        annotation: as a field has it.
        info: of the field, whose marks pydantic keeps apart.
    """
    refs = [mark for mark in getattr(info, "metadata", ()) if isinstance(mark, Ref)]
    if hasattr(annotation, "__metadata__"):
        refs += [mark for mark in annotation.__metadata__ if isinstance(mark, Ref)]
        annotation = annotation.__origin__
    if refs:
        return Shape(ref=refs[0].sections)
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return Shape(section=annotation)
    arguments = [argument for argument in get_args(annotation) if argument not in (type(None), ...)]
    if get_origin(annotation) is dict:
        return Shape(keys=shape(arguments[0]).ref, inside=shape(arguments[1]))
    if get_origin(annotation) is tuple:
        return Shape(inside=shape(arguments[0]))
    return shape(arguments[0]) if len(arguments) == 1 else Shape()


def fields_at(pointer: Pointer) -> list[str]:
    """The names of the fields that may stand at a pointer; none where any key may, or where nothing is known."""
    form = Shape(section=Plan)
    for step in pointer:
        if form.section is not None:
            known = {info.alias or name: info for name, info in form.section.model_fields.items()}
            if step not in known:
                return []
            form = shape(known[str(step)].annotation, known[str(step)])
        elif form.inside is not None:
            form = form.inside
        else:
            return []
    return [info.alias or name for name, info in form.section.model_fields.items()] if form.section else []


def type_at(pointer: Pointer) -> Any:
    """The type of the value that may stand at a pointer; None where no value may.

    Marks and the choice of leaving it out are taken off: `contacts.lena-vos.last_contact` is a `date`.
    """
    annotation: Any = Plan
    for step in pointer:
        if isinstance(annotation, type) and issubclass(annotation, Section):
            known = {info.alias or name: info for name, info in annotation.model_fields.items()}
            if step not in known:
                return None
            annotation = _bare(known[str(step)].annotation)
        elif get_origin(annotation) in (dict, tuple):
            annotation = _bare(get_args(annotation)[1 if get_origin(annotation) is dict else 0])
        else:
            return None
    return annotation


def _bare(annotation: Any) -> Any:
    while hasattr(annotation, "__metadata__") or type(None) in get_args(annotation):
        if hasattr(annotation, "__metadata__"):
            annotation = annotation.__origin__
        else:
            annotation = next(argument for argument in get_args(annotation) if argument is not type(None))
    return annotation


def circles(plan: Plan) -> Iterator[tuple[Pointer, list[str]]]:
    """Circles where there may be none: the pointer of a field on the way round, and the ids, from that field's own back to it."""
    graphs: dict[tuple[str, str], Mapping[str, tuple[str, ...]]] = {
        ("contacts", "reports_to"): {key: (contact.reports_to,) for key, contact in plan.contacts.items() if contact.reports_to},
        ("units", "parent"): {key: (unit.parent,) for key, unit in plan.units.items() if unit.parent},
        ("insights", "leads_to"): {key: insight.leads_to for key, insight in plan.insights.items()},
        ("opportunities", "leads_to"): {key: opportunity.leads_to for key, opportunity in plan.opportunities.items()},
    }
    for (section, field), graph in graphs.items():
        for circle in _circles(graph):
            yield (section, circle[0], field), circle


def _circles(graph: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Circles that have no node in common. Whoever opens one of several that cross sees the next."""
    finished: set[str] = set()
    told: set[str] = set()
    for start in graph:
        path: dict[str, None] = {}
        pending: list[tuple[str, bool]] = [(start, False)]
        while pending:
            node, leaving = pending.pop()
            if leaving:
                finished.add(path.popitem()[0])
            elif node in path:
                way = [*path, node]
                circle = way[way.index(node) :]
                if told.isdisjoint(circle):
                    told.update(circle)
                    yield circle
            elif node not in finished:
                path[node] = None
                pending.append((node, True))
                pending.extend((after, False) for after in graph.get(node, ()))
