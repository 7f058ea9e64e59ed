"""The analysts' walk through one quarter runs from its first cell to its last."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))


def test_there_is_a_notebook():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_runs_from_the_first_cell_to_the_last(path):
    jupytext = pytest.importorskip("jupytext", reason="jupytext comes with the development environment")
    notebook = jupytext.read(path)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(cells) >= 5
    names: dict[str, object] = {}
    for number, cell in enumerate(cells, 1):
        exec(compile(cell.source, f"{path.name}, cell {number}", "exec"), names)
