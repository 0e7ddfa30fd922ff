"""An office keeps templates; those below choose them; what was made stays, under its code, with its traces."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pytest
from django.conf import settings

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import parse
from chithi.indicators.drain import drain_all
from chithi.journal.models import Entry
from chithi.reporting.actions import make_report
from chithi.reporting.models import OwnTemplate, OwnTemplateVersion, Report
from chithi.reporting.own_templates import actions, apart
from chithi.reporting.own_templates.queries import (
    chosen_version,
    file_of_version,
    kept_templates,
    name_written_with,
    one_template,
    template_named,
    templates_for,
    versions_of,
)
from tests.concepts.test_from_sentence_to_word import links_of, text_of
from tests.concepts.test_totals import say
from tests.worlds import TODAY, World

YEAR = parse("2025")
WHY = "a test looks"


def file(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


SHORT = file("Báo cáo của {{ cơ quan ban hành }}", "Đã mở {{ chỉ tiêu study.classes }} lớp.", "Mã {{ mã báo cáo }}")


def added(world: World, unit: str = "A", who: str = "dung", name: str = "Gọn", data: bytes = SHORT) -> OwnTemplate:
    said: dict[str, Any] = {"unit_id": world.unit(unit), "name": name, "filename": f"{name}.docx", "data": data}
    return actions.add_template(by=world.viewer(who), **said)


def made(world: World, template: OwnTemplate | None, who: str = "minh", unit: str = "A1") -> Report:
    chosen = None if template is None else template.pk
    return make_report(by=world.viewer(who), unit_id=world.unit(unit), period=YEAR, template_id=chosen)


def test_a_template_is_chosen_by_its_unit_and_those_below_and_by_nobody_else(world: World) -> None:
    added(world, "A", "dung", "Của huyện")
    added(world, "A1", "minh", "Của xã")
    added(world, "T", "chau", "Của tỉnh")
    added(world, "B", "chau", "Của huyện Bình")

    def names(who: str, unit: str) -> list[str]:
        return [card.name for card in templates_for(world.viewer(who), world.unit(unit))]

    assert names("minh", "A11") == ["Của xã", "Của huyện", "Của tỉnh"]
    assert names("dung", "A") == ["Của huyện", "Của tỉnh"]
    assert names("chau", "B1") == ["Của huyện Bình", "Của tỉnh"]
    with pytest.raises(Absent):
        templates_for(world.viewer("minh"), world.unit("A2"))
    with pytest.raises(Absent):
        templates_for(world.viewer("lan"), world.unit("A11"))


def test_a_report_is_written_with_it_frozen_and_traced_like_any_other(world: World) -> None:
    say(world, "minh", "A1", 7)
    drain_all()
    template = added(world)
    report = made(world, template)
    plain = made(world, None)
    assert report.code != plain.code
    assert report.lines == plain.lines
    assert text_of(bytes(report.file)).split("\n")[:3] == [
        "Báo cáo của Đảng ủy xã An Một",
        "Đã mở 07 lớp.",
        f"Mã {report.code}",
    ]
    (link,) = links_of(bytes(report.file))
    assert link.startswith(f"{settings.PUBLIC_URL}/so/")
    assert link.endswith(f"?ma={report.code}")
    assert name_written_with(report) == "Gọn"
    assert name_written_with(plain) == ""
    assert made(world, template).pk == report.pk


def test_a_newer_version_makes_another_report_and_leaves_the_made_one(world: World) -> None:
    template = added(world)
    first = made(world, template)
    newer = {"template_id": template.pk, "seen_version": template.version, "filename": "b.docx"}
    actions.add_version(by=world.viewer("dung"), data=file("Bản hai {{ trích yếu }}"), **newer)
    second = made(world, template)
    assert second.code != first.code
    assert text_of(bytes(second.file)).startswith("Bản hai")
    kept = Report.objects.everywhere(because=WHY).get(pk=first.pk)
    assert bytes(kept.file) == bytes(first.file)
    assert kept.written_with_id != second.written_with_id
    versions = versions_of(world.viewer("dung"), template.pk)
    assert [(one.number, one.fields) for one in versions] == [(2, ("summary",)), (1, versions[1].fields)]
    assert file_of_version(world.viewer("dung"), template.pk, 1) == SHORT


def test_a_template_of_another_branch_or_set_aside_cannot_be_used(world: World) -> None:
    other = added(world, "B", "chau", "Của Bình")
    with pytest.raises(Absent):
        made(world, other)
    mine = added(world)
    actions.offer_template(by=world.viewer("dung"), template_id=mine.pk, seen_version=mine.version, offered=False)
    with pytest.raises(Absent):
        made(world, mine)
    assert templates_for(world.viewer("minh"), world.unit("A1")) == []
    again = OwnTemplate.objects.everywhere(because=WHY).get(pk=mine.pk)
    newer = {"template_id": mine.pk, "seen_version": again.version, "filename": "", "data": file("{{ phạm vi }}")}
    with pytest.raises(Refused, match="template_retired"):
        actions.add_version(by=world.viewer("dung"), **newer)
    actions.offer_template(by=world.viewer("dung"), template_id=mine.pk, seen_version=again.version, offered=True)
    assert made(world, mine).written_with_id is not None


def test_only_who_makes_the_reports_of_a_unit_keeps_its_templates(world: World) -> None:
    template = added(world)
    for who in ("minh", "lan", "an"):
        viewer = world.viewer(who)
        with pytest.raises(Absent):
            one_template(viewer, template.pk)
        with pytest.raises(Absent):
            actions.rename_template(by=viewer, template_id=template.pk, seen_version=1, name="Khác")
        with pytest.raises(Absent):
            actions.add_version(by=viewer, template_id=template.pk, seen_version=1, filename="", data=SHORT)
        with pytest.raises(Absent):
            added(world, "A", who, "Khác")
    assert one_template(world.viewer("chau"), template.pk).name == "Gọn"
    assert kept_templates(world.viewer("minh")) == ([], 0)


def test_somebody_elses_change_in_between_is_not_overwritten(world: World) -> None:
    template = added(world)
    actions.rename_template(by=world.viewer("dung"), template_id=template.pk, seen_version=1, name="Tên hai")
    with pytest.raises(Stale):
        actions.rename_template(by=world.viewer("dung"), template_id=template.pk, seen_version=1, name="Tên ba")
    with pytest.raises(Stale):
        actions.offer_template(by=world.viewer("dung"), template_id=template.pk, seen_version=1, offered=False)
    newer = {"template_id": template.pk, "seen_version": 1, "filename": "", "data": file("{{ phạm vi }}")}
    with pytest.raises(Stale):
        actions.add_version(by=world.viewer("dung"), **newer)


def test_a_wrong_template_leaves_nothing_and_stands_beside_its_field(world: World) -> None:
    with pytest.raises(Refused, match="template_unknown_indicator") as caught:
        added(world, data=file("{{ chỉ tiêu study.nothing }}"))
    assert (caught.value.field, caught.value.facts["indicator"]) == ("file", "study.nothing")
    assert not OwnTemplate.objects.everywhere(because=WHY).exists()
    assert not Entry.objects.everywhere(because=WHY).filter(verb__startswith="reporting.template").exists()


def test_names_are_needed_and_stand_once_in_a_unit(world: World) -> None:
    template = added(world)
    for name, code in ((" \u200b ", "template_needs_name"), (" Gọn", "template_name_taken")):
        with pytest.raises(Refused, match=code):
            added(world, name=name)
    assert added(world, "A1", "minh", "Gọn").pk != template.pk
    same = {"template_id": template.pk, "seen_version": 1, "filename": "a", "data": SHORT}
    with pytest.raises(Refused, match="template_unchanged"):
        actions.add_version(by=world.viewer("dung"), **same)


def test_a_unit_has_no_end_of_templates_to_choose_from(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_OF_A_UNIT", 1)
    added(world)
    with pytest.raises(Refused, match="too_many_templates"):
        added(world, name="Thứ hai")
    assert OwnTemplateVersion.objects.everywhere(because=WHY).count() == 1


def test_every_deed_stands_in_the_journal_without_names_of_people(world: World) -> None:
    template = added(world)
    by = {"by": world.viewer("dung"), "template_id": template.pk}
    actions.rename_template(**by, seen_version=1, name="Gọn hơn")
    actions.add_version(**by, seen_version=2, filename="x", data=file("{{ phạm vi }}"))
    actions.offer_template(**by, seen_version=3, offered=False)
    actions.offer_template(**by, seen_version=4, offered=True)
    entries = Entry.objects.everywhere(because=WHY).filter(verb__startswith="reporting.template").order_by("pk")
    assert [(entry.verb.removeprefix("reporting.template_"), entry.facts) for entry in entries] == [
        ("added", {"name": "Gọn"}),
        ("named", {"name": "Gọn hơn"}),
        ("renewed", {"number": 2}),
        ("retired", {}),
        ("offered", {}),
    ]


def test_the_nearest_template_of_a_name_is_meant(world: World) -> None:
    added(world, "T", "chau", "Mẫu quý")
    near = added(world, "A1", "minh", "mẫu quý")
    viewer = world.viewer("minh")
    assert template_named(viewer, world.unit("A1"), " MẪU QUÝ ") == near.pk
    assert chosen_version(viewer, world.unit("A1"), near.pk).number == 1
    with pytest.raises(Absent):
        template_named(viewer, world.unit("A1"), "Mẫu tháng")


def test_a_template_that_takes_too_long_or_too_much_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = apart.LIMITS
    for limits, code in ((replace(usual, answer=1_000), "broke"), (replace(usual, clock=0), "too_slow")):
        monkeypatch.setattr(apart, "LIMITS", limits)
        with pytest.raises(Refused, match=f"template_{code}"):
            apart.tried(SHORT, ["study.classes"], TODAY)
