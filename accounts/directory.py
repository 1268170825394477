"""Who's who: the partners of the agreement and the people who sign in."""

from typing import Any

from django.db.models import Prefetch

from accounts.models import Partner, User


def directory() -> dict[str, Any]:
    """`groups`: pairs of the name of a kind and its partners, each with `members`, the people who act for it.
    `others`: the people who act for no single partner. People who may no longer sign in are left out."""
    active = User.objects.filter(is_active=True)
    partners = Partner.objects.prefetch_related(Prefetch("people", active, to_attr="members"))
    by_kind = {kind: [partner for partner in partners if partner.kind == kind] for kind in Partner.Kind}
    return {
        "groups": [(kind.label, members) for kind, members in by_kind.items() if members],
        "others": list(active.filter(partner=None)),
    }
