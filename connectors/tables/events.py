"""Companies that are coming and going."""

from __future__ import annotations

from connectors.tables.declaring import FIPS5, NAICS4, flag, number, table, text, whole

ANNOUNCEMENTS = table(
    "announcements",
    "Announced projects, one row per event and county: what was promised, where, by when, and what became of it.",
    {
        "event_id": text("stable name of the event"),
        "company": text("company"),
        "project": text("code name", null=True),
        "county_fips": text("county of the site", pattern=FIPS5),
        "city": text("city as stated", null=True),
        "naics_code": text("four-digit industry; null where nobody could tell", pattern=NAICS4, null=True),
        "jobs": number("new jobs promised (low end of a range) in this county", "jobs"),
        "jobs_max": number("high end of a range", "jobs"),
        "jobs_qualifier": text("exact, about, up to, at least, more than, nearly, range ...", null=True),
        "investment_usd": number("capital investment", "dollars"),
        "avg_wage_usd": number("average wage of the project", "dollars a year"),
        "announced_date": text("year-month-day, or year-month where the day is not known"),
        "start_year": whole("first year of hiring as stated", "year", null=True),
        "by_year": whole("year by which the jobs are due, as stated", "year", null=True),
        "horizon_years": number("'over N years', as stated", "years"),
        "operational_year": whole("year the site opens, as stated", "year", null=True),
        "stage": text(
            "where the project stands",
            isin=["announced", "approved", "building", "hiring", "open", "amended", "delayed", "cancelled"],
        ),
        "stage_date": text("when the stage was last known to change", null=True),
        "realised_jobs": number("jobs known to exist, where somebody counted", "jobs"),
        "source_address": text("web address of the main source"),
        "outcome_address": text("web address of the source of the stage", null=True),
        "note": text("what a reader must know", null=True),
    },
    ("event_id", "county_fips"),
    ("A sample, not a census, of announced projects.",),
)

LAYOFFS = table(
    "layoffs",
    "Notices of layoffs and closures under the WARN Act: one row per notice.",
    {
        "company": text("company"),
        "city": text("city or cities as stated", null=True),
        "county_fips": text("county where the city tells", null=True),
        "workers": number("workers affected", "people"),
        "kind": text("Layoff or Closure"),
        "notice_date": text("year-month-day"),
        "source_address": text("web address"),
        "address": text("street of the place", null=True),
        "notice_number": text("number the state gave the notice; one notice may name several places", null=True),
        "effective_date": text("year-month-day on which the first workers leave", null=True),
        "repeated": flag("true where a later closure of the company at the place may count these workers again"),
    },
    ("company", "notice_date", "kind", "city", "workers", "address", "notice_number", "effective_date"),
    ("A layoff and the later closure of one event are two rows: leave repeated rows out of sums.",),
)

AGENDA_TEXTS = table(
    "agenda_texts",
    "What a county board had before it (Legistar): one row per matter or agenda item.",
    {
        "text_id": text("matter or item, and the system's number"),
        "kind": text("matter or agenda item", isin=["matter", "agenda item"]),
        "date": text("year-month-day: of introduction, or of the meeting", pattern=r"^\d{4}-\d{2}-\d{2}$"),
        "body": text("board", null=True),
        "file_number": text("the county's file number", null=True),
        "status": text("status of the matter, or action taken on the item", null=True),
        "title": text("its title"),
        "text": text("further text: notes to the agenda and minutes", null=True),
        "source_address": text("web address"),
    },
    ("text_id",),
    ("Texts as the county wrote them: they may hold markup, and names of persons who spoke.",),
)
