"""What a request gives: a reply, what is known of the last one, or an error; and how to behave on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from connectors.replies import SourceError
from connectors.source import Quota


class FetchError(SourceError):
    """An address that did not give what was asked for."""


class NotPublished(FetchError):  # noqa: N818 - named for the state of the period
    """The agency has not published this period yet."""


class Ledger(Protocol):
    """Counts calls to an agency that allows a few a day; it outlives the program."""

    def spend(self, quota: Quota) -> bool:
        """Note one call, or return false where the day's calls are used up."""
        ...


@dataclass(frozen=True)
class Known:
    """What is known of the last reply from an address. None of it is given where the stored file is gone.

    Attributes:
        sha256: hash of its body.
        etag: its ETag.
        last_modified: its Last-Modified.
    """

    sha256: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Fetched:
    """A reply.

    Attributes:
        body: as received, content coding undone, secrets replaced by their names; None where unchanged.
        sha256: hash of the body (of the known one where unchanged).
        etag, last_modified, media_type: from its header.
        address: where it was found after redirects, secrets replaced.
        unchanged: true where the agency (304) or the hash says that it is the known one.
    """

    body: bytes | None
    sha256: str
    etag: str
    last_modified: str
    media_type: str
    address: str
    unchanged: bool


@dataclass(frozen=True)
class Manners:
    """How to behave and how long to wait, in seconds.

    Attributes:
        interval: between two requests to one host.
        deadline: for one reply, retries and waits included.
        backoff: before the first retry; doubled for each further one.
        longest_wait: cap on an agency's Retry-After.
    """

    interval: float = 1.0
    deadline: float = 600.0
    backoff: float = 1.0
    longest_wait: float = 60.0
