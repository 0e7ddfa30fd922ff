"""Figures that real reports gave for the indicators of the catalogue, for docs/reference/indicators.md. Data only.

Numbers are written as Vietnamese write them. `base` is what a share is of: "stated" where the report says it, "implied"
where it only follows from count and share (never stored). A dash as value: the report names the indicator, no figure.
"""

from __future__ import annotations

from typing import NamedTuple


class Found(NamedTuple):
    """One figure of one report. `when` is the time it speaks of; `note` what a reader must know to judge it."""

    value: str
    report: str
    when: str = ""
    base: str = ""
    note: str = ""


PROVINCE_2013 = "a province, 2013"
DISTRICT_2013 = "a district, 2013"
BLOC_2014 = "a provincial bloc, 2014"
SURVEY_2017 = "a province's survey, 2017"
PROVINCE_2019 = "a province, 2019"
TO_DATE, TWO_YEARS, THREE_YEARS, CAMPAIGN = "to date", "2 years", "3 years", "campaign"
NAMED = "–"

FIGURES: dict[str, tuple[Found, ...]] = {
    "study.classes": (Found("731", PROVINCE_2013, TO_DATE),),
    "study.members": (Found("40.539 = 98,1%", PROVINCE_2013, TO_DATE, "members on duty; implied about 41.324"),),
    "study.officials": (
        Found("21.255", PROVINCE_2013, TO_DATE, note="whether members among them are left out is not said"),
    ),
    "study.units_done": (Found("100%", DISTRICT_2013, TWO_YEARS, "stated: all cells and committees of the district"),),
    "study.online": (Found(NAMED, PROVINCE_2019, "yearly", "invited"),),
    "plan.grassroots": (Found("799 = 94,2%", PROVINCE_2013, TO_DATE, "grassroots organisations; implied about 848"),),
    "plan.cells": (Found("2.462", PROVINCE_2013, TO_DATE),),
    "pledge.members": (Found("38.969 = 94,2%", PROVINCE_2013, TO_DATE, "members on duty; implied about 41.368"),),
    "pledge.officials": (
        Found("22.252 = 83,5%", PROVINCE_2013, TO_DATE, "officials outside the Party; implied about 26.649"),
    ),
    "pledge.leaders": (
        Found("820 of 820", DISTRICT_2013, "2012", "stated: key leaders", "members 710, not members 110"),
        Found("832", DISTRICT_2013, "2013, to date"),
    ),
    "rating.leaders_member": (Found("667 of 710 = 93,9%", DISTRICT_2013, "end of 2012", "stated: those rated"),),
    "rating.leaders_other": (Found("97 of 110 = 88,2%", DISTRICT_2013, "end of 2012", "stated: those rated"),),
    "meeting.quality": (
        Found("176 of 251 = 70,1%", DISTRICT_2013, "2012", "stated: all cells, grassroots cells included"),
    ),
    "unit.village_cell": (
        Found("145 of 231 = 63%", DISTRICT_2013, TO_DATE, "stated: villages", "62,77 before rounding; up 109 on 2011"),
    ),
    "covenant.signed": (Found("43 of 43", DISTRICT_2013, CAMPAIGN, "stated: grassroots organisations"),),
    "covenant.scored": (
        Found("43 of 43", DISTRICT_2013, CAMPAIGN, "stated: grassroots organisations", "5 groups of criteria"),
    ),
    "covenant.pilots": (Found("4", DISTRICT_2013, CAMPAIGN),),
    "covenant.households": (
        Found(NAMED, DISTRICT_2013, CAMPAIGN, "households", "counts only, no records of citizens"),
    ),
    "deed.collective": (Found("≥ 12.440", PROVINCE_2019, THREE_YEARS, note="a lower bound, kept as one"),),
    "deed.individual": (Found("≥ 439.190", PROVINCE_2019, THREE_YEARS, note="a lower bound, kept as one"),),
    "issue.district": (Found("631", PROVINCE_2019, THREE_YEARS),),
    "issue.grassroots": (Found("5.500", PROVINCE_2019, THREE_YEARS),),
    "issue.settled": (Found(NAMED, f"{BLOC_2014}; {PROVINCE_2019}", base="registered"),),
    "inspect.upper": (Found("2", SURVEY_2017, "2017", "planned", "of different kinds"),),
    "inspect.base": (Found("4", SURVEY_2017, "2017", "planned", "of different kinds"),),
    "standard.units": (Found(NAMED, "several", "yearly", "units"),),
    "standard.units_passing": (Found(NAMED, "several", "yearly", "units with standards"),),
    "standard.units_late": (Found(NAMED, "several", "yearly", "units with standards"),),
    "model.people": (Found("103", PROVINCE_2019, THREE_YEARS, note="collectives and individuals together"),),
    "award.collectives": (Found("17", DISTRICT_2013, TWO_YEARS),),
    "award.people": (
        Found("50", DISTRICT_2013, TWO_YEARS, note="the report counts collectives among them: asked about, not mended"),
    ),
    "exchange.events": (Found("2 a year", PROVINCE_2013, "yearly", note="a norm, not a result"),),
    "result.land": (Found("5.200, 600, 400 m²", DISTRICT_2013, note="by person or village: examples, never added up"),),
    "result.money": (
        Found("12.000.000 đ, 500.000 đ a household", DISTRICT_2013, note="by person or village: examples"),
    ),
    "result.workdays": (Found("1.438", DISTRICT_2013, note="one village's example"),),
    "result.road": (Found("850 m", DISTRICT_2013, note="the road those workdays built"),),
    "result.income": (Found("≥ 80; 50–70; 22–25 a crop; 25–30 million đ", DISTRICT_2013, "yearly", note="by person"),),
    "media.items": (Found(NAMED, PROVINCE_2013, TO_DATE),),
    "comment.answered": (Found(NAMED, f"{PROVINCE_2013}; {SURVEY_2017}", base="received"),),
}
