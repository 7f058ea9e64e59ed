"""Compares every stored byte with its hash."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gapengine import snapshot
from gapengine.store import manifest
from gapengine.store.files import named_files, reply_path, sha256, sidecar_path, vintage_path


@dataclass(frozen=True)
class Verified:
    """What a check of the store found.

    Attributes:
        files: how many were compared.
        altered: files whose bytes are not those that were stored.
        missing: files that the manifest names and that are gone.
        strays: files that the manifest does not name: left by a pull that died, removed by the next.
    """

    files: int
    altered: tuple[str, ...]
    missing: tuple[str, ...]
    strays: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether every stored byte is what it was."""
        return not self.altered and not self.missing


def verify(store: Path) -> Verified:
    """Check every reply and vintage that the manifest names.

    Raises:
        DataContract: there is no readable manifest.
    """
    with manifest.opened(store) as kept:
        kept.check()
        due = {reply_path(store, row.sha256): row.sha256 for row in kept.all_replies()}
        due |= {sidecar_path(store, reply): digest for reply, digest in kept.all_sidecars().items()}
        due |= {vintage_path(store, item.table_name, item.sha256): item.sha256 for item in kept.all_vintages()}
    shown = {path: path.relative_to(store).as_posix() for path in due}
    missing = [shown[path] for path in due if not path.exists()]
    altered = [shown[path] for path, digest in due.items() if path.exists() and sha256(path.read_bytes()) != digest]
    snapshots = sorted(path.parent for path in (store / "snapshots").glob("*/manifest.json"))
    altered += [f"snapshots/{folder.name}/{name}" for folder in snapshots for name in snapshot.verify(folder)]
    strays = [path.relative_to(store).as_posix() for path in named_files(store) if path not in due]
    return Verified(len(due), tuple(sorted(altered)), tuple(sorted(missing)), tuple(strays))
