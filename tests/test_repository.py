"""The repository keeps its own rules: style, types, the one import rule, sizes, locks, nothing that names a machine."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES: list[str] = PROJECT["tool"]["mypy"]["packages"]

LONGEST_FILE = 300
SNAPSHOT_BYTES = 6_000_000

# Written so that no pattern matches itself.
MACHINE_TRACES = {
    "a path of somebody's machine": r"(?<![\w.-])/(?:work|tmp|root|home|opt|Users)/[\w.]",
    "the host of a package registry": r"(?:pypi|npmjs|pythonhosted|debian)[.](?:org|net)",
    "an option that names a registry": r"--(?:extra-)?index[-]url|--find[-]links",
}
UNFINISHED = {
    "a note to do something later": r"\b(?:TO[D]O|FIX[M]E|XX[X])\b",
    "a catch-all": r"except\s+(?:Base)?Exception\b|except\s*:",
    "a silenced type error without its name": r"#\s*type:\s*ignore(?!\[)",
    "a stub": r"NotImplemented[E]rror",
}


def _tracked(*patterns: str) -> list[Path]:
    """Files under version control."""
    command = ["git", "ls-files", "--", *patterns]
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: which files belong to the repository is unknown")
    return [CHECKOUT / line for line in listed.stdout.splitlines() if (CHECKOUT / line).is_file()]


def _found(patterns: dict[str, str], files: list[Path]) -> list[str]:
    found = []
    for file in files:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(lines, start=1):
            found += [
                f"{file.relative_to(CHECKOUT)}:{number}: {meaning}: {line.strip()[:100]}"
                for meaning, pattern in patterns.items()
                if re.search(pattern, line)
            ]
    return found


def _lock(name: str) -> dict[str, str]:
    lines = (CHECKOUT / name).read_text(encoding="utf-8").splitlines()
    pins = [line.partition(";")[0].strip(" \\") for line in lines if re.match(r"[a-z]", line)]
    return {canonicalize_name(name): version for name, _, version in (pin.partition("==") for pin in pins)}


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check"],
        ["ruff", "format", "--check"],
        ["mypy"],
        ["lint-imports", "--no-cache"],
    ],
    ids=" ".join,
)
def test_the_linters_find_nothing(command: list[str]) -> None:
    program = [BIN / command[0], *command[1:]]
    result = subprocess.run(program, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{' '.join(command)}\n{result.stdout[-3000:]}{result.stderr[-1000:]}"


def test_no_file_is_longer_than_a_person_reads() -> None:
    files = _tracked("*.py", "*.sh", "Makefile", "*.css", "*.html")
    lengths = {str(file.relative_to(CHECKOUT)): len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    too_long = {name: length for name, length in lengths.items() if length > LONGEST_FILE}
    assert not too_long, f"longer than {LONGEST_FILE} lines: {too_long}"


def test_nothing_in_the_repository_names_a_machine_or_a_registry() -> None:
    assert _found(MACHINE_TRACES, _tracked()) == []


def test_nothing_is_left_unfinished() -> None:
    assert _found(UNFINISHED, _tracked("*.py", "*.sh", "Makefile")) == []


@pytest.mark.parametrize("package", [*PACKAGES, "tools"])
def test_every_module_says_first_what_it_is_for(package: str) -> None:
    silent = [
        str(file.relative_to(CHECKOUT))
        for file in _tracked(f"{package}/*.py")
        if not file.read_text(encoding="utf-8").startswith('"""')
    ]
    assert silent == []


def test_the_embedded_snapshot_is_small() -> None:
    size = sum(file.stat().st_size for file in (CHECKOUT / "gapengine" / "data").rglob("*") if file.is_file())
    assert size <= SNAPSHOT_BYTES


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_of_a_lock_has_its_hashes(name: str) -> None:
    blocks = re.split(r"\n(?=[a-z])", (CHECKOUT / name).read_text(encoding="utf-8"))[1:]
    assert len(blocks) == len(_lock(name)) > 0
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_tests_run_with_the_versions_that_a_run_uses() -> None:
    runtime, development = (_lock(name) for name in LOCKS)
    assert runtime.items() <= development.items()


@pytest.mark.parametrize("group", ["run", "build", "dev"])
def test_the_locks_satisfy_what_the_project_declares(group: str) -> None:
    declared = PROJECT["project"]["dependencies"] if group == "run" else PROJECT["dependency-groups"][group]
    pins = _lock(LOCKS[1] if group == "dev" else LOCKS[0])
    for requirement in (Requirement(line) for line in declared if isinstance(line, str)):
        pinned = pins.get(canonicalize_name(requirement.name))
        assert pinned and requirement.specifier.contains(pinned), f"{requirement} against {pinned}: run `make lock`"


def test_continuous_integration_runs_what_the_readme_says() -> None:
    script = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in script if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["make test"]
    assert re.search(r"^make test\b", (CHECKOUT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_no_sentence_of_a_publishers_announcement_is_in_the_repository(shared_data: Path) -> None:
    texts = sorted((shared_data / "announcements" / "texts").glob("*.txt"))
    sentences = {
        sentence: text.name
        for text in texts
        for sentence in re.findall(r"[A-Z][^.!?\n]{90,}[.!?]", text.read_text(encoding="utf-8").partition("---")[2])
    }
    assert len(sentences) > 100, "the texts were not read"
    ours = "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in _tracked())
    assert [name for sentence, name in sentences.items() if sentence in ours] == []
