"""Publications that the snapshot is built from: agency, edition, address, licence, files, and what was re-encoded."""

from __future__ import annotations

from collections.abc import Mapping

from tools.datasets.employment import EMPLOYMENT, QCEW_AREAS
from tools.datasets.occupations import OCCUPATIONS
from tools.datasets.others import OTHERS
from tools.datasets.publication import ONET_ATTRIBUTION, Publication
from tools.datasets.tested import TESTED

__all__ = ["DATASETS", "ONET_ATTRIBUTION", "QCEW_AREAS", "Publication"]

DATASETS: Mapping[str, Publication] = EMPLOYMENT | OCCUPATIONS | OTHERS | TESTED
