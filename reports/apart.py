"""Sets the PDF in a process of its own, so that everything else is written while its pages are laid out."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from reports import pdf
from reports.errors import ReportError
from reports.quarterly import QuarterlyReport

_SERVE = "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); from reports.apart import serve; serve()"


class Apart:
    """The process: it loads the renderer when it is entered, and is gone when it is left.

    >>> with Apart() as apart:
    ...     apart.begin(report, attachments, path)
    ...     pages = apart.pages()
    """

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self._say(sys.path)
        return self

    @property
    def process_id(self) -> int:
        """The process while this is entered."""
        return self._process.pid

    def begin(self, report: QuarterlyReport, attachments: Mapping[str, bytes], path: Path) -> None:
        """Begin to set a report; the arguments are those of :func:`reports.pdf.write_pdf`."""
        self._say((report, dict(attachments), path))

    def pages(self) -> int:
        """Wait for the file; returns its number of pages.

        Raises:
            MissingLibraryError: Pango or HarfBuzz is not installed on this machine.
            ReportError: the report lacks a value that a page prints, the renderer warned about something, or the
                process ended before it was done.
        """
        said, trouble = self._process.communicate()
        if self._process.returncode:
            last = trouble.decode(errors="replace").strip().rpartition("\n")[2]
            raise ReportError(
                f"The process that sets the PDF ended with {self._process.returncode}: {last or 'no word'}. "
                "Is there memory enough (about 500 MB)?"
            )
        answer: int | ReportError = pickle.loads(said)
        if isinstance(answer, ReportError):
            raise answer
        return answer

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def _say(self, what: object) -> None:
        assert self._process.stdin is not None
        try:
            pickle.dump(what, self._process.stdin)
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it ended early: pages() tells why


def serve() -> None:
    """Set the report that arrives; answer with its number of pages or with what went wrong."""
    answer: int | ReportError
    out, sys.stdout = sys.stdout.buffer, sys.stderr  # only the answer may stand there
    try:
        pdf.prepare()
        report, attachments, path = pickle.load(sys.stdin.buffer)
        answer = pdf.write_pdf(report, attachments, path)
    except ReportError as error:
        answer = error
    pickle.dump(answer, out)
