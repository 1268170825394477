"""The same rows brought in by django-import-export: as it comes, in bulk, and as fast as it can be made."""

from pathlib import Path
from typing import Any

import tablib
from import_export import fields, resources, widgets

from indicators.models import Area, Extract, Indicator, Observation

KEY = ("indicator", "area_code", "period_start", "period_end")


class Plain(resources.ModelResource):
    """As it comes. Without skip_unchanged every row of a file would be written again, so that is on."""

    indicator = fields.Field("indicator", "indicator", widgets.ForeignKeyWidget(Indicator, "slug"))
    area_code = fields.Field("area", "area_code", widgets.ForeignKeyWidget(Area, "code"))
    period_start = fields.Field("period_start", "period_start", widgets.DateWidget("%Y-%m-%d"))
    period_end = fields.Field("period_end", "period_end", widgets.DateWidget("%Y-%m-%d"))
    value = fields.Field("value", "value", widgets.DecimalWidget())

    class Meta:
        model = Observation
        fields = (*KEY, "value", "status", "note")
        import_id_fields = KEY
        skip_unchanged = True

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.extract = Extract.objects.get()

    def before_save_instance(self, instance: Observation, row: Any, **kwargs: Any) -> None:
        instance.extract, instance.line, instance.since = self.extract, 2, 1

    def do_instance_save(self, instance: Observation, is_create: bool) -> None:
        instance.save()


class Bulk(Plain):
    class Meta(Plain.Meta):
        use_bulk = True
        batch_size = 1000
        skip_diff = True


class Known(widgets.Widget):
    """A related row from a dictionary that was filled once, instead of by a query for each row."""

    def __init__(self, model: Any, name: str) -> None:
        super().__init__()
        self.model, self.name = model, name
        self.rows: dict[str, Any] = {}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if not self.rows:
            self.rows = {getattr(each, self.name): each for each in self.model.objects.all()}
        return self.rows[value]


class Tuned(Bulk):
    """For rows that are all new: no row is looked for, related rows are known, reports are left out."""

    indicator = fields.Field("indicator", "indicator", Known(Indicator, "slug"))
    area_code = fields.Field("area", "area_code", Known(Area, "code"))

    class Meta(Bulk.Meta):
        skip_unchanged = False
        force_init_instance = True
        report_skipped = False
        use_transactions = True


RESOURCES = {"defaults": Plain, "bulk": Bulk, "best tuned": Tuned}


def bring_in(name: str, path: Path) -> None:
    dataset = tablib.Dataset().load(path.read_text(), format="csv")
    result = RESOURCES[name]().import_data(dataset, raise_errors=True)
    if result.has_errors():
        raise RuntimeError("django-import-export refused the table.")
