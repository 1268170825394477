"""Figures that lead to where they come from."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from indicators.where_from import WhereFrom, pieces

register = template.Library()


@register.filter
def linked(text: str, links: WhereFrom | Iterable[WhereFrom | None] | None) -> SafeString:
    """A text in which the words of a figure, or of several in their order, lead to where it comes from."""
    wanted = [links] if isinstance(links, WhereFrom) else links or []
    return format_html_join("", "{}", ((piece_html(piece),) for piece in pieces(text, wanted)))


def piece_html(piece: str | WhereFrom) -> SafeString:
    if isinstance(piece, str):
        return conditional_escape(piece)
    return format_html(
        '<a class="govuk-link csa-figure" href="{}" aria-label="{}">{}</a>', piece.address, piece.label, piece.words
    )
