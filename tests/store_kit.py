"""What tests of the store share: small QCEW files in the agency's layout, a place, and pulls of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Response

from connectors import bls_qcew
from connectors.catalogue import Connector
from connectors.source import Ask, Place
from gapengine.store import manifest, pulling
from gapengine.store.pull import Acceptance, Outcome
from gapengine.store.pulling import Pulled
from tests.agency import session

COLUMNS = bls_qcew.FEEDS[0].headers[0].columns
QCEW = Connector(bls_qcew.SOURCE, bls_qcew.FEEDS)
QUARTERS = Connector(bls_qcew.SOURCE, (bls_qcew.FEEDS[0],))
PLACE = Place("37", ("37063",))
AS_OF = date(2016, 11, 15)
ASK = Ask(PLACE, AS_OF)
MORNING = datetime(2016, 11, 15, 9, tzinfo=UTC)
_TEXT = {"area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr"} | {
    name for name in COLUMNS if "disclosure" in name
}


def qcew(quarter: int = 1, jobs: int = 1000, cells: int = 12, area: str = "37063", year: int = 2016) -> bytes:
    """A small file of one county and quarter in the layout of the API: a total and some industries."""
    lines = [",".join(f'"{name}"' for name in COLUMNS)]
    for cell in range(cells):
        row = dict.fromkeys(COLUMNS, "0")
        row |= {"area_fips": area, "own_code": "5", "industry_code": str(3110 + cell), "agglvl_code": "76"}
        row |= {"year": str(year), "qtr": str(quarter), "size_code": "0", "disclosure_code": ""}
        row |= {"lq_disclosure_code": "", "oty_disclosure_code": "", "qtrly_estabs": str(cell + 1)}
        row |= {f"month{month}_emplvl": str(jobs + cell + month) for month in (1, 2, 3)}
        lines.append(",".join(f'"{row[name]}"' if name in _TEXT else row[name] for name in COLUMNS))
    return ("\n".join(lines) + "\n").encode()


class Heard:
    """A progress that remembers."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.outcomes: list[Outcome] = []

    def begins(self, source: str) -> None:
        self.steps.append(source)

    def step(self, name: str) -> None:
        self.steps.append(name)

    def ends(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)


class Agency:
    """BLS on this machine: serves quarters of Durham, with what a test puts in their place."""

    def __init__(self, server: HTTPServer) -> None:
        self.server = server
        self.files: dict[tuple[str, str], Response] = {}

    def serves(self, quarter: int, body: bytes | Response, area: str = "37063", **options: Any) -> None:
        """Put a reply at a quarter's address; the last one counts."""
        reply = body if isinstance(body, Response) else Response(body, **options)
        self.files[str(quarter), area] = reply
        self.server.clear()
        for (period, place), answer in self.files.items():
            path = f"/data.bls.gov/cew/data/api/2016/{period}/area/{place}.csv"
            self.server.expect_request(path).respond_with_response(answer)
        self.server.expect_request("/data.bls.gov/cew/data/api/2016/2/area/37063.csv").respond_with_data("", status=404)

    def pull(
        self,
        store: Path,
        accept: Acceptance | None = None,
        now: datetime = MORNING,
        *connectors: Connector,
        **options: Any,
    ) -> Pulled:
        """Pull the first quarter of 2016, and the second, which may not be out."""
        made = lambda ledger: session(self.server.port, ledger=ledger, **options)  # noqa: E731
        chosen = connectors or (FIRST,)
        return pulling.from_agencies(store, ASK, chosen, made, Heard(), accept, now)


def _first(ask: Ask) -> Any:
    return tuple(
        item
        for item in bls_qcew.wanted_quarters(ask)
        if item.period in {"2016Q1", "2016Q2"} and "37063" in item.address
    )


FIRST = Connector(bls_qcew.SOURCE, (replace(bls_qcew.FEEDS[0], wanted=_first),))


def one(pulled: Pulled) -> Outcome:
    """The outcome of the only source."""
    (outcome,) = pulled.outcomes
    return outcome


def held(store: Path, as_of: date | None = None) -> dict[str, int]:
    """Period -> rows of the newest vintages of the store."""
    with manifest.opened(store) as kept:
        return {item.period: item.rows for item in kept.newest(as_of)}


def from_files(store: Path, folder: Path, connectors: tuple[Connector, ...] = (QUARTERS,), **options: Any) -> Pulled:
    """Pull from a folder."""
    return pulling.from_folder(store, folder, connectors, Heard(), **{"now": MORNING} | options)
