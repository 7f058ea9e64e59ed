"""The ways a run can end badly: one exception class for each exit code, so that scripts can tell them apart."""

from __future__ import annotations

from typing import ClassVar


class GapengineError(Exception):
    """An error that a person can act on: its message says what was read, where, what was expected and what to do."""

    exit_code: ClassVar[int] = 1


class UsageError(GapengineError):
    """The command or one of its options is wrong (exit code 2)."""

    exit_code: ClassVar[int] = 2


class MissingLibrary(GapengineError):  # noqa: N818 - named for what is missing, as in the page of exit codes
    """A system library is not installed (exit code 3)."""

    exit_code: ClassVar[int] = 3


class SourceFailure(GapengineError):  # noqa: N818
    """A source could not be fetched or read; the last good snapshot stays in use (exit code 4)."""

    exit_code: ClassVar[int] = 4


class Locked(GapengineError):  # noqa: N818
    """Another run holds the store (exit code 5)."""

    exit_code: ClassVar[int] = 5


class DataContract(GapengineError):  # noqa: N818
    """A file or table breaks its declaration (exit code 6)."""

    exit_code: ClassVar[int] = 6
