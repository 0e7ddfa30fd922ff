"""`chithi report` writes PDF where the name says so, with the office's own template where one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from chithi.cli import main
from chithi.reporting.models import OwnTemplate, OwnTemplateVersion, Report
from chithi.text import office
from tests.leaks.template_things import template_of
from tests.worlds import World

WHY = "a test looks"


def test_a_template_is_named_by_its_name_and_the_nearest_is_meant(world: World, tmp_path: Path) -> None:
    template_of(world, "T", "Gọn")
    near = template_of(world, "A1", "gọn")
    assert main(["report", "A1", "2025", "--template", "mẫu GỌN", "-o", str(tmp_path / "x.docx")]) == 0
    made = Report.objects.everywhere(because=WHY).get()
    version = OwnTemplateVersion.objects.everywhere(because=WHY).get(pk=made.written_with_id or 0)
    assert version.template_id == near
    assert OwnTemplate.objects.everywhere(because=WHY).count() == 2


def test_what_cannot_be_made_is_said_in_one_line_before_anything_is_made(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    target = tmp_path / "x.pdf"
    for more, words in ((["-o", str(target)], "libreoffice-writer-nogui"), (["--template", "Không có"], "mẫu này")):
        assert main(["report", "A1", "2025", *more]) == 2
        said = capsys.readouterr().err
        assert words in said
        assert said.count("\n") == 1
    assert not target.exists()
    assert not Report.objects.everywhere(because=WHY).exists()
