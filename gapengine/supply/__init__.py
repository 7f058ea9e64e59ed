"""Supply: everybody who will look for work in a field of the college, line by line; the unknown is not counted."""

from gapengine.supply.awards import IPEDS_LEVELS, LEVEL_OF_IPEDS, overdispersion
from gapengine.supply.completers import Supply, completers
from gapengine.supply.displaced import displaced
from gapengine.supply.institutions import providers
from gapengine.supply.kept import kept_draws, kept_names

__all__ = [
    "IPEDS_LEVELS",
    "LEVEL_OF_IPEDS",
    "Supply",
    "completers",
    "displaced",
    "kept_draws",
    "kept_names",
    "overdispersion",
    "providers",
]
