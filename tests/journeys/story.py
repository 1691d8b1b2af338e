"""Four households on the road from application to account, told act by act.

The straight one; the disputed one, whose objection is rejected after a new investigation and shown
again; the wealthy one, declined with written notice; the returned one, whose account is corrected.
"""

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from services.demo.identifiers import check_digit
from services.payments.banks.records import BankOutcome
from services.payments.banks.rural_commercial import RURAL_COMMERCIAL
from services.review.domain.verification import REGISTERS
from shared.answer import Answer
from tests.journeys.carriers import Carrier
from tests.numbers import officer_number

TOWNSHIP, PROGRAMME, MONTH = "411603101", "SUBSISTENCE_ALLOWANCE", "2024-04"
HEAD, FIRST, SECOND, THIRD, DEPUTY = (
    f"{TOWNSHIP}-{who}" for who in ("head", "1", "2", "3", "deputy")
)
VERIFIER, REVIEWER, PAYER, RELEASER, BANK = (
    "bureau-1", "bureau-2", "finance-2", "finance-1", "bank-1",
)  # fmt: skip
ROSTER = {"township": TOWNSHIP, "programme": PROGRAMME, "month": MONTH}


def resident_id(number: int, born: str = "19700303") -> str:
    """Somebody of an unassigned region."""
    first17 = f"999999{born}{number:03}"
    return first17 + check_digit(first17)


def register_answers(differing: str) -> list[dict[str, str]]:
    """Each register agrees with what was declared, but for one."""
    return [
        {"register": name, "result": "DIFFERS" if name == differing else "CONSISTENT"}
        for name in REGISTERS
    ]


@dataclass(frozen=True, slots=True)
class Family:
    """A household of the story: `found_fen` is what the registers say, a month."""

    title: str
    number: int
    members_count: int
    declared_fen: int
    found_fen: int
    allowance_fen: int  # the law's difference; 0 where it doesn't qualify

    def application(self) -> dict[str, Any]:
        """What the household writes down at the counter."""
        ids = [resident_id(self.number * 10 + n) for n in range(self.members_count)]
        members = [
            {"name": f"{self.title}{n}", "relation": "CHILD" if n else "HEAD", "resident_id": each}
            for n, each in enumerate(ids)
        ]
        return {
            "township": TOWNSHIP,
            "village": "王庄村",
            "programme": PROGRAMME,
            "category": "RURAL",
            "members": members,
            "applied_on": "2024-03-01",
            "source": "COUNTER",
            "signed_authorisation": True,
            "honesty_statement": True,
            "monthly_income_fen": self.declared_fen,
            "property_fen": 0,
            "account": {
                "holder_name": members[0]["name"],
                "holder_resident_id": ids[0],
                "bank": "淮阳农商银行",
                "account": f"62999900000000{self.number:05}",
            },
        }


# 649号 Art 12: the difference to 455.00 yuan (the rural standard of 2024) a head and month.
STRAIGHT = Family("郑直行", 1, 2, 60_000, 60_000, 2 * 45_500 - 60_000)
DISPUTED = Family("郑有议", 2, 1, 10_000, 10_000, 45_500 - 10_000)
WEALTHY = Family("郑有余", 3, 2, 50_000, 100_000, 0)
RETURNED = Family("郑退票", 4, 3, 36_500, 36_500, 3 * 45_500 - 36_500)
FAMILIES = (STRAIGHT, DISPUTED, WEALTHY, RETURNED)
PAID = (STRAIGHT, DISPUTED, RETURNED)


# The bureau publishes what was inferred before: the same 455 yuan, now from its own notice.
NOTICE = """pack: huaiyang-2024
title: 淮阳区2024年低保标准
parameters:
  standard.rural_month_fen:
    title: 农村低保标准（每人每月）
    unit: fen_per_month
    values:
      - {from: 2024-04-01, value: 455元, citation: 区民政局2024年通知, certainty: T}
"""


@dataclass
class Story:
    """The acts in order. `refused` keeps what somebody tried and was not let do."""

    carrier: Carrier
    cases: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str | None] = field(default_factory=dict)
    batches: list[str] = field(default_factory=list)

    def try_in_vain(self, what: str, answer: Answer) -> None:
        """Remember the door's answer to something that must not be."""
        self.refused[what] = answer.code

    def appoint_double_posts(self) -> None:
        """Two officers each get a second post: only the persons keep the duties apart."""
        for officer, role in ((DEPUTY, "CIVIL_AFFAIRS"), (REVIEWER, "FINANCE")):
            self.carrier.do("admin", "appoint_officer", officer=officer, officer_name=f"{officer}某",
                            post="兼职", role=role, organisation="411603",
                            resident_id=officer_number(officer), from_on="2024-03-01")  # fmt: skip
        self.carrier.do("admin", "record_delegation", delegator=HEAD, delegate=FIRST,
                        from_on="2024-03-01", to_on="2024-04-30", reason="外出培训")  # fmt: skip

    def publish_policy(self) -> None:
        """The bureau makes policy (PLAN 四); nobody else does."""
        self.try_in_vain("publish policy", self.carrier.give(HEAD, "publish_policy", text=NOTICE))
        self.carrier.do(VERIFIER, "publish_policy", text=NOTICE)

    def apply(self) -> None:
        """All apply; the disputed one without its statement of honesty, and brings it."""
        for family in FAMILIES:
            payload = family.application()
            if family is DISPUTED:
                payload["honesty_statement"] = False
            answer = self.carrier.do(FIRST, "submit_application", **payload)
            self.cases[family.title] = str(answer.stream).removeprefix("application/")
        twice = STRAIGHT.application() | {"township": "411603102"}
        again = self.carrier.give("411603102-1", "submit_application", **twice)
        self.try_in_vain("apply again next door", again)
        disputed = self.cases[DISPUTED.title]
        early = self.carrier.give(FIRST, "accept_application", case=disputed)
        self.try_in_vain("accept with materials missing", early)
        self.carrier.do(FIRST, "request_supplement", case=disputed)
        self.carrier.at("2024-03-04")
        self.carrier.do(FIRST, "supply_materials", case=disputed, honesty_statement=True)
        for case in self.cases.values():
            self.carrier.do(FIRST, "accept_application", case=case)

    def investigate(self) -> None:
        """Two go to each; the bureau verifies."""
        self.carrier.at("2024-03-05")
        self.try_in_vain("visit alone", self._visit("give", STRAIGHT, "2024-03-05", FIRST))
        for family in FAMILIES:
            self._visit("do", family, "2024-03-05", FIRST, SECOND)
            self.carrier.do(FIRST, "request_verification", case=self.cases[family.title])
        self.carrier.at("2024-03-06")
        for family in FAMILIES:
            differs = family.found_fen != family.declared_fen
            self.carrier.do(VERIFIER, "report_verification", case=self.cases[family.title],
                            monthly_income_fen=family.found_fen, property_fen=0,
                            items=register_answers("SOCIAL_INSURANCE" if differs else ""))  # fmt: skip
            if differs:
                self.carrier.do(FIRST, "tell_mismatch", case=self.cases[family.title],
                                told_to="APPLICANT", way="IN_PERSON",
                                told_on="2024-03-06")  # fmt: skip

    def _visit(self, way: str, family: Family, on: str, *visitors: str) -> Answer:
        act = self.carrier.do if way == "do" else self.carrier.give
        return act(
            visitors[0], "record_household_visit", case=self.cases[family.title],
            visitors=list(visitors), visited_on=on, signed_by_member=True,
            members_count=family.members_count, monthly_income_fen=family.declared_fen,
            property_fen=0, form={"way": "IN_PERSON", "signed_by_visitors": list(visitors)},
        )  # fmt: skip

    def give_opinions(self) -> dict[str, Answer]:
        """Thursday 7 March: opinions, and notices for those who qualify."""
        self.carrier.at("2024-03-07")
        return {family.title: self._opine(FIRST, family) for family in FAMILIES}

    def _opine(self, officer: str, family: Family) -> Answer:
        case = self.cases[family.title]
        opinion = self.carrier.do(officer, "give_preliminary_opinion", case=case,
                                  monthly_income_fen=family.found_fen)  # fmt: skip
        if family.allowance_fen:
            self.carrier.do(officer, "post_public_notice", case=case, place="王庄村公示栏")
        return opinion

    def dispute_and_decline(self) -> None:
        """Friday: somebody is in a hurry, somebody objects, one is declined."""
        self.carrier.at("2024-03-08")
        straight, disputed = self.cases[STRAIGHT.title], self.cases[DISPUTED.title]
        self.try_in_vain("confirm early", self._confirm(straight))
        self.carrier.do(THIRD, "raise_objection", case=disputed, text="该户另有收入")
        self.try_in_vain("confirm with an open objection", self._confirm(disputed))
        wealthy = self.cases[WEALTHY.title]
        self.try_in_vain("confirm over the standard", self._confirm(wealthy))
        self.carrier.do(HEAD, "decline_eligibility", case=wealthy,
                        reasons=["INCOME_NOT_BELOW_STANDARD"])  # fmt: skip
        self.carrier.at("2024-03-11")
        self.carrier.do(THIRD, "serve_written_notice", case=wealthy, way="IN_PERSON")

    def _confirm(self, case: str) -> Answer:
        return self.carrier.give(HEAD, "confirm_eligibility", case=case)

    def answer_the_objection(self) -> Answer:
        """Monday: others go again, find nothing, and the notice goes up once more."""
        case = self.cases[DISPUTED.title]
        hasty: dict[str, Any] = {"case": case, "objection": 1, "upheld": False}
        self.try_in_vain("answer unvisited", self.carrier.give(SECOND, "answer_objection", **hasty))
        self._visit("do", DISPUTED, "2024-03-11", SECOND, THIRD)
        self.carrier.do(SECOND, "answer_objection", **hasty)
        return self._opine(SECOND, DISPUTED)

    def confirm(self) -> None:
        """15 March the first notices have run, 19 March the second."""
        self.carrier.at("2024-03-15")
        straight = self.cases[STRAIGHT.title]
        for family in (STRAIGHT, RETURNED):
            self.carrier.do(THIRD, "close_public_notice", case=self.cases[family.title])
        plain = self.carrier.give(FIRST, "confirm_eligibility", case=straight)
        self.try_in_vain("confirm as a case officer", plain)
        standing_in = self.carrier.give(FIRST, "confirm_eligibility", HEAD, case=straight)
        self.try_in_vain("confirm by the investigator", standing_in)
        for family in (STRAIGHT, RETURNED):
            self.carrier.do(HEAD, "confirm_eligibility", case=self.cases[family.title])
        disputed = self.cases[DISPUTED.title]
        self.try_in_vain("close the second notice early",
                         self.carrier.give(THIRD, "close_public_notice", case=disputed))  # fmt: skip
        self.carrier.at("2024-03-19")
        self.carrier.do(THIRD, "close_public_notice", case=disputed)
        self.carrier.do(HEAD, "confirm_eligibility", case=disputed)

    def approve_the_roster(self) -> None:
        """Drawn, submitted, reviewed; released by a third."""
        self.carrier.at("2024-03-27")
        self.carrier.do(DEPUTY, "draw_roster", **ROSTER)
        self.carrier.do(HEAD, "submit_roster", **ROSTER)
        self.carrier.at("2024-03-28")
        amount_fen = sum(family.allowance_fen for family in PAID)
        declared: dict[str, Any] = {"lines_count": len(PAID), "amount_fen": amount_fen}
        own = self.carrier.give(DEPUTY, "approve_roster", **ROSTER, **declared)
        self.try_in_vain("review the roster one drew", own)
        wrong = declared | {"amount_fen": amount_fen + 1}
        self.try_in_vain("approve another sum",
                         self.carrier.give(REVIEWER, "approve_roster", **ROSTER, **wrong))  # fmt: skip
        self.carrier.do(REVIEWER, "approve_roster", **ROSTER, **declared)
        self.carrier.do(REVIEWER, "request_funds", **ROSTER)
        self.carrier.at("2024-04-01")
        release: dict[str, Any] = ROSTER | {"amount_fen": amount_fen}
        self.try_in_vain("release what one reviewed",
                         self.carrier.give(REVIEWER, "release_funds", **release))  # fmt: skip
        self.carrier.do(RELEASER, "release_funds", **release)

    def pay(self, made_on: str, answered_on: str, sent_back: tuple[Family, ...] = ()) -> None:
        """A batch to the bank, and its answer; `sent_back` come back as closed accounts."""
        self.carrier.at(made_on)
        made = self.carrier.do(PAYER, "make_batch", programme=PROGRAMME, month=MONTH, bank="RURAL")
        batch = str(made.details["batch"])
        order, code = self.carrier.bank_file(batch), RURAL_COMMERCIAL.code
        self.carrier.do(PAYER, "record_bank_file", batch=batch, format=code,
                        file_digest=sha256(order).hexdigest())  # fmt: skip
        self.batches.append(batch)
        self.carrier.at(answered_on)
        closed = {family.application()["members"][0]["resident_id"] for family in sent_back}
        answer = {"batch": batch, "format": code,
                  "content_base64": _answer(batch, order, closed, answered_on)}  # fmt: skip
        self.carrier.do(BANK, "take_bank_result", **answer)
        self.try_in_vain("take the bank's answer twice",
                         self.carrier.give(BANK, "take_bank_result", **answer))  # fmt: skip

    def correct_the_account(self, household: str) -> None:
        """The family brings its other account."""
        self.carrier.at("2024-04-08")
        again = self.carrier.give(PAYER, "make_batch", programme=PROGRAMME, month=MONTH,
                                  bank="RURAL")  # fmt: skip
        self.try_in_vain("pay again uncorrected", again)
        self.carrier.do(THIRD, "correct_payee", household=household, programme=PROGRAMME,
                        reason="ACCOUNT_CLOSED",
                        account={"bank": "淮阳农商银行", "account": "99000000000000044"})  # fmt: skip


def _answer(batch: str, order: bytes, closed: set[str], on: str) -> str:
    """The bank's result file, in base64."""
    _, lines = RURAL_COMMERCIAL.read_order(order)
    outcomes = [
        BankOutcome(
            line.sequence, line.reference, line.amount_fen,
            "ACCOUNT_CLOSED" if line.resident_id in closed else None,
            f"S{line.reference[2:14]}", date.fromisoformat(on),
        )
        for line in lines
    ]  # fmt: skip
    return b64encode(RURAL_COMMERCIAL.write_result(batch, outcomes)).decode("ascii")
