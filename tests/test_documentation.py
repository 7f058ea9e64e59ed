"""What the pages say is what the code does: commands, targets, tables, dependencies, the age of the figures."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from pathlib import Path

from typer.main import get_command

from gapengine.cli import app
from tools import sources_page, tables_page

CHECKOUT = Path(__file__).resolve().parents[1]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = ("gapengine", "connectors", "models", "reports")
DEPENDENCIES = {re.split(r"[<>=~\[]", line)[0] for line in PROJECT["project"]["dependencies"]}


def test_the_readme_lists_every_command_and_no_other() -> None:
    listed = re.findall(r"^\| `gapengine ([a-z-]+)", README, re.MULTILINE)
    assert sorted(listed) == sorted(get_command(app).commands)  # type: ignore[attr-defined]


def test_every_command_says_what_it_does() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert [name for name, command in commands.items() if not command.help] == []


def test_every_target_that_a_page_names_is_in_the_makefile() -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))
    for page in (README, CONTRIBUTING):
        named = set(re.findall(r"(?:`|^)make ([a-z]+)", page, re.MULTILINE))
        assert named and named <= targets


def test_the_readme_states_the_age_of_the_embedded_figures() -> None:
    manifest = json.loads((CHECKOUT / "gapengine/data/snapshot/manifest.json").read_text(encoding="utf-8"))
    stated = dict(re.findall(r"\| `(\w+)` \| (\d{4}-\d\d-\d\d) \|", README))
    assert stated == {name: manifest["tables"][name]["covers_until"] for name in stated} != {}


def test_the_page_of_tables_is_the_one_that_the_code_makes() -> None:
    written = (CHECKOUT / "docs" / "tables.md").read_text(encoding="utf-8")
    assert written == tables_page.page(), "run `make docs`"


def test_the_page_of_sources_is_the_one_that_the_code_makes() -> None:
    written = (CHECKOUT / "docs" / "sources.md").read_text(encoding="utf-8")
    assert written == sources_page.page(), "run `make docs`"


def test_every_file_that_the_guide_for_contributors_names_exists() -> None:
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:md|lock))`", CONTRIBUTING)
    assert "connectors/onet.py" in named
    assert [name for name in named if not (CHECKOUT / name).exists()] == []


def test_every_picture_and_page_that_the_readme_links_exists() -> None:
    linked = [target for target in re.findall(r"\]\(([^)]+)\)", README) if "://" not in target]
    assert linked != []
    assert [target for target in linked if not (CHECKOUT / target).is_file()] == []


def test_every_dependency_has_its_reason_in_the_guide() -> None:
    rows = re.findall(r"^\| ([a-z0-9, -]+) \| [^|]{5,}\|", CONTRIBUTING.partition("## Dependencies")[2], re.MULTILINE)
    explained = {name for row in rows for name in row.split(", ")} - {"package"}
    assert explained == DEPENDENCIES


def test_every_dependency_is_used_and_every_import_is_declared() -> None:
    used = set()
    for file in (file for package in PACKAGES for file in (CHECKOUT / package).rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                used |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                used.add(node.module.partition(".")[0])
            elif isinstance(node, ast.Constant) and str(node.value).startswith("font_source"):
                used.add(str(node.value))
    used = {"scikit_learn" if name == "sklearn" else name for name in used}
    declared = {name.replace("-", "_") for name in DEPENDENCIES}
    assert declared - used == set(), "declared but not used"
    extras = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    declared |= {name for group in extras.values() for line in group for name in re.findall(r"[a-z]+", line)}
    with_others = {"markupsafe", "urllib3", "werkzeug", "fontTools"}
    assert used - declared - {*sys.stdlib_module_names, *PACKAGES, *with_others} == set(), (
        "imported but not declared; these four come with jinja2, requests, flask and weasyprint"
    )
