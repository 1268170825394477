"""What the templates of a report need besides its values."""

import re

from django import template

from indicators import words

register = template.Library()


@register.filter
def lower_first(text: str) -> str:
    """A name inside a sentence."""
    return words.lower_first(text)


@register.filter
def first_sentence(text: str) -> str:
    """Up to and with the first full stop that ends a sentence."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", text, maxsplit=1)[0]
