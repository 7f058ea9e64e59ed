"""What a college's folder holds, one frozen record per row: programs, pipelines, funds, commitments, indicators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from gapengine.figures import Assumed, Figure, Known, Unknown

AwardLevel = Literal["certificate", "diploma", "associate", "noncredit"]
Kind = Literal["career", "transfer", "noncredit"]
Market = Literal["auto", "shed", "region", "state", "nation"]


def blank(value: Any) -> Any:
    """Read an empty cell as unknown."""
    return None if value == "" else value


def _codes(value: Any) -> Any:
    return tuple(part.strip() for part in value.split(";") if part.strip()) if isinstance(value, str) else value


def _address(value: str) -> str:
    if value and not re.match(r"https?://\S+$", value):
        raise ValueError("expected one web address that starts with http:// or https://, or an empty cell")
    return value


Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
Quarter = Annotated[str, Field(pattern=r"^\d{4}Q[1-4]$")]
Number = Annotated[Annotated[float, Field(ge=0, allow_inf_nan=False)] | None, BeforeValidator(blank)]
Share = Annotated[Annotated[float, Field(ge=0, le=1)] | None, BeforeValidator(blank)]
Year = Annotated[Annotated[int, Field(ge=1990, le=2100)] | None, BeforeValidator(blank)]
Soc = Annotated[str, Field(pattern=r"^\d\d-\d{4}$")]
SocList = Annotated[tuple[Soc, ...], BeforeValidator(_codes)]
Address = Annotated[str, AfterValidator(_address)]


class Record(BaseModel):
    """A checked, frozen row."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ProgramRow(Record):
    """One line of programs.csv: a program is a CIP at an award level. A blank number is unknown to the folder."""

    program_id: Slug
    title: Text
    cip_code: Annotated[str, Field(pattern=r"^\d\d\.\d{4}$")]
    award_level: AwardLevel
    kind: Kind
    market: Market
    add_soc: SocList
    drop_soc: SocList
    map_reason: str
    stacks_into: Annotated[str | None, BeforeValidator(blank)]
    seats: Number
    sections: Number
    seats_per_section: Number
    fill_rate: Share
    completion_rate: Share
    cost_per_section_usd: Number
    faculty_per_section: Number
    clinical_places: Number
    lead_quarters: Number
    completers_low: Number
    completers_high: Number
    first_completers_year: Year
    source_address: Address
    note: str
    announced_year: Annotated[
        Year, Field(description="year in which the college said that it will start it; blank: it runs, or nobody did")
    ] = None


class Pipeline(Record):
    """A way by which young people or partners' students reach the college or its occupations."""

    pipeline_id: Slug
    title: Text
    owner: Text
    feeds: Annotated[tuple[Slug, ...], BeforeValidator(_codes)]
    entrants: Number
    completers: Number
    progression: Share
    year: Year
    source_address: Address
    note: str


class Fund(Record):
    """Money with its purpose; what is free of it for new decisions stays blank where nobody says."""

    fund_id: Slug
    source: Text
    amount_usd: Number
    term: Literal["one_time", "recurring"]
    restriction: Text
    first_year: Year
    last_year: Year
    source_address: Address
    note: str
    free_usd: Annotated[Number, Field(description="dollars (a year) not yet bound; blank where nobody says")] = None
    free_low_usd: Annotated[Number, Field(description="low end, where the free amount is an assumption")] = None
    free_high_usd: Annotated[Number, Field(description="high end, where the free amount is an assumption")] = None
    programs: Annotated[
        tuple[Slug, ...],
        BeforeValidator(_codes),
        Field(description="programs it may be spent on; blank: any"),
    ] = ()

    @property
    def free(self) -> Figure:
        """The free amount with its standing."""
        if self.free_usd is None:
            return Unknown(self.note or "What is free of it is not public.")
        if self.free_low_usd is not None and self.free_high_usd is not None:
            return Assumed(self.free_usd, self.free_low_usd, self.free_high_usd, self.note)
        return Known(self.free_usd, self.source_address or f"funding.csv, {self.fund_id}")


class Commitment(Record):
    """What an employer has said or done: hires, staff, equipment, places; unknown amounts stay blank."""

    employer: Text
    naics_code: Annotated[str, Field(pattern=r"^(\d{4})?$")]
    commitment: Text
    amount: Number
    unit: str
    programs: Annotated[tuple[Slug, ...], BeforeValidator(_codes)]
    since: Year
    source_address: Address
    note: str


class Indicator(Record):
    """One of the few indicators that the partners share every quarter."""

    indicator_id: Slug
    title: Text
    definition: Text
    unit: Text
    owner: Text
    better: Literal["higher", "lower", "balance"]
    value: Number = None
    period: str = ""
    baseline: Number = None
    target: Number = None
    source_address: Address = ""
    note: str = ""
    computed: Annotated[str, Field(description="name of the engine's own figure, where it computes one")] = ""

    @property
    def figure(self) -> Figure:
        """The stated value with its standing."""
        if self.value is None:
            return Unknown(self.note or f"{self.owner} can supply it.")
        return Known(self.value, self.source_address or "indicators.toml")


class Sector(Record):
    """A lens: industries and programs looked at together."""

    sector_id: Slug
    title: Text
    naics_codes: tuple[Annotated[str, Field(pattern=r"^\d{2,6}$")], ...]
    programs: tuple[Slug, ...]
    note: str = ""


class Limit(Record):
    """One limit of the college: known (with an address), assumed (with range and reason) or unknown."""

    title: Text
    unit: Text
    value: Number = None
    low: Number = None
    high: Number = None
    source_address: Address = ""
    why: str = ""
    by_quarter: Annotated[
        Mapping[Quarter, Annotated[float, Field(ge=0)]],
        Field(description="the limit in single quarters, where it differs"),
    ] = {}

    @property
    def figure(self) -> Figure:
        """The limit with its standing, in quarters that are not listed apart."""
        if self.value is None:
            return Unknown(self.why or "Not public; the college can state it in college.toml.")
        if self.low is not None and self.high is not None:
            return Assumed(self.value, self.low, self.high, self.why)
        return Known(self.value, self.source_address or "college.toml")


class AreaEntry(Record):
    """One OEWS area of the labor shed as written: its weight is a number or the name of an assumption."""

    area_code: Annotated[str, Field(pattern=r"^\d{5}$")]
    title: Text
    counties: Mapping[Annotated[str, Field(pattern=r"^\d{5}$")], Text]
    weight: Annotated[float, Field(gt=0, le=1)] | str


Step = Annotated[int, Field(ge=0, le=12)]
Tile = Annotated[tuple[Step, Step], Field(description="column and row of a county on the map of tiles")]


class CollegeFile(Record):
    """college.toml as written."""

    name: Text
    short_name: Slug
    unit_id: Annotated[str, Field(pattern=r"^\d{6}$")]
    city: Text
    county_fips: Annotated[str, Field(pattern=r"^\d{5}$")]
    county_name: Text
    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    state_fips: Annotated[str, Field(pattern=r"^\d\d$")]
    state_name: Text
    partner: Annotated[str, Field(description="who hands over the employer brief; blank: the college")] = ""
    tiles: Mapping[Annotated[str, Field(pattern=r"^\d{5}$")], Tile] = {}
    service_area: tuple[Annotated[str, Field(pattern=r"^\d{5}$")], ...]
    as_of: Text
    labor_shed: tuple[AreaEntry, ...]
    sectors: tuple[Sector, ...]
    budget: Mapping[str, Limit]
    limits: Mapping[str, Limit]
    outcomes: Mapping[str, Limit] = {}
    thresholds: Mapping[str, str] = {}
