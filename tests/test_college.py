"""The college's folder: what it says about Durham Tech, and how a wrong file is refused."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from gapengine import assumptions as settings
from gapengine import college as module
from gapengine.errors import UsageError
from gapengine.figures import Assumed, Known, Unknown
from tests.college_folder import set_cell

DURHAM = module.load()
DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
OFFICIAL = DATA / "official"
needs_data = pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the agencies' files (shared/data/official) are not here")
LEVELS = {20: "certificate", 21: "certificate", 2: "diploma", 3: "associate"}


@pytest.fixture
def folder(tmp_path):
    """A copy of the embedded college, to be broken."""
    return module.init(tmp_path / "college")


def test_the_embedded_college_is_durham_tech():
    assert (DURHAM.name, DURHAM.unit_id, DURHAM.state_fips) == ("Durham Technical Community College", "198455", "37")
    assert DURHAM.sectors[0].sector_id == "biotechnology"


# ---------------------------------------------------------------------------------------------------- one geography


def test_the_labor_shed_counts_durham_in_full_and_raleigh_at_the_assumed_weight():
    weights = DURHAM.county_weights("shed")
    assert {weights[county] for county in ("37063", "37135", "37037", "37145")} == {1.0}
    assert {weights[county] for county in ("37183", "37101", "37069")} == {0.25}
    assert set(DURHAM.county_weights("region").values()) == {1.0}


@examples(max_examples=15, deadline=None)
@given(weight=st.floats(0.10, 0.40), market=st.sampled_from(["shed", "region", "state"]))
def test_openings_and_completers_of_a_county_enter_at_one_weight(weight, market):
    college = module.load(None, settings.load().override([f"labor_shed.outer_weight={weight!r}"]))
    counties, areas = college.county_weights(market), college.area_weights(market)
    for area in college.areas:
        assert {counties[county] for county in area.counties} == {areas[area.area_code]}
    assert counties["37183"] == (weight if market == "shed" else 1.0)


def test_a_weight_says_which_assumption_it_comes_from():
    assert [area.assumption for area in DURHAM.areas] == ["", "labor_shed.outer_weight"]


def test_an_unknown_market_is_refused():
    with pytest.raises(UsageError, match="market 'county' is unknown"):
        DURHAM.county_weights("county")


def test_a_program_that_hardly_any_institution_offers_serves_the_state():
    table = pd.DataFrame({"cip_code": ["51.1801", "15.0401", "51.3801"], "institutions_any_level": [2, 4, 60]})
    markets = DURHAM.markets({"state_completions": table}, settings.load())
    found = dict(zip([program.program_id for program in DURHAM.programs], markets, strict=True))
    assert found["opticianry-aas"] == "state"
    assert found["biomedical-equipment-technology-aas"] == "region"
    assert found["nursing-aas"] == "shed"
    assert found["biowork"] == "shed", "stated, whatever the count"


# ----------------------------------------------------------------------------------------- programs and their traps


def test_biotechnology_feeds_technicians_and_operators_not_managers():
    for program_id in ("biotechnology-aas", "biowork"):
        program = DURHAM.program(program_id)
        assert "51-9011" in program.add_soc
        assert program.map_reason
    degree = DURHAM.program("biotechnology-aas")
    assert {"19-4021", "19-4031"} <= set(degree.add_soc)
    assert {"11-9121", "25-1042"} <= set(degree.drop_soc)


def test_clinical_research_no_longer_leads_to_administrators_only():
    for level in ("certificate", "aas"):
        program = DURHAM.program(f"clinical-trials-research-associate-{level}")
        assert {"11-9033", "11-9111", "11-9199"} <= set(program.drop_soc)
        assert len(program.add_soc) >= 3


def test_information_technology_feeds_support_not_research_scientists():
    for level in ("certificate", "diploma", "aas"):
        program = DURHAM.program(f"information-technology-{level}")
        assert {"15-1231", "15-1232"} <= set(program.add_soc)
        assert "15-1221" in program.drop_soc


def test_transfer_programs_are_told_from_career_programs():
    transfer = {program.cip_code for program in DURHAM.programs if program.is_transfer}
    assert transfer == {"14.0102", "24.0101", "24.0199", "51.1105"}


def test_non_credit_completers_are_a_range_or_unknown_and_never_zero():
    non_credit = [program for program in DURHAM.programs if program.award_level == "noncredit"]
    assert {"biowork", "nurse-aide-noncredit", "emergency-medical-technician-noncredit"} <= {
        program.program_id for program in non_credit
    }
    assert DURHAM.program("biowork").completers_range == (25, 150)
    for program in non_credit:
        assert isinstance(program.completers, Assumed | Unknown)
        assert program.completers_range is None or program.completers_range[0] > 0


def test_short_awards_stack_into_a_higher_award_of_the_college():
    rank = {"noncredit": 0, "certificate": 1, "diploma": 2, "associate": 3}
    stacked = [program for program in DURHAM.programs if program.stacks_into]
    assert len(stacked) > 20
    for program in stacked:
        assert rank[DURHAM.program(program.stacks_into).award_level] > rank[program.award_level]


def test_every_number_of_a_program_is_known_assumed_or_unknown():
    for program in DURHAM.programs:
        assert {figure.standing for figure in program.figures.values()} <= {"known", "assumed", "unknown"}
        assert program.cost_per_section_usd.standing == "assumed", "no cost of the college is public"
        assert isinstance(program.clinical_places, Unknown)
    assert DURHAM.program("biowork").cost_per_section_usd.assumption == "capacity.cost_per_section_usd.noncredit"


def test_what_the_college_states_is_known_and_no_longer_assumed(folder):
    set_cell(folder, "nursing-aas", cost_per_section_usd="180000", seats="80", completion_rate="0.71")
    nursing = module.load(folder).program("nursing-aas")
    assert isinstance(nursing.cost_per_section_usd, Known)
    assert (nursing.seats.value, nursing.completion_rate.value) == (80, 0.71)
    assert "nursing" in nursing.seats.address or nursing.seats.address.startswith("http")


def test_a_program_without_a_cost_takes_the_run_s_assumption():
    changed = settings.load().override(["capacity.cost_per_section_usd.associate=60000"])
    assert module.load(None, changed).program("nursing-aas").cost_per_section_usd.value == 60000


def test_an_unknown_program_offers_the_nearest():
    with pytest.raises(UsageError, match="nursing-aas"):
        DURHAM.program("nursing-aa")


@needs_data
def test_the_programs_are_those_with_awards_in_2023_or_2024_and_the_new_one():
    parts = [pd.read_parquet(OFFICIAL / "ipeds" / f"c{year}_a.parquet") for year in (2023, 2024)]
    awards = pd.concat(parts)
    own = awards[
        (awards["UNITID"].astype(str) == DURHAM.unit_id) & (awards["CIPCODE"] != "99") & (awards["CTOTALT"] > 0)
    ]
    reported = {(cip, LEVELS[int(level)]) for cip, level in zip(own["CIPCODE"], own["AWLEVEL"], strict=True)}
    listed = [(p.cip_code, p.award_level) for p in DURHAM.programs if p.award_level != "noncredit"]
    assert len(set(listed)) == len(listed)
    assert set(listed) == reported | {("26.1201", "associate")}


@needs_data
def test_added_occupations_exist_and_dropped_ones_are_official_pairs():
    pairs = pd.read_csv(OFFICIAL / "cip_soc" / "CIP2020_SOC2018_Crosswalk.csv", dtype=str, encoding="utf-8-sig")
    pairs["CIP2020Code"] = pairs["CIP2020Code"].str.replace(r'[="]', "", regex=True)
    official = pairs.groupby("CIP2020Code")["SOC2018Code"].agg(set).to_dict()
    sheet = pd.read_excel(
        OFFICIAL / "ep" / "occupation_2024_34.xlsx", sheet_name="Table 1.2", header=1, engine="calamine"
    )
    matrix = set(sheet.loc[sheet["Occupation type"] == "Line item", "2024 National Employment Matrix code"])
    for program in DURHAM.programs:
        known = official.get(program.cip_code, set())
        assert set(program.add_soc) <= matrix, program.program_id
        assert not set(program.add_soc) & known, program.program_id
        assert set(program.drop_soc) <= known, program.program_id
    assert {name.split(".")[0] for name in settings.load().group("licensure")} <= matrix


# --------------------------------------------------------------------------------------------------- the other files


def test_money_and_facts_carry_their_address():
    assert sum(fund.amount_usd or 0 for fund in DURHAM.funding if fund.fund_id.startswith("county-bond")) == 109_200_000
    for record in (*DURHAM.funding, *DURHAM.commitments):
        assert record.source_address.startswith("http"), record
    for pipeline in DURHAM.pipelines:
        assert pipeline.source_address or pipeline.entrants is None, pipeline
    for indicator in DURHAM.indicators:
        assert indicator.source_address or isinstance(indicator.figure, Unknown), indicator


def test_a_limit_that_is_not_public_is_assumed_with_a_range_or_unknown():
    for limit in (*DURHAM.profile.budget.values(), *DURHAM.profile.limits.values()):
        assert limit.figure.standing in ("assumed", "unknown")
        assert len(limit.why) > 8
    for outcome in DURHAM.profile.outcomes.values():
        assert isinstance(outcome.figure, Known)


def test_indicators_have_definition_unit_and_owner():
    assert 8 <= len(DURHAM.indicators) <= 14, "the same few"
    owners = {indicator.owner for indicator in DURHAM.indicators}
    assert {"Made in Durham", "Durham Public Schools", "Durham Technical Community College"} <= owners


def test_another_sector_is_configuration(folder):
    with (folder / "college.toml").open("a", encoding="utf-8") as stream:
        stream.write(
            '\n[[sectors]]\nsector_id = "metal"\ntitle = "Metal"\nnaics_codes = ["332"]\n'
            'programs = ["welding-certificate"]\n'
        )
    assert module.load(folder).sectors[-1].programs == ("welding-certificate",)


# --------------------------------------------------------------------------------------------------- copying, hashing


def test_init_copies_a_folder_that_loads_to_the_same_college(folder):
    assert module.load(folder) == DURHAM


def test_init_overwrites_nothing(folder):
    (folder / "programs.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="nothing was written"):
        module.init(folder)
    assert (folder / "programs.csv").read_text(encoding="utf-8") == "mine"


def test_any_changed_file_changes_the_hash(folder):
    for name in module.FILES:
        before = module.load(folder).sha256
        with (folder / name).open("a", encoding="utf-8") as stream:
            stream.write("\n# a note\n")
        assert module.load(folder).sha256 != before, name
