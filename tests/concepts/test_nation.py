"""The demo of a nation, in small: the map of 2025 without people, figures that add up, silent units, its pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from chithi.access.models import User
from chithi.access.roles import Role
from chithi.access.viewers import viewer_for
from chithi.bench.pages_list import places_of
from chithi.core.errors import Refused
from chithi.core.periods import month, year
from chithi.demo import DemoSummary, build_demo, one_time_logins, sizes
from chithi.demo.sizes import SIZES, NationDemo
from chithi.indicators.demo.sizes import NationFigures
from chithi.indicators.models import Figure, Measure, PeriodRow, Totals
from chithi.indicators.own import stored_rows
from chithi.indicators.queries import lines
from chithi.indicators.verify import verify
from chithi.org.demo import NationSize
from chithi.org.demo.draws import Draws, keys
from chithi.org.demo.nation_plan import plan_nation
from chithi.org.kinds import UnitKind
from chithi.org.models import Closing, Edition, Membership, Person, Unit, UnitState, valid_on
from chithi.org.queries import find_units
from chithi.rollup.columns import key_of
from chithi.rollup.packing import unpack
from tests.concepts.test_demo_repeats import digests

BECAUSE = "a test looks at the whole nation"
TODAY = date(2026, 11, 22)
SMALL = NationSize(provinces=2, cities=1, communes=6, units=320, offices=2, office_cells=2, own_cells=2, merged=1)
DEMO = NationDemo(SMALL, NationFigures(silent=20))
pytestmark = pytest.mark.django_db


def test_the_same_seed_gives_the_same_nation(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "SIZES", SIZES | {"nation": NationDemo(SMALL, NationFigures(years=(2025,)))})

    def built(seed: int) -> dict[str, str]:
        with transaction.atomic():
            build_demo("nation", seed, lambda _line: None)
            found = digests()
            transaction.set_rollback(True)
        return found

    first = built(7)
    assert first == built(7)
    assert {"org.unit", "org.unitspelling", "indicators.figure", "indicators.totals", "access.rolegrant"} <= set(first)
    other = built(8)
    assert first["indicators.figure"] != other["indicators.figure"]
    assert first["org.unitstate"] != other["org.unitstate"]


def test_a_nation_is_not_reorganised_a_second_time(db: None) -> None:
    with pytest.raises(Refused) as refused:
        build_demo("nation", 7, lambda _line: None, reorganised=True)
    assert refused.value.code == "demo.reorganised_already"
    assert not Unit.objects.everywhere(because=BECAUSE).exists()


@pytest.fixture(scope="module")
def nation(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[DemoSummary]:
    """Two provinces, built once for this file by the steps that build thirty-four, and rolled back after it.

    Tests that want an empty database stand above.
    """
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sizes, "SIZES", SIZES | {"nation": DEMO})
        summary = build_demo("nation", 2016, lambda _line: None)
        connection.check_constraints()
        yield summary
        transaction.set_rollback(True)


def ids() -> dict[str, int]:
    return dict(Unit.objects.everywhere(because=BECAUSE).values_list("code", "pk"))


def total(measure: str, unit: str, code: str) -> tuple[int, int, int]:
    """(value, spoken, expected) of what was computed for a unit and period."""
    row = PeriodRow.objects.get(code=code)
    cell = unpack(stored_rows(row, [ids()[unit]])[ids()[unit]]).cell(key_of(Measure.objects.get(code=measure).pk))
    return cell.value, cell.spoke, cell.expected


def entered(measure: str, code: str) -> dict[int, int]:
    """What units entered of their own work in a period."""
    figures = Figure.objects.everywhere(because=BECAUSE).filter(
        measure__code=measure, period__code=code, member=None, covers="own", role="level"
    )
    return {unit: value or 0 for unit, value in figures.values_list("unit_id", "value")}


def test_the_whole_size_is_the_map_of_2025() -> None:
    plan = plan_nation(NationSize(), 2016)
    kinds = Counter(plan.kinds)
    assert len(plan) - len(plan.mergers) == 265_000
    assert (kinds[UnitKind.PROVINCE], kinds[UnitKind.DISTRICT]) == (34, 0)
    provinces = [at for at, kind in enumerate(plan.kinds) if kind is UnitKind.PROVINCE]
    assert sum(plan.short_names[at].startswith("Thành phố") for at in provinces) == 6
    above = Counter(plan.parents[at] for at, base in enumerate(plan.grassroots) if base)
    assert sum(above[at] for at in provinces) == 3321, "communes stand directly under provinces"
    assert len(set(plan.codes)) == len(plan)
    assert all(parent < at for at, parent in enumerate(plan.parents)), "depth first, parents before children"
    assert {plan.kinds[cell] for _, cell in plan.links} == {UnitKind.CELL}


def test_a_nation_too_small_for_its_communes_is_refused() -> None:
    with pytest.raises(ValueError, match="less than the eight"):
        plan_nation(NationSize(provinces=1, cities=0, communes=9, units=150, offices=1), 7)


def test_there_are_as_many_units_as_the_size_says_and_no_people(nation: DemoSummary) -> None:
    open_now = UnitState.objects.everywhere(because=BECAUSE).filter(valid_on(TODAY))
    assert open_now.count() == SMALL.units
    assert nation.units == SMALL.units + 6, "one cell a province was merged in each of three years"
    assert (nation.people, nation.memberships) == (0, 0)
    assert not Person.objects.everywhere(because=BECAUSE).exists()
    assert not Membership.objects.everywhere(because=BECAUSE).exists()


def test_totals_are_the_sums_of_what_was_entered_and_records_counted(nation: DemoSummary) -> None:
    for measure in ("org.members_on_duty", "study.members", "result.money", "mass.members"):
        assert total(measure, "TW", "2025")[0] == sum(entered(measure, "2025").values()) > 0, measure
    cells = UnitState.objects.everywhere(because=BECAUSE).filter(valid_on(date(2025, 12, 31)), is_cell=True)
    assert total("org.cells", "TW", "2025")[0] == cells.count()


def test_every_computed_number_agrees_with_the_records(nation: DemoSummary) -> None:
    found = verify()
    assert found.ok, found.differences[:5]
    assert found.totals == nation.totals > 500


def test_some_units_are_silent_and_the_total_says_so(nation: DemoSummary) -> None:
    for measure in ("study.members", "org.members_on_duty"):
        _, spoke, expected = total(measure, "TW", "2025")
        assert 0.5 * expected < spoke < expected


def test_nobody_studies_or_pledges_who_is_not_there(nation: DemoSummary) -> None:
    members = entered("org.members_on_duty", "2025")
    homes: defaultdict[int | None, int] = defaultdict(int)
    states = UnitState.objects.everywhere(because=BECAUSE).filter(valid_on(date(2025, 12, 31)))
    above = dict(states.values_list("unit_id", "parent_id"))
    for cell, count in members.items():
        for place in (cell, above[cell], above[above[cell]]):
            homes[place] += count
    leaders, pledged = entered("org.key_leaders", "2025"), entered("pledge.leaders", "2025")
    registered, settled = entered("issue.registered", "2025"), entered("issue.settled", "2025")
    assert all(pledged[unit] <= leaders[unit] for unit in pledged)
    assert all(settled[unit] <= registered[unit] for unit in settled)
    studied = entered("study.members", "2025")
    assert studied
    assert all(studied[unit] <= homes[unit] for unit in studied)
    for code in ("TW", "T01", "T02"):
        assert total("study.members", code, "2025")[0] <= total("org.members_on_duty", code, "2025")[0]


def test_months_and_quarters_of_the_last_year_add_up_to_it(nation: DemoSummary) -> None:
    for measure, parts in (
        ("study.classes", [month(2025, at).code for at in range(1, 13)]),
        ("issue.registered", [f"2025-Q{at}" for at in range(1, 5)]),
    ):
        added: Counter[int] = Counter()
        for code in parts:
            added.update(entered(measure, code))
        whole = entered(measure, "2025")
        assert whole
        assert {unit: added[unit] for unit in whole} == whole


def test_years_stand_on_trees_of_their_own(nation: DemoSummary) -> None:
    merged = Closing.objects.everywhere(because=BECAUSE)
    assert sorted({found.since.year for found in merged}) == [2023, 2024, 2025]
    assert Edition.objects.filter(dropped_at__isnull=True).count() >= 4
    cells = {of_year: total("org.cells", "TW", str(of_year))[0] for of_year in (2022, 2023, 2024, 2025)}
    assert cells == {2022: cells[2025] + 6, 2023: cells[2025] + 4, 2024: cells[2025] + 2, 2025: cells[2025]}


def test_the_five_accounts_are_at_home_from_the_nation_to_a_cell(nation: DemoSummary) -> None:
    roles = {username: (role, unit) for username, role, unit, _code in one_time_logins()}
    assert roles["tuyengiao"] == (Role.AGENCY.value, "Ban Chấp hành Trung ương")
    assert roles["quantri"][1] == "Ban Chấp hành Trung ương"
    assert roles["vanphong"][1] == roles["lanhdao"][1]
    assert roles["bithu"][1].startswith("Chi bộ")
    where = places_of(TODAY)
    assert where.names == ("nation", "province", "commune", "cell")
    assert where.province == ids()["TW"]
    assert where.district == ids()["T01"]


def test_a_commune_is_found_by_its_name_without_marks(nation: DemoSummary) -> None:
    viewer = viewer_for(User.objects.get(username="tuyengiao"), TODAY)
    plan = plan_nation(SMALL, 2016)
    commune = next(at for at, code in enumerate(plan.codes) if code == "T01-001")
    asked = plan.short_names[commune].lower()
    assert ids()["T01-001"] in [unit.id for unit in find_units(viewer, asked)]


@pytest.mark.parametrize(("who", "unit"), [("tuyengiao", "TW"), ("vanphong", "T01"), ("bithu", "")])
def test_pages_open_from_the_nation_down_to_a_cell(nation: DemoSummary, client: Client, who: str, unit: str) -> None:
    user = User.objects.get(username=who)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    home = ids()[unit] if unit else viewer_for(user, TODAY).home_unit_id
    addresses = ["/", f"/don-vi/{home}/?ky=2025", f"/so/21/{home}/2025/"]
    for address in [*addresses, *([f"/bao-cao/{home}/2025/"] if unit else [])]:
        assert client.get(address).status_code == 200, address


def test_a_share_of_the_nation_opens_to_its_provinces(nation: DemoSummary) -> None:
    viewer = viewer_for(User.objects.get(username="tuyengiao"), TODAY)
    line = lines(viewer, ids()["TW"], year(2025), codes=["study.members"]).line("study.members")
    assert line.denominator is not None
    assert line.numerator.computed.value < line.denominator.computed.value
    below = sum(total("study.members", code, "2025")[0] for code in ("T01", "T02"))
    assert below == line.numerator.computed.value


def test_draws_depend_on_their_own_names_only_and_stay_within_bounds() -> None:
    units = np.arange(1000)
    first = Draws(7, "concept", units).between(3, 9)
    assert (first == Draws(7, "concept", units).between(3, 9)).all()
    assert (first[500:] == Draws(7, "concept", units[500:]).between(3, 9)).all()
    assert (first != Draws(8, "concept", units).between(3, 9)).any()
    assert (first != Draws(7, "other", units).between(3, 9)).any()
    assert set(first.tolist()) == set(range(3, 10))
    assert first[:8].tolist() == FIRST_DRAWS, "the same on every machine and with every release of the libraries"
    assert 150 < int(Draws(7, "chance", units).chance(20).sum()) < 250


FIRST_DRAWS = [6, 7, 3, 5, 7, 5, 7, 7]


def test_identities_are_all_different_and_ascend() -> None:
    found = keys(7, "figure", "2025", 100)
    assert len(set(found)) == 100
    assert found == sorted(found)
    assert not set(found) & set(keys(7, "figure", "2024", 100))


def test_every_total_belongs_to_a_unit_with_others_below_it(nation: DemoSummary) -> None:
    assert Totals.objects.everywhere(because=BECAUSE).count() == nation.totals
