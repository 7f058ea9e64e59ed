"""Secrets that go out with a request and appear nowhere else: no log, no error, no stored reply."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

_LOGGERS = ("urllib3.connectionpool", "requests")


@dataclass(frozen=True)
class Secrets:
    """Named secrets. ``{NAME}`` in a request stands for the value; in what comes back the value becomes ``{NAME}``.

    Attributes:
        values: name -> value; an empty value is no secret.
    """

    values: Mapping[str, str] = field(default_factory=dict, repr=False)

    def filled(self, text: str) -> str:
        """The text to send."""
        for name, value in self.values.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def redacted(self, text: str) -> str:
        """The text with every secret, plain or quoted for an address, replaced by its name."""
        for name, value in self.values.items():
            for form in {value, quote(value, safe="")} if value else ():
                text = text.replace(form, f"{{{name}}}")
        return text

    def redacted_bytes(self, body: bytes) -> bytes:
        """The same for the body of a reply (an agency's error repeats the key it was sent)."""
        for name, value in self.values.items():
            if value:
                body = body.replace(value.encode(), f"{{{name}}}".encode())
        return body


class QuietLogs(logging.Filter):
    """Takes secrets out of what the libraries log, while it is entered."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__()
        self._secrets = secrets

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without its secrets."""
        record.msg, record.args = self._secrets.redacted(record.getMessage()), ()
        return True

    def __enter__(self) -> QuietLogs:
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(self)
        return self

    def __exit__(self, *_: object) -> None:
        for name in _LOGGERS:
            logging.getLogger(name).removeFilter(self)
