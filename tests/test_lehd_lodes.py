"""Commuting: flows of blocks become flows of counties, and shares of a county that belong to a core area."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import lehd_lodes
from connectors.reading import SourceError

HEAD = ",".join(lehd_lodes.COLUMNS)
HERE, NEAR, FAR, AWAY = "37063", "37135", "37183", "51059"


def line(work: str, home: str, jobs: object, block: int = 1) -> str:
    return f"{work}00010010{block:02d},{home}00020010{block:02d},{jobs},0,0,0,0,0,0,0,0,0,20250801"


def file(*lines: str) -> bytes:
    return "\n".join([HEAD, *lines, ""]).encode()


def flows(main: list[tuple[str, str, int]], aux: list[tuple[str, str, int]]) -> pd.DataFrame:
    parts = [("main", main), ("aux", aux)]
    return pd.concat(
        [
            pd.DataFrame(
                [
                    {
                        "home_county_fips": home,
                        "work_county_fips": work,
                        "job_type": "JT00",
                        "part": part,
                        "year": 2022,
                        "jobs": jobs,
                    }
                    for home, work, jobs in rows
                ]
            )
            for part, rows in parts
        ]
    )


def test_blocks_are_summed_to_counties() -> None:
    raw = file(line(HERE, HERE, 5), line(HERE, NEAR, 3, 1), line(HERE, NEAR, 4, 2), line(NEAR, HERE, 2))
    table = lehd_lodes.parse(raw, "nc_od_main_JT00_2022.csv.gz")
    pairs = table.set_index(["home_county_fips", "work_county_fips"])["jobs"].to_dict()
    assert pairs == {(HERE, HERE): 5, (NEAR, HERE): 7, (HERE, NEAR): 2}
    assert set(table["year"]) == {2022}
    assert set(table["part"]) == {"main"}


def test_a_pair_of_blocks_with_two_numbers_is_an_error_and_a_repeated_line_counts_once() -> None:
    once = lehd_lodes.parse(file(line(HERE, HERE, 5)), "nc_od_aux_JT00_2022.csv")
    twice = lehd_lodes.parse(file(line(HERE, HERE, 5), line(HERE, HERE, 5)), "nc_od_aux_JT00_2022.csv")
    pd.testing.assert_frame_equal(once, twice)
    with pytest.raises(SourceError, match="found two"):
        lehd_lodes.parse(file(line(HERE, HERE, 5), line(HERE, HERE, 6)), "nc_od_aux_JT00_2022.csv")


@pytest.mark.parametrize(
    ("bad", "where"),
    [(line(HERE, HERE, -1), 3), (line(HERE, HERE, ""), 3), (line("3706", HERE, 1), 3), ("370630001001001,1", 3)],
)
def test_a_line_that_cannot_be_is_named(bad: str, where: int) -> None:
    with pytest.raises(SourceError) as caught:
        lehd_lodes.parse(file(line(HERE, NEAR, 1), bad, line(NEAR, NEAR, 1)), "nc_od_main_JT00_2022.csv")
    assert caught.value.line == where


def test_a_file_whose_name_tells_no_year_asks_for_it() -> None:
    with pytest.raises(SourceError, match="nc_od_main_JT00_2022"):
        lehd_lodes.parse(file(line(HERE, HERE, 5)), "flows.csv")


def test_the_weight_of_a_county_is_the_share_of_its_jobs_that_the_core_holds() -> None:
    table = flows(
        [(HERE, HERE, 60), (NEAR, HERE, 30), (HERE, FAR, 20), (NEAR, FAR, 10), (FAR, FAR, 150)],
        [(AWAY, HERE, 10), (AWAY, FAR, 20)],
    )
    found = lehd_lodes.weights(table, {HERE, NEAR}).set_index("county_fips")
    assert found.loc[HERE, "jobs_weight"] == 0.9
    assert found.loc[FAR, "jobs_weight"] == 0.15
    assert found.loc[FAR, "jobs"] == 200
    assert found.loc[FAR, "workers_weight"] == 0
    assert found.loc[HERE, "workers_weight"] == 0.75


def test_without_the_homes_in_other_states_there_is_no_share() -> None:
    table = flows([(HERE, HERE, 60)], [(AWAY, HERE, 10)])
    with pytest.raises(SourceError, match="no aux"):
        lehd_lodes.weights(table.loc[table["part"] == "main"], {HERE})


PAIRS = st.lists(st.tuples(st.sampled_from([HERE, NEAR, FAR]), st.sampled_from([HERE, NEAR, FAR]), st.integers(1, 500)))


@settings(max_examples=25, deadline=None)
@given(PAIRS.filter(bool), st.sets(st.sampled_from([HERE, NEAR, FAR])))
def test_shares_of_a_core_and_of_the_rest_of_the_state_add_up(
    pairs: list[tuple[str, str, int]], core: set[str]
) -> None:
    aux = [(AWAY, pairs[0][1], 7)]
    inside = lehd_lodes.weights(flows(pairs, aux), core)
    outside = lehd_lodes.weights(flows(pairs, aux), {HERE, NEAR, FAR, AWAY} - core)
    assert inside["jobs"].sum() == sum(jobs for _, _, jobs in pairs) + 7
    assert (inside["jobs_held_from_core"] + outside["jobs_held_from_core"] == inside["jobs"]).all()
    assert (inside["workers_in_core"] + outside["workers_in_core"] == inside["workers"]).all()
    assert inside["jobs_weight"].between(0, 1).all()
