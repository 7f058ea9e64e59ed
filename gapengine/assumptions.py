"""Every disputable number of the method, by name: value, unit, range, why, source; read from assumptions.toml."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gapengine.college_files import TomlFile, nearest, read_toml
from gapengine.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_INHERITED = ("unit", "why", "source")
_NUMBERS = ("value", "low", "high")


@dataclass(frozen=True)
class Assumption:
    """One disputable number.

    Attributes:
        name: its name; dots separate the levels, as in ``level_share.typical_entry.Associate's degree.certificate``.
        value: the number used.
        unit: its unit.
        low: lower end of the defensible range.
        high: upper end.
        why: the reason for value and range, in one or two sentences.
        source: a named publication, an address, or "team judgement".
        overridden: true where the user set it for this run.
    """

    name: str
    value: float
    unit: str
    low: float
    high: float
    why: str
    source: str
    overridden: bool = False

    @property
    def judged(self) -> bool:
        """True where no publication carries the number, only our judgement."""
        return self.source.startswith("team judgement")

    def draw(self, generator: np.random.Generator, draws: int) -> NDArray[np.float64]:
        """Draw from the range, triangular with its mode at the value; an overridden number is drawn as it is.

        Args:
            generator: the run's generator.
            draws: how many.

        Returns:
            Array of shape (draws,) in the assumption's unit.
        """
        if self.overridden or self.low == self.high:
            return generator.uniform(self.value, self.value, draws)
        return generator.triangular(self.low, self.value, self.high, draws)


@dataclass(frozen=True)
class Assumptions(Mapping[str, Assumption]):
    """All assumptions by name, in the order of the file."""

    by_name: Mapping[str, Assumption]

    def __getitem__(self, name: str) -> Assumption:
        """Return one assumption.

        Raises:
            KeyError: no such name; the message offers the nearest.
        """
        if name not in self.by_name:
            raise KeyError(f"no assumption is called {name!r}. {_offer(name, self.by_name)}")
        return self.by_name[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether an assumption has this name (without composing the message of a miss)."""
        return name in self.by_name

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names, in the order of the file."""
        return iter(self.by_name)

    def __len__(self) -> int:
        """Return the number of assumptions."""
        return len(self.by_name)

    def value(self, name: str) -> float:
        """Return one assumption's value."""
        return self[name].value

    def whole(self, name: str) -> int:
        """Return the value of an assumption that counts something, as an integer."""
        return round(self[name].value)

    def group(self, prefix: str) -> dict[str, Assumption]:
        """Return all assumptions below a name, keyed by the rest of their names.

        Raises:
            KeyError: nothing is below that name.
        """
        found = {name[len(prefix) + 1 :]: item for name, item in self.by_name.items() if name.startswith(f"{prefix}.")}
        if not found:
            raise KeyError(f"no assumption is below {prefix!r}. {_offer(prefix, self.by_name)}")
        return found

    def override(self, settings: Iterable[str]) -> Assumptions:
        """Return a copy in which the settings replace values and are marked as overridden.

        Args:
            settings: texts ``name=value``.

        Raises:
            UsageError: a setting is no ``name=value``, its name is unknown, or its value is no number or lies outside
                the range, which the message names.
        """
        changed = dict(self.by_name)
        for setting in settings:
            name, separator, text = (part.strip() for part in setting.rpartition("="))
            if not separator or not name:
                raise UsageError(f"--set {setting}: expected name=value, as in --set draws=200.")
            if name not in changed:
                raise UsageError(f"--set {setting}: no assumption is called {name!r}. {_offer(name, self.by_name)}")
            changed[name] = replace(changed[name], value=_within(setting, text, changed[name]), overridden=True)
        return Assumptions(changed)


def embedded() -> Path:
    """Return the place of the assumptions that come with the program."""
    return Path(str(files("gapengine"))) / "data" / "assumptions.toml"


def load(path: Path | None = None) -> Assumptions:
    """Read the embedded assumptions and, where a path is given, replace those that the other file names.

    A table with a ``value`` is an assumption; a table without one groups assumptions and may hold the ``unit``,
    ``why`` and ``source`` of those below it that state none.

    Args:
        path: a college's own assumptions.toml; it may hold any part of the embedded one, but no new names.

    Raises:
        DataContract: the file is missing or no TOML, or an assumption lacks a field, has an unknown one, or its value
            is outside its range.
    """
    base = Assumptions(_read(embedded()))
    if path is None:
        return base
    own_file = read_toml(path)
    own = {item.name: item for item in _leaves(own_file, own_file.data, (), {})}
    if unknown := next((name for name in own if name not in base), None):
        raise own_file.fail([unknown], "a name of the embedded assumptions", _offer(unknown, base))
    return Assumptions({**base.by_name, **own})


def for_college(folder: Path) -> Assumptions:
    """Return the embedded assumptions with those of the folder's own assumptions.toml, where it has one."""
    own = folder / "assumptions.toml"
    return load(own if own.is_file() else None)


def _read(path: Path) -> dict[str, Assumption]:
    file = read_toml(path)
    return {item.name: item for item in _leaves(file, file.data, (), {})}


def _leaves(
    file: TomlFile, table: Mapping[str, Any], keys: tuple[str, ...], inherited: Mapping[str, str]
) -> Iterator[Assumption]:
    if "value" in table:
        yield _assumption(file, {**inherited, **table}, keys)
        return
    below = {**inherited, **{name: table[name] for name in _INHERITED if isinstance(table.get(name), str)}}
    for name, item in table.items():
        if isinstance(item, dict):
            yield from _leaves(file, item, (*keys, name), below)
        elif name not in below:
            raise file.fail((*keys, name), "a table with value, low and high", "Write name = { value = ..., ... }.")


def _assumption(file: TomlFile, fields: Mapping[str, Any], keys: tuple[str, ...]) -> Assumption:
    declared = (*_NUMBERS, *_INHERITED)
    if unknown := next((name for name in fields if name not in declared), None):
        raise file.fail((*keys, unknown), f"only {', '.join(declared)}", nearest(unknown, declared))
    if missing := next((name for name in declared if fields.get(name) in (None, "")), None):
        raise file.fail(keys, f"a {missing}", "State it here, or unit, why and source once in the table above.")
    for name in _NUMBERS:
        number = fields[name]
        if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
            raise file.fail((*keys, name), f"a finite number, found {number!r}", "Write it without quotes.")
    value, low, high = (float(fields[name]) for name in _NUMBERS)
    if not low <= value <= high:
        found = f"{low:g}, {value:g}, {high:g}"
        raise file.fail(keys, f"low <= value <= high, found {found}", "Widen the range or move the value.")
    unit, why, source = (" ".join(str(fields[name]).split()) for name in _INHERITED)
    return Assumption(".".join(keys), value, unit, low, high, why, source)


def _within(setting: str, text: str, item: Assumption) -> float:
    try:
        value = float(text)
    except ValueError:
        raise UsageError(f"--set {setting}: {text!r} is no number. The unit is {item.unit}.") from None
    if not item.low <= value <= item.high:
        raise UsageError(
            f"--set {setting}: {item.name} must lie between {item.low:g} and {item.high:g} {item.unit} ({item.why}) "
            f"To go beyond, change its range in an assumptions.toml of your own and say why there."
        )
    return value


def _offer(name: str, known: Iterable[str]) -> str:
    names = list(known)
    inside = [repr(candidate) for candidate in names if name and name in candidate][:5]
    close = [repr(candidate) for candidate in difflib.get_close_matches(name, names, n=1)]
    if found := inside or close:
        return f"Did you mean {' or '.join(found)}?"
    return "All names are listed under 'Assumptions' in the report."
