"""The play in its order of days: from the sheets of the first week to the last confirmation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from services.demo import applying, deciding
from services.demo.applying import Cases
from services.demo.cast import Cast, Player, standards_of
from services.demo.fate import Ground, Objection, Outcome
from services.demo.officers import TownshipStaff
from services.demo.schedule import Schedule
from services.demo.stage import Stage
from services.runtime.importing import Imported

SUPPLEMENT_DAYS = (1, 2, 3)
Wanted = Callable[[Player], bool]
OVER = ["INCOME_NOT_BELOW_STANDARD"]


@dataclass(slots=True)
class Month:
    """One month of decisions. Each act is a day; an act's order is the townships' order."""

    stage: Stage
    cast: Cast
    days: Schedule
    cases: Cases
    imported: dict[str, Imported]

    def play(self) -> None:
        """Everything up to the roster."""
        self._take_in()
        self._investigate()
        self._give_opinions()
        self._objections()
        self._confirm()

    def _take_in(self) -> None:
        stage, days = self.stage, self.days
        stage.day(days.imported_on)
        self.cases, self.imported = applying.import_sheets(stage, self.cast)
        for count in SUPPLEMENT_DAYS:
            stage.day(days.supplied_on(count))
            for staff, player, case in self._each(_supplied_after(count)):
                applying.supply_and_accept(stage, staff.case_officers[0], player, case)
                stage.moved()

    def _investigate(self) -> None:
        stage, days = self.stage, self.days
        stage.day(days.visited_on)
        for staff, player, case in self._each(lambda p: p.fate.outcome is Outcome.WITHDRAWN):
            applying.leave(stage, staff.case_officers[0], player, case)
        for staff, player, case in self._each(_standing):
            deciding.visit(stage, staff, player, case, days.visited_on)
            stage.moved()
        for _, player, _ in self._each(lambda p: p.fate.second_township is not None):
            applying.apply_twice(stage, self.cast, player)
        stage.day(days.verified_on)
        bureau = self.cast.staff.district.civil_affairs[0]
        for _, player, case in self._each(_standing):
            deciding.verify(stage, bureau, player, case)
            stage.moved()

    def _give_opinions(self) -> None:
        stage, days = self.stage, self.days
        stage.day(days.opinion_on)
        for staff, player, case in self._each(lambda p: p.fate.outcome is Outcome.NOT_ACCEPTED):
            applying.leave(stage, staff.case_officers[0], player, case)
        for staff, player, case in self._each(lambda p: p.fate.ground is Ground.VERIFIED_INCOME):
            deciding.tell_mismatch(stage, staff, player, case, days.opinion_on)
        for staff, player, case in self._each(_standing):
            deciding.give_opinion(stage, staff, player, case)
            stage.moved()
        stage.day(days.declined_on)
        for staff, player, case in self._each(_over_standard):
            deciding.decline(stage, staff, player, case, OVER)
        for staff, player, case in self._first_of_each(_undisputed):
            deciding.confirm_too_early(stage, staff, player, case)
        stage.day(days.objected_on)
        for staff, player, case in self._each(_over_standard):
            deciding.serve(stage, staff, player, case)

    def _objections(self) -> None:
        stage, days = self.stage, self.days
        for staff, player, case in self._each(_disputed):
            deciding.objection(stage, staff, player, case)
        stage.day(days.answered_on)
        standards = standards_of(stage.site.site.policy, days.pay_month)
        for staff, player, case in self._each(_disputed):
            limit = standards.of(player.home.category) * len(player.home.members)
            deciding.answer_objection(stage, staff, player, case, days.answered_on, limit)
        for staff, player, case in self._each(_upheld):
            deciding.decline(stage, staff, player, case, OVER)
            deciding.serve(stage, staff, player, case)

    def _confirm(self) -> None:
        for players, posted_on in ((_undisputed, self.days.opinion_on),
                                   (_rejected, self.days.answered_on)):  # fmt: skip
            self.stage.day(self._notice_over(posted_on))
            for staff, player, case in self._each(players):
                deciding.confirm(self.stage, staff, player, case)
                self.stage.moved()
            for staff, player, case in self._each(_both(players, _dies)):
                if not dies_late(self.stage, player):
                    deciding.bury(self.stage, staff, player, case)

    def _notice_over(self, posted_on: date) -> date:
        """The first day of the next step, as the law's parameters and the calendar say."""
        site = self.stage.site.site
        rules = site.policy.at(posted_on)
        window = site.calendar.notice_window(
            posted_on,
            rules.number("notice.calendar_days"),
            "extend" if rules.choice("notice.end_on_rest_day") == "extend" else "keep",
        )
        return window.next_step_on

    def _each(self, wanted: Wanted) -> Iterator[tuple[TownshipStaff, Player, str]]:
        for code, players in self.cast.players.items():
            staff = self.cast.staff.townships[code]
            for player in players:
                if wanted(player):
                    yield staff, player, self.cases.of[player.number]

    def _first_of_each(self, wanted: Wanted) -> Iterator[tuple[TownshipStaff, Player, str]]:
        seen = set()
        for staff, player, case in self._each(wanted):
            if player.home.township not in seen:
                seen.add(player.home.township)
                yield staff, player, case


def _supplied_after(days: int) -> Wanted:
    return lambda player: player.fate.supplement_days == days


def _both(first: Wanted, second: Wanted) -> Wanted:
    return lambda player: first(player) and second(player)


def _standing(player: Player) -> bool:
    return player.standing


def _over_standard(player: Player) -> bool:
    return player.fate.ground in (Ground.DECLARED_INCOME, Ground.VERIFIED_INCOME)


def _disputed(player: Player) -> bool:
    return player.fate.objection is not None


def _upheld(player: Player) -> bool:
    return player.fate.objection is Objection.UPHELD


def _rejected(player: Player) -> bool:
    return player.fate.objection is Objection.REJECTED


def _undisputed(player: Player) -> bool:
    return player.fate.outcome is Outcome.CONFIRMED and player.fate.objection is None


def _dies(player: Player) -> bool:
    return player.fate.dies_after_confirmation


def dies_late(stage: Stage, player: Player) -> bool:
    """Half of the deaths become known only after the roster has been drawn."""
    return stage.choices.chance(500, "dies late", player.number)
