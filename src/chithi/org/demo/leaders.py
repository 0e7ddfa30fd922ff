"""The plan of invented posts: secretaries, committees, key leaders inside and outside the Party, village heads. Pure.

On `COUNTED_ON` the key leaders of a district are exactly as many as its size says; each is one person, though a few
hold two posts. Posts change hands at the congresses, one leaving as another comes, so that the count stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle

from chithi.org.demo import words
from chithi.org.demo.people import ALWAYS, PeoplePlan, PlannedPerson, cells_by_grassroots
from chithi.org.demo.plan import OFFICE, PART, SCHOOL, PlannedUnit
from chithi.org.demo.sizes import BEGAN, COUNTED_ON, DistrictSize
from chithi.org.demo.streams import Stream, spread
from chithi.org.kinds import UnitKind

CONGRESSES = (date(2015, 5, 20), date(2020, 5, 20), date(2025, 5, 20))
ADDED = date(2013, 3, 1)
RETIRES_AT = 60
_CLOSENESS = {OFFICE: 0, PART: 0, SCHOOL: 1}


@dataclass
class PlannedPost:
    person: PlannedPerson
    unit: str
    title: str
    since: date
    until: date | None = None
    is_key_leader: bool = True
    is_head: bool = False


class Leaders:
    """Chooses the leaders of one district out of its members."""

    def __init__(self, plan: PeoplePlan, district: DistrictSize) -> None:
        self.plan, self.district = plan, district
        self.code = plan.tree.code_of(district)
        self.cells = cells_by_grassroots(plan.tree, district)
        self.posts: list[PlannedPost] = []
        self.taken: set[str] = set()

    def choose(self) -> list[PlannedPost]:
        """All posts of the district. Refuses (ValueError) a size with fewer leaders than it has bodies to lead."""
        for cells in self.cells.values():
            for cell in cells:
                self._secretary(cell)
        heads = sum(1 for post in self.posts if post.since <= COUNTED_ON and (post.until or ALWAYS) > COUNTED_ON)
        committees = [code for code, cells in self.cells.items() if cells[0].code != code]
        extra = self.district.key_members - heads - 2 * len(committees) - self.district.leaders
        if extra < 0:
            raise ValueError(f"{self.code}: more bodies to lead than key leaders")
        self._of_district()
        self._of_organisations(committees, extra)
        self._others()
        self._added()
        self._hand_over()
        self._village_heads()
        return self.posts

    def _secretary(self, cell: PlannedUnit) -> None:
        """The first of a cell leads it while it is open; a chi bộ cơ sở has no other head."""
        person = self.plan.rosters[cell.code][0]
        self._hold(PlannedPost(person, cell.code, "Bí thư chi bộ", cell.opened, cell.closed, is_head=True))

    def _hold(self, post: PlannedPost) -> None:
        self.taken.add(post.person.ref)
        post.person.bound_until = max(post.person.bound_until, post.until or ALWAYS)
        self.posts.append(post)

    def _candidates(self, grassroots: str, day: date) -> Iterator[PlannedPerson]:
        """Members of an organisation who hold no post yet: its offices first, then the schools, then the rest."""
        lasting = [cell for cell in self.cells[grassroots] if cell.closed is None]
        for cell in sorted(lasting, key=lambda c: (_CLOSENESS.get(c.cell_sort, 2), c.code)):
            for person in self.plan.rosters[cell.code]:
                if person.stays[0].cell == cell.code and person.stays[0].since < day:
                    yield person

    def _next(self, grassroots: str, day: date) -> PlannedPerson:
        for person in self._candidates(grassroots, day):
            if person.ref not in self.taken and not person.admitted:
                return person
        raise ValueError(f"{grassroots}: fewer members than leaders")

    def _of_district(self) -> None:
        """The district's own leaders are members of its first office; some lead a department there as well."""
        titles = {UnitKind.BLOC: words.BLOC_POSTS, UnitKind.DISTRICT: words.DISTRICT_POSTS}[self.district.kind]
        if self.district.name.startswith("thành phố"):
            titles = words.CITY_POSTS
        office = next(code for code, cells in self.cells.items() if cells[0].cell_sort == PART)
        for at, title in zip(range(self.district.leaders), cycle(titles), strict=False):
            person = self._next(office, BEGAN + timedelta(days=1))
            self._hold(PlannedPost(person, self.code, title, BEGAN, is_head=at == 0))
            if at % 3 == 2:
                self._hold(PlannedPost(person, office, "Ủy viên Ban Chấp hành", BEGAN))

    def _of_organisations(self, committees: list[str], extra: int) -> None:
        codes = list(self.cells)
        weights = [self._weight(code) for code in codes]
        for code, count in zip(codes, spread(extra, weights), strict=True):
            titles = iter(cycle(words.COMMUNE_POSTS if self._is_commune(code) else words.OFFICE_POSTS))
            if code in committees:
                self._committee(code)
            for _ in range(count):
                person = self._next(code, BEGAN + timedelta(days=1))
                self._hold(PlannedPost(person, code, next(titles), BEGAN))

    def _committee(self, code: str) -> None:
        """Secretary and deputy; in every other commune the secretary presides over its council too."""
        for title in ("Bí thư Đảng ủy", "Phó Bí thư Đảng ủy"):
            person = self._next(code, BEGAN + timedelta(days=1))
            self._hold(PlannedPost(person, code, title, BEGAN, is_head=title.startswith("Bí thư")))
            if title.startswith("Bí thư") and self._is_commune(code) and int(code[-1]) % 2:
                self._hold(PlannedPost(person, code, "Chủ tịch Hội đồng nhân dân xã", BEGAN))

    def _is_commune(self, code: str) -> bool:
        return self.cells[code][0].cell_sort == OFFICE

    def _weight(self, code: str) -> int:
        if self.cells[code][0].code == code:
            return 3
        return 18 if self._is_commune(code) else 7

    def _others(self) -> None:
        """Key leaders who are not members."""
        codes = list(self.cells)
        weights = [4 if self._is_commune(code) else 2 for code in codes]
        for code, count in zip(codes, spread(self.district.key_others, weights), strict=True):
            titles = cycle(words.OTHER_COMMUNE_POSTS if self._is_commune(code) else words.OTHER_OFFICE_POSTS)
            stream = Stream(self.plan.seed, "org.others", code)
            for number, title in zip(range(count), titles, strict=False):
                first = self._outsider(stream, f"{code}/other/{number}", 1960)
                post = PlannedPost(first, code, title, BEGAN)
                self.posts.append(post)
                congress = stream.pick(CONGRESSES)
                if stream.chance(60):
                    post.until = congress
                    second = self._outsider(stream, f"{code}/other/{number}/next", 1978)
                    self.posts.append(PlannedPost(second, code, title, congress))

    def _outsider(self, stream: Stream, ref: str, born_after: int) -> PlannedPerson:
        person = PlannedPerson(ref, words.person_name(stream), born_after + stream.below(18))
        return self.plan.add(person)

    def _added(self) -> None:
        """The leaders counted a year later besides."""
        codes = [code for code in self.cells if self._is_commune(code)] or list(self.cells)
        for at in range(self.district.more_leaders_2013):
            code = codes[at % len(codes)]
            self._hold(PlannedPost(self._next(code, BEGAN + timedelta(days=1)), code, "Phó Trưởng Công an xã", ADDED))

    def _hand_over(self) -> None:
        """At each congress some posts pass to another member of the holder's cell; those past 60 go first."""
        held = Counter(post.person.ref for post in self.posts if post.until is None)
        for congress in CONGRESSES:
            stream = Stream(self.plan.seed, "org.congress", f"{self.code}/{congress.year}")
            for post in [p for p in self.posts if p.until is None and p.person.stays and held[p.person.ref] == 1]:
                due = congress.year - post.person.birth_year >= RETIRES_AT
                if post.since >= congress or not (due or stream.chance(22)):
                    continue
                if heir := self._heir(post, congress):
                    post.until = congress
                    post.person.bound_until = congress
                    self._hold(PlannedPost(heir, post.unit, post.title, congress, None, True, post.is_head))

    def _heir(self, post: PlannedPost, day: date) -> PlannedPerson | None:
        """A full member of the same cell, under fifty, who holds no post."""
        cell = post.person.cell_on(day)
        for person in self.plan.rosters[cell or ""]:
            young = day.year - person.birth_year < 50
            settled = any(s.cell == cell and s.covers(day) and not s.probationary for s in person.stays)
            if young and settled and person.ref not in self.taken:
                return person
        return None

    def _village_heads(self) -> None:
        """Every village has a head: in half of those with a cell of their own its first secretary, else an outsider."""
        links = {link.village: link for link in self.plan.tree.links}
        by_cell = {post.unit: post for post in reversed(self.posts) if post.title == "Bí thư chi bộ"}
        for code in self.cells:
            for village in self.plan.tree.below(code, UnitKind.VILLAGE):
                stream = Stream(self.plan.seed, "org.heads", village.code)
                link = links.get(village.code)
                since = BEGAN
                if link is not None and stream.chance(50):
                    person, since = by_cell[link.cell].person, link.since
                else:
                    person = self._outsider(stream, f"{village.code}/head", 1958)
                self.posts.append(PlannedPost(person, village.code, "Trưởng thôn", since, None, False, True))
