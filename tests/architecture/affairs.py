"""One household's affairs, from its application to its payment: what commands can be about."""

import json
from dataclasses import dataclass
from typing import Any

from services.review.domain.verification import REGISTERS
from shared.answer import Answer
from shared.competence import Competence
from tests.architecture.payloads import TOWNSHIP, payload_for
from tests.sites import TrialSite

PROGRAMME, VILLAGE = "SUBSISTENCE_ALLOWANCE", "王庄村"
NUMBERS = ("999999198001010011", "999999201503030033")
FIRST, SECOND, HEAD = (f"{TOWNSHIP}-{who}" for who in ("1", "2", "head"))


@dataclass(frozen=True, slots=True)
class Affair:
    """A household whose allowance was confirmed: its case, and itself."""

    case: str
    household: str

    def payload(self, row: Competence) -> dict[str, Any]:
        """What the row's command needs, said of this household where it speaks of one."""
        assert row.schema is not None
        known = {
            "case": self.case,
            "household": self.household,
            "programme": PROGRAMME,
            "township": TOWNSHIP,
            "village": VILLAGE,
        }
        asked = payload_for(row.schema)
        return asked | {name: value for name, value in known.items() if name in asked}

    def is_meant_by(self, row: Competence) -> bool:
        """Whether the command names the case or the household."""
        assert row.schema is not None
        return not {"case", "household"}.isdisjoint(payload_for(row.schema))


def application(numbers: tuple[str, ...] = NUMBERS) -> dict[str, Any]:
    """What a parent and a child write down at the counter."""
    relations = ("HEAD", *("CHILD" for _ in numbers[1:]))
    return {
        "township": TOWNSHIP,
        "village": VILLAGE,
        "programme": PROGRAMME,
        "category": "RURAL",
        "members": [
            {"name": "甲某", "relation": relation, "resident_id": number}
            for relation, number in zip(relations, numbers, strict=True)
        ],
        "applied_on": "2024-03-01",
        "source": "COUNTER",
        "signed_authorisation": True,
        "honesty_statement": True,
        "monthly_income_fen": 60_000,
        "property_fen": 0,
        "account": {
            "holder_name": "甲某",
            "holder_resident_id": numbers[0],
            "bank": "淮阳农商银行",
            "account": "6299990000000000001",
        },
    }


def confirmed_affair(site: TrialSite) -> Affair:
    """Two in 王庄村, confirmed on 18 March 2024 by the head; nobody's relatives are filed yet."""
    answer = site.do(FIRST, "submit_application", **application())
    case = str(answer.stream).removeprefix("application/")
    site.do(FIRST, "accept_application", case=case)
    site.at("2024-03-04")
    site.do(FIRST, "record_household_visit", case=case, visitors=[FIRST, SECOND],
            visited_on="2024-03-04", signed_by_member=True, members_count=2,
            monthly_income_fen=60_000, property_fen=0,
            form={"way": "IN_PERSON", "signed_by_visitors": [FIRST, SECOND]})  # fmt: skip
    site.do(FIRST, "request_verification", case=case)
    items = [{"register": name, "result": "CONSISTENT"} for name in REGISTERS]
    site.do("bureau-1", "report_verification", case=case, monthly_income_fen=60_000,
            property_fen=0, items=items)  # fmt: skip
    site.do(FIRST, "give_preliminary_opinion", case=case, monthly_income_fen=60_000)
    site.do(FIRST, "post_public_notice", case=case, place="村委会公示栏")
    site.at("2024-03-18")
    site.do(FIRST, "close_public_notice", case=case)
    site.do(HEAD, "confirm_eligibility", case=case)
    with site.site.services["payments"].database.read() as conn:
        stream = conn.exec_driver_sql("SELECT stream FROM fact ORDER BY position").scalars().first()
    return Affair(case, str(stream).split("/")[1])


def recorded(site: TrialSite, service: str, answer: Answer) -> tuple[object, ...]:
    """Who tried what, why not, whether that was beyond their power, in which case."""
    with site.site.services[service].database.read() as conn:
        query = "SELECT body FROM fact WHERE stream = ?"
        [body] = conn.exec_driver_sql(query, (answer.stream,)).scalars()
    fact = json.loads(body)
    data, about = fact["data"], fact.get("about", {})
    return (
        fact["actor"]["officer"],
        data["command"],
        data["code"],
        data["denied"],
        about.get("case"),
    )
