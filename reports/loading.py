"""An agreement from its folder into the database: everything is checked first, then all of it or nothing."""

from pathlib import Path

from django.db import transaction

from accounts.loading import load_partners, read_partners
from accounts.toml_files import CannotLoad, Mistakes
from actions.loading import load_actions, read_actions
from indicators.loading import load_definitions, read_definitions
from indicators.loading_figures import load_figures
from priorities.loading import load_plan, read_plan
from priorities.loading_states import load_states
from priorities.loading_summaries import load_summaries


def load_agreement(folder: Path, *, small_numbers_checked: bool = False) -> int:
    """Bring a folder in; how many things changed: none, when it was brought in before as it is.

    What people have changed since stays. `small_numbers_checked` says of the small numbers among its figures that they
    may be used. Raises CannotLoad with every mistake found, each with its file and line; then nothing has been written.
    """
    if not folder.is_dir():
        raise CannotLoad(f"{folder} is not a folder. Expected one with agreement.toml and its other files.")
    mistakes = Mistakes()
    partners = read_partners(folder, mistakes)
    slugs = {partner.slug for partner in partners}
    definitions = read_definitions(folder, slugs, mistakes)
    plan = read_plan(folder, definitions, mistakes)
    actions = read_actions(folder, plan, slugs, definitions.edition_slugs, mistakes)
    mistakes.refuse()
    with transaction.atomic():
        return (
            load_partners(partners)
            + load_definitions(definitions)
            + load_figures(folder / "observations", small_numbers_checked=small_numbers_checked)
            + load_plan(plan)
            + load_summaries(plan)
            + load_actions(actions, plan)
            + load_states(plan)
        )
