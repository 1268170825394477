"""manage.py take_back_extract ID --as EMAIL"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from indicators.extracts.taking_back import CannotTakeBack, take_back
from indicators.management.people import WRONG_USAGE, who_uses
from indicators.models import Extract, Observation


class Command(BaseCommand):
    help = "Take an extract back: the figures that stood before it stand again. It may be used again afterwards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int, metavar="ID", help="the number in the address of its page")
        parser.add_argument("--as", dest="email", required=True, metavar="EMAIL", help="who does it: somebody who may")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = who_uses(options["email"])
        extract = Extract.objects.filter(pk=options["id"]).first()
        if extract is None:
            raise CommandError(f"There is no extract {options['id']}.", returncode=WRONG_USAGE)
        try:
            change = take_back(extract=extract, actor=actor)
        except CannotTakeBack as refused:
            listed = [f"  {said(figure)}" for figure in refused.standing]
            raise CommandError("\n".join([str(refused), *listed])) from refused
        self.stdout.write(
            f"Took {extract.original_name} back: change {change.number}, {change.revised} earlier figures put back."
        )


def said(figure: Observation) -> str:
    """Which figure stands in the way, and whose it is."""
    place = f"{figure.indicator.slug}, {figure.area_id}, {figure.period}"
    return f"{place}: extract {figure.extract_id}, {figure.extract.original_name}, line {figure.line}"
