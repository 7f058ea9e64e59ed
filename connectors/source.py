"""What every connector states: the facts of its source, and its feeds (what to fetch, and how to read what came).

A connector is a module with ``SOURCE`` (a :class:`Source`) and ``FEEDS`` (a tuple of :class:`Feed`); nothing is
registered anywhere, since :mod:`connectors.catalogue` scans the package. Everything here is plain data and pure
functions: which addresses are wanted is decided without the network, and :mod:`connectors.http` fetches them all in
one way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from connectors.cadence import Cadence
from connectors.headers import Header
from connectors.parts import WHOLE, Split
from connectors.replies import Reply
from connectors.tables import Table

CSV, TEXT, JSON, XML, HTML, PDF, ZIP, EXCEL = "csv", "text", "json", "xml", "html", "pdf", "zip", "excel"
KINDS = (CSV, TEXT, JSON, XML, HTML, PDF, ZIP, EXCEL)
MAX_BYTES = 300_000_000


@dataclass(frozen=True)
class Source:
    """One source of data, declared as ``SOURCE`` at the top of its connector.

    Attributes:
        name: the connector's short name, equal to its module's name.
        title: the data set's name, as its publisher writes it.
        publisher: who publishes it.
        address: web address of the data set's page.
        licence: terms of use, in one sentence.
        cadence: how often it is published, and how long after the period it describes.
        document: the agency's own description of the layout that the parser follows (title and address).
        caveats: what a reader must know before using any figure of it.
        attribution: a sentence that everything built from it must print; empty where the licence asks for none.
        hosts: hosts beside the one asked to which the agency may redirect a request.
    """

    name: str
    title: str
    publisher: str
    address: str
    licence: str
    cadence: str
    document: str
    caveats: tuple[str, ...] = ()
    attribution: str = ""
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """The places a college needs figures of, as plain text.

    Attributes:
        state_fips: two digits (37).
        county_fips: five digits each, the counties of the labor shed.
        area_codes: metropolitan areas of the labor shed, five digits as OEWS writes them (20500).
    """

    state_fips: str
    county_fips: tuple[str, ...]
    area_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ask:
    """Everything that may decide what is wanted.

    Attributes:
        place: the places.
        as_of: the day that stands for today.
        keys: names of the secrets that are set (``GAPENGINE_BLS_KEY``); their values are never seen here.
    """

    place: Place
    as_of: date
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Quota:
    """How many calls an agency allows in a day; counted in a ledger that outlives the program.

    Attributes:
        name: ledger entry, as in ``bls_api``.
        per_day: calls a day.
    """

    name: str
    per_day: int


@dataclass(frozen=True)
class Wanted:
    """One request.

    Attributes:
        address: https address. ``{GAPENGINE_BLS_KEY}``, here, in a header or in the body, is replaced by that secret
            at the moment of sending only: it is in no log, error or stored file.
        name: file name for messages and for the parser (``c2024_a.csv``).
        kind: what must come back, one of ``KINDS``; a web page in place of anything else is an error.
        period: what it describes: ``2016Q1``, ``2024``, ``2024-05``, or a vintage such as ``29.1``.
        members: patterns of the files to read inside a zip, each given to the parser under its own name; empty where
            the reply itself is read.
        coming: true where the period may not be published yet: 404 or an empty reply then means just that.
        settled: true where the agency will not revise it any more: not asked for again once it is in the store.
        listing: true where the reply is only followed, not parsed.
        body: sent by POST where there is one.
        headers: further request headers.
        quota: the agency's limit on calls, if any.
        max_bytes: largest reply accepted.
    """

    address: str
    name: str
    kind: str = CSV
    period: str = ""
    members: tuple[str, ...] = ()
    coming: bool = False
    settled: bool = False
    listing: bool = False
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    quota: Quota | None = None
    max_bytes: int = MAX_BYTES


Range = tuple[float, float]


@dataclass(frozen=True)
class Limits:
    """How far a new vintage may differ from the last before a person must accept it.

    Attributes:
        rows: rows, new over old.
        lost_keys: share of the old keys that may be gone.
        totals: column of numbers -> its sum over the rows of both, new over old.
        changed: share of the cells of both vintages' common rows that may differ.
        next_rows: rows of a period over those of the period before it.
        next_totals: column -> sum of a period over that of the period before.
    """

    rows: Range = (0.9, 1.15)
    lost_keys: float = 0.05
    totals: Mapping[str, Range] = field(default_factory=dict)
    changed: float = 0.6
    next_rows: Range = (0.7, 1.4)
    next_totals: Mapping[str, Range] = field(default_factory=dict)


Parser = Callable[[Reply, str], pd.DataFrame]


@dataclass(frozen=True)
class Feed:
    """One table that a source yields.

    Attributes:
        table: the declared table; also the feed's name unless ``name`` is given.
        parse: the reply's bytes and a name for messages -> rows of the table. Pure.
        wanted: what to ask for. Pure: the same ask gives the same requests. ``none`` where the agency offers files by
            hand only.
        headers: the official headers by which a file of an unknown name is recognised; it is one of this feed's when it
            fits any.
        cadence: how often it is published and how long after the period.
        recognise: for what has no header row (JSON, PDF): the file's bytes -> whether it is one of this feed's.
        name: where two feeds of a source yield the same table.
        parts: how rows are told apart into parts, each with vintages of its own.
        limits: how far a new vintage may differ.
        follow: a reply -> further requests (next pages, articles of a listing, next chunk). Pure.
    """

    table: Table
    parse: Parser
    wanted: Callable[[Ask], Sequence[Wanted]]
    headers: tuple[Header, ...]
    cadence: Cadence
    recognise: Callable[[bytes], bool] | None = None
    name: str = ""
    parts: Split = WHOLE
    limits: Limits = field(default_factory=Limits)
    follow: Callable[[Wanted, bytes], Sequence[Wanted]] | None = None

    @property
    def title(self) -> str:
        """The feed's name: unique in its source."""
        return self.name or self.table.name


def none(_ask: Ask) -> tuple[Wanted, ...]:
    """Nothing to ask for: the files are given by hand (``gapengine pull --from FOLDER``)."""
    return ()
