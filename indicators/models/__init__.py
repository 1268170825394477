"""Areas, sources, indicators and what is observed of them. The rules that must always hold stand here as
constraints of the database."""

from indicators.models.data import DataChange, Extract, ExtractCorrection, Observation
from indicators.models.judging import Event, NewStart, SeriesBreak, Target
from indicators.models.measures import Indicator, StatedChange
from indicators.models.places import Area, Source, SourceEdition
from indicators.models.suppliers import SupplierMapping

__all__ = [
    "Area",
    "DataChange",
    "Event",
    "Extract",
    "ExtractCorrection",
    "Indicator",
    "NewStart",
    "Observation",
    "SeriesBreak",
    "Source",
    "SourceEdition",
    "StatedChange",
    "SupplierMapping",
    "Target",
]
