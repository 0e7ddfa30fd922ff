"""Keeping templates: uploading one, a new version of one, naming it anew, no longer offering it.

A file is tried with an invented report, in a child process, before anything is written and outside any transaction.
"""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import IntegrityError, transaction

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.models import Indicator
from chithi.journal.actions import record
from chithi.org.models import Unit
from chithi.reporting.own_templates.apart import Filled, tried
from chithi.reporting.own_templates.fields import NAME_LENGTH
from chithi.reporting.own_templates.models import OwnTemplate, OwnTemplateVersion
from chithi.text.vietnamese import clean

MOST_OF_A_UNIT = 40
"""More in use would be too many to choose from."""


def try_template(data: bytes, day: date) -> Filled:
    """The file filled with an invented report, with all that may be wrong with it refused."""
    return tried(data, Indicator.objects.values_list("code", flat=True), day)


def add_template(*, by: Viewer, unit_id: int, name: str, filename: str, data: bytes) -> OwnTemplate:
    """A unit's new template with its first version.

    Refused: `reporting.template_needs_name`, `.template_name_taken`, `.too_many_templates`, and whatever is wrong with
    the file (`child.filled`).
    """
    name = _named(name)
    _must_make_reports_of(by, unit_id)
    outcome = _tried(by, data)
    with transaction.atomic():
        mine = OwnTemplate.objects.visible_to(by.reach(Capability.REPORT)).filter(unit_id=unit_id)
        if mine.filter(retired_on__isnull=True).count() >= MOST_OF_A_UNIT:
            raise Refused("reporting.too_many_templates", most=MOST_OF_A_UNIT)
        template = OwnTemplate(unit_id=unit_id, name=name)
        _save_named(template)
        template.must_lie_inside(by.reach(Capability.REPORT))
        _save_version(by, template, filename, data, outcome)
        record("reporting.template_added", by=by, unit_id=unit_id, about=template, name=name)
    return template


def add_version(*, by: Viewer, template_id: int, seen_version: int, filename: str, data: bytes) -> OwnTemplate:
    """A newer file of a template. Refused: `reporting.template_unchanged`, `.template_retired`, and as above."""
    _one(by, template_id, seen_version)
    outcome = _tried(by, data)
    with transaction.atomic():
        template = _one(by, template_id, seen_version)
        if template.retired_on is not None:
            raise Refused("reporting.template_retired", day=template.retired_on)
        rows = OwnTemplateVersion.objects.visible_to(by.reach(Capability.REPORT))
        known = rows.filter(template_id=template_id, number=template.newest).values_list("sha256", flat=True)
        if known.first() == _sha256(data):
            raise Refused("reporting.template_unchanged", field="file")
        template.newest += 1
        template.save(update_fields=["newest"])
        _save_version(by, template, filename, data, outcome)
        record("reporting.template_renewed", by=by, unit_id=template.unit_id, about=template, number=template.newest)
    return template


@transaction.atomic
def rename_template(*, by: Viewer, template_id: int, seen_version: int, name: str) -> OwnTemplate:
    """Another name; what was made with it keeps what it is."""
    template = _one(by, template_id, seen_version)
    template.name = _named(name)
    _save_named(template)
    template.must_lie_inside(by.reach(Capability.REPORT))
    record("reporting.template_named", by=by, unit_id=template.unit_id, about=template, name=template.name)
    return template


@transaction.atomic
def offer_template(*, by: Viewer, template_id: int, seen_version: int, offered: bool) -> OwnTemplate:
    """Offer it no longer, or again. Nothing is lost: what was made with it stays."""
    template = _one(by, template_id, seen_version)
    template.retired_on = None if offered else by.today
    template.save(update_fields=["retired_on"])
    template.must_lie_inside(by.reach(Capability.REPORT))
    verb = "reporting.template_offered" if offered else "reporting.template_retired"
    record(verb, by=by, unit_id=template.unit_id, about=template)
    return template


def _tried(by: Viewer, data: bytes) -> Filled:
    """What is wrong with the file stands beside the field of the file."""
    try:
        return try_template(data, by.today)
    except Refused as problem:
        raise Refused(problem.code, field="file", **problem.facts) from problem


def _must_make_reports_of(by: Viewer, unit_id: int) -> None:
    if not Unit.objects.visible_to(by.reach(Capability.REPORT)).filter(pk=unit_id).exists():
        raise Absent("org.no_unit", field="unit", unit=unit_id)


def _named(name: str) -> str:
    name = " ".join(clean(name).split())[:NAME_LENGTH]
    if not name:
        raise Refused("reporting.template_needs_name", field="name")
    return name


def _one(by: Viewer, template_id: int, seen_version: int) -> OwnTemplate:
    template = OwnTemplate.objects.visible_to(by.reach(Capability.REPORT)).filter(pk=template_id).first()
    if template is None:
        raise Absent("reporting.no_template", template=template_id)
    if template.version != seen_version:
        raise Stale("db.stale", kind="owntemplate")
    return template


def _save_named(template: OwnTemplate) -> None:
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as problem:
        raise Refused("reporting.template_name_taken", field="name", name=template.name) from problem


def _save_version(by: Viewer, template: OwnTemplate, filename: str, data: bytes, outcome: Filled) -> None:
    OwnTemplateVersion(
        unit_id=template.unit_id,
        template=template,
        number=template.newest,
        filename=" ".join(clean(filename).split())[:160],
        file=data,
        sha256=_sha256(data),
        fields=outcome.names,
        by_id=by.user_id,
    ).save()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
