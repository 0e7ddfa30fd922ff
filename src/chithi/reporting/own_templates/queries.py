"""Reading templates: those a unit may choose, those an office keeps, their versions and files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import F

from chithi.core.errors import Absent
from chithi.db.viewer import Capability, Viewer
from chithi.org.models import Unit
from chithi.org.places import tree_on
from chithi.reporting.own_templates.models import OwnTemplate, OwnTemplateVersion

if TYPE_CHECKING:
    from chithi.reporting.models import Report

_SAYS = "a made report says what it was written with, to whoever may read it"
_WHY = "a unit writes its reports with the templates of the units above it"


@dataclass(frozen=True)
class TemplateCard:
    """A template as it is listed; `unit_id` is whose it is."""

    id: int
    version: int
    unit_id: int
    name: str
    newest: int
    retired_on: date | None


@dataclass(frozen=True)
class VersionCard:
    """One upload, without its file; `fields` are keys of fields."""

    number: int
    filename: str
    at: datetime
    by_id: int | None
    fields: tuple[str, ...]


def templates_for(viewer: Viewer, unit_id: int) -> list[TemplateCard]:
    """What a unit's report may be written with: its own templates and those of the units above it, its own first.

    Raises `Absent` where the viewer may not make that unit's reports. Three queries.
    """
    if not Unit.objects.visible_to(viewer.reach(Capability.REPORT)).filter(pk=unit_id).exists():
        raise Absent("org.no_unit", unit=unit_id)
    tree = tree_on(viewer.today)
    at = tree.find(unit_id)
    above = [] if at is None else [int(tree.shape.unit_ids[place]) for place in tree.shape.ancestors(at)]
    way = [unit_id, *above]
    rows = OwnTemplate.objects.everywhere(because=_WHY).filter(unit_id__in=way, retired_on__isnull=True)
    return [_card(row) for row in sorted(rows, key=lambda row: (way.index(row.unit_id), row.name, row.pk))]


def template_named(viewer: Viewer, unit_id: int, name: str) -> int:
    """The id of the nearest template of this name that a unit may choose; raises `Absent`."""
    for card in templates_for(viewer, unit_id):
        if card.name.casefold() == name.strip().casefold():
            return card.id
    raise Absent("reporting.no_template", field="template", template=name[:80])


def chosen_version(viewer: Viewer, unit_id: int, template_id: int) -> OwnTemplateVersion:
    """The newest file of a template the unit may choose; raises `Absent`."""
    chosen = next((card for card in templates_for(viewer, unit_id) if card.id == template_id), None)
    if chosen is None:
        raise Absent("reporting.no_template", field="template", template=template_id)
    rows = OwnTemplateVersion.objects.everywhere(because=_WHY)
    return rows.get(template_id=chosen.id, number=chosen.newest)


def name_written_with(report: Report) -> str:
    """The name of the template a made report was written with, "" for the prescribed form. Two queries, or none."""
    if report.written_with_id is None:
        return ""
    versions = OwnTemplateVersion.objects.everywhere(because=_SAYS).filter(pk=report.written_with_id)
    template = versions.values_list("template_id", flat=True).first()
    names = OwnTemplate.objects.everywhere(because=_SAYS).filter(pk=template or 0)
    return names.values_list("name", flat=True).first() or ""


def kept_templates(viewer: Viewer, *, start: int = 0, most: int = 50) -> tuple[list[TemplateCard], int]:
    """The templates of the units whose reports the viewer makes, those in use first; how many there are in all."""
    rows = OwnTemplate.objects.visible_to(viewer.reach(Capability.REPORT))
    ordered = rows.order_by(F("retired_on").asc(nulls_first=True), "name", "pk")
    return [_card(row) for row in ordered[start : start + most]], rows.count()


def one_template(viewer: Viewer, template_id: int) -> TemplateCard:
    """A template of a unit whose reports the viewer makes; raises `Absent`."""
    row = OwnTemplate.objects.visible_to(viewer.reach(Capability.REPORT)).filter(pk=template_id).first()
    if row is None:
        raise Absent("reporting.no_template", template=template_id)
    return _card(row)


def versions_of(viewer: Viewer, template_id: int) -> list[VersionCard]:
    """Newest first."""
    rows = OwnTemplateVersion.objects.visible_to(viewer.reach(Capability.REPORT)).filter(template_id=template_id)
    return [
        VersionCard(row.number, row.filename, row.at, row.by_id, tuple(row.fields))
        for row in rows.defer("file").order_by("-number")
    ]


def file_of_version(viewer: Viewer, template_id: int, number: int) -> bytes:
    """One version's file, byte for byte as it was uploaded; raises `Absent`."""
    rows = OwnTemplateVersion.objects.visible_to(viewer.reach(Capability.REPORT))
    row = rows.filter(template_id=one_template(viewer, template_id).id, number=number).first()
    if row is None:
        raise Absent("reporting.no_template", template=template_id)
    return bytes(row.file)


def _card(row: OwnTemplate) -> TemplateCard:
    return TemplateCard(row.pk, row.version, row.unit_id, row.name, row.newest, row.retired_on)
