"""The rows of administration: see `tests.leaks.routes`."""

from __future__ import annotations

from tests.leaks.row import Row, area, at

MANAGE: dict[str, Row] = {
    "GET health": area("GET", at("/quan-tri/tinh-trang/"), "system"),
    "GET journal": area("GET", at("/quan-tri/nhat-ky/?unit={code}"), "journal"),
    "GET manage": area("GET", at("/quan-tri/"), "manage"),
    "GET unit_suggest": Row("GET", at("/quan-tri/goi-y/don-vi/?o=unit&unit=xa")),
}
