"""Read the BLS crosswalk from the 2010 to the 2018 Standard Occupational Classification.

The input is the workbook soc_2010_to_2018_crosswalk.xlsx of https://www.bls.gov/soc/2018/crosswalks.htm.
"""

from __future__ import annotations

import pandas as pd

from connectors.reading import Layout, Reply, codes, excel_frame, titles
from connectors.source import Source
from connectors.tables import SOC_CONCORDANCE, checked

SOURCE = Source(
    name="bls_soc",
    title="2010 SOC to 2018 SOC crosswalk",
    publisher="US Bureau of Labor Statistics",
    address="https://www.bls.gov/soc/2018/crosswalks.htm",
    licence="Public domain",
    cadence="with each revision of the classification, about every ten years",
    document="Crosswalks between the 2018 SOC and systems used by other agencies (https://www.bls.gov/soc/2018/)",
    caveats=("Many-to-many and without weights: it says where content went, not how many jobs.",),
)

PAIRS = Layout(SOURCE.document, ("2010 SOC Code", "2010 SOC Title", "2018 SOC Code", "2018 SOC Title"))


def parse(reply: Reply, name: str) -> pd.DataFrame:
    """Pairs of a 2010 and a 2018 occupation.

    Args:
        reply: the workbook; title lines stand above its header.
        name: what to call it in messages.

    Returns:
        Table ``soc_concordance``, titles without the marks (#) and (##) that point to notes.

    Raises:
        SourceError: not the workbook, or a column is missing, renamed or out of order.
        TableError: a code is not of its form.
    """
    frame = excel_frame(reply, name, PAIRS)
    out = pd.DataFrame()
    for year in ("2010", "2018"):
        out[f"soc_{year}_code"] = codes(frame[f"{year} SOC Code"])
        out[f"soc_{year}_title"] = titles(frame[f"{year} SOC Title"].str.replace(r"\s*\(#+\)\s*$", "", regex=True))
    return checked(out, SOC_CONCORDANCE, name)
