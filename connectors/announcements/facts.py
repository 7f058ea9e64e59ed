"""What a text says about one announced project: every value with the place it was read from.

No agency defines this input: press releases, news items, agenda items, round-ups and listing pages are prose.
Offsets count characters of the text that was given to ``extract``, so a person can check a value at one look.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Generic, TypeVar

T = TypeVar("T", str, int, float)


@dataclass(frozen=True)
class Found(Generic[T]):
    """One value and where it stands.

    Attributes:
        value: normalised (dollars, jobs, calendar years; a county without the word County; a company without its legal
            form).
        start, end: character offsets of the words that tell it; ``text[start:end]`` is what was read.
        sentence_start, sentence_end: offsets of the sentence, heading or list item around it.
        qualifier: exact, about, approximately, around, nearly, roughly, more than, at least, up to, range or minimum
            average: how the text hedges the number. ``exact`` where it does not, null where the question makes no
            sense (names, years).
    """

    value: T
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    qualifier: str | None = None

    def quote(self, text: str) -> str:
        """The sentence around the value, on one line."""
        return " ".join(text[self.sentence_start : self.sentence_end].split())


@dataclass(frozen=True)
class ProjectFacts:
    """One project as one text tells it. Null or empty means: this text does not say.

    Attributes:
        company: who comes or grows.
        project: the code name of an agenda item, without the word Project.
        jobs: new permanent jobs; the low end of a range. Never retained, construction or indirect jobs.
        jobs_max: the high end of a range.
        retained_jobs: jobs that exist already and are kept.
        construction_jobs: jobs of the building phase.
        investment_usd: capital investment, in dollars.
        avg_wage_usd: average pay of the new jobs, in dollars a year; an hourly wage is not converted.
        county_avg_wage_usd: the county's average that stands next to it, in dollars a year.
        cities: municipalities of the site, in the order of the text.
        counties: counties of the site, without the word County, only where the text names them.
        state: the state of the site where the text is about another one than North Carolina; cities and counties are
            then that state's.
        by_year: year in which the jobs are due.
        start_year: year in which hiring starts.
        horizon_years: N of "over N years".
        operational_year: year in which the site opens.
        grant_jobs: jobs that the grant asks for, where they differ from the headline.
        share_below_bachelor: share (0-1) of the jobs that need no bachelor's degree.
        stage: announced, approved, building, hiring, open, amended, delayed or cancelled.
        stage_found: the words that tell the stage; null where it is announced by default.
        dates: days named in the text that bear on the project (board meeting, approval), as year-month-day.
        description: the words that tell the industry.
    """

    company: Found[str] | None = None
    project: Found[str] | None = None
    jobs: Found[int] | None = None
    jobs_max: Found[int] | None = None
    retained_jobs: Found[int] | None = None
    construction_jobs: Found[int] | None = None
    investment_usd: Found[float] | None = None
    avg_wage_usd: Found[float] | None = None
    county_avg_wage_usd: Found[float] | None = None
    cities: tuple[Found[str], ...] = ()
    counties: tuple[Found[str], ...] = ()
    state: str | None = None
    by_year: Found[int] | None = None
    start_year: Found[int] | None = None
    horizon_years: Found[float] | None = None
    operational_year: Found[int] | None = None
    grant_jobs: Found[int] | None = None
    share_below_bachelor: Found[float] | None = None
    stage: str = "announced"
    stage_found: Found[str] | None = None
    dates: tuple[Found[str], ...] = ()
    description: Found[str] | None = None

    def spans(self) -> dict[str, list[tuple[int, int]]]:
        """Field name -> (start, end) of the words it was read from, one pair per value; fields without one left out."""
        places: dict[str, list[tuple[int, int]]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            found = value if isinstance(value, tuple) else (value,)
            pairs = [(item.start, item.end) for item in found if isinstance(item, Found)]
            if pairs:
                places[field.name] = pairs
        return places
