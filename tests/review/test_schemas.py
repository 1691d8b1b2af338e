"""What comes to review's door: taken whole, or refused by field."""

import json
from dataclasses import asdict
from typing import Any

import msgspec
import pytest
from marshmallow import ValidationError

from services.review.handlers import COMMANDS
from shared.competence import by_name

CASE = {"case": "case-1"}
PHOTO = {"kind": "ROOM", "sha256": "0a" * 32, "size_bytes": 1, "taken_on": "2024-03-04"}
VISIT: dict[str, Any] = {
    **CASE,
    "visitors": ["o-1", "o-2"],
    "visited_on": "2024-03-04",
    "signed_by_member": True,
    "members_count": 3,
    "monthly_income_fen": 60_000,
    "property_fen": 0,
    "form": {
        "way": "IN_PERSON",
        "signed_by_visitors": ["o-1", "o-2"],
        "unsigned_reason": None,
        "photos": [PHOTO],
    },
}
FORM: dict[str, Any] = VISIT["form"]
MEANS: dict[str, Any] = {
    "members": [{"member": 1, "incomes": [{"kind": "WAGE", "fen": 100, "costs_fen": 10}]}],
    "assets": [{"kind": "DEPOSIT", "value_fen": 5, "owner": 1}],
}
COMPLAINT = {**CASE, "real_name": True, "text": "反映瞒报收入", "name": "乙某", "phone": None}
COMPLAINT_ANSWER = {
    **CASE, "complaint": 1, "way": "REGISTERS", "upheld": False, "told_reporter_on": "2024-03-12",
}  # fmt: skip
ITEM = {"register": "TAX", "result": "DIFFERS", "found_fen": 100}
GOOD: dict[str, dict[str, Any]] = {
    "record_household_visit": VISIT,
    "record_means": {**CASE, "means": MEANS},
    "request_verification": {**CASE, "registers": ["TAX"]},
    "report_verification": {
        **CASE, "monthly_income_fen": 1, "property_fen": 0, "items": [ITEM],
    },
    "record_verification_absence": {**CASE, "reason": "PLATFORM_DOWN"},
    "tell_mismatch": {
        **CASE, "told_to": "APPLICANT", "way": "WRITTEN", "told_on": "2024-03-05",
    },
    "dispute_verification": {**CASE, "evidence": [PHOTO], "text": "工资已停发"},
    "record_neighbour_inquiry": {
        **CASE, "visitors": ["o-1", "o-2"], "visited_on": "2024-03-04", "way": "IN_PERSON",
        "asked_count": 3, "finding": "SUPPORTS", "text": "邻居均称属实",
    },
    "send_evidence_letter": {
        **CASE, "organisation": "某镇信用社", "subjects": ["BANK_DEPOSIT"],
        "reply_by": "2024-03-20",
    },
    "record_letter_answer": {
        **CASE, "letter": 1, "finding": "UNCLEAR", "text": "查无此人", "files": [PHOTO],
    },
    "give_preliminary_opinion": {**CASE, "monthly_income_fen": 0},
    "post_public_notice": {**CASE, "place": "村委会公示栏"},
    "raise_objection": {**CASE, "text": "反映收入不实", "name": None, "phone": "13800000000"},
    "answer_objection": {**CASE, "objection": 1, "upheld": False},
    "close_public_notice": CASE,
    "record_appraisal": {
        **CASE, "held_on": "2024-03-11", "officers": ["o-1"], "names": ["甲某", "乙某", "丙某"],
        "representatives_count": 2, "recused_count": 0, "for_count": 3, "against_count": 0,
        "abstained_count": 0, "steps": ["POLICY_TOLD", "SIGNED"], "conclusion": "TRUE",
    },
    "receive_complaint": COMPLAINT,
    "receive_complaint_by_bureau": COMPLAINT,
    "answer_complaint": COMPLAINT_ANSWER,
    "answer_complaint_by_bureau": COMPLAINT_ANSWER,
    "record_bureau_visit": {
        **CASE, "visitors": ["b-2", "b-3"], "visited_on": "2024-03-11", "conclusion": "SUPPORTS",
        "text": "房屋一间",
    },
    "extend_limit": {**CASE, "reason": "hard_to_investigate"},
    "send_file_up": CASE,
    "give_bureau_opinion": {**CASE, "agrees": True},
    "confirm_by_bureau": CASE,
    "decline_by_bureau": {**CASE, "reasons": ["INCOME_NOT_BELOW_STANDARD"]},
    "confirm_eligibility": CASE,
    "decline_eligibility": {**CASE, "reasons": ["INCOME_NOT_BELOW_STANDARD"]},
    "serve_written_notice": {**CASE, "way": "IN_PERSON"},
    "terminate_allowance": {**CASE, "reason": "DEATH"},
    "terminate_by_bureau": {**CASE, "reason": "DEATH"},
    "issue_certificate": {
        **CASE, "kind": "CERTIFICATE", "handed_to": "APPLICANT", "way": "IN_PERSON",
    },
    "publish_announcement": {**CASE, "place": "村委会公示栏"},
    "take_down_announcement": CASE,
    "file_card_keeping": {
        **CASE, "keeper_of": "VILLAGE_COMMITTEE", "keeper_name": "丁某",
        "agreement_sha256": "0a" * 32, "agreed_on": "2024-03-19",
    },
    "record_non_cooperation": {
        **CASE, "kind": "REFUSED_VISIT", "asked_on": "2024-03-04", "warned": True,
        "text": "拒绝开门",
    },
    "terminate_procedure": CASE,
}  # fmt: skip
TABLE = by_name(COMMANDS)


def load(name: str, payload: Any) -> Any:
    """The command that a request becomes."""
    schema = TABLE[name].schema
    assert schema is not None
    return schema().load(payload)


def as_plain(value: Any) -> Any:
    """What JSON has no word for; of means only what was told besides the defaults."""
    if not isinstance(value, msgspec.Struct):
        return str(value)
    told = ((name, getattr(value, name)) for name in value.__struct_fields__)
    defaults = dict(
        zip(value.__struct_fields__[::-1], value.__struct_defaults__[::-1], strict=False)
    )
    return {name: one for name, one in told if name not in defaults or one != defaults[name]}


def test_every_command_of_officers_has_a_sample_here() -> None:
    """What happens by itself has no door."""
    assert set(GOOD) == {row.name for row in COMMANDS if row.schema is not None}
    by_itself = {"open_case", "close_case", "change_household", "note_missed_deadline"}
    assert by_itself == {row.name for row in COMMANDS if row.schema is None}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_request_becomes_its_command(name: str) -> None:
    """Field by field; lists become tuples, days become dates."""
    taken = load(name, GOOD[name])

    assert GOOD[name] == json.loads(json.dumps(asdict(taken), default=as_plain))
    assert TABLE[name].command is type(taken)


@pytest.mark.parametrize("name", GOOD)
def test_a_field_that_nobody_asked_for_is_refused(name: str) -> None:
    """Nothing is dropped silently."""
    with pytest.raises(ValidationError, match="没有"):
        load(name, GOOD[name] | {"extra": 1})


@pytest.mark.parametrize("name", GOOD)
def test_a_case_must_be_named(name: str) -> None:
    """And by a code, not by anything else."""
    without = {key: value for key, value in GOOD[name].items() if key != "case"}
    wrong: list[Any] = [without | {"case": case} for case in (None, 7, "案 1", "")]
    for payload in (without, *wrong, [], "case-1", None):
        with pytest.raises(ValidationError):
            load(name, payload)


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("record_household_visit", "visitors", []),
        ("record_household_visit", "visitors", "o-1"),
        ("record_household_visit", "visitors", ["o-1", 2]),
        ("record_household_visit", "visitors", [f"o-{n}" for n in range(11)]),
        ("record_household_visit", "visited_on", "2024-02-30"),
        ("record_household_visit", "visited_on", "2024/03/04"),
        ("record_household_visit", "visited_on", 20240304),
        ("record_household_visit", "signed_by_member", "true"),
        ("record_household_visit", "members_count", 0),
        ("record_household_visit", "members_count", True),
        ("record_household_visit", "members_count", "3"),
        ("record_household_visit", "members_count", 3.0),
        ("record_household_visit", "monthly_income_fen", -1),
        ("record_household_visit", "monthly_income_fen", 0.5),
        ("record_household_visit", "property_fen", "0"),
        ("record_household_visit", "form", None),
        ("record_household_visit", "form", {"way": "IN_PERSON"}),
        ("record_household_visit", "form", FORM | {"way": "LETTER"}),
        ("record_household_visit", "form", FORM | {"unsigned_reason": "MOOD"}),
        ("record_household_visit", "form", FORM | {"photos": [PHOTO | {"sha256": "0A" * 32}]}),
        ("record_household_visit", "form", FORM | {"photos": [PHOTO | {"size_bytes": 0}]}),
        ("record_household_visit", "form", FORM | {"photos": [PHOTO | {"size_bytes": True}]}),
        ("record_household_visit", "form", FORM | {"photos": [PHOTO | {"kind": "甲某.jpg"}]}),
        ("request_verification", "registers", []),
        ("request_verification", "registers", ["RUMOUR"]),
        ("report_verification", "items", None),
        ("report_verification", "items", [ITEM | {"register": "RUMOUR"}]),
        ("report_verification", "items", [ITEM | {"result": "MAYBE"}]),
        ("report_verification", "items", [ITEM | {"found_fen": -1}]),
        ("report_verification", "items", [ITEM | {"name": "甲某"}]),
        ("record_verification_absence", "reason", "LAZY"),
        ("tell_mismatch", "way", "PIGEON"),
        ("tell_mismatch", "told_to", "NEIGHBOUR"),
        ("dispute_verification", "evidence", []),
        ("dispute_verification", "text", ""),
        ("record_neighbour_inquiry", "asked_count", 0),
        ("record_neighbour_inquiry", "finding", "GOSSIP"),
        ("send_evidence_letter", "subjects", ["RUMOUR"]),
        ("send_evidence_letter", "organisation", "信用社 6200000000000000"),
        ("record_letter_answer", "letter", 0),
        ("give_preliminary_opinion", "monthly_income_fen", None),
        ("post_public_notice", "place", ""),
        ("post_public_notice", "place", 12),
        ("post_public_notice", "place", "栏\n栏"),
        ("raise_objection", "text", "异" * 1_001),
        ("raise_objection", "text", "x" * 10_000_000),
        ("raise_objection", "name", 5),
        ("answer_objection", "objection", 0),
        ("answer_objection", "objection", 1_000),
        ("answer_objection", "upheld", 1),
        ("decline_eligibility", "reasons", []),
        ("decline_eligibility", "reasons", ["BECAUSE"]),
        ("serve_written_notice", "way", "PIGEON"),
        ("terminate_allowance", "reason", "MOOD"),
        ("terminate_by_bureau", "reason", "MOOD"),
        ("issue_certificate", "kind", "MEDAL"),
        ("issue_certificate", "handed_to", "NEIGHBOUR"),
        ("publish_announcement", "place", "张某门口 13800000000"),
        ("file_card_keeping", "agreement_sha256", "0A" * 32),
        ("file_card_keeping", "agreement_sha256", None),
        ("file_card_keeping", "keeper_of", "BANK"),
        ("record_non_cooperation", "kind", "RUDE"),
        ("record_non_cooperation", "warned", "yes"),
        ("record_non_cooperation", "asked_on", "3月4日"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_bad_value_is_refused_under_its_field(name: str, field: str, value: Any) -> None:
    """The officer hears which field it was."""
    with pytest.raises(ValidationError) as refused:
        load(name, GOOD[name] | {field: value})

    assert isinstance(refused.value.messages, dict)
    assert [field] == list(refused.value.messages)
