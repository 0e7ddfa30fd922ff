"""The invented districts of the smaller sizes, in numbers. Pure.

The large district has the proportions of the sources: 43 grassroots organisations, 251 cells, 145 of 231 villages
with a cell of their own, 820 key leaders of whom 110 are not members.
"""

from __future__ import annotations

from chithi.org.demo.sizes import DistrictSize, TreeSize
from chithi.org.kinds import UnitKind

DISTRICT, BLOC = UnitKind.DISTRICT, UnitKind.BLOC

KHUONG_SON = DistrictSize(
    code="KS",
    name="huyện Khương Sơn",
    kind=DISTRICT,
    communes=16,
    offices=13,
    office_cells=46,
    grassroots_cells=14,
    members=4000,
    key_members=710,
    key_others=110,
    leaders=10,
    villages=231,
    first_villages=36,
    split_2012=30,
    villages_2012=85,
    renewed_2013=14,
    moved_2013=10,
    lasting_joint=14,
    more_leaders_2013=12,
)


def _small(code: str, name: str, communes: int, offices: int, members: int) -> DistrictSize:
    """A neighbouring district: 3 to 6 grassroots organisations with 2 to 4 cells each."""
    return DistrictSize(
        code=code,
        name=name,
        kind=DISTRICT,
        communes=communes,
        offices=offices,
        office_cells=3 * offices,
        grassroots_cells=1,
        members=members,
        key_members=9 * communes + 8 * offices + 8,
        key_others=communes + offices,
        villages=3 * communes,
        first_villages=2 * communes - 1,
    )


HA_LAM = TreeSize(
    code="HL",
    name="tỉnh Hà Lâm",
    districts=(
        KHUONG_SON,
        _small("LP", "huyện Lạc Phong", 3, 1, 150),
        _small("VD", "huyện Vân Đài", 2, 1, 95),
        _small("BK", "huyện Bảo Khê", 3, 2, 165),
        _small("TL", "huyện Thạch Lũng", 2, 1, 90),
        _small("MP", "huyện Mộc Phú", 3, 1, 130),
        _small("TP", "thành phố Hà Lâm", 3, 2, 180),
        DistrictSize(
            code="KH",
            name="Khối các cơ quan và doanh nghiệp tỉnh",
            kind=BLOC,
            communes=0,
            offices=5,
            office_cells=16,
            grassroots_cells=1,
            members=200,
            key_members=40,
            key_others=6,
        ),
    ),
)

TINY_TREE = TreeSize(
    code="HL",
    name="tỉnh Hà Lâm",
    districts=(
        DistrictSize(
            code="KS",
            name="huyện Khương Sơn",
            kind=DISTRICT,
            communes=3,
            offices=1,
            office_cells=2,
            grassroots_cells=1,
            members=250,
            key_members=52,
            key_others=6,
            villages=30,
            first_villages=3,
            split_2012=2,
            villages_2012=5,
            renewed_2013=2,
            moved_2013=1,
            lasting_joint=2,
            more_leaders_2013=2,
        ),
        _small("LP", "huyện Lạc Phong", 2, 1, 90),
    ),
)
