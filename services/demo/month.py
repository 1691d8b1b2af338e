"""The play in its order of days: from the sheets of the first week to the last confirmation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from services.demo import applying, deciding, leaving, surveying
from services.demo.applying import Cases
from services.demo.beside import BESIDE, On
from services.demo.cast import Cast, Player, standards_of
from services.demo.fate import Ground, Objection, Outcome
from services.demo.prelude import open_month
from services.demo.scene import Act, Scene
from services.demo.schedule import Schedule
from services.demo.stage import Stage
from services.demo.turn import Turn
from services.runtime.importing import Imported

SUPPLEMENT_DAYS = (1, 2, 3)
Wanted = Callable[[Player], bool]


@dataclass(slots=True)
class Month:
    """One month of decisions. Each act is a day; an act's order is the townships' order."""

    stage: Stage
    cast: Cast
    days: Schedule
    cases: Cases
    imported: dict[str, Imported]
    _today: date

    def play(self) -> None:
        """Everything up to the roster."""
        open_month(self.stage, self.cast, self.days)
        self._take_in()
        self._investigate()
        self._give_opinions()
        self._objections()
        self._confirm()

    def finish(self) -> None:
        """Whoever was left to wait is confirmed after the limit, when the others are paid."""
        self._day(self.days.pay[-1])
        self.stage.site.keep_day()  # where services look by themselves they get the time to
        for scene in self._each(_late):
            deciding.confirm(scene)

    def _take_in(self) -> None:
        stage, days = self.stage, self.days
        self._day(days.imported_on)
        self.cases, self.imported = applying.import_sheets(stage, self.cast)
        for count in SUPPLEMENT_DAYS:
            self._day(days.supplied_on(count))
            for scene in self._each(_supplied_after(count)):
                officer = scene.staff.case_officers[0]
                applying.supply_and_accept(stage, officer, scene.player, scene.case)
                stage.moved()

    def _investigate(self) -> None:
        self._day(self.days.visited_on)
        self._all(_leaving, leaving.leave)
        self._all(_standing, surveying.visit)
        for scene in self._each(lambda p: p.fate.second_township is not None):
            applying.apply_twice(self.stage, self.cast, scene.player)
        self._beside(On.VISITS)
        self._day(self.days.verified_on)
        self._all(_standing, surveying.verify)
        self._beside(On.REPORTS)

    def _give_opinions(self) -> None:
        days = self.days
        self._day(days.opinion_on)
        self._all(lambda p: p.fate.outcome is Outcome.NOT_ACCEPTED, leaving.leave)
        self._all(lambda p: p.fate.ground is Ground.VERIFIED_INCOME, surveying.tell_mismatch)
        self._beside(On.OPINIONS)
        self._all(lambda p: _standing(p) and not _bereaved(p), deciding.give_opinion)
        self._day(days.declined_on)
        self._all(_declined_at_once, deciding.decline)
        for scene in self._first_of_each(_undisputed):
            deciding.confirm_too_early(scene)
        self._beside(On.DECLINING)
        self._day(days.objected_on)
        self._all(lambda p: _declined_at_once(p) or _ended(p), deciding.serve)

    def _objections(self) -> None:
        self._all(_disputed, deciding.objection)
        self._beside(On.OBJECTIONS)
        self._day(self.days.answered_on)
        self._beside(On.ANSWERS)
        standards = standards_of(self.stage.site.site.policy, self.days.pay_month)
        for scene in self._each(_disputed):
            home = scene.player.home
            deciding.answer_objection(scene, standards.of(home.category) * len(home.members))
        self._all(_upheld, deciding.decline)
        self._all(_upheld, deciding.serve)

    def _confirm(self) -> None:
        for players, posted_on in ((_undisputed, self.days.opinion_on),
                                   (_bereaved, self.days.declined_on),
                                   (_rejected, self.days.answered_on)):  # fmt: skip
            self._day(self._notice_over(posted_on))
            self._all(players, deciding.close_and_confirm)
            for scene in self._each(_both(players, _dies)):
                if not dies_late(self.stage, scene.player):
                    deciding.bury(scene)

    def _day(self, day: date) -> None:
        self.stage.day(day)
        self._today = day

    def _all(self, wanted: Wanted, act: Act) -> None:
        for scene in self._each(wanted):
            act(scene)
            self.stage.moved()

    def _beside(self, on: On) -> None:
        for turn, act in BESIDE[on]:
            self._all(partial(_takes, turn), act)

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

    def _each(self, wanted: Wanted) -> Iterator[Scene]:
        for players in self.cast.players.values():
            for player in players:
                if wanted(player):
                    yield self.scene(player)

    def scene(self, player: Player) -> Scene:
        """The household's case today."""
        return scene_of(self.stage, self.cast, self.cases, player, self._today)

    def _first_of_each(self, wanted: Wanted) -> Iterator[Scene]:
        seen = set()
        for scene in self._each(wanted):
            if scene.player.home.township not in seen:
                seen.add(scene.player.home.township)
                yield scene


def _takes(turn: Turn, player: Player) -> bool:
    return player.fate.turn is turn


def _supplied_after(days: int) -> Wanted:
    return lambda player: player.fate.supplement_days == days


def _both(first: Wanted, second: Wanted) -> Wanted:
    return lambda player: first(player) and second(player)


def _standing(player: Player) -> bool:
    return player.standing


def _leaving(player: Player) -> bool:
    return player.fate.outcome is Outcome.WITHDRAWN


def _ended(player: Player) -> bool:
    return player.fate.outcome is Outcome.ENDED


def _declined_at_once(player: Player) -> bool:
    return player.fate.ground not in (None, Ground.OBJECTION_UPHELD)


def _disputed(player: Player) -> bool:
    return player.fate.objection is not None


def _upheld(player: Player) -> bool:
    return player.fate.objection is Objection.UPHELD


def _rejected(player: Player) -> bool:
    return player.fate.objection is Objection.REJECTED


def _bereaved(player: Player) -> bool:
    return player.fate.turn is Turn.MEMBER_DIED


def _late(player: Player) -> bool:
    return player.fate.turn is Turn.LATE


def _undisputed(player: Player) -> bool:
    confirmed = player.fate.outcome is Outcome.CONFIRMED
    return confirmed and player.fate.objection is None and not _bereaved(player)


def _dies(player: Player) -> bool:
    return player.fate.dies_after_confirmation


def scene_of(stage: Stage, cast: Cast, cases: Cases, player: Player, on: date) -> Scene:
    """The household's case on a day."""
    township = player.home.township
    staff = cast.staff.townships[township]
    return Scene(stage, staff, cast.staff.district, player, cases.of[player.number], on)


def dies_late(stage: Stage, player: Player) -> bool:
    """Half of the deaths become known only after the roster has been drawn."""
    return stage.choices.chance(500, "dies late", player.number)
