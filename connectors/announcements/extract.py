"""From the text of a release, news item, agenda item or listing to the facts of its projects.

The whole way: clean the text, read every sentence for numbers, years, names and places, find out which sentences tell
of which project, and choose one value for each fact. Rules only; each value keeps the words it was read from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from connectors.announcements.extract_claims import Claim, choose
from connectors.announcements.extract_company import best_name
from connectors.announcements.extract_elsewhere import other_state
from connectors.announcements.extract_names import same
from connectors.announcements.extract_parts import Project
from connectors.announcements.extract_projects import projects
from connectors.announcements.extract_readings import BARE, Reading, readings
from connectors.announcements.extract_sites import by_county
from connectors.announcements.extract_stage import dates, share_below_bachelor, stage
from connectors.announcements.extract_text import Page, read
from connectors.announcements.extract_where import places
from connectors.announcements.facts import Found, ProjectFacts

_MAX_PARTS = 14
_LEAST_AMOUNT = 500_000  # dollars that stand beside jobs without a word for what they are
_COUNTRY = re.compile(r"^\s*(?:\w+ )?(?:in|across|throughout) (?:the )?(?:United States|U\.S\.|America|country|nation)")
_DWELLINGS = re.compile(r"\b(?:\d+ (?:[\w-]+ ){0,2}(?:apartments|homes|units|condos|townhomes|houses)|subdivision)\b")
_WHAT = re.compile(
    r"\b(?:manufactur\w*|produc\w+|maker|makes|provid\w+|speciali[sz]\w+|develop\w+|headquarters|distribution"
    r"|facility|plant|data center|laborator\w+|research|services|"
    r"company|firm|giant|automaker|drugmaker|brewery|bank|insurer|lender|startup|business|contractor|processor"
    r"|foundry|mill|software|platform|supplier|designs?|processing"
    r"|fulfillment|warehouse|call center|campus)\b",
    re.IGNORECASE,
)


def extract(text: str, published: str | None = None) -> tuple[ProjectFacts, ...]:
    """Read the projects of a text.

    Args:
        text: the words as saved, with or without remnants of markup; header lines removed.
        published: day of publication (year-month-day, or its beginning); years before it are taken as history.

    Returns:
        One entry per project, in the order of the text; empty where nothing is announced. A text that tells the end of
        a project gives an entry whose stage is cancelled: an update, never a new announcement (see ``announced``).
    """
    page = read(text)
    year = int(published[:4]) if published and re.match(r"\d{4}", published) else None
    sentences = readings(page, year)
    found = [_facts(page, part) for project in projects(sentences) for part in by_county(project)]
    return tuple(facts for facts in found if facts is not None)


def announced(found: Iterable[ProjectFacts]) -> tuple[ProjectFacts, ...]:
    """Those that announce or carry on a project: all but the cancelled ones."""
    return tuple(facts for facts in found if facts.stage != "cancelled")


def _facts(page: Page, project: Project) -> ProjectFacts | None:
    used = project.readings
    state, state_found = stage(
        page,
        ([project.end.sentence] if project.end else [])
        + [
            reading.sentence for reading in sorted(used + project.weak, key=_place) if not _of_another(reading, project)
        ],
    )
    ended = state == "cancelled"
    if ended:  # an end tells the old figures as history
        used = sorted(used + project.weak, key=_place)
    jobs = choose(_claims(used, lambda one: one.jobs, "new"))
    grant = choose(_claims(used, lambda one: one.jobs, "grant"))
    investment = choose(_claims(used, lambda one: one.investments, "investment"))
    investment = _total(used, investment)
    if investment is None and jobs is not None:
        investment = _only_amount(used, jobs)
    if ended and investment is None:
        investment = choose(_claims(used, lambda one: one.investments, "past"))
    wage = choose(_claims(used, lambda one: one.wages, "average"), slack=1.0)
    if jobs is not None and jobs.score < (BARE if jobs.sentence.heading else 1.0) and not ended:
        jobs = None
    if jobs is None and not ended:  # "employing 80 at first", and no other number
        jobs = next((one for one in _claims(used, lambda one: one.jobs, "subset") if one.score >= 2.0), None)
    if jobs is None and grant is not None:
        jobs, grant = grant, None
    sited = any(reading.sited for reading in used)
    bare = ended or project.named or sited  # the end, or a place, is news without a figure
    if jobs is None and investment is None and wage is None and not (bare and project.company):
        return None
    if jobs is None and any(_DWELLINGS.search(reading.sentence.text) for reading in used):
        return None
    sentences = [reading.sentence for reading in used]
    name = best_name(project.company) if project.company else None
    years = {
        kind: choose(_claims(used, lambda one: one.years, kind), refine=False)
        for kind in ("by", "start", "horizon", "opens")
    }
    cities, counties = places(page, project)
    code = project.codes[0] if project.codes else None
    if name is None and code is None and not (jobs or investment):
        return None
    return ProjectFacts(
        company=page.found(_as_written(page, name.name.text), name.name.start, name.name.end) if name else None,
        project=page.found(code.text, code.start, code.end) if code else None,
        jobs=_whole(page, jobs),
        jobs_max=page.found(int(jobs.high), jobs.start, jobs.end, "range") if jobs and jobs.high else None,
        retained_jobs=_whole(page, choose(_claims(used, lambda one: one.jobs, "retained"))),
        construction_jobs=_whole(page, choose(_claims(used, lambda one: one.jobs, "construction"))),
        investment_usd=_dollars(page, investment),
        avg_wage_usd=_dollars(page, wage),
        county_avg_wage_usd=_dollars(page, choose(_claims(used, lambda one: one.wages, "county"))),
        cities=tuple(page.found(place.name, place.start, place.end) for place in cities),
        counties=tuple(page.found(place.name, place.start, place.end) for place in counties),
        state=other_state(page.clean),
        by_year=_year(page, years["by"]),
        start_year=_year(page, years["start"]),
        horizon_years=page.found(years["horizon"].value, years["horizon"].start, years["horizon"].end)
        if years["horizon"]
        else None,
        operational_year=_year(page, years["opens"]),
        grant_jobs=_grant(page, jobs, used),
        share_below_bachelor=share_below_bachelor(page, sentences),
        stage=state,
        stage_found=state_found,
        dates=dates(page, sentences),
        description=_description(page, project),
    )


def _total(used: list[Reading], best: Claim | None) -> Claim | None:
    """The amount that is the sum of two others, one of them the best: real and personal property, then their total."""
    amounts = [claim for reading in used for claim in reading.investments if claim.kind in ("investment", "amount")]
    if best is None:
        return None
    sums = {best.value + other.value for other in amounts if other is not best and other.kind == "investment"}
    return next((claim for claim in amounts if claim.value in sums and claim.value > best.value), best)


def _only_amount(used: list[Reading], jobs: Claim) -> Claim | None:
    """The one amount of the sentence with the jobs, where no word calls it an investment nor anything else."""
    sentence = jobs.sentence
    amounts = [claim for one in used for claim in one.investments if claim.sentence == sentence]
    if len(amounts) != 1 or amounts[0].kind != "amount" or not 0 <= amounts[0].score < 1:
        return None
    wide = _COUNTRY.search(sentence.text[amounts[0].end - sentence.start :])
    return amounts[0] if amounts[0].value >= _LEAST_AMOUNT and not wide else None


def _of_another(reading: Reading, project: Project) -> bool:
    """Whether only another company acts in a sentence."""
    acting = [one for one in reading.mentions if one.acts]
    own = any(same(one.name.text, other.name.text) for one in reading.mentions for other in project.company)
    return bool(project.company and acting and not own)


def _place(reading: Reading) -> int:
    return reading.sentence.start


def _claims(used: list[Reading], get: Callable[[Reading], tuple[Claim, ...]], kind: str) -> list[Claim]:
    return [claim for reading in used for claim in get(reading) if claim.kind == kind]


def _whole(page: Page, claim: Claim | None) -> Found[int] | None:
    return page.found(int(claim.value), claim.start, claim.end, claim.qualifier) if claim else None


def _dollars(page: Page, claim: Claim | None) -> Found[float] | None:
    return page.found(claim.value, claim.start, claim.end, claim.qualifier) if claim else None


def _year(page: Page, claim: Claim | None) -> Found[int] | None:
    return page.found(int(claim.value), claim.start, claim.end) if claim else None


def _grant(page: Page, jobs: Claim | None, used: list[Reading]) -> Found[int] | None:
    """Jobs that the grant counts, all sites of one sentence together, where they differ from the headline."""
    claims = _claims(used, lambda one: one.jobs, "grant")
    if not claims or jobs is None:
        return None
    first = claims[0].sentence
    together = [claim for claim in first_sentence(used, first) if claim.kind in ("grant", "new")]
    total = int(sum(claim.value for claim in together))
    if total == int(jobs.value) or any(claim is jobs for claim in together):
        return None
    return page.found(total, together[0].start, together[-1].end)


def first_sentence(used: list[Reading], sentence: object) -> list[Claim]:
    """Job claims of one sentence."""
    return [claim for reading in used if reading.sentence is sentence for claim in reading.jobs]


def _as_written(page: Page, name: str) -> str:
    """A name of a headline in capitals as the rest of the text writes it."""
    spellings = Counter(re.findall(re.escape(name), page.clean, re.IGNORECASE))
    return (
        next((spelling for spelling, _ in spellings.most_common() if spelling != name and not name.isupper()), name)
        if spellings.get(name, 0) < 1
        else name
    )


def _description(page: Page, project: Project) -> Found[str] | None:
    """The words that tell the industry, the most telling first, parted by bars.

    First what stands in apposition to the company or right before its name, then headlines and promises, then what else
    tells of the company or of making things; what people say in quotation marks comes last.
    """
    name = best_name(project.company) if project.company else None
    parts: list[tuple[int, int]] = [one.described for one in project.company if one.described][:2]
    if name and name.described and name.described not in parts:
        parts.insert(0, name.described)
    for mention in project.company:
        before = re.search(r"(?:[\w/'-]+\s+){1,6}$", page.clean[mention.name.sentence.start : mention.name.start])
        if before and _WHAT.search(before.group()):
            parts.append((mention.name.start - len(before.group()), mention.name.start))
    ranked = sorted(project.readings, key=lambda one: _telling(one, project))
    for reading in ranked:
        sentence = reading.sentence
        if len(parts) < _MAX_PARTS and not any(a <= sentence.start and sentence.end <= b for a, b in parts):
            parts.append((sentence.start, sentence.end))
    if not parts:
        return None
    words = " | ".join(dict.fromkeys(" ".join(page.clean[start:end].split()) for start, end in parts))
    return page.found(words, parts[0][0], parts[0][1])


def _telling(reading: Reading, project: Project) -> tuple[int, int]:
    sentence = reading.sentence
    own = any(same(one.name.text, other.name.text) for one in reading.mentions for other in project.company[:3])
    quoted = sentence.text.startswith('"') or sentence.text.count('"') == 1
    rank = 0 if reading.promises and not quoted else 1 if own and not quoted else 2
    rank += 0 if _WHAT.search(sentence.text) else 2
    return rank + (3 if quoted or reading.wages else 0), sentence.start
