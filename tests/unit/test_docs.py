"""What README and docs/ point to is there."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def links(page: Path) -> list[str]:
    """Where links and pictures lead that stay within the project."""
    found = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    return [unquote(target) for target in found if "://" not in target]


def anchors(page: Path) -> set[str]:
    """Headings as links name them: small letters, no signs, dashes for spaces."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_to_a_file_and_a_heading_in_it(page: Path) -> None:
    for target in links(page):
        path, _, anchor = target.partition("#")
        there = page.parent / path if path else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


def test_every_page_and_every_picture_is_linked_from_somewhere() -> None:
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in PAGES
        for target in links(page)
    }
    there = {path for path in DOCS.rglob("*") if path.is_file()}
    assert there - linked == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_module_that_is_named_with_its_package_exists(page: Path) -> None:
    """`search/evaluate`, `presenters.changer` or `services.ingest`, as the pages name modules."""
    packages = {path.parent.name: path.parent for path in (ROOT / "reader").rglob("*/__init__.py")}
    pattern = rf"`(?:[a-z]+[/.])?({'|'.join(packages)})[/.]([a-z_0-9]+)[^`]*`"
    for package, module in re.findall(pattern, page.read_text(encoding="utf-8")):
        if (package, module) != ("settings", "toml"):
            path = packages[package] / module
            assert path.is_dir() or path.with_suffix(".py").exists(), f"{package}/{module}"


def test_every_module_in_the_map_of_the_packages_is_in_its_package() -> None:
    """In a list item of "Where to look", the first word in backticks is a package."""
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    items = page.partition("## Where to look")[2].split("\n- ")[1:]
    for item in items:
        package, *modules = re.findall(r"`([a-z_0-9]+)`", item)
        there = {path.stem for path in (ROOT / "reader" / package).iterdir()}
        assert set(modules) - there == set(), package
    assert len(items) > 10
