"""What the templates of a report need besides its values."""

from typing import Any

from django import template

from actions.lines import ActionLine
from indicators import words
from indicators.charts.chart import Chart
from reports.addresses import Addresses
from reports.report import FigureLine, PriorityReport, Report

register = template.Library()


@register.filter
def lower_first(text: str) -> str:
    """A name inside a sentence."""
    return words.lower_first(text)


@register.filter
def supporters(report: Report, priority: PriorityReport) -> list[ActionLine]:
    return report.supporters(priority)


def addresses(context: dict[str, Any]) -> Addresses:
    """Where the pages around the report on this page are."""
    found: Addresses = context["addresses"]
    return found


@register.simple_tag(takes_context=True)
def priority_address(context: dict[str, Any], slug: str) -> str:
    return addresses(context).priority(slug)


@register.simple_tag(takes_context=True)
def introduction_address(context: dict[str, Any]) -> str:
    return addresses(context).introduction()


@register.simple_tag(takes_context=True)
def figure_address(context: dict[str, Any], line: FigureLine) -> str:
    return addresses(context).figure(line)


@register.simple_tag(takes_context=True)
def csv_address(context: dict[str, Any], chart: Chart) -> str:
    return addresses(context).csv(chart)
