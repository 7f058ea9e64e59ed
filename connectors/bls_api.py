"""Monthly jobs and unemployment of states, metropolitan areas and counties, from the BLS Public Data API.

Input defined by BLS, "Public Data API Signatures (Version 2.0)" (a POST of series and years; JSON back) and "Series ID
Formats": ``LAUMT372050000000003`` is LA, U (not adjusted), area of 15 characters, measure (03 rate, 04 unemployed, 05
employed, 06 labor force); ``SMU37205000000000001`` is SM, U, state, area (00000: the state), industry, 01 (employees in
thousands). Without a key the agency answers 25 queries a day of 25 series and 10 years each, with one 500 of 50 and 20.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from connectors.cadence import MONTHLY, Cadence
from connectors.parts import ByColumns
from connectors.reading import Reply, SourceError, decode, load, noted
from connectors.source import JSON, Ask, Feed, Limits, Place, Quota, Source, Wanted
from connectors.tables import LABOR_FORCE, MONTHLY_JOBS, checked

SOURCE = Source(
    name="bls_api",
    title="Local Area Unemployment Statistics; Current Employment Statistics, State and Area",
    publisher="U.S. Bureau of Labor Statistics",
    address="https://www.bls.gov/developers/",
    licence="Public domain (work of the United States government); cite the agency and the vintage.",
    cadence="Monthly, about four to five weeks after the month.",
    document="Public Data API Signatures (Version 2.0), https://www.bls.gov/developers/api_signature_v2.htm",
    caveats=(
        "The last month is preliminary; every March the last years are revised.",
        "LAUS counts residents, CES counts jobs at workplaces.",
        "BLS.gov cannot vouch for the data or analyses derived from these data after they have been retrieved.",
    ),
)

ADDRESS = "https://api.bls.gov/publicAPI/v2/timeseries/data/"
KEY = "GAPENGINE_BLS_KEY"
SUPERSECTORS = ("00", "05", "15", "30", "40", "50", "55", "60", "65", "70", "80", "90")
_DONE = "REQUEST_SUCCEEDED"
_MEASURES = {"03": "unemployment_rate", "04": "unemployed", "05": "employed", "06": "labor_force"}
_AREA_TYPES = {"ST": "state", "MT": "metropolitan area", "CN": "county"}
_LA = re.compile(r"LA([US])(ST|MT|CN)(\d{13})(0[3-6])")
_SM = re.compile(r"SM([US])(\d\d)(\d{5})(\d{8})01")
_KEY_LIKE = re.compile(r"(?i)\b[0-9a-f]{32}\b|(?<=key)(\s*[:=]\s*|\s+)(?=\S*\d)\S+")
_NO_VALUE = ("-", "", "(NA)")


def labor_force_series(place: Place) -> tuple[str, ...]:
    """Four series, not adjusted, of the state and of every metropolitan area and county."""
    areas = [f"ST{place.state_fips}00000000000"]
    areas += [f"MT{place.state_fips}{area}000000" for area in place.area_codes]
    areas += [f"CN{county}00000000" for county in place.county_fips]
    return tuple(f"LAU{area}{measure}" for area in areas for measure in _MEASURES)


def jobs_series(place: Place) -> tuple[str, ...]:
    """All employees by supersector, not adjusted, of the state and of every metropolitan area."""
    areas = ("00000", *place.area_codes)
    return tuple(f"SMU{place.state_fips}{area}{sector}00000001" for area in areas for sector in SUPERSECTORS)


def chunks(wanted: Sequence[str], first: int, last: int, *, has_key: bool) -> list[tuple[tuple[str, ...], int, int]]:
    """Series and years cut into queries that the agency answers: (series, first year, last year) each.

    A query holds 24 series (48 with a key) of the 25 (50) allowed: the four series of an area and the twelve industries
    then never fall into two replies.
    """
    many, years = (48, 20) if has_key else (24, 10)
    spans = [(start, min(start + years - 1, last)) for start in range(first, last + 1, years)]
    parts = [tuple(wanted[at : at + many]) for at in range(0, len(wanted), many)]
    return [(part, *span) for span in spans for part in parts]


def body(wanted: Sequence[str], first: int, last: int, *, has_key: bool) -> bytes:
    """The query as JSON; the key stands in it by name only and is put in at the moment of sending."""
    query: dict[str, object] = {"seriesid": list(wanted), "startyear": str(first), "endyear": str(last)}
    if has_key:
        query["registrationkey"] = f"{{{KEY}}}"
    return json.dumps(query).encode()


def label(wanted: Sequence[str]) -> str:
    """Series in a few words, each of them still there: ``LAUMT3720500000000(03 04)``; used in names and errors."""
    stems: dict[str, list[str]] = {}
    for name in wanted:
        cut = -2 if name.startswith("LA") else 10
        stems.setdefault(name[:cut], []).append(name[cut:])
    return " ".join(f"{stem}({' '.join(ends)})" if len(ends) > 1 else stem + ends[0] for stem, ends in stems.items())


def parse_labor_force(reply: Reply, name: str) -> pd.DataFrame:
    """Residents at work and looking for work; the series of jobs in the reply are passed over.

    Args:
        reply: the API's JSON.
        name: what to call it in messages; names the series asked for.

    Returns:
        Table ``labor_force``, months only (annual averages, M13, are left out). A series without any figure is named in
        ``attrs["quarantined"]``.

    Raises:
        SourceError: no JSON of this API, a status other than success (with the series), or a value that is no number.
        TableError: a value breaks the declaration of the table.
    """
    found, missing = _observations(reply, name)
    months: dict[tuple[object, ...], dict[str, object]] = {}
    for sid, item in found:
        hit = _LA.fullmatch(sid)
        if not hit:
            continue
        adjusted, kind, digits, measure = hit.groups()
        code = {"ST": digits[:2], "MT": digits[2:7], "CN": digits[:5]}[kind]
        key = (code, _AREA_TYPES[kind], adjusted == "S", item["year"], item["month"])
        row = months.setdefault(key, {"preliminary": False})
        value = item["value"]
        is_rate = _MEASURES[measure] == "unemployment_rate"
        row[_MEASURES[measure]] = round(value / 100, 6) if is_rate and value is not None else value
        row["preliminary"] = row["preliminary"] or item["preliminary"]
    names = ("area_code", "area_type", "seasonally_adjusted", "year", "month")
    rows = [dict(zip(names, key, strict=True)) | row for key, row in months.items()]
    frame = pd.DataFrame(rows, columns=list(LABOR_FORCE.columns))
    return noted(checked(frame, LABOR_FORCE, name), missing)


def parse_jobs(reply: Reply, name: str) -> pd.DataFrame:
    """Jobs on payrolls; the series of residents in the reply are passed over.

    Args:
        reply: the API's JSON.
        name: what to call it in messages; names the series asked for.

    Returns:
        Table ``monthly_jobs``: jobs, of the thousands that are printed. Otherwise as :func:`parse_labor_force`.

    Raises:
        SourceError: as :func:`parse_labor_force`.
        TableError: a value breaks the declaration of the table.
    """
    found, missing = _observations(reply, name)
    rows = []
    for sid, item in found:
        hit = _SM.fullmatch(sid)
        if not hit:
            continue
        adjusted, state, area, industry = hit.groups()
        rows.append(
            {
                "area_code": state if area == "00000" else area,
                "area_type": "state" if area == "00000" else "metropolitan area",
                "ces_industry_code": industry,
                "seasonally_adjusted": adjusted == "S",
                "year": item["year"],
                "month": item["month"],
                "jobs": None if item["value"] is None else round(item["value"] * 1000),
                "preliminary": item["preliminary"],
            }
        )
    frame = pd.DataFrame(rows, columns=list(MONTHLY_JOBS.columns))
    return noted(checked(frame, MONTHLY_JOBS, name), missing)


def _observations(reply: Reply, name: str) -> tuple[list[tuple[str, dict[str, Any]]], list[str]]:
    """Monthly observations of every series, and a sentence for each series that has none."""
    answer = _answer(decode(load(reply, name), name), name)
    found: list[tuple[str, dict[str, Any]]] = []
    missing = []
    try:
        for entry in answer["Results"]["series"]:
            if not entry["data"]:
                missing.append(f"{name}: series {entry['seriesID']} has no figures")
            months = [item for item in entry["data"] if re.fullmatch(r"M(0[1-9]|1[0-2])", item["period"])]
            found += [(entry["seriesID"], _figure(item, entry["seriesID"], name)) for item in months]
    except (KeyError, TypeError) as error:
        remedy = f"Compare with {SOURCE.document}"
        raise SourceError(name, f"expected a part {error} in the reply, found none", remedy) from error
    if not found:
        raise SourceError(name, "expected figures, found none in any series", "Check the series and the years")
    return found, missing


def _answer(text: str, name: str) -> Mapping[str, Any]:
    try:
        answer = json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(name, f"expected JSON ({error.msg})", "Ask again", line=error.lineno) from None
    if not isinstance(answer, dict) or "status" not in answer:
        raise SourceError(name, "expected a reply with a status, found none", f"Compare with {SOURCE.document}")
    if answer["status"] != _DONE:
        said = "; ".join(map(str, answer.get("message") or ["no message"]))
        found = f"expected status {_DONE}, found {answer['status']} ({redacted(said)})"
        raise SourceError(name, found, "Where the day's calls are used up, ask tomorrow or set a key of your own")
    return answer


def redacted(text: str) -> str:
    """A message of the agency without anything that looks like a registration key (it repeats the key it was sent)."""
    return _KEY_LIKE.sub(" (withheld)", text)


def _figure(item: Mapping[str, Any], sid: str, name: str) -> dict[str, Any]:
    text = str(item["value"]).replace(",", "").strip()
    try:
        value = None if text in _NO_VALUE else float(text)
        when = {"year": int(item["year"]), "month": int(item["period"][1:])}
    except ValueError:
        found = f"expected a number for {item.get('year')} {item.get('period')}, found {text!r}"
        raise SourceError(name, found, f"Compare with {SOURCE.document}", column=sid) from None
    codes = {note.get("code") for note in item.get("footnotes", []) if note}
    return {**when, "value": value, "preliminary": "P" in codes}


_CADENCE = Cadence(MONTHLY, lag_days=45)
_YEARS = 10
_PER_DAY = {False: 25, True: 500}


def wanted(ask: Ask, listed: Callable[[Place], tuple[str, ...]]) -> tuple[Wanted, ...]:
    """The last ten years of all series, in as few queries as the agency allows."""
    has_key = KEY in ask.keys
    quota = Quota("bls_api", _PER_DAY[has_key])
    last = ask.as_of.year
    return tuple(
        Wanted(
            ADDRESS,
            f"BLS API {start} to {stop}: {label(part)}",
            JSON,
            str(stop),
            body=body(part, start, stop, has_key=has_key),
            headers={"Content-Type": "application/json"},
            quota=quota,
        )
        for part, start, stop in chunks(listed(ask.place), last - _YEARS + 1, last, has_key=has_key)
    )


def _has(prefix: bytes, raw: bytes) -> bool:
    """Whether a file is a reply of this API with series of a kind."""
    is_reply = raw.lstrip().startswith(b"{") and b'"Results"' in raw and b'"status"' in raw
    return is_reply and re.search(rb'"seriesID"\s*:\s*"' + prefix, raw) is not None


FEEDS = (
    Feed(
        LABOR_FORCE,
        parse_labor_force,
        partial(wanted, listed=labor_force_series),
        (),
        _CADENCE,
        recognise=partial(_has, b"LA"),
        parts=ByColumns(("area_type", "area_code"), ("year",)),
        limits=Limits(rows=(0.9, 13), totals={"labor_force": (0.95, 13)}, next_rows=(0.05, 1.1)),
    ),
    Feed(
        MONTHLY_JOBS,
        parse_jobs,
        partial(wanted, listed=jobs_series),
        (),
        _CADENCE,
        recognise=partial(_has, b"SM"),
        parts=ByColumns(("area_type", "area_code"), ("year",)),
        limits=Limits(rows=(0.9, 13), totals={"jobs": (0.95, 13)}, next_rows=(0.05, 1.1)),
    ),
)
