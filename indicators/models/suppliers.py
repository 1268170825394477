"""How suppliers lay their tables out, as analysts have said it."""

from typing import ClassVar

from django.db import models


class SupplierMapping(models.Model):
    """What the columns of a kind of table are. The next one of the kind is known by its signature: the names of its
    columns that are no periods, and the words of its title."""

    supplier = models.CharField(max_length=100)
    signature = models.CharField(max_length=64, db_index=True)
    layout = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)
    saved_by_name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["supplier", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="supplier_mapping_once", fields=["supplier", "signature"]),
        ]

    def __str__(self) -> str:
        return self.supplier
