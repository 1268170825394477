"""How a format asks for what is held."""

from collections.abc import Callable, Mapping, Set

from indicators.extracts.plan import Held
from indicators.extracts.rows import Key
from indicators.periods import Period

# The open figures of the indicators of these slugs, of these periods or, with None, of all.
HeldOf = Callable[[Set[str], Set[Period] | None], Mapping[Key, Held]]
