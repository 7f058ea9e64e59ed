"""Employment Projections: the agency's four vintages, and workbooks whose header has changed."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from connectors import bls_projections
from connectors.reading import SourceError, excel_rows, sheet_names
from connectors.tables import TableError

FILES = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "official" / "ep"
RECORDING = Path(__file__).resolve().parent / "recordings/bls_projections/parse_projections/occupation_2024_34.xlsx"
official = pytest.mark.skipif(not FILES.is_dir(), reason="the agencies' files (../shared/data/official) are not here")

VINTAGES = {
    "2016_26": (156_063_800, 18_742_000, 1_091),
    "2022_32": (164_482_600, 18_566_500, 1_113),
    "2023_33": (167_849_800, 19_174_800, 1_113),
    "2024_34": (169_956_100, 18_863_300, 1_113),
}


def workbook(vintage: str) -> Path:
    return FILES / f"occupation_{vintage}.xlsx"


def total(table: pd.DataFrame) -> pd.Series:
    return table.loc[table["soc_code"] == "00-0000"].iloc[0]


def edited(change: Callable[[str], str]) -> bytes:
    """The recording with every text cell of Table 1.2 passed through ``change``."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for title in sheet_names(RECORDING, RECORDING.name):
            sheet = book.add_worksheet(title)
            for at, row in enumerate(excel_rows(RECORDING, RECORDING.name, sheet=title)):
                for column, cell in enumerate(row):
                    is_target = title == "Table 1.2" and isinstance(cell, str)
                    sheet.write(at, column, change(cell) if is_target else cell)
    return stream.getvalue()


@official
@pytest.mark.parametrize("vintage", VINTAGES)
def test_every_vintage_gives_the_printed_totals_in_jobs(vintage: str) -> None:
    employment, openings, rows = VINTAGES[vintage]
    table = bls_projections.parse_projections(workbook(vintage), vintage)
    assert len(table) == rows
    assert total(table)["employment_base"] == employment
    assert total(table)["openings"] == openings
    assert total(table)["base_year"] == int(vintage[:4])
    assert total(table)["target_year"] == int(vintage[:4]) + 10


@official
@pytest.mark.parametrize("vintage", VINTAGES)
def test_line_items_add_up_to_the_total_and_say_their_entry_education(vintage: str) -> None:
    table = bls_projections.parse_projections(workbook(vintage), vintage)
    items = table.loc[table["occupation_type"] == "Line item"]
    assert items["employment_base"].sum() == pytest.approx(total(table)["employment_base"], rel=1e-4)
    assert items["entry_education"].notna().all()
    assert items["entry_education"].nunique() == 8


@official
def test_a_dash_and_a_top_coded_wage_are_unknown_and_not_zero() -> None:
    table = bls_projections.parse_projections(workbook("2024_34"), "2024_34").set_index("soc_code")
    assert table["self_employed_share"].isna()["11-1031"]
    assert table["median_wage_usd"].isna()["29-1249"]
    assert (table["median_wage_usd"].dropna() > 10_000).all()


@official
@pytest.mark.parametrize("vintage", VINTAGES)
def test_separations_are_exits_and_transfers_and_with_growth_give_openings(vintage: str) -> None:
    table = bls_projections.parse_separations(workbook(vintage), vintage)
    projected = bls_projections.parse_projections(workbook(vintage), vintage)
    items = table.loc[table["occupation_type"] == "Line item"]
    assert items["exits"].sum() == pytest.approx(total(table)["exits"], rel=2e-3)
    assert items["transfers"].sum() == pytest.approx(total(table)["transfers"], rel=2e-3)
    national = total(projected)
    growth = (national["employment_target"] - national["employment_base"]) / 10
    assert total(table)["exits"] + total(table)["transfers"] + growth == pytest.approx(national["openings"], abs=200)


@official
def test_the_total_of_2024_34_is_the_agencys() -> None:
    row = total(bls_projections.parse_separations(workbook("2024_34"), "2024_34"))
    assert (row["exit_rate"], row["transfer_rate"]) == (0.047, 0.059)
    assert (row["exits"], row["transfers"], row["openings"]) == (8_155_000, 10_187_100, 18_863_300)


@official
@pytest.mark.parametrize(("vintage", "rows"), [("2016_26", 820), ("2022_32", 833)])
def test_attainment_adds_up_to_one_and_titles_have_no_footnote_marks(vintage: str, rows: int) -> None:
    table = bls_projections.parse_attainment(workbook(vintage), vintage)
    assert len(table) == rows
    levels = table.columns[3:]
    assert table[levels].sum(axis=1).sub(1).abs().max() < 0.003
    assert not table["soc_title"].str.contains(r"\(\d\)").any()
    assert "Chief executives" in set(table["soc_title"])


@official
def test_a_workbook_without_attainment_says_where_the_table_is() -> None:
    with pytest.raises(SourceError, match=r"educational attainment .* education\.xlsx"):
        bls_projections.parse_attainment(workbook("2024_34"), "occupation_2024_34.xlsx")


@official
def test_the_web_export_agrees_with_the_workbook() -> None:
    path = FILES / "occupation_web_export_2024_34.csv"
    export = bls_projections.parse_web_export(path, path.name).set_index("soc_code")
    book = bls_projections.parse_projections(workbook("2024_34"), "2024_34").set_index("soc_code").loc[export.index]
    assert len(export) == 832
    for column in ("employment_base", "employment_target", "openings"):
        pd.testing.assert_series_equal(export[column], book[column])
    assert (export["entry_education"] == book["entry_education"]).all()


def test_a_renamed_column_is_named_with_the_sheets_row() -> None:
    reply = edited(lambda cell: cell.replace("Occupational openings", "Vacancies"))
    with pytest.raises(SourceError, match=r"occupation\.xlsx, line 2, column 'openings'.*vacancies") as caught:
        bls_projections.parse_projections(reply, "occupation.xlsx")
    assert caught.value.column == "openings"


def test_labels_swapped_over_their_figures_break_the_tables_bounds() -> None:
    first, second = "Percent self employed, 2024", "Occupational openings, 2024–34 annual average"
    labels = {first: second, second: first}
    with pytest.raises(TableError, match=r"'self_employed_share' row 0: 1\.187"):
        bls_projections.parse_projections(edited(lambda cell: labels.get(cell, cell)), "occupation.xlsx")


def test_a_code_out_of_form_is_an_error_and_not_a_lost_row() -> None:
    with pytest.raises(TableError, match=r"soc_code.*29-129\b"):
        bls_projections.parse_projections(
            edited(lambda cell: "29-129" if cell == "29-1292" else cell), "occupation.xlsx"
        )


def test_a_word_where_a_number_belongs_is_named_with_its_row() -> None:
    with pytest.raises(SourceError, match=r"line 5, column 'median_wage_usd'.*'about a lot'"):
        bls_projections.parse_projections(
            edited(lambda cell: "about a lot" if cell.startswith(">=") else cell), "occupation.xlsx"
        )


def test_a_workbook_without_the_table_names_its_sheets() -> None:
    separations = RECORDING.parents[1] / "parse_separations" / "occupation_2024_34.xlsx"
    with pytest.raises(SourceError, match=r"'Table 1\.2', found Index, Table 1\.1, Table 1\.10"):
        bls_projections.parse_projections(separations, separations.name)


def test_a_workbook_with_neither_attainment_table_says_where_it_is() -> None:
    with pytest.raises(SourceError, match=r"educational attainment .* education\.xlsx"):
        bls_projections.parse_attainment(RECORDING, RECORDING.name)
