"""The province that `chithi demo --size province` builds, in numbers. Pure.

848 grassroots organisations, 3.300 cells (grassroots cells and cells below them together) from the end of 2012 on,
41.324 members on duty at the end of 2012, 41.368 a year later and 41.350 today: the proportions of the sources. The
first district is that of the size `district`.
"""

from __future__ import annotations

from datetime import date

from chithi.demo.districts import BLOC, DISTRICT, KHUONG_SON
from chithi.indicators.demo.sizes import Exact, FigureSize
from chithi.org.demo.sizes import ENDS, DistrictSize, TreeSize

VILLAGES_A_COMMUNE = 13
DISTRICTS = (
    ("LP", "huyện Lạc Phong", 11, 31, 3),
    ("VD", "huyện Vân Đài", 9, 29, 0),
    ("BK", "huyện Bảo Khê", 10, 30, 0),
    ("TL", "huyện Thạch Lũng", 8, 28, 0),
    ("MP", "huyện Mộc Phú", 10, 30, 0),
    ("TP", "thành phố Hà Lâm", 12, 33, 0),
    ("DS", "huyện Đông Sủng", 10, 31, 0),
    ("KU", "huyện Khánh Uyên", 9, 30, 0),
    ("YP", "huyện Yên Phả", 11, 30, 0),
    ("TM", "huyện Tràng Mão", 10, 29, 0),
    ("ND", "huyện Nghi Dương", 9, 30, 0),
    ("PN", "huyện Phú Nham", 10, 29, 0),
    ("VL", "huyện Vạn Lĩnh", 10, 30, 0),
)
"""Code, name, communes, cells that are grassroots organisations, villages with a cell beyond seven a commune."""

YEAR_ENDS = (
    *(41324, 41368, 41381, 41402, 41377, 41390, 41366),
    *(41358, 41371, 41344, 41352, 41339, 41346, 41350),
)
"""Members on duty at the ends of 2012 to 2025."""


def _district(code: str, name: str, communes: int, own_cells: int, more: int) -> DistrictSize:
    """A district of nine or so villages with a cell of their own in each commune, and twelve committees of offices."""
    offices, cells_an_office = 12, 4
    cells = 13 * communes + more + offices * cells_an_office + own_cells
    return DistrictSize(
        code=code,
        name=name,
        kind=DISTRICT,
        communes=communes,
        offices=offices,
        office_cells=offices * cells_an_office,
        grassroots_cells=own_cells,
        members=62 * cells // 5,
        key_members=cells + 2 * (communes + offices) + 70,
        key_others=2 * communes + offices,
        leaders=10,
        villages=VILLAGES_A_COMMUNE * communes,
        first_villages=7 * communes + more,
        split_2012=communes,
        villages_2012=2 * communes,
        renewed_2013=communes // 2,
        moved_2013=communes - communes // 2,
        lasting_joint=communes,
        more_leaders_2013=4,
    )


def _bloc(code: str, name: str, offices: int, own_cells: int) -> DistrictSize:
    cells = 6 * offices + own_cells
    return DistrictSize(
        code=code,
        name=name,
        kind=BLOC,
        communes=0,
        offices=offices,
        office_cells=6 * offices,
        grassroots_cells=own_cells,
        members=13 * cells,
        key_members=cells + 2 * offices + 40,
        key_others=offices,
    )


HA_LAM_WHOLE = TreeSize(
    code="HL",
    name="tỉnh Hà Lâm",
    districts=(
        KHUONG_SON,
        *(_district(*row) for row in DISTRICTS),
        _bloc("KH", "Khối các cơ quan tỉnh", 25, 45),
        _bloc("DN", "Khối doanh nghiệp tỉnh", 20, 40),
    ),
    on_duty=(*((date(2012 + at, 12, 31), count) for at, count in enumerate(YEAR_ENDS)), (ENDS, 41350)),
)

EXACT = (
    Exact(2012, "HL", (("study.classes", 731), ("study.members", 40539), ("study.officials", 21255))),
    Exact(
        2012,
        "HL-KS",
        (
            ("pledge.leaders/member", 710),
            ("pledge.leaders/other", 110),
            ("rating.leaders_member", 667),
            ("rating.leaders_other", 97),
            ("meeting.quality", 176),
            ("covenant.scored", 43),
        ),
    ),
    Exact(
        2013,
        "HL",
        (
            ("plan.grassroots", 799),
            ("plan.cells", 2462),
            ("pledge.members", 38969),
            ("pledge.officials", 22252),
        ),
    ),
    Exact(2013, "HL-KS", (("pledge.leaders/member", 722), ("pledge.leaders/other", 110))),
)
"""What the sources counted, to be found on the pages of the year, over the base as it stood at the year's end."""

OFFICIALS = 26649

FIGURES = FigureSize(
    years=(2012, 2013, 2021, 2022, 2023, 2024, 2025),
    silent=(0, 0, 5, 3, 2, 2, 3),
    empty_years=(2011,),
    officials=OFFICIALS,
    exact=EXACT,
)
