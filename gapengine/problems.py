"""Gathers what is wrong with a college's files, so that one message names all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from gapengine.errors import DataContract

_T = TypeVar("_T")
_LISTED = 100


class Problems(DataContract):
    """Several things wrong at once, one line each.

    Attributes:
        problems: a sentence for each, in the order of the files and their rows.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        lines = [f"- {problem}" for problem in self.problems[:_LISTED]]
        if len(self.problems) > _LISTED:
            lines.append(f"- and {len(self.problems) - _LISTED} more")
        head = f"{len(self.problems)} problems:\n"
        super().__init__(self.problems[0] if len(self.problems) == 1 else head + "\n".join(lines))


class Findings:
    """Runs checks and keeps what they refuse, to be told together."""

    def __init__(self) -> None:
        self._problems: list[str] = []

    def of(self, check: Callable[[], _T]) -> _T | None:
        """What a check or reading returns; None where it refused, which is then kept."""
        try:
            return check()
        except DataContract as error:
            self._problems += sentences(error)
            return None

    def need(self, value: _T | None) -> _T:
        """A value that a check returned.

        Raises:
            Problems: the check refused.
        """
        self.tell()
        if value is None:
            raise DataContract("a check returned nothing and said nothing: tell the authors what the folder holds")
        return value

    def tell(self) -> None:
        """Refuse with everything that was found.

        Raises:
            Problems: anything was.
        """
        if self._problems:
            raise Problems(dict.fromkeys(self._problems))


def sentences(error: DataContract) -> tuple[str, ...]:
    """The single problems of an error."""
    return error.problems if isinstance(error, Problems) else (str(error),)


def together(errors: Iterable[DataContract]) -> None:
    """Refuse with all of the errors.

    Raises:
        Problems: there is one.
    """
    if problems := [sentence for error in errors for sentence in sentences(error)]:
        raise Problems(problems)
