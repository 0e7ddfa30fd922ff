"""The rows of templates of offices: see `tests.leaks.routes`."""

from __future__ import annotations

from typing import Any

from tests.leaks.row import Row, area, at

HERE = "/quan-tri/mau-bao-cao/"


def _renamed(_things: object) -> dict[str, Any]:
    return {"name": "Tên mới của mẫu", "version": "1"}


TEMPLATES: dict[str, Row] = {
    "GET own_templates": area("GET", at(HERE), "report"),
    "GET own_template_new": area("GET", at(f"{HERE}moi/"), "report"),
    "POST own_template_new": area(
        "POST", at(f"{HERE}moi/"), "report", form=lambda _: {"name": "Thiếu tệp"}, inside=400
    ),
    "GET own_template_fields": area("GET", at(f"{HERE}truong/"), "report"),
    "GET own_template_starter": area("GET", at(f"{HERE}khoi-dau.docx"), "report"),
    "GET own_template": Row("GET", at(HERE + "{template}/"), "report"),
    "GET own_template_renew": Row("GET", at(HERE + "{template}/ban-moi/"), "report"),
    "POST own_template_renew": Row("POST", at(HERE + "{template}/ban-moi/"), "report", inside=400, form=_renamed),
    "GET own_template_name": Row("GET", at(HERE + "{template}/ten/"), "report"),
    "POST own_template_name": Row("POST", at(HERE + "{template}/ten/"), "report", inside=302, form=_renamed),
    "POST own_template_offer": Row("POST", at(HERE + "{template}/dung/"), "report", inside=302, form=_renamed),
    "GET own_template_trial": Row("GET", at(HERE + "{template}/thu.docx"), "report"),
    "GET own_template_file": Row("GET", at(HERE + "{template}/ban-1.docx"), "report"),
}
