"""An app knows only the apps below it, also where no import shows it: in relations and in templates."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import Field

from tests.repository.tree import LAYERS, ROOT, files

TEMPLATES = ROOT / "templates"
# Anybody's templates may build on these; these may use the tags of every app.
COMMON = {"base.html", "components"}
BUILDS_ON = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")
LOADS = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")


def relations() -> Iterator[tuple[str, str, Field]]:
    """(app that holds the relation, app it points to, field) for every relation between two of our apps."""
    for app in LAYERS:
        for model in apps.get_app_config(app).get_models() if apps.is_installed(app) else ():
            for field in (*model._meta.fields, *model._meta.many_to_many):
                target = field.related_model._meta.app_label if field.is_relation else app
                if target in LAYERS and target != app:
                    yield app, target, field


def owner(template: Path) -> str:
    """The folder of templates/ that a template stands in, or its own name where it stands at the top."""
    return template.relative_to(TEMPLATES).parts[0]


def at_or_below(folder: str) -> set[str]:
    """An app and the apps below it. Pages of packages that we only dress stand beside the lowest app."""
    return set(LAYERS[: LAYERS.index(folder) + 1]) if folder in LAYERS else {folder, LAYERS[0]}


def test_no_relation_points_upward() -> None:
    upward = [str(field) for app, target, field in relations() if LAYERS.index(target) > LAYERS.index(app)]

    assert upward == []


def test_a_relation_adds_nothing_to_the_models_of_a_lower_app() -> None:
    added = [str(field) for _, _, field in relations() if not field.remote_field.hidden]

    assert added == [], 'these need related_name="+"'


def test_a_template_builds_only_on_its_own_app_and_those_below() -> None:
    upward = [
        f"{owner(path)}/{path.name} builds on {other}"
        for path in files(".html")
        for other in BUILDS_ON.findall(path.read_text())
        if other.split("/")[0] not in COMMON | at_or_below(owner(path))
    ]

    assert upward == []


def test_a_template_loads_tags_only_from_its_own_app_and_those_below() -> None:
    home = {tags.stem: app for app in LAYERS for tags in (ROOT / app).glob("templatetags/[!_]*.py")}
    upward = [
        f"{owner(path)}/{path.name} loads {tags}"
        for path in files(".html")
        if owner(path) not in COMMON
        for loaded in LOADS.findall(path.read_text())
        for tags in loaded.split()
        if tags in home and home[tags] not in at_or_below(owner(path))
    ]

    assert upward == []
