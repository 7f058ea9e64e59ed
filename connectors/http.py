"""One polite session for all sources: contact address, one request a second per host, deadline, cap, own retries.

The retries are our own because urllib3's cover connecting and reading the header only, while agencies' large files
break off in the body. Redirects are followed by hand, to the same host (or one that the source names) over https only.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from connectors.bodies import cut, declared_html, wrong_kind
from connectors.fetched import Fetched, FetchError, Known, Ledger, Manners, NotPublished
from connectors.secrets import QuietLogs, Secrets
from connectors.source import EXCEL, ZIP, Wanted

ATTEMPTS = 3
MOST_REDIRECTS = 5
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_CHUNK = 1 << 16
_CONNECT_SECONDS, _READ_SECONDS = 20.0, 60.0


@dataclass
class Session:
    """A requests session with manners. Use it as a context manager.

    Attributes:
        contact: e-mail or web address of whoever pulls, sent in the user agent.
        secrets: go out with a request and appear nowhere else.
        version: of the program, for the user agent.
        ledger: counts calls under a quota.
        manners: waits and caps.
        adapter: what carries https requests; requests' own by default.
        clock, sleep: monotonic seconds, and a wait.
    """

    contact: str
    secrets: Secrets = field(default_factory=Secrets)
    version: str = "0"
    ledger: Ledger | None = None
    manners: Manners = field(default_factory=Manners)
    adapter: HTTPAdapter | None = None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        self._last: dict[str, float] = {}
        self._requests = requests.Session()
        self._requests.headers["User-Agent"] = f"gapengine/{self.version} (+{self.contact})"
        self._requests.headers["Accept-Encoding"] = "gzip, deflate"
        if self.adapter is not None:
            self._requests.mount("https://", self.adapter)
        self._quiet = QuietLogs(self.secrets)

    def __enter__(self) -> Session:
        self._quiet.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._quiet.__exit__()
        self._requests.close()

    def fetch(self, wanted: Wanted, known: Known | None = None, hosts: Collection[str] = ()) -> Fetched:
        """Ask for one reply, and again where it breaks off.

        Args:
            wanted: the request.
            known: the last reply from this address, where its file is still there.
            hosts: further hosts to which the agency may redirect.

        Raises:
            NotPublished: 404 or an empty reply for a period that may not be out yet.
            FetchError: anything else than the whole reply of the kind asked for, after three attempts where another
                attempt could help.
        """
        end = self.clock() + self.manners.deadline
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(wanted, known, hosts, end)
            except _Again as again:
                wait = max(self.manners.backoff * 2 ** (attempt - 1), min(again.wait, self.manners.longest_wait))
                if attempt == ATTEMPTS or self.clock() + wait >= end:
                    tried = f" (tried {attempt} times)" if attempt > 1 else ""
                    raise self._error(wanted, again.found + tried, again.remedy) from None
                self.sleep(wait)
        raise AssertionError("unreachable")  # pragma: no cover

    def _once(self, wanted: Wanted, known: Known | None, hosts: Collection[str], end: float) -> Fetched:
        address = self.secrets.filled(wanted.address)
        if urlsplit(address).scheme != "https":
            raise self._error(wanted, "expected an https address", "Correct the connector")
        allowed = {urlsplit(address).hostname, *hosts}
        for _ in range(MOST_REDIRECTS + 1):
            with self._send(wanted, address, known, end) as response:
                if response.status_code not in _MOVED:
                    return self._read(wanted, response, known, end)
                target = urljoin(address, response.headers.get("Location", ""))
                parts = urlsplit(target)
                if parts.scheme != "https" or parts.hostname not in allowed:
                    found = f"expected an answer from {urlsplit(address).hostname}, was sent on to {target}"
                    raise self._error(wanted, found, "Look whether the agency has moved; if so, update the connector")
                address = target
        raise self._error(wanted, f"expected an answer, was sent on {MOST_REDIRECTS} times", "Try again later")

    def _send(self, wanted: Wanted, address: str, known: Known | None, end: float) -> requests.Response:
        headers = {name: self.secrets.filled(value) for name, value in wanted.headers.items()}
        if known and wanted.body is None:
            if known.etag and not known.etag.startswith("W/"):
                headers["If-None-Match"] = known.etag
            if known.last_modified and not known.etag:
                headers["If-Modified-Since"] = known.last_modified
        body = None if wanted.body is None else self.secrets.filled(wanted.body.decode()).encode()
        self._wait(urlsplit(address).hostname or "", end, wanted)
        if wanted.quota and self.ledger and not self.ledger.spend(wanted.quota):
            found = f"expected a call within the agency's {wanted.quota.per_day} a day, found them used up"
            raise self._error(wanted, found, "Pull again tomorrow; what was fetched before stays in use")
        left = max(end - self.clock(), 0.1)
        try:
            return self._requests.request(
                "GET" if body is None else "POST",
                address,
                data=body,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(min(_CONNECT_SECONDS, left), min(_READ_SECONDS, left)),
            )
        except requests.exceptions.SSLError as error:
            found = f"expected a certificate that can be trusted ({error})"
            raise self._error(wanted, found, "Do not go around it: check the clock and this network's proxy") from None
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, requests.exceptions.MissingSchema):
            raise self._error(wanted, "expected an address that can be asked", "Correct the connector") from None
        except requests.exceptions.RequestException as error:
            found = f"expected an answer from {urlsplit(address).hostname} ({_cause(error)})"
            raise _Again(found, "Check the connection; the last snapshot stays in use") from None

    def _read(self, wanted: Wanted, response: requests.Response, known: Known | None, end: float) -> Fetched:
        status = response.status_code
        if status == 304:
            if known is None:
                raise _Again("expected the file, was told that it has not changed", "Try again later")
            return self._fetched(response, None, known)
        if status != 200:
            raise self._refused(wanted, response)
        body = self._body(wanted, response, end)
        if not body.strip():
            if wanted.coming:
                raise self._not_published(wanted)
            raise _Again("expected a table, found an empty reply", "Try again later")
        kind = wrong_kind(body, wanted)
        if kind is None and declared_html(response.headers.get("Content-Type", ""), wanted):
            kind = "expected the file asked for, found a reply that calls itself a web page"
        if kind:
            raise self._error(wanted, kind, "Open the address in a browser and see why")
        framed = "Content-Length" in response.headers or "Transfer-Encoding" in response.headers
        short = None if framed and wanted.kind not in {ZIP, EXCEL} else cut(body, wanted)
        if short:
            raise _Again(short, "Pull again later")
        return self._fetched(response, self.secrets.redacted_bytes(body), known)

    def _body(self, wanted: Wanted, response: requests.Response, end: float) -> bytes:
        chunks: list[bytes] = []
        size = 0
        declared = response.headers.get("Content-Length", "")
        try:
            while chunk := response.raw.read1(_CHUNK, decode_content=True):
                size += len(chunk)
                if size > wanted.max_bytes:
                    found = f"expected at most {wanted.max_bytes:,} bytes, found more"
                    raise self._error(wanted, found, "Look at what the address serves")
                if self.clock() > end:
                    found = f"expected the whole reply within {self.manners.deadline:g} s, had {size:,} bytes by then"
                    raise self._error(wanted, found, "Pull again when the agency's server is faster")
                chunks.append(chunk)
        except (HTTPError, OSError) as error:
            raise _Again(
                f"expected the whole reply, lost it after {size:,} bytes ({_cause(error)})", "Pull again later"
            ) from None
        if declared.isdigit() and response.raw.tell() < int(declared):
            found = f"expected {int(declared):,} bytes, received {response.raw.tell():,}"
            raise _Again(found, "Pull again later")
        return b"".join(chunks)

    def _fetched(self, response: requests.Response, body: bytes | None, known: Known | None) -> Fetched:
        digest = known.sha256 if body is None and known else hashlib.sha256(body or b"").hexdigest()
        same = known is not None and known.sha256 == digest
        headers = response.headers
        return Fetched(
            body=None if same else body,
            sha256=digest,
            etag=headers.get("ETag", known.etag if known and same else ""),
            last_modified=headers.get("Last-Modified", known.last_modified if known and same else ""),
            media_type=headers.get("Content-Type", ""),
            address=self.secrets.redacted(str(response.url)),
            unchanged=same,
        )

    def _refused(self, wanted: Wanted, response: requests.Response) -> Exception:
        status = response.status_code
        if status in {404, 410} and wanted.coming:
            return self._not_published(wanted)
        found = f"expected the file, was answered {status} {response.reason}"
        if status in _AGAIN:
            return _Again(found, "Pull again later", _seconds(response.headers.get("Retry-After", "")))
        if status in {401, 403}:
            remedy = "The agency refuses this caller: set GAPENGINE_CONTACT to an address of yours, and check any key"
        else:
            remedy = "Look whether the agency has moved the file; if so, update the connector"
        return self._error(wanted, found, remedy)

    def _not_published(self, wanted: Wanted) -> NotPublished:
        period = wanted.period or wanted.name
        return NotPublished(self.secrets.redacted(wanted.address), f"{period} is not yet published", "Pull again later")

    def _wait(self, host: str, end: float, wanted: Wanted) -> None:
        now = self.clock()
        due = self._last.get(host, now - self.manners.interval) + self.manners.interval
        if due > end:
            raise self._error(wanted, "expected an answer in time, spent it all on waiting", "Pull again later")
        if due > now:
            self.sleep(due - now)
        self._last[host] = max(due, self.clock())

    def _error(self, wanted: Wanted, found: str, remedy: str) -> FetchError:
        return FetchError(self.secrets.redacted(wanted.address), self.secrets.redacted(found), remedy)


class _Again(Exception):  # noqa: N818 - a state, never seen outside
    """What another attempt may cure."""

    def __init__(self, found: str, remedy: str, wait: float = 0.0) -> None:
        super().__init__(found)
        self.found, self.remedy, self.wait = found, remedy, wait


def _seconds(retry_after: str) -> float:
    if retry_after.isdigit():
        return float(retry_after)
    try:
        return max((parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return 0.0


def _cause(error: BaseException) -> str:
    """The innermost reason, without the address and the names of objects around it."""
    inner = [
        part for part in (getattr(error, "reason", None), *reversed(error.args)) if isinstance(part, BaseException)
    ]
    return _cause(inner[0]) if inner else str(error).rpartition(": ")[2] or type(error).__name__
