"""What a college states of its sections, limits and money: known where stated, assumed or unknown where not."""

import re

import pytest

from gapengine import assumptions as settings
from gapengine import college as module
from gapengine.errors import DataContract
from gapengine.figures import Assumed, Known, Unknown
from tests.college_folder import change


@pytest.fixture
def folder(tmp_path):
    """A copy of the embedded college, to be changed."""
    return module.init(tmp_path / "college")


def add(folder, file, line):
    """Append a line to one of the folder's files."""
    with (folder / file).open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")


def test_no_number_of_the_embedded_college_about_money_or_sections_passes_as_known():
    for program in module.load().programs:
        for name in ("start_cost_usd", "launch_cost_usd", "coaches_per_section", "cohorts_per_year", "teach_out_terms"):
            assert isinstance(program.figures[name], Assumed), name
        for name in ("sections", "placement_rate", "fte_per_section"):
            assert isinstance(program.figures[name], Unknown), name


def test_a_stated_number_is_known_and_wins_over_the_assumption(folder):
    add(folder, "capacity.csv", "nursing-aas,1,150000,,0.4,38,0.93,tier-1a,6,30000,,")
    nursing = module.load(folder).program("nursing-aas")
    assert nursing.start_cost_usd == Known(150000, "capacity.csv, nursing-aas")
    assert nursing.placement_rate.value == 0.93
    assert nursing.funding_tier == "tier-1a"
    assert isinstance(nursing.launch_cost_usd, Assumed), "a blank cell stays assumed"


def test_sections_and_seats_come_from_the_newest_year_of_terms(folder):
    for line in ("2024,fall,9,90,80", "2025,fall,2,50,45", "2025,spring,2,46,39"):
        add(folder, "sections.csv", f"nursing-aas,{line},,,")
    nursing = module.load(folder).program("nursing-aas")
    assert (nursing.sections.value, nursing.seats.value) == (2, 50)
    assert nursing.seats_per_section.value == 24
    assert nursing.fill_rate.value == pytest.approx(84 / 96)
    assert "sections.csv" in nursing.fill_rate.address


def test_a_folder_without_the_optional_files_is_read_and_has_another_hash(folder):
    whole = module.load(folder)
    for name in module.college_capacity.FILES:
        (folder / name).unlink()
    bare = module.load(folder)
    assert bare.capacity == module.Capacity()
    assert bare.programs == whole.programs, "what the embedded files state of single programs is nothing but limits"
    assert bare.sha256 != whole.sha256


def test_the_newest_stated_rate_of_a_tier_counts_and_a_blank_is_no_rate(folder):
    assert module.load(folder).capacity.rate("tier-1a") is None
    for line in ("tier-1a,2024,4100,,", "tier-1a,2026,4400,,", "tier-1a,2027,,,"):
        add(folder, "rates.csv", line)
    assert module.load(folder).capacity.rate("tier-1a").usd_per_fte == 4400


def test_money_may_be_free_for_some_programs_and_a_limit_may_differ_by_quarter(folder):
    add(folder, "funding.csv", "lab,Foundation,90000,one_time,Laboratories,2026,,,,60000,,,biowork;biotechnology-aas")
    change(
        folder, "college.toml", 'unit = "students at once"', 'unit = "students at once"\nby_quarter = { 2027Q3 = 12 }'
    )
    found = module.load(folder)
    assert (found.funding[-1].free_usd, found.funding[-1].programs) == (60000, ("biowork", "biotechnology-aas"))
    assert found.funding[-1].free.standing == "known"
    assert isinstance(found.funding[0].free, Unknown)
    assert found.profile.limits["clinical_places"].by_quarter == {"2027Q3": 12}


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("capacity.csv", "nursing-as,,,,,,,,,,,", "Did you mean 'nursing-aas'"),
        ("capacity.csv", "nursing-aas,,,,,,1.2,,,,,", "column placement_rate: found '1.2'"),
        ("capacity.csv", "nursing-aas,,,,,,,tier-9,,,,", "column funding_tier: found 'tier-9'"),
        ("uses.csv", "nursing-aas,clinical_place,,,", "Did you mean 'clinical_places'"),
        ("sections.csv", "nursing-aas,2025,autumn,1,20,18,,,", "column term: found 'autumn'"),
        ("shared.csv", "nursing-aas,nursing,courses,0.5,,", "Did you mean 'nursing-aas'"),
        ("equity.csv", "nursing-aas,2025,,10,,,", "column group: found ''"),
        ("rates.csv", "tier-2,25,100,,", "column year: found '25'"),
    ],
)
def test_a_wrong_line_is_refused_with_its_place(folder, file, line, message):
    add(folder, file, line)
    with pytest.raises(DataContract, match=re.escape(message)) as raised:
        module.load(folder)
    assert re.match(rf"{file}, line \d+, ", str(raised.value))


def test_an_assumption_of_capacity_can_be_replaced_for_a_run():
    changed = settings.load().override(["capacity.launch_cost_usd.associate=200000"])
    assert module.load(None, changed).program("biotechnology-aas").launch_cost_usd.value == 200000
