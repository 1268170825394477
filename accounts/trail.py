"""The trail of changes as somebody reads it: who, when, what, and only what was asked for."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import AuditEvent

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TrailForm(forms.Form):
    """Which events to show. The choices are those that some event has."""

    actor = forms.ChoiceField(label="Who", required=False)
    about = forms.ChoiceField(label="What it is about", required=False)
    key = forms.CharField(label="Which one", required=False, max_length=200)
    since = forms.DateField(label="From", required=False, widget=DATE, error_messages={"invalid": "Not a date."})
    until = forms.DateField(label="To", required=False, widget=DATE, error_messages={"invalid": "Not a date."})

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        events = AuditEvent.objects.order_by()
        actors = dict(events.values_list("actor", "actor_name").distinct())
        kinds = sorted(events.values_list("object_type", flat=True).distinct())
        by_name = sorted(actors.items(), key=lambda each: (each[1].casefold(), each[0]))
        told_apart = [(actor, f"{name} ({actor})" if name != actor else name) for actor, name in by_name]
        self.fields["actor"].choices = [("", "Everybody"), *told_apart]  # type: ignore[attr-defined]
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            ("", "Everything"),
            *((kind, kind.capitalize()) for kind in kinds),
        ]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", "The last day is before the first.")
        return said

    def events(self) -> QuerySet[AuditEvent]:
        """The events asked for, the latest first. What was said wrongly counts for nothing."""
        self.is_valid()
        said = self.cleaned_data
        found = AuditEvent.objects.order_by("-number")
        if said.get("actor"):
            found = found.filter(actor=said["actor"])
        if said.get("about"):
            found = found.filter(object_type=said["about"])
        if said.get("key"):
            found = found.filter(is_about(said["key"].strip()))
        if said.get("since"):
            found = found.filter(at__gte=midnight(said["since"]))
        if said.get("until"):
            found = found.filter(at__lt=midnight(said["until"] + timedelta(days=1)))
        return found


def is_about(key: str) -> Q:
    """What finds the events about the object of a key, alone or as one of several ('rs1, rs2')."""
    alone, first = Q(object_key__iexact=key), Q(object_key__istartswith=f"{key}, ")
    return alone | first | Q(object_key__icontains=f", {key}, ") | Q(object_key__iendswith=f", {key}")


def midnight(day: date) -> datetime:
    """When a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))
