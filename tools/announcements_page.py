"""Print docs/announcements.md: reading, joining and deciding about announced projects, with names from the code."""

from __future__ import annotations

import sys

from gapengine.arrivals.choices import FIELDS
from gapengine.arrivals.importing import CSV_COLUMNS
from gapengine.arrivals.joining import DOUBT, JOIN

PAGE = """\
# Announced projects: reading, reviewing, deciding

A project is told by many texts: a county agenda under a code name, the Governor's release, newspapers, and years
later a notice that its grant was amended or ended. Each text that is read becomes a *telling*; tellings of one
project become one *event* with a history. What comes with the program is listed by `gapengine announcements list`;
what you read or decide is kept in your college's folder (`gapengine init DIR` makes one) and enters every run with
`--college DIR`.

## From a page to the run

1. `gapengine pull nc_commerce governor_nc ...` fetches new pages of the announcing sites into the store, where every
   page is kept as received. A listing page without items is an error: the site changed. `ncbiotech` is never asked,
   because it refuses programs; save its pages from a browser.
2. `gapengine announcements read --college DIR` reads the pulled texts. `gapengine announcements import FILE` does
   the same for a saved page, a PDF, a text or a CSV, and keeps the file in `announcement_files/`; `add` takes a
   project by hand. Each writes `announcements.csv`: the facts, and the sentence that each was read from.
3. `gapengine announcements review --college DIR` shows what is new or doubtful, with sentence and source, and writes
   each answer to `announcement_decisions.csv` at once. `show EVENT` shows one project.

A text that may tell of a project that is there already, but for reasons that do not suffice, is left apart, named
with its reasons, and adds no jobs until somebody decides. The facts that come with the program stay as they are: a
text that contradicts them is put before you, and changes them once you confirm.

## How tellings are joined

Two tellings are compared by company, code name, county, city, jobs, investment and dates. Each agreement and each
disagreement has points, printed beside the join; {join:g} points join, from {doubt:g} on a person decides. A project
is announced once: an equal promise a year later is doubtful, unless the later text reports what became of the first.
`gapengine bench joining` counts right and wrong pairs over labelled texts.

## Decisions

One row of `announcement_decisions.csv` is one decision; they apply in the order of the file, after all texts, and no
pull touches them.

| decision | what it does | needs |
|---|---|---|
| confirm | right as shown; its doubts are settled | event |
| correct | sets a field | event, field, value; county where the event has several |
| merge | the event is the same project as another, and goes into it | event, other |
| split | a telling is a project of its own | event, telling; other names it |
| reject | brings no jobs; or one telling does not belong | event; telling |

Fields that can be corrected: {fields}. Of a layoff (`warn-...`) the industry can be given: `correct` with the field
`naics_code`. `decided_on`, `decided_by` (a role or initials) and `why` are for those who read it later.

## A CSV of announcements

The header must be: `{columns}`. `counties` holds five-digit codes and `cities` names, parted by semicolons. An empty
cell means that nobody said.
"""


def page() -> str:
    """The page as text."""
    fields = ", ".join(f"`{name}`" for name in FIELDS)
    return PAGE.format(join=JOIN, doubt=DOUBT, fields=fields, columns=",".join(CSV_COLUMNS))


def main() -> None:
    """Write the page to standard output."""
    sys.stdout.write(page())


if __name__ == "__main__":
    main()
