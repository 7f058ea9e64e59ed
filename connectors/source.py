"""What every connector states about its source: the facts a reader needs to cite it, find it and doubt it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """One source of data, declared as ``SOURCE`` at the top of its connector.

    Attributes:
        name: the connector's short name, equal to its module's name.
        title: the data set's name, as its publisher writes it.
        publisher: who publishes it.
        address: web address of the data set's page.
        licence: terms of use, in one sentence.
        cadence: how often it is published, and how long after the period it describes.
        document: the agency's own description of the layout that the parser follows (title and address).
        caveats: what a reader must know before using any figure of it.
    """

    name: str
    title: str
    publisher: str
    address: str
    licence: str
    cadence: str
    document: str
    caveats: tuple[str, ...] = ()
