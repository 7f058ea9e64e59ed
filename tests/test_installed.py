"""The installed command: quick to answer, and itself beside folders that have the names of its packages."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
HELP_SECONDS = 0.5


def test_help_answers_at_once() -> None:
    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "gapengine", "--help"], cwd=CHECKOUT, capture_output=True, check=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime  # the machine may be busy

    assert min(seconds() for _ in range(5)) < HELP_SECONDS


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, gapengine.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CHECKOUT)
    heavy = {"numpy", "pandas", "pandera", "pyarrow", "scipy", "sklearn", "statsmodels", "weasyprint", "rich"}
    assert heavy & set(result.stdout.split()) == set()


@pytest.fixture(scope="module")
def wheel_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the built wheel is installed, and nothing of the checkout."""
    built = tmp_path_factory.mktemp("wheel")
    site = built / "site"
    steps = [
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(built)],
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--quiet",
            "--no-index",
            "--no-deps",
            "--target",
            str(site),
        ],
    ]
    subprocess.run(steps[0], cwd=CHECKOUT, check=True, capture_output=True)
    subprocess.run([*steps[1], *map(str, built.glob("*.whl"))], check=True, capture_output=True)
    return site


@pytest.fixture
def folder_of_decoys(tmp_path: Path) -> Path:
    """A folder as an analyst may have it: its own models.py, reports/ and connectors/."""
    (tmp_path / "models.py").write_text("raise ImportError('the decoy models.py was imported')\n")
    for name in ("reports", "connectors"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f"raise ImportError('the decoy {name} was imported')\n")
    return tmp_path


def test_the_built_wheel_runs_a_quarter_beside_folders_of_the_same_names(
    wheel_site: Path, folder_of_decoys: Path
) -> None:
    script = wheel_site / "bin" / "gapengine"
    environment = {**os.environ, "PYTHONPATH": str(wheel_site)}
    place = [sys.executable, "-P", "-c", "import gapengine; print(gapengine.__file__)"]
    imported = subprocess.run(place, env=environment, capture_output=True, text=True, check=True).stdout
    assert Path(imported).is_relative_to(wheel_site), "the checkout was imported, so nothing would be shown"

    command = [sys.executable, str(script), "run", "--json"]
    result = subprocess.run(command, cwd=folder_of_decoys, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr[-3000:]
    run = folder_of_decoys / json.loads(result.stdout)["run"]
    assert (run / "report.pdf").stat().st_size > 10_000


def test_the_wheel_holds_the_four_packages_and_their_files_only(wheel_site: Path) -> None:
    found = {path.name for path in wheel_site.iterdir() if not path.name.endswith(".dist-info")}
    assert found == {"bin", "gapengine", "connectors", "models", "reports"}
    for package in ("gapengine", "connectors", "models", "reports"):
        assert (wheel_site / package / "py.typed").is_file()
    assert [path for path in wheel_site.rglob("*") if path.suffix in {".csv", ".toml", ".parquet"}] != []
