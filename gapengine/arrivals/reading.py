"""From texts of announcements to tellings: facts read from the words, county of the city, the sentence as proof."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from connectors.announcements.durham_incentives import from_agenda
from connectors.announcements.extract import extract
from connectors.announcements.extract_places import counties, municipalities
from connectors.announcements.facts import Found, ProjectFacts
from connectors.announcements.markup import plain
from gapengine.arrivals.tellings import Telling, telling, telling_id
from gapengine.rows import records
from gapengine.store import files, manifest

Classify = Callable[[ProjectFacts], tuple[str, float] | None]
"""What a text says of a project -> four-digit industry and its probability; None where unsure."""
_LONGEST = 400


def read_texts(
    texts: pd.DataFrame,
    classify: Classify | None = None,
    sha256: str = "",
    known: Collection[str] = (),
    elsewhere: bool = True,
) -> tuple[Telling, ...]:
    """Tellings of the projects in texts; a text that announces nothing gives none.

    Args:
        texts: rows of the declared table ``announcement_texts``; one without a date is passed over, since a telling
            needs one.
        classify: names the industry; without it, industries stay open.
        sha256: of the file that the texts came in.
        known: ids of tellings that need not be read again.
        elsewhere: false where projects of other states are passed over.
    """
    out = []
    for row in records(texts):
        if pd.isna(row["published_date"]):
            continue
        text = f"{row['title']}.\n\n{row['text']}" if row["title"] and row["title"] not in row["text"] else row["text"]
        for index, facts in enumerate(extract(text, str(row["published_date"]))):
            if facts.state and not elsewhere:
                continue
            if telling_id(_address(row), str(row["title"]), index) not in known:
                out.append(telling_of(row, text, facts, index, classify, sha256))
    return tuple(out)


def read_store(store: Path, classify: Classify | None = None, known: Collection[str] = ()) -> tuple[Telling, ...]:
    """Tellings of every announcement text in the store that is not known yet; none where there is no store.

    A project of another state is passed over: what is pulled is read for the labor shed.

    A text that does not say when it was published is dated by the day on which it was fetched.
    """
    if not (store / manifest.FILE).exists():
        return ()
    with manifest.opened(store) as kept:
        vintages = [item for item in kept.newest() if item.table_name in ("announcement_texts", "agenda_texts")]
    out: list[Telling] = []
    for item in vintages:
        digest = item.replies.split(" ")[0] if item.replies else ""
        texts = files.read_vintage(store, item.table_name, item.sha256)
        if item.table_name == "agenda_texts":
            texts = from_agenda(texts)
        texts = texts.assign(published_date=texts["published_date"].fillna(item.retrieved_at[:10]))
        out.extend(read_texts(texts, classify, digest, known, elsewhere=False))
    return tuple(out)


def within(tellings: Iterable[Telling], shed: Iterable[str]) -> tuple[Telling, ...]:
    """Tellings that bear on a labor shed: a county of it, no county told, or a project that is known there."""
    inside = set(shed)
    return tuple(
        item for item in tellings if not item.counties or inside & set(item.counties) or item.doubt or item.reasons
    )


def telling_of(
    row: Mapping[str, Any],
    text: str,
    facts: ProjectFacts,
    index: int,
    classify: Classify | None = None,
    sha256: str = "",
) -> Telling:
    """The telling of one project of a text.

    Args:
        row: site, address, title and published_date of the text.
        text: the words that the facts were read from.
        facts: what was read.
        index: place of the project in the text.
        classify: names the industry.
        sha256: of the file that the text came in.
    """
    industry = classify(facts) if classify else None
    best = facts.jobs or facts.investment_usd or facts.company or facts.project
    address = _address(row)
    return telling(
        telling_id=telling_id(address, str(row["title"]), index),
        event_id="new",
        site=row["site"],
        source_address=address,
        title=plain(str(row["title"]))[:200],
        published_date=row["published_date"],
        company=_value(facts.company),
        project=_value(facts.project),
        counties=_counties(facts),
        cities=tuple(found.value for found in facts.cities),
        naics_code=industry[0] if industry else "",
        naics_probability=round(industry[1], 3) if industry else "",
        jobs=_value(facts.jobs),
        jobs_max=_value(facts.jobs_max),
        jobs_qualifier=("range" if facts.jobs_max else facts.jobs.qualifier or "exact") if facts.jobs else "",
        grant_jobs=_value(facts.grant_jobs),
        investment_usd=_value(facts.investment_usd),
        avg_wage_usd=_value(facts.avg_wage_usd),
        start_year=_year(facts.start_year),
        by_year=_year(facts.by_year),
        horizon_years=_value(facts.horizon_years),
        operational_year=_year(facts.operational_year),
        share_below_bachelor=_value(facts.share_below_bachelor),
        stage=facts.stage,
        quote=plain(best.quote(text))[:_LONGEST] if best else "",
        stage_quote=plain(facts.stage_found.quote(text))[:_LONGEST] if facts.stage_found else "",
        source_sha256=sha256,
    )


def _address(row: Mapping[str, Any]) -> str:
    return "" if pd.isna(row["address"]) else str(row["address"])


def _counties(facts: ProjectFacts) -> tuple[str, ...]:
    """Codes of the counties stated; where none is, the main county of the first city that lies in one we know."""
    if facts.state:  # a county of another state may be called like one of ours
        return ()
    codes = counties()
    stated = tuple(dict.fromkeys(codes[found.value] for found in facts.counties if found.value in codes))
    if stated or not facts.cities:
        return stated
    homes = municipalities().get(facts.cities[0].value)
    return (codes[homes[0][0]],) if homes and homes[0][0] in codes else ()


def _value(found: Found[Any] | None) -> Any:
    return "" if found is None else found.value


def _year(found: Found[int] | None) -> Any:
    return "" if found is None or not 1990 <= found.value <= 2100 else found.value
