"""One pull at a time: a lock that the system itself releases when its holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gapengine.errors import Locked
from gapengine.store.files import trouble


@contextmanager
def held(store: Path) -> Iterator[None]:
    """Hold the store's lock.

    The file may stay behind when a process dies; the lock on it does not, so a stale file locks nobody out.

    Raises:
        Locked: another process holds it.
        SourceFailure: the store cannot be written.
    """
    path = store / "lock"
    try:
        store.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise trouble(path, error) from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 64, 0).decode("ascii", "replace").strip() or "unknown"
            raise Locked(
                f"{store}: another pull is at work here (process {holder}). Wait until it has ended."
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)
