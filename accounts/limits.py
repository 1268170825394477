"""How often something may be asked for."""

import hashlib
import time

from django.core.cache import cache


def within(what: str, who: str, *, most: int, seconds: int = 60) -> bool:
    """Whether somebody has asked for something at most so many times in this stretch of time; asking counts."""
    stretch = int(time.time() // seconds)
    key = f"limit:{what}:{hashlib.sha256(who.encode()).hexdigest()}:{stretch}"
    cache.add(key, 0, timeout=2 * seconds)
    try:
        return int(cache.incr(key)) <= most
    except ValueError:  # It went out of the cache in between.
        return True
