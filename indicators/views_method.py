"""How figures are recorded and judged."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.guards import allow, person
from accounts.roles import Permission
from indicators.charts.signals import signal_pictures
from indicators.glossary import terms
from indicators.held import main_series
from indicators.models import Indicator
from indicators.recording_changes import register
from indicators.worked_example import candidates, example_of

# Pages that the glossary refers to, by the name of their address.
TITLES = {
    "data_breaks": "Recording changes",
    "how_we_judge_change": "How we judge change",
    "indicator_list": "Indicators",
}
JUDGED = (Indicator.Frequency.MONTH, Indicator.Frequency.QUARTER)


@allow(Permission.READ)
def data_breaks(request: HttpRequest) -> HttpResponse:
    """The register of recording changes."""
    changes = register()
    withdrawn = sum(change.record.withdrawn_at is not None for change in changes)
    context = {
        "changes": changes,
        "in_force": len(changes) - withdrawn,
        "withdrawn": withdrawn,
        "may_judge": person(request).may(Permission.JUDGE),
    }
    return render(request, "indicators/breaks.html", context)


@allow(Permission.READ)
def how_we_judge_change(request: HttpRequest) -> HttpResponse:
    """The rules in plain English, with an example from the figures that are held."""
    fit = candidates(main_series(Indicator.objects.filter(frequency__in=JUDGED).select_related("area")).values())
    slug = request.GET.get("indicator") or next(iter(fit), "")
    if slug and slug not in fit:
        raise Http404("That indicator has no usual range to show.")
    context = {
        "pictures": signal_pictures(),
        "examples": [series.measure for series in fit.values()],
        "example": example_of(fit[slug]) if slug else None,
    }
    return render(request, "indicators/how_we_judge_change.html", context)


@allow(Permission.READ)
def glossary(request: HttpRequest) -> HttpResponse:
    """Words of the field, as pages use them."""
    entries = [(term, [(reverse(name), TITLES[name]) for name in term.see]) for term in terms()]
    return render(request, "indicators/glossary.html", {"entries": entries})
