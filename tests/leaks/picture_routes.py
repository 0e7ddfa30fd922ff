"""The rows of pictures and of the files of their numbers: see `tests.leaks.routes`."""

from __future__ import annotations

from tests.leaks.row import Row, at

ABOUT = "ky={P}&chi-tieu=study.classes"

PICTURES: dict[str, Row] = {
    "GET reported": Row("GET", at("/don-vi/{unit}/ai-da-bao-cao/?ky={P}"), "read"),
    "GET side_by_side": Row("GET", at(f"/don-vi/{{unit}}/canh-nhau/?{ABOUT}"), "read"),
    "GET unit_figures": Row("GET", at(f"/don-vi/{{unit}}/so-lieu/dong-gop.csv?{ABOUT}"), "read"),
    "GET group_figures": Row("GET", at(f"/nhom/{{group}}/so-lieu/dong-gop.csv?{ABOUT}"), "read"),
}
