"""Finding priorities, indicators, actions and abbreviations by the words in them. Everything is read and compared
here rather than by the database, so that 'É' finds 'é' on every database."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from actions.plan import plan_for
from indicators.models import Indicator
from priorities.models import Acronym, Priority, ReportingCycle

LONGEST = 100
WORDS_BEFORE, WORDS_AROUND = 8, 32


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: its title, what it is about in a few words, its text and its address."""

    title: str
    about: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """Results of one sort, in the order of the agreement."""

    title: str
    results: tuple[Entry, ...]


def plain(text: str) -> str:
    """For comparing: without case, and with one form of each letter."""
    return unicodedata.normalize("NFKC", text).casefold()


def terms_of(query: str) -> list[str]:
    """The words of a query, ready to compare."""
    return plain(query.replace("\0", " ")[:LONGEST]).split()


def search(query: str, cycle: ReportingCycle) -> list[Group]:
    """What holds every word of a query, grouped; groups without a result are left out. A word that is a known
    abbreviation is also found as what it stands for. An empty query finds nothing."""
    terms = terms_of(query)
    if not terms:
        return []
    acronyms = list(Acronym.objects.all())
    long_forms = {plain(acronym.short): plain(acronym.long) for acronym in acronyms}
    everything = {
        "Priorities": priorities(cycle),
        "Indicators": indicators(),
        "Actions": actions(cycle),
        "Abbreviations": [Entry(f"{a.short}: {a.long}", "", a.meaning, reverse("acronyms")) for a in acronyms],
    }
    groups = [
        Group(title, tuple(excerpt_of(entry, terms) for entry in entries if holds(entry, terms, long_forms)))
        for title, entries in everything.items()
    ]
    return [group for group in groups if group.results]


def holds(entry: Entry, terms: Iterable[str], long_forms: Mapping[str, str]) -> bool:
    """Whether every word is in an entry, itself or as what it abbreviates."""
    whole = plain(f"{entry.title} {entry.about} {entry.text}")
    return all(term in whole or long_forms.get(term, term) in whole for term in terms)


def excerpt_of(entry: Entry, terms: Iterable[str]) -> Entry:
    """The same entry with the part of its text around the first word that was looked for."""
    words = entry.text.split()
    hits = [index for index, word in enumerate(words) if any(term in plain(word) for term in terms)]
    start = max(0, hits[0] - WORDS_BEFORE) if hits else 0
    end = start + WORDS_AROUND
    text = " ".join(words[start:end])
    text = f"… {text}" if start else text
    return Entry(entry.title, entry.about, f"{text} …" if end < len(words) else text, entry.address)


def priorities(cycle: ReportingCycle) -> list[Entry]:
    found = Priority.objects.filter(agreement=cycle.agreement_id)
    return [Entry(p.title, "", p.summary, reverse("priority_detail", args=[p.slug])) for p in found]


def indicators() -> list[Entry]:
    found = Indicator.objects.select_related("area", "source")
    return [
        Entry(i.name, f"{i.area.name} · {i.source.publisher}", i.definition, reverse("indicator_detail", args=[i.slug]))
        for i in found
    ]


def actions(cycle: ReportingCycle) -> list[Entry]:
    return [
        Entry(
            line.title,
            line.priority,
            line.progress,
            reverse("action_detail", args=[line.key]),
        )
        for line in plan_for(None, cycle)
    ]
