"""From the roster to the account: the month's end and the first days of the next.

The bureaus read what they approve: count and sum come from the roster as it stands.
"""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from services.demo.applying import Cases
from services.demo.bank import answer_batch
from services.demo.cast import Cast, Player
from services.demo.deciding import bury
from services.demo.fate import PaymentFate
from services.demo.month import dies_late, scene_of
from services.demo.schedule import Schedule
from services.demo.stage import Stage
from services.intake.read_models import households_of
from services.payments.banks.registry import BANKS, bank_named
from services.payments.documents import bank_file, roster_sheet
from services.payments.read_models.rosters import RosterRow, roster_row
from services.runtime.documents import write_private
from shared.service import Service

PROGRAMME = "SUBSISTENCE_ALLOWANCE"
RETURN_REASON = "核对发现名单中有人员已去世，请核减后重新报送"


@dataclass(slots=True)
class Paying:
    """The roster's road. `folder` takes the files that people read."""

    stage: Stage
    cast: Cast
    days: Schedule
    cases: Cases
    folder: Path

    def play(self) -> None:
        """Draw, review, release, pay, and mend what the bank returns."""
        drawn = self._draw_and_submit()
        self._review(drawn)
        self._release(drawn)
        self._pay(again=False)
        self._mend_and_pay_again()

    @property
    def payments(self) -> Service:
        return self.stage.site.services["payments"]

    def _on(self, township: str) -> dict[str, str]:
        return {"township": township, "programme": PROGRAMME, "month": self.days.pay_month}

    def _row(self, township: str) -> RosterRow | None:
        with self.payments.database.read() as conn:
            return roster_row(conn, township, PROGRAMME, self.days.pay_month)

    def _draw_and_submit(self) -> list[str]:
        stage = self.stage
        stage.day(self.days.drawn_on)
        drawn = []
        for code, players in self.cast.players.items():
            staff = self.cast.staff.townships[code]
            answer = stage.give(staff.case_officers[0], "draw_roster", (code, 1), **self._on(code))
            if not answer.done:  # a unit without anyone to pay
                continue
            stage.do(staff.head, "submit_roster", (code, 1), **self._on(code))
            drawn.append(code)
            stage.moved(len(players))
        for code in drawn:
            for player in self._died_late(code):
                bury(scene_of(stage, self.cast, self.cases, player, self.days.drawn_on))
        return drawn

    def _died_late(self, township: str) -> list[Player]:
        return [
            player
            for player in self.cast.players[township]
            if player.fate.dies_after_confirmation and dies_late(self.stage, player)
        ]

    def _review(self, drawn: list[str]) -> None:
        stage, reviewer = self.stage, self.cast.staff.district.civil_affairs[1]
        stage.day(self.days.redrawn_on)
        for code in drawn:
            if self._died_late(code):
                on = self._on(code)
                stage.do(reviewer, "return_roster", (code, 1), **on, reason=RETURN_REASON)
                self._redraw(code)
        stage.day(self.days.approved_on)
        for code in drawn:
            row = self._row(code)
            if row is not None and row.status == "SUBMITTED":
                declared = {"lines_count": row.lines_count, "amount_fen": row.amount_fen}
                stage.do(reviewer, "approve_roster", (code,), **self._on(code), **declared)
                stage.moved(row.lines_count)
        self._write_rosters(drawn)

    def _redraw(self, code: str) -> None:
        staff = self.cast.staff.townships[code]
        on = self._on(code)
        answer = self.stage.give(staff.case_officers[0], "draw_roster", (code, 2), **on)
        if answer.done:
            self.stage.do(staff.head, "submit_roster", (code, 2), **on)

    def _write_rosters(self, drawn: list[str]) -> None:
        names = {unit.code: unit.name for unit in self.cast.units}
        for code in drawn:
            content = roster_sheet(self.payments, code, PROGRAMME, self.days.pay_month)
            write_private(
                self.folder / "rosters" / f"{code}-{names[code]}-{self.days.pay_month}.xlsx",
                content,
            )

    def _release(self, drawn: list[str]) -> None:
        stage, district = self.stage, self.cast.staff.district
        approved = [code for code in drawn if self._is(code, "APPROVED", "REQUESTED", "RELEASED")]
        stage.day(self.days.pay[0])
        for code in approved:
            stage.do(district.civil_affairs[1], "request_funds", (code,), **self._on(code))
        stage.day(self.days.pay[1])
        for code in approved:
            row = self._row(code)
            if row is not None:
                on = self._on(code)
                stage.do(
                    district.finance[0], "release_funds", (code,), **on, amount_fen=row.amount_fen
                )

    def _is(self, code: str, *statuses: str) -> bool:
        row = self._row(code)
        return row is not None and row.status in statuses

    def _pay(self, *, again: bool) -> None:
        made_on, answered_on = self.days.pay[4:6] if again else self.days.pay[2:4]
        stage, finance = self.stage, self.cast.staff.district.finance[1]
        stage.day(made_on)
        batches = {}
        for bank in BANKS:
            asked = {"programme": PROGRAMME, "month": self.days.pay_month, "bank": bank.code}
            answer = stage.give(finance, "make_batch", (bank.code, int(again)), **asked)
            if answer.done:  # otherwise this bank has nothing to pay
                batches[bank.code] = (answer.stream or "").removeprefix("batch/")
                self._hand_over(batches[bank.code], bank.code)
        stage.day(answered_on)
        for code, batch in batches.items():
            self._take_answer(code, batch, answered_on, again=again)

    def _hand_over(self, batch: str, bank: str) -> None:
        content, layout = bank_file(self.payments, batch), bank_named(bank).format
        self.stage.do(
            self.cast.staff.district.finance[1],
            "record_bank_file",
            (batch,),
            batch=batch,
            format=layout.code,
            file_digest=sha256(content).hexdigest(),
        )
        write_private(self.folder / "bank" / f"{batch}-{bank}.csv", content)

    def _take_answer(self, bank: str, batch: str, on: date, *, again: bool) -> None:
        order = (self.folder / "bank" / f"{batch}-{bank}.csv").read_bytes()
        layout = bank_named(bank).format
        players = {player.home.head.resident_id: player for player in self.cast.everyone()}
        content = answer_batch(layout, order, players, on, again=again)
        if content is None:
            return
        write_private(self.folder / "bank" / f"{batch}-{bank}-result.csv", content)
        self.stage.do(
            self.cast.staff.district.bank_desks[bank],
            "take_bank_result",
            (batch,),
            batch=batch,
            format=layout.code,
            content_base64=b64encode(content).decode("ascii"),
        )

    def _mend_and_pay_again(self) -> None:
        stage = self.stage
        with stage.site.services["intake"].database.read() as conn:
            households = households_of(conn, self.cases.of.values())
        for code, players in self.cast.players.items():
            officer = self.cast.staff.townships[code].case_officers[2]
            for player in players:
                if player.fate.payment in (
                    PaymentFate.CORRECTED_AND_PAID,
                    PaymentFate.CORRECTED_AND_PENDING,
                ):
                    stage.do(
                        officer,
                        "correct_payee",
                        (player.number,),
                        household=households[self.cases.of[player.number]],
                        programme=PROGRAMME,
                        reason=player.fate.return_reason or "OTHER",
                        account={"bank": player.home.bank.name, "account": mended_account(player)},
                    )
        self._pay(again=True)


def mended_account(player: Player) -> str:
    """The account after correction: another of the same bank, a passbook of 17 digits."""
    return f"9{player.number:016d}"
