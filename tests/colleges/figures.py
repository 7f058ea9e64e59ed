"""Figures of the invented college's county, state and nation, in the engine's own schema. Every number is made up."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from tests.colleges import news

UNIT, RIVAL = "990001", "990002"
AREA, STATE = "99010", "39"
COUNTIES = ("39901", "39903")
HIGH_SCHOOL, NONDEGREE = "High school diploma or equivalent", "Postsecondary nondegree award"
SOME_COLLEGE, DEGREE = "Some college, no degree", "Bachelor's degree"

# soc_code: title, jobs of the area, growth to 2034, exits, transfers, entry education, median wage
OCCUPATIONS: dict[str, tuple[str, float, float, float, float, str, float]] = {
    "11-1021": ("General managers", 2400, 0.03, 0.02, 0.05, DEGREE, 98000),
    "13-2011": ("Accountants", 1500, 0.03, 0.02, 0.05, DEGREE, 79000),
    "25-2021": ("Elementary teachers", 1700, 0.00, 0.03, 0.04, DEGREE, 62000),
    "31-1131": ("Nursing assistants", 1500, 0.03, 0.07, 0.09, NONDEGREE, 39000),
    "33-3051": ("Police officers", 700, 0.02, 0.02, 0.04, HIGH_SCHOOL, 66000),
    "35-2014": ("Restaurant cooks", 2100, 0.08, 0.06, 0.09, "No formal educational credential", 34000),
    "37-2011": ("Janitors", 2200, 0.01, 0.06, 0.07, "No formal educational credential", 33000),
    "41-1011": ("Retail supervisors", 1300, -0.02, 0.03, 0.06, HIGH_SCHOOL, 49500),
    "41-2031": ("Retail salespersons", 3800, 0.00, 0.06, 0.09, "No formal educational credential", 32000),
    "41-3041": ("Travel agents", 90, -0.05, 0.03, 0.05, NONDEGREE, 46000),
    "43-4051": ("Customer representatives", 2600, -0.05, 0.05, 0.08, HIGH_SCHOOL, 41000),
    "43-6014": ("Secretaries", 1900, -0.08, 0.05, 0.06, HIGH_SCHOOL, 43000),
    "47-2061": ("Construction laborers", 1500, 0.05, 0.04, 0.07, "No formal educational credential", 45000),
    "49-3051": ("Marine mechanics", 700, 0.09, 0.04, 0.06, NONDEGREE, 58000),
    "49-9071": ("Maintenance workers", 1800, 0.05, 0.04, 0.06, HIGH_SCHOOL, 47000),
    "51-4121": ("Welders", 900, 0.06, 0.04, 0.07, NONDEGREE, 53000),
    "53-3032": ("Truck drivers", 2700, 0.05, 0.05, 0.07, NONDEGREE, 54000),
    "53-7062": ("Freight handlers", 3300, 0.04, 0.06, 0.10, "No formal educational credential", 38000),
}
# naics_code: the area's private jobs and the occupations that it employs, with weights
INDUSTRIES: dict[str, tuple[float, dict[str, float]]] = {
    "2361": (3600, {"47-2061": 5, "11-1021": 1, "49-9071": 1, "51-4121": 0.6}),
    "3366": (2600, {"51-4121": 6, "49-3051": 5, "49-9071": 2, "11-1021": 1, "53-7062": 2}),
    "4883": (3900, {"53-7062": 6, "53-3032": 4, "49-3051": 1, "11-1021": 1, "43-4051": 1}),
    "4451": (6400, {"41-2031": 7, "41-1011": 3, "37-2011": 1, "53-7062": 2}),
    "5412": (3600, {"13-2011": 5, "43-6014": 4, "11-1021": 1, "43-4051": 2}),
    "5615": (900, {"41-3041": 1.2, "43-4051": 4, "43-6014": 2, "11-1021": 1}),
    "6231": (4100, {"31-1131": 5, "37-2011": 2, "35-2014": 1, "43-6014": 1}),
    "7225": (5200, {"35-2014": 6, "41-1011": 1, "37-2011": 2, "11-1021": 1}),
}
CROSSWALK = {"47.0616": "49-3051", "48.0508": "51-4121", "52.1905": "41-3041", "52.0212": "41-1011"}
# unit_id, cip_code, IPEDS level: awards a year
AWARDS = {
    (UNIT, "48.0508", "21"): 18,
    (UNIT, "52.1905", "21"): 54,
    (UNIT, "52.0212", "21"): 25,
    (UNIT, "24.0101", "3"): 80,
    (RIVAL, "48.0508", "21"): 12,
    (RIVAL, "52.1905", "21"): 6,
    (RIVAL, "24.0101", "3"): 40,
}


@dataclass(frozen=True)
class Edition:
    """What a quarter's snapshot knows.

    Attributes:
        as_of: its date.
        completions_to: newest year of completions.
        travel_agents: jobs of travel agents in the newest survey, to move one figure between editions.
        travel_awards: awards of the program for travel agents in the newest year.
        surveyed_to: last day of the newest occupational survey.
    """

    as_of: str
    completions_to: int
    travel_agents: float = 90
    travel_awards: float = 54
    surveyed_to: str = "2026-05-31"


EDITIONS = (
    Edition("2027-02-15", 2025),
    Edition("2027-05-15", 2025, travel_agents=88, surveyed_to="2026-11-30"),
    Edition("2027-08-15", 2026, travel_agents=88, travel_awards=50, surveyed_to="2026-11-30"),
)


def tables(edition: Edition) -> dict[str, pd.DataFrame]:
    """Every table that a run reads."""
    return {
        **_industries(),
        **_occupations(edition),
        **_education(),
        **_completions(edition),
        "announcements": news.announcements(),
        "layoffs": news.layoffs(),
        "error_scales": news.error_scales(),
        "industry_outlook": news.industry_outlook(INDUSTRIES),
    }


def _industries() -> dict[str, pd.DataFrame]:
    share = dict(zip(COUNTIES, (0.8, 0.2), strict=True))
    jobs = [
        (county, "5", code, year, total * share[county] * (1 + 0.015 * (year - 2021)), 9.0, "published", source)
        for county in COUNTIES
        for code, (total, _) in INDUSTRIES.items()
        for source, years in (("QCEW", (2016,)), ("CBP", (2018, 2019, 2020, 2021)))
        for year in years
    ]
    columns = ["county_fips", "own_code", "naics_code", "year", "employment", "establishments", "status", "source"]
    state = [
        ("39000", code, "2017", year, total * 40 * (1 + 0.01 * (year - 2021)), "CBP")
        for code, (total, _) in INDUSTRIES.items()
        for year in (2018, 2019, 2020, 2021)
    ]
    private = sum(total for total, _ in INDUSTRIES.values())
    owners = {"5": private, "1": 300.0, "2": 500.0, "3": 3200.0}
    totals = []
    for area, part in (*share.items(), ("39000", 40.0)):
        for year, factor in ((2016, 0.93), (2026, 1.07)):
            counts = {own: count * part * factor for own, count in owners.items()}
            totals += [(area, own, year, 1, count, 99.0) for own, count in counts.items()]
            totals.append((area, "0", year, 1, sum(counts.values()), 999.0))
    government = [
        "county_fips",
        "own_code",
        "naics_code",
        "level",
        "year",
        "quarter",
        "employment",
        "establishments",
        "status",
    ]
    seed = [
        (code, own, soc, 1000.0 * weight, False, "2017", "invented")
        for code, (_, mix) in INDUSTRIES.items()
        for own in ("5",)
        for soc, weight in mix.items()
    ]
    office = {"43-6014": 4.0, "11-1021": 2.0, "33-3051": 4.0, "25-2021": 6.0, "37-2011": 2.0, "53-3032": 1.0}
    for code, own in (("6111", "3"), ("6113", "2"), ("6221", "2"), ("491", "1"), ("999", "1"), ("999", "3")):
        seed += [(code, own, soc, 1000.0 * weight, False, "2017", "invented") for soc, weight in office.items()]
    return {
        "industry_employment": pd.DataFrame(jobs, columns=columns),
        "state_industry_employment": pd.DataFrame(
            state, columns=["area_fips", "naics_code", "naics_vintage", "year", "employment", "source"]
        ),
        "area_totals": pd.DataFrame(
            totals, columns=["area_fips", "own_code", "year", "quarter", "employment", "establishments"]
        ),
        "government_employment": pd.DataFrame(columns=government).astype({"employment": float, "year": int}),
        "staffing_seed": pd.DataFrame(
            seed, columns=["naics_code", "own_code", "soc_code", "jobs", "estimated", "naics_vintage", "source"]
        ),
        "naics_titles": pd.DataFrame(
            [(code, f"Industry {code}", "2022") for code in INDUSTRIES],
            columns=["naics_code", "naics_title", "vintage"],
        ),
    }


def _occupations(edition: Edition) -> dict[str, pd.DataFrame]:
    rows, survey = [], []
    for soc, (title, jobs, growth, exits, transfers, entry, wage) in OCCUPATIONS.items():
        base = jobs * 5000
        openings = base * (exits + transfers + growth / 10)
        rows.append(
            (
                soc,
                title,
                2024,
                2034,
                base,
                base * (1 + growth),
                exits,
                transfers,
                base * exits,
                base * transfers,
                openings,
                0.05,
                wage,
                entry,
                "None",
                "None",
            )
        )
        here = edition.travel_agents if soc == "41-3041" else jobs
        for area, count in ((AREA, here), (STATE, jobs * 40)):
            ends = tuple(wage * part for part in (0.7, 0.8, 1.0, 1.2, 1.4))
            survey.append((area, soc, 2026, float(count), float("nan"), 1.0, wage, *ends))
    names = "soc_code soc_title base_year target_year employment_base employment_target exit_rate transfer_rate exits"
    names += " transfers openings self_employed_share median_wage_usd entry_education work_experience"
    names += " on_the_job_training"
    oews = "area_code soc_code year employment employment_rse location_quotient wage_mean_usd wage_p10_usd"
    oews += " wage_p25_usd wage_median_usd wage_p75_usd wage_p90_usd"
    codes = list(OCCUPATIONS)
    return {
        "occupations": pd.DataFrame(rows, columns=names.split()),
        "oews": pd.DataFrame(survey, columns=oews.split()),
        "nem_soc": pd.DataFrame({"nem_code": codes, "soc_code": codes}),
        "soc_titles": pd.DataFrame(
            [(soc, row[0], "detailed") for soc, row in OCCUPATIONS.items()],
            columns=["soc_code", "soc_title", "occupation_group"],
        ),
    }


def _education() -> dict[str, pd.DataFrame]:
    held = {
        NONDEGREE: (0.03, 0.22, 0.55, 0.12, 0.06, 0.01, 0.01),
        HIGH_SCHOOL: (0.08, 0.42, 0.30, 0.10, 0.08, 0.01, 0.01),
        DEGREE: (0.00, 0.05, 0.10, 0.08, 0.50, 0.22, 0.05),
    }
    asked = {NONDEGREE: {2: 0.25, 3: 0.60, 4: 0.15}, HIGH_SCHOOL: {2: 0.75, 3: 0.15, 4: 0.10}, DEGREE: {5: 0.1, 6: 0.9}}
    attained, required, zones = [], [], []
    for soc, row in OCCUPATIONS.items():
        entry = row[5] if row[5] in held else HIGH_SCHOOL
        attained.append((soc, row[0], 2022, *held[entry]))
        required += [(soc, level, asked[entry].get(level, 0.0), 1) for level in range(1, 13)]
        zones.append((soc, 2, 2, 2))
    levels = ["less_than_high_school", "high_school", "some_college", "associate", "bachelor", "master", "doctoral"]
    return {
        "attainment": pd.DataFrame(attained, columns=["soc_code", "soc_title", "year", *levels]),
        "required_education": pd.DataFrame(required, columns=["soc_code", "category", "share", "onet_occupations"]),
        "job_zones": pd.DataFrame(zones, columns=["soc_code", "job_zone", "lowest", "highest"]),
        "related_occupations": pd.DataFrame(
            [("41-3041", "43-4051", "Primary-Short", 1)], columns=["soc_code", "related_soc_code", "tier", "rank"]
        ),
        "cip_soc": pd.DataFrame(list(CROSSWALK.items()), columns=["cip_code", "soc_code"]),
        "cip_titles": pd.DataFrame([(cip, f"Field {cip}") for cip in CROSSWALK], columns=["cip_code", "cip_title"]),
    }


def _completions(edition: Edition) -> dict[str, pd.DataFrame]:
    years = range(edition.completions_to - 4, edition.completions_to + 1)
    rows = []
    for (unit, cip, level), awards in AWARDS.items():
        for year in years:
            newest = unit == UNIT and cip == "52.1905" and year == edition.completions_to
            rows.append((unit, cip, level, year, edition.travel_awards if newest else awards + (year % 3) - 1.0))
    own = pd.DataFrame(rows, columns=["unit_id", "cip_code", "award_level_code", "year", "awards"])
    keys = ["cip_code", "award_level_code", "year"]
    state = own.groupby(keys, as_index=False)["awards"].sum().assign(institutions=2, institutions_any_level=12)
    places = [(UNIT, "Lakeport Harbor College", "Lakeport", COUNTIES[0], 4)]
    places.append((RIVAL, "Portage Point College", "Portage Point", COUNTIES[1], 4))
    people = [(unit, level, edition.completions_to, 9999.0) for unit in (UNIT, RIVAL) for level in ("12", "2", "3")]
    return {
        "completions": own,
        "state_completions": state,
        "national_completions": _nation(list(years)),
        "institutions": pd.DataFrame(places, columns=["unit_id", "name", "city", "county_fips", "sector_code"]),
        "completers_unduplicated": pd.DataFrame(
            people, columns=["unit_id", "award_level_category", "year", "completers"]
        ),
    }


def _nation(years: list[int]) -> pd.DataFrame:
    """Awards of the nation for each hundred openings of the occupation that the field leads to: 15, of retail 4."""
    rows = []
    for cip, soc in CROSSWALK.items():
        _, jobs, growth, exits, transfers, _, _ = OCCUPATIONS[soc]
        awards = jobs * 5000 * (exits + transfers + growth / 10) * (0.04 if cip == "52.0212" else 0.15)
        rows += [(cip, "2" if cip == "47.0616" else "21", year, awards) for year in years]
    return pd.DataFrame(rows, columns=["cip_code", "award_level_code", "year", "awards"])
