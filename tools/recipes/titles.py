"""Titles of industries at two to four digits, with those of codes that the newest vintage dropped."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from connectors import census_naics
from tools.official import concordance
from tools.recipe import Recipe


def naics_titles(data: Path) -> pd.DataFrame:
    """NAICS 2022, then four-digit codes of 2017 and 2012 that are gone.

    The concordances hold six-digit titles only: a dropped code takes the title of its six-digit industry where it has
    one, and otherwise the titles of its six-digit industries joined.
    """
    path = data / "official/naics/2-6 digit_2022_Codes.xlsx"
    newest = census_naics.parse_titles(path, path.name)
    newest = newest[newest["naics_code"].str.fullmatch(r"\d{2,4}|\d\d-\d\d")]
    parts = [newest, _dropped(data, "2017", "2022"), _dropped(data, "2012", "2017")]
    return pd.concat(parts).drop_duplicates("naics_code")


def _dropped(data: Path, older: str, newer: str) -> pd.DataFrame:
    six = concordance(data, older, newer)
    titles = six[["from_code", "from_title"]].drop_duplicates("from_code")
    joined = titles.groupby(titles["from_code"].str[:4])["from_title"].agg(_joined)
    gone = joined[~joined.index.isin(six["to_code"].str[:4])]
    return pd.DataFrame({"naics_code": gone.index, "naics_title": gone.to_numpy(), "vintage": older})


def naics_index(data: Path) -> pd.DataFrame:
    """What trains the reader of industries: the official index of activities, and the titles at four to six digits."""
    index = data / "official/naics/2022_NAICS_Index_File.xlsx"
    codes = data / "official/naics/2-6 digit_2022_Codes.xlsx"
    entries = census_naics.parse_index(index, index.name)[["naics_code", "entry"]]
    titles = census_naics.parse_titles(codes, codes.name).rename(columns={"naics_title": "entry"})
    titles = titles.loc[titles["naics_code"].str.fullmatch(r"\d{4,6}"), ["naics_code", "entry"]]
    table = pd.concat([entries.assign(kind="index"), titles.assign(kind="title")])
    return table.drop_duplicates(["naics_code", "entry"]).sort_values(["naics_code", "kind", "entry"])


def _joined(titles: pd.Series[str]) -> str:
    said = list(dict.fromkeys(title.split(" - ")[0].strip() for title in titles))
    return said[0] if len(said) == 1 else "; ".join(said[:3]) + (" and others" if len(said) > 3 else "")


RECIPES = (
    Recipe(
        "naics_titles",
        "Title of an industry.",
        {
            "naics_code": "industry, two to four digits; sectors may be ranges (31-33)",
            "naics_title": "its name",
            "vintage": "newest vintage that has the code",
        },
        ("naics_code",),
        ("naics",),
        "NAICS 2022, 2017, 2012",
        "2022-12-31",
        "NAICS 2022, and codes of 2017 and 2012 that it dropped.",
        naics_titles,
        ("A dropped code is named by its six-digit industries.",),
    ),
    Recipe(
        "naics_index",
        "Words for an activity and the industry they belong to.",
        {
            "naics_code": "industry, four to six digits, NAICS 2022",
            "entry": "an entry of the index of activities, or the industry's title",
            "kind": "index or title",
        },
        ("naics_code", "entry"),
        ("naics",),
        "NAICS 2022",
        "2022-12-31",
        "All industries; used to read the industry of an announcement, not in a run.",
        naics_index,
        ('Pointers of the index ("see ...") are left out.',),
    ),
)
