"""Every table that leaves this package: its columns, types, units, meanings, keys and caveats, declared once.

A parser returns one of these tables and calls :func:`checked` on it. Codes are text, always. An unknown value is
null, never zero. Money is in dollars, employment in jobs (never thousands), rates and shares between 0 and 1.
"""

from connectors.tables.declaring import Table, TableError, checked
from connectors.tables.education import CIP_SOC, CIP_TITLES, COMPLETERS, COMPLETIONS, INSTITUTIONS
from connectors.tables.events import ANNOUNCEMENTS, LAYOFFS
from connectors.tables.jobs import (
    AREA_TOTALS,
    CBP,
    INDUSTRY_EMPLOYMENT,
    INDUSTRY_PROJECTIONS,
    NAICS_CONCORDANCE,
    NAICS_INDEX,
    NAICS_TITLES,
    QCEW,
)
from connectors.tables.occupations import (
    ATTAINMENT,
    INDUSTRY_STAFFING,
    JOB_ZONES,
    NEM_SOC,
    OCCUPATION_PROJECTIONS,
    OEWS,
    RELATED_OCCUPATIONS,
    REQUIRED_EDUCATION,
    SEPARATIONS,
    SOC_CONCORDANCE,
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        QCEW,
        CBP,
        INDUSTRY_EMPLOYMENT,
        AREA_TOTALS,
        INDUSTRY_PROJECTIONS,
        OEWS,
        OCCUPATION_PROJECTIONS,
        SEPARATIONS,
        ATTAINMENT,
        INDUSTRY_STAFFING,
        CIP_SOC,
        CIP_TITLES,
        NEM_SOC,
        SOC_CONCORDANCE,
        INSTITUTIONS,
        COMPLETIONS,
        COMPLETERS,
        JOB_ZONES,
        REQUIRED_EDUCATION,
        RELATED_OCCUPATIONS,
        NAICS_TITLES,
        NAICS_INDEX,
        NAICS_CONCORDANCE,
        ANNOUNCEMENTS,
        LAYOFFS,
    )
}

__all__ = [
    "ANNOUNCEMENTS",
    "AREA_TOTALS",
    "ATTAINMENT",
    "CBP",
    "CIP_SOC",
    "CIP_TITLES",
    "COMPLETERS",
    "COMPLETIONS",
    "INDUSTRY_EMPLOYMENT",
    "INDUSTRY_PROJECTIONS",
    "INDUSTRY_STAFFING",
    "INSTITUTIONS",
    "JOB_ZONES",
    "LAYOFFS",
    "NAICS_CONCORDANCE",
    "NAICS_INDEX",
    "NAICS_TITLES",
    "NEM_SOC",
    "OCCUPATION_PROJECTIONS",
    "OEWS",
    "QCEW",
    "RELATED_OCCUPATIONS",
    "REQUIRED_EDUCATION",
    "SEPARATIONS",
    "SOC_CONCORDANCE",
    "TABLES",
    "Table",
    "TableError",
    "checked",
]
