"""Templates of offices through the pages: uploaded, tried, chosen, renewed, set aside; every refusal in words."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chithi.reporting import pdf
from chithi.reporting.models import OwnTemplate, OwnTemplateVersion, Report, ReportPdf
from tests.worlds import World, build_world

pytestmark = pytest.mark.django_db
HERE = "/quan-tri/mau-bao-cao/"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WHY = "a test looks"


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def at(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def upload(*paragraphs: str, name: str = "mau.docx") -> SimpleUploadedFile:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    made = io.BytesIO()
    document.save(made)
    return SimpleUploadedFile(name, made.getvalue(), WORD)


def sent(world: World, **more: Any) -> dict[str, Any]:
    return {"unit": "A", "name": "Mẫu gọn", "file": upload("Về {{ trích yếu }}"), **more}


def planted(world: World, unit: str = "A", name: str = "Mẫu gọn") -> OwnTemplate:
    """A template without its upload, which takes a process of its own."""
    made = OwnTemplate.objects.create(unit=world.units[unit], name=name)
    data = upload("Về {{ trích yếu }} của {{ cơ quan ban hành }}").read()
    OwnTemplateVersion.objects.create(
        unit=world.units[unit], template=made, number=1, filename="a.docx", file=data, sha256=f"{made.pk}", fields=[
            "summary", "issuer", "study.members/share"]
    )  # fmt: skip
    return made


def text(answer: Any) -> str:
    return bytes(answer.content).decode()


def words(answer: Any) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(bytes(answer.content))).paragraphs)


def test_a_clerk_uploads_a_template_looks_at_the_trial_and_makes_a_report_with_it(world: World) -> None:
    client = at(world, "minh")
    page = client.get(HERE)
    assert "Chưa có mẫu nào. Báo cáo đang lập theo mẫu quy định." in text(page)
    assert 'value="A1"' in text(client.get(f"{HERE}moi/"))
    made = client.post(f"{HERE}moi/", sent(world, unit="A1"), follow=True)
    assert "Đã lưu mẫu." in text(made)
    template = OwnTemplate.objects.everywhere(because=WHY).get()
    assert words(client.get(f"{HERE}{template.pk}/thu.docx")).startswith("Về Kết quả học tập")
    draft = text(client.get(f"/bao-cao/{world.unit('A11')}/2025/"))
    assert f'<option value="{template.pk}">Mẫu gọn</option>' in draft
    assert '<option value="">Mẫu quy định</option>' in draft
    report = client.post(f"/bao-cao/{world.unit('A11')}/2025/word/", {"mau": str(template.pk)})
    assert words(report).startswith("Về Kết quả thực hiện")
    code = Report.objects.everywhere(because=WHY).get().code
    assert f'filename="bao-cao-{code}.docx"' in report["Content-Disposition"]
    assert "theo mẫu “Mẫu gọn”" in text(client.get(f"/ma/{code}"))


def test_the_report_page_offers_no_choice_where_there_is_none(world: World) -> None:
    planted(world, "B")
    assert 'name="mau"' not in text(at(world, "minh").get(f"/bao-cao/{world.unit('A1')}/2025/"))


@pytest.mark.parametrize("said", ["0", "999999", "99999999999999999999999", "-1", "x", "1;--", "१"])
def test_a_template_there_is_not_makes_no_report(world: World, said: str) -> None:
    answer = at(world, "minh").post(f"/bao-cao/{world.unit('A1')}/2025/word/", {"mau": said})
    assert answer.status_code == 404
    assert not Report.objects.everywhere(because=WHY).exists()


def test_what_is_wrong_with_a_template_stands_beside_the_file_and_nothing_is_saved(world: World) -> None:
    wrong = sent(world, file=upload("Mở đầu", "Tỷ lệ {{ chỉ tiêu study.nothing, tỷ lệ }} là"))
    answer = at(world, "dung").post(f"{HERE}moi/", wrong)
    assert answer.status_code == 400
    told = text(answer).replace("&quot;", '"')
    assert "Đoạn 2 (“Tỷ lệ {{ chỉ tiêu study.nothing, tỷ lệ }} là”)" in told
    assert "không có chỉ tiêu mang mã study.nothing" in told
    assert 'value="Mẫu gọn"' in told
    assert not OwnTemplate.objects.everywhere(because=WHY).exists()


@pytest.mark.parametrize(
    ("change", "status", "words_said"),
    [
        ({"file": None}, 400, "Tệp mẫu"),
        ({"name": ""}, 400, "Tên mẫu"),
        ({"name": "x" * 121}, 400, "Tên mẫu"),
        ({"unit": "A2x"}, 400, "Không có đơn vị nào"),
        ({"unit": "B"}, 400, "Không có đơn vị nào"),
        ({"unit": "T"}, 400, "Không có đơn vị nào"),
        ({"file": SimpleUploadedFile("a.docx", b"")}, 400, "Tệp mẫu"),
        ({"file": SimpleUploadedFile("../../a.docx", b"PK\x03\x04")}, 400, "không phải văn bản Word"),
        ({"file": SimpleUploadedFile("a.docx", b"x" * 5_000_001)}, 400, "lớn quá 5 MB"),
    ],
)
def test_what_is_missing_or_out_of_reach_is_told(
    world: World, change: dict[str, Any], status: int, words_said: str
) -> None:
    said = {name: value for name, value in sent(world, **change).items() if value is not None}
    answer = at(world, "dung").post(f"{HERE}moi/", said)
    assert answer.status_code == status
    assert words_said in text(answer)


def test_a_second_template_of_the_same_name_is_told_beside_the_name(world: World) -> None:
    planted(world)
    answer = at(world, "dung").post(f"{HERE}moi/", sent(world))
    assert answer.status_code == 400
    assert "Đơn vị đã có mẫu tên “Mẫu gọn”" in text(answer)


def test_a_newer_version_a_new_name_and_setting_aside(world: World) -> None:
    template = planted(world)
    client, here = at(world, "dung"), f"{HERE}{template.pk}/"
    page = text(client.get(here))
    assert "trích yếu · cơ quan ban hành · chỉ tiêu study.members, tỷ lệ" in page
    renewed = client.post(f"{here}ban-moi/", {"file": upload("Mới {{ phạm vi }}"), "version": "1"}, follow=True)
    assert "Đã lưu bản mới." in text(renewed)
    assert "Bản 2" in text(renewed)
    assert words(client.get(f"{here}ban-2.docx")) == "Mới {{ phạm vi }}"
    assert "Đã đổi tên mẫu." in text(client.post(f"{here}ten/", {"name": "Tên mới", "version": "2"}, follow=True))
    aside = client.post(f"{here}dung/", {"dung": "0", "version": "3"}, follow=True)
    assert "Mẫu đã thôi dùng từ ngày" in text(aside)
    assert "đã thôi dùng" in text(client.get(HERE))
    assert 'name="mau"' not in text(client.get(f"/bao-cao/{world.unit('A1')}/2025/"))
    assert "Mẫu lại được chọn" in text(client.post(f"{here}dung/", {"dung": "1", "version": "4"}, follow=True))


def test_a_form_that_comes_too_late_changes_nothing(world: World) -> None:
    template = planted(world)
    client, here = at(world, "dung"), f"{HERE}{template.pk}/"
    client.post(f"{here}ten/", {"name": "Tên hai", "version": "1"})
    late = client.post(f"{here}ten/", {"name": "Tên ba", "version": "1"})
    assert late.status_code == 400
    assert "Có người vừa sửa nội dung này" in text(late)
    assert client.post(f"{here}dung/", {"dung": "0", "version": "1"}).status_code == 409
    renewed = client.post(f"{here}ban-moi/", {"file": upload("{{ phạm vi }}"), "version": "1"})
    assert renewed.status_code == 400
    row = OwnTemplate.objects.everywhere(because=WHY).get()
    assert (row.name, row.newest, row.retired_on) == ("Tên hai", 1, None)


def test_the_fields_are_listed_in_both_languages(world: World) -> None:
    client = at(world, "minh")
    page = text(client.get(f"{HERE}truong/"))
    for line in ("{{ trích yếu }}", "{{ mỗi dòng phụ lục }}", "{{ chỉ tiêu study.members, tăng giảm }}"):
        assert line in page
    client.cookies["chithi_language"] = "en"
    page = text(client.get(f"{HERE}truong/"))
    for line in ("{{ summary }}", "{{ each annex row }}", "{{ indicator study.members, change }}", "{{ if no "):
        assert line in page


def test_the_starter_is_a_template_that_can_be_uploaded(world: World) -> None:
    client = at(world, "dung")
    file = SimpleUploadedFile("khoi-dau.docx", bytes(client.get(f"{HERE}khoi-dau.docx").content), WORD)
    assert client.post(f"{HERE}moi/", sent(world, file=file)).status_code == 302


def test_somebody_who_makes_no_reports_is_not_offered_templates(world: World) -> None:
    assert "Mẫu báo cáo riêng" not in text(at(world, "lan").get("/quan-tri/"))
    assert at(world, "lan").get(HERE).status_code == 403
    assert "Mẫu báo cáo riêng" in text(at(world, "dung").get("/quan-tri/"))


def test_pdf_is_offered_only_where_it_can_be_made(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client, address = at(world, "minh"), f"/bao-cao/{world.unit('A1')}/2025/"
    made = client.post(f"{address}word/")
    code = Report.objects.everywhere(because=WHY).get().code
    for here in (True, False):
        monkeypatch.setattr("chithi.text.office.program", lambda here=here: "/usr/bin/soffice" if here else None)
        assert ('name="tep" value="pdf"' in text(client.get(address))) is here
        assert (f"/bao-cao/tep/{code}.pdf" in text(client.get(f"/ma/{code}"))) is here
    refused = client.get(f"/bao-cao/tep/{code}.pdf")
    assert refused.status_code == 400
    assert "Máy chủ chưa có LibreOffice" in text(refused)
    assert made.status_code == 200


def test_a_kept_pdf_is_handed_over_as_it_is(world: World) -> None:
    client = at(world, "minh")
    client.post(f"/bao-cao/{world.unit('A1')}/2025/word/")
    report = Report.objects.everywhere(because=WHY).get()
    digest = pdf.hashlib.sha256(bytes(report.file)).hexdigest()
    ReportPdf.objects.create(unit_id=report.unit_id, report=report, sha256=digest, file=b"%PDF-1.7 kept")
    answer = client.get(f"/bao-cao/tep/{report.code}.pdf")
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.7 kept", "application/pdf")
    again = client.post(f"/bao-cao/{world.unit('A1')}/2025/word/", {"tep": "pdf"})
    assert again.content == b"%PDF-1.7 kept"
    assert f'filename="bao-cao-{report.code}.pdf"' in again["Content-Disposition"]


def test_the_api_lists_templates_makes_with_one_and_hands_over_the_pdf(world: World) -> None:
    template = planted(world)
    client = at(world, "minh")
    listed = client.get(f"/api/units/{world.unit('A1')}/templates").json()
    assert listed == {"items": [{"id": template.pk, "name": "Mẫu gọn", "unit_id": world.unit("A"), "newest": 1}]}
    address = f"/api/units/{world.unit('A1')}/reports"
    made = client.post(address, {"period": "2025", "template": template.pk}, content_type="application/json")
    assert made.status_code == 201
    assert words(client.get(made.json()["file"])).startswith("Về Kết quả thực hiện")
    other = client.post(address, {"period": "2025", "template": template.pk + 1}, content_type="application/json")
    assert (other.status_code, other.json()["code"]) == (404, "reporting.no_template")
    report = Report.objects.everywhere(because=WHY).get()
    digest = pdf.hashlib.sha256(bytes(report.file)).hexdigest()
    ReportPdf.objects.create(unit_id=report.unit_id, report=report, sha256=digest, file=b"%PDF")
    assert client.get(f"/api/reports/{report.code}/pdf").content == b"%PDF"
