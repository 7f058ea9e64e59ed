"""The form of the employer brief: text as typed to a company's plan, each wrong field with its own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gapengine.employer import Told

NEEDED = ("company", "naics", "jobs", "county", "start", "by")
FIELDS = (*NEEDED, "wage", "mix")
LONGEST_MIX = 20_000


@dataclass(frozen=True)
class Typed:
    """A form as it came in.

    Attributes:
        values: field -> text, cut to a sensible length.
        wrong: field -> what is wrong with it.
    """

    values: Mapping[str, str]
    wrong: Mapping[str, str]


def typed(form: Mapping[str, str]) -> Typed:
    """Read a form; numbers may carry thousands separators and a dollar sign."""
    values = {name: form.get(name, "").strip()[: LONGEST_MIX if name == "mix" else 200] for name in FIELDS}
    wrong = {name: "Please fill this in." for name in NEEDED if not values[name]}
    for name in ("jobs", "start", "by", "wage"):
        if values[name] and amount(values[name]) is None:
            wrong[name] = "Please write a number, as 400."
    return Typed(values, wrong)


def amount(text: str) -> float | None:
    """A number as people write it, "72,000" or "$72,000"; None where it is none."""
    try:
        value = float(text.replace(",", "").replace("$", "").strip())
    except ValueError:
        return None
    return value if abs(value) < 1e9 else None


def told(form: Typed) -> Told:
    """The plan that a complete form tells; the mix is handed over apart, since it needs a file.

    Raises:
        ValueError: the form is not complete.
    """
    if form.wrong:
        raise ValueError(f"The form is not complete: {', '.join(form.wrong)}")
    numbers = {name: amount(form.values[name]) for name in ("jobs", "start", "by", "wage")}
    return Told(
        company=form.values["company"],
        naics_code=form.values["naics"].split(" ")[0],
        jobs=float(numbers["jobs"] or 0),
        county_fips=form.values["county"],
        start_year=int(numbers["start"] or 0),
        by_year=int(numbers["by"] or 0),
        wage=numbers["wage"],
    )
