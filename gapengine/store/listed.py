"""What the manifest lists: replies, and accepted vintages of parts of tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReplyRow:
    """A reply as the manifest lists it."""

    sha256: str
    address: str
    name: str
    bytes: int
    media_type: str
    etag: str
    last_modified: str
    retrieved_at: str


@dataclass(frozen=True)
class Vintage:
    """An accepted vintage of one part of a table.

    Attributes:
        source, feed, table_name, series, period: which part.
        covers_until: last day that its figures describe; empty where the period does not tell.
        sha256: of its Parquet file.
        rows, set_aside: rows kept, and impossible ones set aside.
        replies: hashes of the replies it was read from, joined by spaces.
        retrieved_at, accepted_at: UTC, ISO 8601.
        accepted_by, why: who accepted a vintage that looked wrong, and why; empty where none had to.
        difference: how it differed from the one before, where somebody had to accept that.
        version: of the program that read it.
    """

    source: str
    feed: str
    table_name: str
    series: str
    period: str
    covers_until: str
    sha256: str
    rows: int
    set_aside: int
    replies: str
    retrieved_at: str
    accepted_at: str
    accepted_by: str
    why: str
    difference: str
    version: str

    @property
    def part(self) -> tuple[str, str, str, str]:
        """Source, feed, series and period."""
        return self.source, self.feed, self.series, self.period
