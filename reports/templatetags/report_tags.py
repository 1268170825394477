"""What the templates of a report need besides its values."""

from django import template

from indicators import words

register = template.Library()


@register.filter
def lower_first(text: str) -> str:
    """A name inside a sentence."""
    return words.lower_first(text)
