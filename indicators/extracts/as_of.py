"""What was held at any earlier moment: nothing is ever altered, so it can be asked for."""

from datetime import datetime

from django.db.models import Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from indicators.models import DataChange, Observation


def observations_as_of(moment: int | datetime) -> QuerySet[Observation]:
    """The figures that stood after a change of the data, given by its number, or at a time: those that the changes
    up to then had added and none of them had closed. One query. Before the first change there were none."""
    last: Value | Coalesce
    if isinstance(moment, datetime):
        until_then = DataChange.objects.filter(at__lte=moment).order_by("-number").values("number")[:1]
        last = Coalesce(Subquery(until_then), 0)
    else:
        last = Value(moment)
    return Observation.objects.filter(Q(until=None) | Q(until__gt=last), since__lte=last)
