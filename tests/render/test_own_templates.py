"""A book's own templates: they come first, and whatever they try stays inside."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from acctplan.errors import UserError
from acctplan.render import FORMATS, plan_view, render
from acctplan.render.contained import DEFAULT_LIMITS, Limits, fill_contained
from acctplan.render.view import plain
from pages import CONFIG, FULL, TODAY, loaded, plan
from processes import surroundings

SECRET = "Verysecret & Sons"
VIEW = plan_view(plan(f"profile: {{name: {SECRET}, industry: mining}}\nteam: {{a: {{name: Ann}}}}"), CONFIG, TODAY)


def fault(own, limits=DEFAULT_LIMITS):
    """What somebody is told whose templates are these."""
    with pytest.raises(UserError) as caught:
        fill_contained("html", "plan.html.j2", plain(VIEW), {}, own, limits)
    assert SECRET not in f"{caught.value.message} {caught.value.hint}"
    return caught.value.message


def test_an_own_template_comes_before_the_shipped_one():
    assert render(VIEW, "md", {"plan.md.j2": "Of {{ name }}, {{ today | date }}"}) == "Of Verysecret & Sons, 21 Nov 2026\n"


def test_an_own_part_takes_the_place_of_the_shipped_part():
    page = render(VIEW, "html", {"partials/team.html.j2": "<p>We are {{ team[0].name }}</p>"})
    assert "<p>We are Ann</p>" in page
    assert "<h1>Verysecret &amp; Sons</h1>" in page


def test_an_own_template_can_extend_the_shipped_one_that_it_replaces():
    own = {"plan.html.j2": '{% extends "shipped/plan.html.j2" %}{% block footer %}<p>Of {{ name }}</p>{% endblock %}'}
    page = render(VIEW, "html", own)
    assert "<p>Of Verysecret &amp; Sons</p>" in page
    assert '<h2 id="team-title">Our team</h2>' in page


@pytest.mark.parametrize("format_name", FORMATS)
def test_own_templates_that_change_nothing_give_the_same_page(format_name):
    view = plan_view(loaded(FULL).plan, CONFIG, TODAY)
    assert render(view, format_name, {"unused.j2": "x"}) == render(view, format_name)


def test_values_are_escaped_in_own_templates_too():
    assert render(VIEW, "html", {"plan.html.j2": "<b title='{{ name }}'>{{ '<i>' ~ name }}</b>"}) == (
        "<b title='Verysecret &amp; Sons'>&lt;i&gt;Verysecret &amp; Sons</b>"
    )


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("{{ ''.__class__.__mro__ }}", "templates/plan.html.j2, line 1: does what a template may not do"),
        ("{{ name.__init__.__globals__ }}", "templates/plan.html.j2, line 1: does what a template may not do"),
        ("\n\n{{ team.append(1) }}", "templates/plan.html.j2, line 3: does what a template may not do"),
        ("{{ '{0.__class__}'.format(name) }}", "templates/plan.html.j2, line 1: does what a template may not do"),
        ("{{ self.__init__ }}", "templates/plan.html.j2, line 1: does what a template may not do"),
        ("{{ cycler.__init__.__globals__.os }}", "templates/plan.html.j2, line 1: does what a template may not do"),
        ("{% for i in range(10**9) %}{% endfor %}", "templates/plan.html.j2, line 1: counts too far"),
        ("{% include '../../etc/passwd' %}", "templates/plan.html.j2, line 1: asks for '../../etc/passwd', which is neither"),
        ("{% include '/etc/passwd' %}", "templates/plan.html.j2, line 1: asks for '/etc/passwd', which is neither"),
        ("{% include name %}", "templates/plan.html.j2, line 1: asks for a template, which is neither"),
        ("{% extends name %}", "templates/plan.html.j2, line 1: asks for a template, which is neither"),
        ("x\n{{ nothing }}", "templates/plan.html.j2, line 2: asks for 'nothing', which a page does not have"),
        ("{{ customer.sector }}", "templates/plan.html.j2, line 1: asks for 'sector', which a page does not have"),
        ("{{ customer[name] }}", "templates/plan.html.j2, line 1: asks for something, which a page does not have"),
        ("{{ name | money('EUR') }}", "templates/plan.html.j2, line 1: cannot work out a value (InvalidOperation)"),
        ("{{ name | int / 0 }}", "templates/plan.html.j2, line 1: cannot work out a value (ZeroDivisionError)"),
        ("{{ name | safe }}", "templates/plan.html.j2, line 1: not written as a template should be: No filter named 'safe'."),
        ("a\n{% if %}", "templates/plan.html.j2, line 2: not written as a template should be: Expected an expression"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "templates/plan.html.j2, line 1: goes round in a circle"),
        ("{% include 'plan.html.j2' %}", "templates/plan.html.j2, line 1: goes round in a circle"),
    ],
)
def test_a_fault_names_the_template_the_line_and_what_is_wrong(source, told):
    assert fault({"plan.html.j2": source}).startswith(told)


def test_a_fault_in_a_part_names_the_part():
    assert fault({"partials/team.html.j2": "{{ nothing }}"}).startswith("templates/partials/team.html.j2, line 1: asks for 'nothing'")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space")
@pytest.mark.parametrize(
    "source", ["{{ 'a' * 10**9 }}", "{{ name * 10**9 }}", "{% set a = [name] * 10**9 %}", "{{ '%1000000000d' | format(1) }}"]
)
def test_a_template_gets_no_more_memory_than_its_limit(source):
    assert re.match(r"(templates/plan\.html\.j2, line 1|the book's own templates): needs too much memory", fault({"plan.html.j2": source}))


LOOP = "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}"


@pytest.mark.parametrize("source", [LOOP, pytest.param("{{ 3 ** (10 ** 8) }}", marks=pytest.mark.slow)])
def test_a_template_gets_no_more_time_than_its_limit(source):
    assert fault({"plan.html.j2": source}, Limits(seconds=1.5)) == "the book's own templates took longer than 1.5 seconds"


@pytest.mark.parametrize(
    "source",
    [
        "{% for i in range(100000) %}0123456789{% endfor %}",
        "{% set x %}{% for i in range(10000) %}0123456789{% endfor %}{% endset %}{{ x ~ x }}",
        "{{ 'ä' * 40000 }}",
    ],
)
def test_a_template_writes_no_more_than_its_limit(source):
    assert fault({"plan.html.j2": source}, Limits(output=50_000)).endswith("writes too long a page")


def test_a_process_that_ends_without_a_word_is_told_of(monkeypatch):
    monkeypatch.setattr("acctplan.render.contained._START", "import os; os._exit(3)")
    much = {"plan.html.j2": "x" * 3_000_000}  # more than a pipe holds
    assert fault(much) == "the book's own templates could not be filled: they ended the process that fills them"


def test_a_process_that_floods_is_stopped(monkeypatch):
    monkeypatch.setattr("acctplan.render.contained._START", "while True: print('x' * 1000)")
    assert "could not be filled" in fault({"plan.html.j2": "x"}, Limits(output=10_000))


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
def test_a_child_ends_by_itself_where_nobody_is_left_to_stop_it():
    program = "import resource; from acctplan.render import child, contained; child._limit(contained.Limits(seconds=1.5)); "
    program += "print(resource.getrlimit(resource.RLIMIT_CPU))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=surroundings())
    assert done.stdout == "(3, 3)\n"
