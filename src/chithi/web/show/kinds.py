"""Words for kinds of units."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chithi.org.kinds import UnitKind
from chithi.org.queries import UnitCard


def kind_word(unit: UnitCard) -> str:
    """What the unit is, as people say it; a grassroots organisation that is a cell is a chi bộ cơ sở."""
    if unit.is_grassroots:
        return _("Chi bộ cơ sở") if unit.is_cell else _("Đảng bộ cơ sở")
    return {
        UnitKind.CENTRE: _("Trung ương"),
        UnitKind.PROVINCE: _("Đảng bộ tỉnh"),
        UnitKind.DISTRICT: _("Đảng bộ huyện"),
        UnitKind.BLOC: _("Đảng bộ khối"),
        UnitKind.SUB_COMMITTEE: _("Đảng bộ bộ phận"),
        UnitKind.CELL: _("Chi bộ trực thuộc"),
        UnitKind.AGENCY: _("Cơ quan"),
        UnitKind.MASS_ORGANISATION: _("Mặt trận, đoàn thể"),
        UnitKind.VILLAGE: _("Thôn, bản"),
        UnitKind.GRASSROOTS: _("Tổ chức cơ sở đảng"),
    }[UnitKind(unit.kind)]
