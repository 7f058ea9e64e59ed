"""Which occupations a program feeds: official pairs, filtered by level; completion; the college's corrections.

Method trap 1: the crosswalk alone is wrong for this college. Every edge carries its layer and its reason.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from gapengine.assumptions import Assumptions
from gapengine.college import College
from gapengine.demand.codes import Universe
from gapengine.demand.levels import CLASSES
from gapengine.programs import Program
from gapengine.snapshot import Snapshot

LAYERS = ("official", "inferred", "college")
_COLUMNS = ["cip_code", "award_class", "soc_code", "layer", "reason"]
_NO_MATCH = "99-9999"
_Pair = tuple[str, str]
_Why = tuple[str, str]
_Edge = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class ProgramMap:
    """Edges from programs to occupations.

    Attributes:
        edges: cip_code, award_class, soc_code (matrix code), layer, reason; the same for every institution.
        dropped: the same columns: official pairs that were left out, and why.
    """

    edges: pd.DataFrame
    dropped: pd.DataFrame

    @cached_property
    def targets(self) -> dict[tuple[str, str], list[str]]:
        """Occupations by CIP and award class."""
        codes = self.edges["soc_code"].tolist()
        return {program: [str(codes[row]) for row in rows] for program, rows in self._of_program.items()}

    @cached_property
    def _of_program(self) -> dict[tuple[str, str], list[int]]:
        return self._rows_by("cip_code")

    @cached_property
    def _of_occupation(self) -> dict[tuple[str, str], list[int]]:
        return self._rows_by("soc_code")

    def _rows_by(self, column: str) -> dict[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = {}
        for row, (code, of_class) in enumerate(zip(self.edges[column], self.edges["award_class"], strict=True)):
            found.setdefault((str(code), str(of_class)), []).append(row)
        return found

    def licensed(self, occupations: Set[str]) -> frozenset[tuple[str, str]]:
        """CIP and award class of programs that feed mostly occupations nobody enters without the credential."""
        tied = self.edges.assign(tied=self.edges["soc_code"].isin(occupations))
        share = tied.groupby(["cip_code", "award_class"])["tied"].mean()
        return frozenset((str(cip), str(of_class)) for cip, of_class in share[share >= 0.5].index)

    def of(self, cip_code: str, award_class: str) -> pd.DataFrame:
        """Edges of one CIP and award class."""
        return self.edges.take(self._of_program.get((cip_code, award_class), []))

    def sharing(self, cip_code: str, award_class: str) -> set[str]:
        """CIP codes whose programs of one award class feed an occupation that this one feeds, itself among them."""
        socs = self.targets.get((cip_code, award_class), ())
        rows = [row for soc in socs for row in self._of_occupation[soc, award_class]]
        return set(self.edges["cip_code"].take(rows))

    def dropped_from(self, cip_code: str, award_class: str) -> pd.DataFrame:
        """Official pairs that were left out for one CIP and award class."""
        table = self.dropped
        return table[(table["cip_code"] == cip_code) & (table["award_class"] == award_class)]


def build(
    snapshot: Snapshot,
    universe: Universe,
    shares: np.ndarray,
    college: College,
    groups: pd.DataFrame,
    assumptions: Assumptions,
) -> ProgramMap:
    """Build the map for every CIP and award class that the college or another institution offers.

    Args:
        snapshot: needs cip_soc, related_occupations, occupations (work experience).
        universe: order of the occupations.
        shares: (O, 2) combined level shares, in the order of CLASSES.
        college: its programs carry the corrections, which win; they hold for the same CIP and class everywhere, so
            that both sides of the balance speak of the same occupations.
        groups: cip_code and award_class of the other institutions.
        assumptions: map.reach, map.enough.
    """
    official = _official(snapshot, universe)
    related = _related(snapshot, universe)
    experienced = _experienced(snapshot)
    own: dict[_Pair, list[Program]] = {}
    for program in college.programs:
        own.setdefault((program.cip_code, program.award_class), []).append(program)
    edges: list[_Edge] = []
    dropped: list[_Edge] = []
    for pair in dict.fromkeys([*own, *zip(groups["cip_code"], groups["award_class"], strict=True)]):
        cip_code, award_class = pair
        reach = shares[:, CLASSES.index(award_class)] >= assumptions.value("map.reach")
        kept, left = _reached(official.get(cip_code, ()), reach, universe, assumptions.value("map.reach"))
        for program in own.get(pair, []):
            _correct(program, kept, left, universe)
        if len(kept) < assumptions.value("map.enough"):
            corrected = {soc_code for soc_code, (layer, _) in left.items() if layer == "college"}
            for soc_code, reason in _completion(cip_code, official, related, universe).items():
                enterable = reach[universe.position[soc_code]] and soc_code not in experienced
                if enterable and soc_code not in kept and soc_code not in corrected:
                    kept[soc_code] = ("inferred", reason)
        edges += [(*pair, soc_code, *why) for soc_code, why in sorted(kept.items())]
        dropped += [(*pair, soc_code, *why) for soc_code, why in left.items()]
    return ProgramMap(pd.DataFrame(edges, columns=_COLUMNS), pd.DataFrame(dropped, columns=_COLUMNS))


def _reached(
    soc_codes: Sequence[str], reach: np.ndarray, universe: Universe, least: float
) -> tuple[dict[str, _Why], dict[str, _Why]]:
    """Official pairs that the award level reaches, and those that it does not."""
    inside = ("official", "official CIP-SOC pair, reached by this award level")
    outside = ("official", f"official pair, but this award level reaches fewer than {least:.0%} of its openings")
    kept = {code: inside for code in soc_codes if reach[universe.position[code]]}
    return kept, {code: outside for code in soc_codes if code not in kept}


def _experienced(snapshot: Snapshot) -> frozenset[str]:
    """Occupations that BLS says ask for years of experience: no graduate starts there, so none is inferred."""
    table = snapshot["occupations"]
    return frozenset(table.loc[table["work_experience"].isin(["Less than 5 years", "5 years or more"]), "soc_code"])


def _official(snapshot: Snapshot, universe: Universe) -> dict[str, tuple[str, ...]]:
    pairs = snapshot["cip_soc"]
    pairs = pairs[pairs["soc_code"] != _NO_MATCH]
    codes = universe.map(pairs["soc_code"])
    frame = pd.DataFrame({"cip": pairs["cip_code"], "soc": codes}).dropna().drop_duplicates()
    return {str(cip): tuple(sorted(part)) for cip, part in frame.groupby("cip")["soc"]}


def _related(snapshot: Snapshot, universe: Universe) -> dict[str, tuple[str, ...]]:
    table = snapshot["related_occupations"]
    frame = pd.DataFrame(
        {"soc": universe.map(table["soc_code"]), "related": universe.map(table["related_soc_code"])}
    ).dropna()
    frame = frame[frame["soc"] != frame["related"]].drop_duplicates()
    return {str(soc): tuple(sorted(part)) for soc, part in frame.groupby("soc")["related"]}


def _completion(
    cip_code: str, official: dict[str, tuple[str, ...]], related: dict[str, tuple[str, ...]], universe: Universe
) -> dict[str, str]:
    """Occupations of sibling CIPs (same four digits), and O*NET's related ones within the same major group."""
    found: dict[str, str] = {}
    for soc_code in official.get(cip_code, ()):
        for other in related.get(soc_code, ()):
            if other[:2] == soc_code[:2]:
                found[other] = f"related (O*NET) to {universe.titles[soc_code].lower()}, an official pair"
    for sibling, codes in official.items():
        if sibling[:5] == cip_code[:5] and sibling != cip_code:
            for soc_code in codes:
                found.setdefault(soc_code, f"official pair of the sibling program {sibling}")
    return found


def _correct(program: Program, kept: dict[str, _Why], left: dict[str, _Why], universe: Universe) -> None:
    """Apply the college's corrections: they win over the official pairs."""
    for soc_code in program.drop_soc:
        code = universe.to_matrix.get(soc_code, soc_code)
        if kept.pop(code, None) is not None:
            left[code] = ("college", program.map_reason)
    for soc_code in program.add_soc:
        code = universe.to_matrix[soc_code]
        kept[code] = ("college", program.map_reason)
        left.pop(code, None)
