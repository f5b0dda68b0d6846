"""A book: where it is, which plans it has, what people call them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from acctplan.book import Book, UnreadableError, find, find_for
from acctplan.config import Config
from acctplan.errors import UserError


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A configured book that we stand in, with three plans."""
    root = tmp_path.resolve() / "book"
    (root / "plans" / "north").mkdir(parents=True)
    (root / "acctplan.toml").write_text('currency = "SEK"\n')
    for name in ("meridian.yaml", "acme-foods.yaml", "north/norrland.yml"):
        (root / "plans" / name).write_text(f"profile: {{name: {name}}}\n")
    monkeypatch.chdir(root)
    return find(root)


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


class TestFind:
    def test_here(self, book: Book):
        assert book.root == Path.cwd()
        assert book.config.currency == "SEK"
        assert book.is_configured
        assert book.plans_folder == book.root / "plans"

    def test_above(self, book: Book):
        assert find(book.root / "plans" / "north") == book

    def test_through_a_link(self, book: Book, tmp_path: Path):
        (tmp_path / "link").symlink_to(book.root)
        assert find(tmp_path / "link") == book

    def test_none(self, tmp_path: Path):
        assert find(tmp_path) == Book(tmp_path.resolve(), Config(), is_configured=False)

    def test_a_folder_called_like_the_settings_is_none(self, tmp_path: Path):
        (tmp_path / "acctplan.toml").mkdir()
        assert not find(tmp_path).is_configured

    def test_other_folder_for_plans(self, book: Book):
        (book.root / "acctplan.toml").write_text('plans = "accounts/key"\n')
        assert find(book.root).plans_folder == book.root / "accounts" / "key"

    def test_wrong_settings(self, book: Book):
        (book.root / "acctplan.toml").write_text("currency = 'SEK'\nplan = 'x'\n")
        with pytest.raises(UserError, match=r"^acctplan\.toml:2: unknown key plan$") as caught:
            find(book.root)
        assert caught.value.hint == "did you mean plans?"

    def test_unreadable_settings(self, book: Book):
        (book.root / "acctplan.toml").write_bytes(b"\xff")
        with pytest.raises(UserError) as caught:
            find(book.root)
        assert caught.value.message == f"{book.root / 'acctplan.toml'}: not UTF-8 text"
        assert caught.value.hint == "save the file in the encoding UTF-8"


class TestFindFor:
    def test_a_path(self, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.chdir(tmp_path)
        assert find_for(["book/plans/meridian.yaml"]) == book
        assert find_for(["book/plans/north"]) == book

    def test_names_and_nothing_mean_here(self, book: Book):
        assert find_for([]) == book
        assert find_for(["meridian"]) == book

    def test_two_plans_of_one_book(self, book: Book):
        assert find_for(["plans/meridian.yaml", "plans/north/norrland.yml", "acme-foods"]) == book

    @pytest.mark.usefixtures("book")
    def test_two_books(self, tmp_path: Path):
        other = tmp_path / "other"
        other.mkdir()
        (other / "acctplan.toml").touch()
        with pytest.raises(UserError, match=r"^these plans are of different books$") as caught:
            find_for(["plans/meridian.yaml", str(other)])
        assert caught.value.hint == "name the plans of one book at a time"

    def test_a_plan_of_a_book_and_one_of_none(self, book: Book, tmp_path: Path):
        (tmp_path / "loose.yaml").touch()
        assert find_for([str(tmp_path / "loose.yaml"), "plans/meridian.yaml"]) == book

    @pytest.mark.usefixtures("book")
    def test_a_plan_of_no_book(self, tmp_path: Path):
        (tmp_path / "loose.yaml").touch()
        assert find_for([str(tmp_path / "loose.yaml")]).root == tmp_path.resolve()

    def test_a_link_is_of_the_book_that_it_lies_in(self, book: Book, tmp_path: Path):
        (tmp_path / "loose.yaml").touch()
        (book.root / "plans" / "link.yaml").symlink_to(tmp_path / "loose.yaml")
        assert find_for(["plans/link.yaml"]) == book

    def test_what_cannot_be_a_path(self, book: Book):
        assert find_for(["x" * 5_000]) == book


class TestPlans:
    def test_by_name_and_those_below(self, book: Book):
        assert [path.relative_to(book.root).as_posix() for path in book.plans()] == [
            "plans/acme-foods.yaml",
            "plans/meridian.yaml",
            "plans/north/norrland.yml",
        ]

    def test_what_is_no_plan(self, book: Book):
        plans = book.root / "plans"
        for name in (".hidden.yaml", ".meridian.yaml.0a1b2c3d.acctplan-tmp", "notes.txt", "yaml", "x.yaml.bak", ".git/config.yaml"):
            (plans / name).parent.mkdir(exist_ok=True)
            (plans / name).touch()
        assert len(book.plans()) == 3

    def test_a_folder_called_like_a_plan_is_a_folder(self, book: Book):
        (book.root / "plans" / "south.yaml").mkdir()
        (book.root / "plans" / "south.yaml" / "inner.yaml").touch()
        assert names(book.plans()) == ["acme-foods.yaml", "meridian.yaml", "norrland.yml", "inner.yaml"]

    @pytest.mark.parametrize(("depth", "is_found"), [(32, True), (33, False)])
    def test_folders_are_only_so_deep(self, book: Book, depth: int, is_found: bool):
        folder = book.root.joinpath("plans", *["d"] * depth)
        folder.mkdir(parents=True)
        (folder / "deep.yaml").touch()
        if is_found:
            assert "deep.yaml" in names(book.plans())
        else:
            with pytest.raises(UserError, match=r"^folders more than 32 deep in "):
                book.plans()

    def test_a_folder_outside_of_the_book_is_not_walked_through(self, book: Book, tmp_path: Path):
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere" / "x.yaml").touch()
        (book.root / "plans").rename(book.root / "old")
        (book.root / "plans").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(UserError, match=r"^plans: a link that leads out of the book$"):
            book.plans()

    def test_a_link_to_another_plan_is_that_plan(self, book: Book):
        for link, target in (("a.yaml", "meridian.yaml"), ("z.yaml", "meridian.yaml"), ("north/m.yaml", "../meridian.yaml")):
            (book.root / "plans" / link).symlink_to(target)
        assert sorted(names(book.plans())) == ["acme-foods.yaml", "meridian.yaml", "norrland.yml"]
        assert names(book.resolve(["z", "meridian", "a"])) == ["meridian.yaml"]
        assert names(book.resolve(["z"])) == ["z.yaml"]

    def test_links_out_of_the_book_stay_apart(self, book: Book, tmp_path: Path):
        (tmp_path / "x.yaml").touch()
        for link in ("x.yaml", "y.yaml"):
            (book.root / "plans" / link).symlink_to(tmp_path / "x.yaml")
        assert {"x.yaml", "y.yaml"} <= set(names(book.plans()))

    def test_a_linked_folder_is_not_entered(self, book: Book):
        (book.root / "plans" / "circle").symlink_to("..")
        assert len(book.plans()) == 3

    def test_no_folder(self, tmp_path: Path):
        assert find(tmp_path).plans() == []

    def test_a_folder_that_we_may_not_enter(self, book: Book, monkeypatch: pytest.MonkeyPatch):
        def refuse(_: Path) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "scandir", refuse)
        with pytest.raises(UserError) as caught:
            book.plans()
        assert caught.value.message == f"cannot look into {book.plans_folder}: permission denied"
        assert caught.value.hint == "check its permissions"


class TestResolve:
    def test_nothing_means_all(self, book: Book):
        assert book.resolve([]) == book.plans()

    @pytest.mark.parametrize(
        ("name", "found"),
        [
            pytest.param("meridian", ["meridian.yaml"], id="a name"),
            pytest.param("norrland", ["norrland.yml"], id="of a plan in a folder"),
            pytest.param("Acme Foods", ["acme-foods.yaml"], id="as people write it"),
            pytest.param("acm", ["acme-foods.yaml"], id="what it begins with"),
            pytest.param("Foods", ["acme-foods.yaml"], id="a word of it"),
            pytest.param("Acme Food", ["acme-foods.yaml"], id="a word and a part"),
            pytest.param("plans/meridian.yaml", ["meridian.yaml"], id="a path"),
            pytest.param("plans/north", ["norrland.yml"], id="a folder"),
            pytest.param(".", ["acme-foods.yaml", "meridian.yaml", "norrland.yml"], id="the book"),
            pytest.param("acctplan.toml", ["acctplan.toml"], id="any file"),
        ],
    )
    def test_one(self, book: Book, name: str, found: list[str]):
        assert names(book.resolve([name])) == found

    def test_in_the_order_they_are_named_each_once(self, book: Book):
        asked = ["meridian", "plans/meridian.yaml", "plans/north/../meridian.yaml", "acme-foods", "plans"]
        assert names(book.resolve(asked)) == ["meridian.yaml", "acme-foods.yaml", "norrland.yml"]

    def test_a_book_inside_has_its_own_folder_of_plans(self, book: Book):
        inner = book.root / "inner"
        (inner / "accounts").mkdir(parents=True)
        (inner / "acctplan.toml").write_text('plans = "accounts"\n')
        (inner / "accounts" / "x.yaml").touch()
        (inner / "notes.yaml").touch()
        assert names(book.resolve(["inner"])) == ["x.yaml"]

    def test_what_is_there_but_unreadable_is_reported_when_it_is_read(self, book: Book):
        (book.root / "plans" / "gone.yaml").symlink_to("nowhere")
        os.mkfifo(book.root / "plans" / "pipe.yaml")
        for name in ("plans/gone.yaml", "plans/pipe.yaml", "gone"):
            (path,) = book.resolve([name])
            with pytest.raises(UnreadableError):
                book.read(path)

    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("meridan", "did you mean meridian?"),
            ("ood", "plans are looked for in plans"),
            ("foo", "plans are looked for in plans"),
            ("acme/", "did you mean acme-foods?"),
            ("--", "plans are looked for in plans"),
            ("meridian.yaml", "did you mean meridian?"),
            ("elsewhere/meridian.yaml", "did you mean meridian?"),
            ("zzz", "plans are looked for in plans"),
        ],
    )
    def test_no_such_plan(self, book: Book, name: str, hint: str):
        with pytest.raises(UserError) as caught:
            book.resolve([name])
        assert (caught.value.message, caught.value.hint) == (f"no plan {name}", hint)

    def test_a_name_too_long_for_a_path(self, book: Book):
        with pytest.raises(UserError, match=r"^no plan xxx"):
            book.resolve(["x" * 5_000])

    def test_a_name_of_two_plans(self, book: Book):
        (book.root / "plans" / "north" / "meridian.yaml").touch()
        with pytest.raises(UserError) as caught:
            book.resolve(["meridian"])
        assert caught.value.message == "meridian is the name of 2 plans"
        assert caught.value.hint == "give the path: plans/meridian.yaml or plans/north/meridian.yaml"

    def test_a_whole_name_goes_before_a_part(self, book: Book):
        (book.root / "plans" / "meridian-foods.yaml").touch()
        assert names(book.resolve(["meridian"])) == ["meridian.yaml"]

    def test_words_that_may_mean_something_else(self, book: Book):
        assert names(book.resolve(["Acme Foods"], in_full=True)) == ["acme-foods.yaml"]
        with pytest.raises(UserError, match=r"^no plan acme$"):
            book.resolve(["acme"], in_full=True)

    @pytest.mark.parametrize(("more", "listed"), [(1, "acme-0, acme-foods"), (7, "acme-0, acme-1, acme-2, acme-3, acme-4, acme-5 …")])
    def test_a_part_of_several_names(self, book: Book, more: int, listed: str):
        for number in range(more):
            (book.root / "plans" / f"acme-{number}.yaml").touch()
        with pytest.raises(UserError) as caught:
            book.resolve(["acme"])
        assert caught.value.message == f"acme may be {more + 1} plans: {listed}"
        assert caught.value.hint == "say more of the name"

    def test_an_empty_folder(self, book: Book):
        (book.root / "empty").mkdir()
        with pytest.raises(UserError, match=r"^no plans in empty$") as caught:
            book.resolve(["empty"])
        assert caught.value.hint == "plans are files that end in .yaml"

    def test_an_empty_book(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "acctplan.toml").touch()
        with pytest.raises(UserError, match=r"^no plans in plans$") as caught:
            find(tmp_path).resolve([])
        assert caught.value.hint == "start one: acctplan new 'Customer name'"

    def test_no_book(self, tmp_path: Path):
        with pytest.raises(UserError, match=r"^this is no book of plans$") as caught:
            find(tmp_path).resolve([])
        assert caught.value.hint == "cd into your book, or start one here: acctplan init"


class TestRead:
    def test_a_plan(self, book: Book):
        assert book.read(book.plans()[1]) == "profile: {name: meridian.yaml}\n"

    @pytest.mark.parametrize("is_absolute", [True, False])
    def test_no_link_out_of_the_book(self, book: Book, tmp_path: Path, is_absolute: bool):
        (tmp_path / "secret.yaml").write_text("secret")
        link = book.root / "plans" / "link.yaml"
        link.symlink_to(tmp_path / "secret.yaml")
        with pytest.raises(UnreadableError, match=r"^a link that leads out of the book$"):
            book.read(link if is_absolute else Path("plans/link.yaml"))

    def test_a_plan_elsewhere_that_somebody_named(self, book: Book, tmp_path: Path):
        (tmp_path / "loose.yaml").write_text("a: 1\n")
        assert book.read(tmp_path / "loose.yaml") == "a: 1\n"
        assert book.read(Path("../loose.yaml")) == "a: 1\n"


class TestTemplates:
    def test_none(self, book: Book):
        assert book.templates() == {}

    def test_own(self, book: Book):
        templates = book.root / "templates"
        (templates / "html").mkdir(parents=True)
        (templates / "plan.md.j2").write_text("# {{ name }}\n")
        (templates / "html" / "plan.html.j2").write_text("<h1>")
        (templates / ".draft.j2").write_text("no")
        (templates / "notes.md").write_text("no")
        assert book.templates() == {"html/plan.html.j2": "<h1>", "plan.md.j2": "# {{ name }}\n"}

    @pytest.mark.parametrize(
        ("name", "target", "problem"),
        [
            ("templates/a.j2", "../../secret.j2", "a link that leads out of the book"),
            ("templates", "../elsewhere", "a link that leads out of the book"),
            ("templates/a.j2", "nowhere", "a link that leads nowhere"),
        ],
    )
    def test_links(self, book: Book, tmp_path: Path, name: str, target: str, problem: str):
        (tmp_path / "elsewhere").mkdir()
        for secret in (tmp_path / "secret.j2", tmp_path / "elsewhere" / "a.j2"):
            secret.write_text("secret")
        if name != "templates":
            (book.root / "templates").mkdir()
        (book.root / name).symlink_to(target)
        with pytest.raises(UserError) as caught:
            book.templates()
        assert caught.value.message == f"{name}: {problem}"

    def test_not_text(self, book: Book):
        (book.root / "templates").mkdir()
        (book.root / "templates" / "a.j2").write_bytes(b"\xff")
        with pytest.raises(UserError) as caught:
            book.templates()
        assert (caught.value.message, caught.value.hint) == ("templates/a.j2: not UTF-8 text", "save the file in the encoding UTF-8")

    def test_too_many(self, book: Book, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("acctplan.book.MAX_TEMPLATES", 2)
        (book.root / "templates").mkdir()
        for name in "ab":
            (book.root / "templates" / f"{name}.j2").touch()
        assert list(book.templates()) == ["a.j2", "b.j2"]
        (book.root / "templates" / "c.j2").touch()
        with pytest.raises(UserError, match=r"^more than 2 templates in templates$"):
            book.templates()

    def test_too_large_together(self, book: Book, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("acctplan.book.MAX_TEMPLATE_BYTES", 10)
        (book.root / "templates").mkdir()
        for name in "ab":
            (book.root / "templates" / f"{name}.j2").write_text("12345")
        assert len(book.templates()) == 2
        (book.root / "templates" / "b.j2").write_text("1234é")
        with pytest.raises(UserError, match=r"^the templates in templates are more than 10 bytes$"):
            book.templates()


class TestDisplay:
    def test_below_where_we_stand(self, book: Book):
        assert book.display(book.root / "plans" / "meridian.yaml") == "plans/meridian.yaml"
        assert book.display(Path("plans/north/../meridian.yaml")) == "plans/meridian.yaml"

    def test_elsewhere(self, book: Book, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.chdir(book.root / "plans" / "north")
        assert book.display(book.root / "plans" / "meridian.yaml") == str(book.root / "plans" / "meridian.yaml")
        assert book.display(Path("../meridian.yaml")) == "../meridian.yaml"

    def test_links_are_not_followed(self, book: Book):
        (book.root / "link.yaml").symlink_to("plans/meridian.yaml")
        assert book.display(book.root / "link.yaml") == "link.yaml"
