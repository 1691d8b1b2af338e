"""The door, through the real intake: whatever comes in, a named answer and nothing lost or changed."""

import tracemalloc
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.engine import Connection
from structlog.testing import capture_logs

from shared.answer import Answer
from shared.competence import by_name
from shared.database import Work
from shared.door import Door
from shared.facts.door import CommandRefused
from shared.fields import UNKNOWN
from shared.token import Identity, issue
from tests.houses import (
    CODE,
    HEAD_ID,
    NEIGHBOUR,
    OTHER_ID,
    TOKEN_KEY,
    Houses,
    application,
    at_once,
    facts_of,
    rows_of,
    stored_bytes,
)

MARK = "口令里的暗记"  # stands in bad payloads and must be found nowhere afterwards
READ_MODELS = ("application", "active_person")
DIGEST_LENGTH = 64


def deep(levels: int) -> Any:
    value: Any = MARK
    for _ in range(levels):
        value = [value]
    return value


def members(**changes: Any) -> dict[str, Any]:
    return application(
        members=[{"name": "赵德厚", "relation": "HEAD", "resident_id": HEAD_ID, **changes}]
    )


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in application().items() if name not in names}


def state_of(houses: Houses) -> list[Any]:
    """What a refusal must leave as it was."""
    return [rows_of(houses.intake, table) for table in (*READ_MODELS, "subject_key")]


def refusal_in(houses: Houses, answer: Answer) -> CommandRefused:
    """The one fact that the refusal left."""
    assert answer.stream is not None
    recorded = facts_of(houses.intake, answer.stream)[-1]
    assert isinstance(recorded.fact, CommandRefused)
    return recorded.fact


BAD_PAYLOADS: dict[str, Any] = {
    "an extra field": application(colour=MARK),
    "an extra field with a telling name": {**application(), MARK: 1},
    "an extra field named by half a character": {**application(), "\ud800": MARK},
    "an extra field named by a number": {**application(), 7: MARK},
    "an extra field in a part": members(**{MARK: 1}),
    "a missing field": without("village"),
    "all fields missing": {},
    "null where something is due": application(village=None),
    "a number where text is due": application(village=7),
    "a number where a name is due": members(name=7),
    "text where a number is due": application(monthly_income_fen="600"),
    "text where yes or no is due": application(signed_authorisation="true"),
    "one where yes or no is due": application(signed_authorisation=1),
    "a record where a list is due": application(members={"name": MARK}),
    "text where a record is due": application(members=[MARK]),
    "a list where a record is due": application(account=[MARK]),
    "no members": application(members=[]),
    "too many members": application(members=application()["members"] * 16),
    "a choice that isn't one": application(programme=MARK),
    "a list as a choice": application(programme=["SUBSISTENCE_ALLOWANCE"]),
    "negative fen": application(monthly_income_fen=-1),
    "fractional fen": application(monthly_income_fen=1.5),
    "whole fen written as a fraction": application(monthly_income_fen=600.0),
    "no number": application(monthly_income_fen=float("nan")),
    "yes as fen": application(monthly_income_fen=True),
    "fen beyond every budget": application(monthly_income_fen=2**53),
    "fen of five thousand digits": application(monthly_income_fen=10**5_000),
    "the 30th of February": application(applied_on="2024-02-30"),
    "a day in another form": application(applied_on="2024/3/1"),
    "a day in wide digits": application(applied_on="２０２４-０３-０１"),
    "an instant where a day is due": application(applied_on="2024-03-01T00:00:00Z"),
    "a NUL in text": application(village=f"{MARK}\0"),
    "a line break in text": application(village=f"{MARK}\n"),
    "half a character in text": application(village=f"{MARK}\ud800"),
    "blank text": application(village="  "),
    "text that is too long": application(village=MARK * 10),
    "a code with a slash": application(township=f"{MARK}/1"),
    "nesting within a field": application(address=deep(20)),
    "a thousand levels": application(address=deep(1_000)),
    "a thousand levels and nothing else": deep(1_000),
    "text": MARK,
    "a list": [MARK],
    "a number instead of an object": 7,
    "bytes": MARK.encode(),
    "nothing": None,
}


@pytest.mark.parametrize("payload", BAD_PAYLOADS.values(), ids=BAD_PAYLOADS.keys())
def test_a_bad_payload_is_refused_and_leaves_one_fact(houses: Houses, payload: Any) -> None:
    """Named, recorded by digest, repeated alike; the state stays, the payload is kept nowhere."""
    before, number = state_of(houses), len(facts_of(houses.intake))
    command_id = houses.new_id()
    answer = houses.give("worker", "submit_application", payload, command_id)
    assert ("refused", "BAD_COMMAND", None) == (answer.outcome, answer.code, answer.version)
    assert answer.details
    assert f"refusal/{command_id}" == answer.stream
    fact = refusal_in(houses, answer)
    assert (False, "BAD_COMMAND") == (fact.denied, fact.code)
    assert ("submit_application", command_id) == (fact.command, fact.command_id)
    assert DIGEST_LENGTH == len(fact.digest)
    assert (before, number + 1) == (state_of(houses), len(facts_of(houses.intake)))
    assert answer == houses.give("worker", "submit_application", payload, command_id)
    assert number + 1 == len(facts_of(houses.intake))
    assert MARK.encode() not in stored_bytes(houses.intake)


CONTENT: dict[str, tuple[str, dict[str, Any]]] = {
    "a wrong check digit": ("ID_CHECK_DIGIT", members(resident_id="999999195001010019")),
    "an impossible date": ("ID_DATE", members(resident_id="999999199002300015")),
    "a birth to come": ("ID_DATE", members(resident_id="999999203001010015")),
    "no number at all": ("ID_FORMAT", members(resident_id="没有")),
    "the same person twice": (
        "SAME_PERSON_TWICE",
        application(members=application()["members"][:1] * 2),
    ),
    "no head": ("HEAD_UNCLEAR", members(relation="CHILD")),
    "a day to come": ("APPLIED_IN_FUTURE", application(applied_on="2024-03-05")),
}


@pytest.mark.parametrize(("code", "payload"), CONTENT.values(), ids=CONTENT.keys())
def test_what_the_law_refuses_is_recorded_the_same_way(
    houses: Houses, code: str, payload: dict[str, Any]
) -> None:
    """A refusal of the house itself: named, without the number, nothing changed."""
    before = state_of(houses)
    answer = houses.give("worker", "submit_application", payload)
    assert ("refused", code) == (answer.outcome, answer.code)
    assert code == refusal_in(houses, answer).code
    assert before == state_of(houses)
    for person in payload["members"]:
        assert person["resident_id"].encode() not in stored_bytes(houses.intake)
        assert person["resident_id"] not in str(answer.sentence)


@pytest.mark.parametrize(
    "name",
    ["approve_everything", "note_decision", "", "Submit_Application", MARK, "\ud800", "x" * 10**6,
     HEAD_ID, None, 7, ["submit_application"], {"name": MARK}],
    ids=lambda name: ascii(name)[:24],
)  # fmt: skip
def test_an_unknown_command_is_refused(houses: Houses, name: Any) -> None:
    """Also what only happens by itself. What doesn't look like a name isn't recorded as one."""
    number = len(facts_of(houses.intake))
    answer = houses.give("worker", name, application()) if isinstance(name, str) else (
        houses.intake.door.execute(name, application(), houses.token("worker"), houses.new_id())
    )  # fmt: skip
    assert ("refused", "UNKNOWN_COMMAND") == (answer.outcome, answer.code)
    known = name if name in ("approve_everything", "note_decision") else "?"
    assert known == refusal_in(houses, answer).command
    assert number + 1 == len(facts_of(houses.intake))
    assert HEAD_ID.encode() not in stored_bytes(houses.intake)
    assert MARK.encode() not in stored_bytes(houses.intake)


@pytest.mark.parametrize(
    "text", ["x" * 10_000_000, "汉" * 3_400_000], ids=["ascii", "chinese"]
)  # 10 MB each as UTF-8
@pytest.mark.parametrize("place", ["village", "colour"])
def test_ten_megabytes_are_refused_in_flat_memory(houses: Houses, text: str, place: str) -> None:
    """The refusal holds a digest; neither memory nor the database grows by the text."""
    payload = application(**{place: text})
    houses.apply()
    grown_from = len(stored_bytes(houses.intake))
    tracemalloc.start()
    answer = houses.give("worker", "submit_application", payload)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert ("refused", "PAYLOAD_TOO_LARGE") == (answer.outcome, answer.code)
    assert DIGEST_LENGTH == len(refusal_in(houses, answer).digest)
    assert peak < 60_000_000
    assert len(stored_bytes(houses.intake)) - grown_from < 200_000


@pytest.mark.parametrize(
    "payload",
    [application(members=[0] * 100_000), {str(number): 0 for number in range(20_000)}],
    ids=["a hundred thousand members", "twenty thousand fields"],
)
def test_many_small_mistakes_make_no_large_answer(houses: Houses, payload: Any) -> None:
    """An answer is kept for ever; what is wrong a hundred thousand times is told once."""
    grown_from = len(stored_bytes(houses.intake))
    answer = houses.give("worker", "submit_application", payload)
    assert "BAD_COMMAND" == answer.code
    assert len(str(answer.details)) < 2_000
    assert len(stored_bytes(houses.intake)) - grown_from < 200_000


def test_unknown_fields_are_told_together(houses: Houses) -> None:
    """The caller hears that there are some, and what is wrong with the known ones."""
    answer = houses.give("worker", "submit_application", application(colour=1, village=7))
    assert {UNKNOWN: ["提交了没有的项。"], "village": ["此项应为文字。"]} == answer.details


def test_a_wrong_field_in_a_list_is_told_by_its_place(houses: Houses) -> None:
    """The second member's name, here."""
    first = application()["members"][0]
    people = [first, {**first, "name": 7, "resident_id": OTHER_ID}]
    answer = houses.give("worker", "submit_application", application(members=people))
    assert {"members": {"1": {"name": ["此项应为文字。"]}}} == answer.details


def other_site(houses: Houses) -> str:
    return issue(TOKEN_KEY, "411602", Identity("worker", None), houses.clock.now())


def forged(houses: Houses) -> str:
    key = Ed25519PrivateKey.from_private_bytes(bytes([8]) * 32)
    return issue(key, CODE, Identity("worker", None), houses.clock.now())


def expired(houses: Houses) -> str:
    then = houses.clock.now() - timedelta(hours=1)
    return issue(TOKEN_KEY, CODE, Identity("worker", None), then)


TOKENS: list[Callable[[Houses], Any]] = [
    other_site,
    forged,
    expired,
    lambda _: None,
    lambda _: MARK,
]


@pytest.mark.parametrize("token", TOKENS, ids=["borrowed", "forged", "expired", "none", "text"])
def test_who_proves_nothing_leaves_no_fact(houses: Houses, token: Callable[[Houses], Any]) -> None:
    """It goes to the security log, without a word of the token or the payload."""
    before = facts_of(houses.intake), rows_of(houses.intake, "command_done")
    with capture_logs() as lines:
        answer = houses.intake.door.execute(
            "submit_application", application(), token(houses), houses.new_id()
        )
    assert ("unauthenticated", "UNAUTHENTICATED") == (answer.outcome, answer.code)
    assert before == (facts_of(houses.intake), rows_of(houses.intake, "command_done"))
    assert [("unauthenticated", "warning")] == [(x["event"], x["log_level"]) for x in lines]
    assert {"log", "why", "event", "log_level"} == set(lines[0])
    for word in (HEAD_ID, "赵德厚", "worker", MARK):
        assert word not in str(lines)


def denied(houses: Houses, answer: Answer, code: str) -> None:
    """Denied by this code, and recorded as a denial."""
    assert ("denied", code) == (answer.outcome, answer.code)
    fact = refusal_in(houses, answer)
    assert (True, code) == (fact.denied, fact.code)


def test_an_officer_of_another_township_is_denied(houses: Houses) -> None:
    """For a new application, and for a case that lies elsewhere; the case doesn't move."""
    denied(houses, houses.give("stranger", "submit_application", application()), "OUT_OF_SCOPE")
    case = houses.apply()
    answer = houses.give("stranger", "accept_application", {"case": case})
    denied(houses, answer, "OUT_OF_SCOPE")
    assert [1] == [f.envelope.version for f in facts_of(houses.intake, f"application/{case}")]
    recorded = facts_of(houses.intake, str(answer.stream))[0]
    assert (case, "stranger") == (recorded.envelope.about.case, recorded.envelope.actor.officer)


def test_claiming_the_own_township_does_not_open_another_s_case(houses: Houses) -> None:
    """What the case says counts, not what the command says."""
    houses.apply()
    payload = application(township=NEIGHBOUR)
    denied(houses, houses.give("worker", "submit_application", payload), "OUT_OF_SCOPE")


def test_an_officer_without_appointment_on_the_day_is_denied(houses: Houses) -> None:
    """Never appointed, not yet, or no longer."""
    houses.appoint("early", "411603101", from_on="2024-03-05")
    houses.appoint("late", "411603101", to_on="2024-03-03")
    houses.settle()
    for officer in ("nobody", "early", "late"):
        denied(houses, houses.give(officer, "submit_application", application()), "NO_APPOINTMENT")


def test_an_officer_of_another_role_is_denied(houses: Houses) -> None:
    """An administrator takes no applications."""
    houses.appoint("boss", "411603101", role="ADMINISTRATOR")
    houses.settle()
    denied(houses, houses.give("boss", "submit_application", application()), "WRONG_ROLE")


def test_standing_in_needs_a_recorded_delegation(houses: Houses) -> None:
    """The token's word alone is not enough."""
    payload = application(township=NEIGHBOUR)
    answer = houses.give("worker", "submit_application", payload, acting_for="stranger")
    denied(houses, answer, "NO_DELEGATION")
    houses.must("admin", "record_delegation", delegator="stranger", delegate="worker",
                from_on="2024-03-04", to_on="2024-03-04", reason="培训")  # fmt: skip
    houses.settle()
    done = houses.give("worker", "submit_application", payload, acting_for="stranger")
    actor = facts_of(houses.intake, str(done.stream))[0].envelope.actor
    assert ("done", "worker", "stranger") == (done.outcome, actor.officer, actor.acting_for)


def test_nobody_takes_a_relative_s_application(houses: Houses) -> None:
    """Neither as it comes in, nor once it is there; the relative's number isn't said."""
    houses.must("admin", "file_close_relative", officer="second", resident_id=HEAD_ID,
                kinship="PARENT")  # fmt: skip
    houses.settle()
    denied(houses, houses.give("second", "submit_application", application()), "CLOSE_RELATIVE")
    case = houses.apply()
    denied(houses, houses.give("second", "accept_application", {"case": case}), "CLOSE_RELATIVE")
    answer = houses.give("second", "request_supplement", {"case": case})
    denied(houses, answer, "CLOSE_RELATIVE")  # and hears nothing of how the case stands
    assert HEAD_ID.encode() not in stored_bytes(houses.intake)


def test_an_officer_of_two_townships_acts_in_both(houses: Houses) -> None:
    """Each time in the post that reaches the case, which is what the record says."""
    houses.appoint("double", "411603101")
    houses.appoint("double", NEIGHBOUR)
    houses.settle()
    for township, person in (("411603101", HEAD_ID), (NEIGHBOUR, OTHER_ID)):
        people = [{"name": "赵德厚", "relation": "HEAD", "resident_id": person}]
        payload = application(township=township, members=people, account=None)
        answer = houses.give("double", "submit_application", payload)
        actor = facts_of(houses.intake, str(answer.stream))[0].envelope.actor
        assert ("done", township) == (answer.outcome, actor.organisation)


def test_a_late_command_is_not_carried_out(houses: Houses) -> None:
    """Until `not_after` it is; a moment later it isn't."""
    now = houses.clock.now()
    door, token = houses.intake.door, houses.token("worker")
    late = door.execute("submit_application", application(), token, houses.new_id(),
                        now - timedelta(microseconds=1))  # fmt: skip
    assert ("refused", "COMMAND_EXPIRED") == (late.outcome, late.code)
    assert "COMMAND_EXPIRED" == refusal_in(houses, late).code
    assert door.execute("submit_application", application(), token, houses.new_id(), now).done


def test_a_command_that_came_too_late_may_come_again_in_time(houses: Houses) -> None:
    """Nothing was decided: the same id is done then, and the refusal stays on record."""
    now, door, token = houses.clock.now(), houses.intake.door, houses.token("worker")
    same = ("submit_application", application(), token, houses.new_id())
    late = [door.execute(*same, now - timedelta(seconds=1)) for _ in range(2)]
    in_time = door.execute(*same, now)
    assert ["COMMAND_EXPIRED"] * 2 == [answer.code for answer in late]
    assert in_time.done
    assert in_time == door.execute(*same, now - timedelta(seconds=1))
    assert 1 == len(facts_of(houses.intake, str(in_time.stream)))
    assert 2 == len(facts_of(houses.intake, str(late[0].stream)))


def test_what_was_done_in_time_is_told_to_who_asks_late(houses: Houses) -> None:
    """The first answer, whatever the hour; nothing new is recorded."""
    now, door, token = houses.clock.now(), houses.intake.door, houses.token("worker")
    same = ("submit_application", application(), token, houses.new_id())
    first, count = door.execute(*same, now), len(facts_of(houses.intake))
    assert first.done
    assert first == door.execute(*same, now - timedelta(seconds=1))
    assert count == len(facts_of(houses.intake))


class Failing:
    """A database that is in trouble for a while: before the work, or when its answer is under way."""

    def __init__(self, houses: Houses, trouble: Exception, times: int, *, after: bool) -> None:
        self.engine = houses.intake.database.engine
        self._under, self._trouble = houses.intake.database, trouble
        self._times, self._after = times, after

    def write(self, work: Work[Any]) -> Any:
        self._times -= 1
        if self._times < 0:
            return self._under.write(work)
        if self._after:
            self._under.write(work)
        raise self._trouble

    def read(self) -> AbstractContextManager[Connection]:
        return self._under.read()

    def look(self) -> AbstractContextManager[Connection]:
        return self._under.look()

    def close(self) -> None:
        self._under.close()


LOST = sa.exc.OperationalError("COMMIT", {}, Exception("server closed the connection"))


def door_on(houses: Houses, database: Failing) -> tuple[Door, list[float]]:
    """Intake's door on that database, and how long it has waited each time."""
    pauses: list[float] = []
    commands = by_name(houses.intake.definition.commands)
    return Door(houses.site, database, houses.intake.books, commands, pauses.append), pauses


@pytest.mark.parametrize("after", [False, True], ids=["before the work", "after the commit"])
def test_trouble_that_passes_is_not_heard_of(houses: Houses, after: bool) -> None:
    """The same command again, longer and longer apart; one effect, the first answer."""
    door, pauses = door_on(houses, Failing(houses, LOST, 3, after=after))
    same = ("submit_application", application(), houses.token("worker"), houses.new_id())
    answer = door.execute(*same)
    assert answer.done
    assert 3 == len(pauses)
    assert sorted(pauses) == pauses
    assert pauses[0] < pauses[-1]
    assert 1 == len(facts_of(houses.intake))
    assert answer == houses.intake.door.execute(*same)


def test_trouble_that_lasts_is_raised_and_the_same_command_tells_later(houses: Houses) -> None:
    """What became of it is unknown until then; here it was done and only its answer lost."""
    door, pauses = door_on(houses, Failing(houses, LOST, 99, after=True))
    same = ("submit_application", application(), houses.token("worker"), houses.new_id())
    with pytest.raises(sa.exc.OperationalError):
        door.execute(*same)
    assert 4 == len(pauses)
    assert 1 == len(facts_of(houses.intake))
    assert houses.intake.door.execute(*same).done
    assert 1 == len(facts_of(houses.intake))


def test_a_bug_is_not_repeated(houses: Houses) -> None:
    """Only what passes by itself is."""
    door, pauses = door_on(houses, Failing(houses, ZeroDivisionError(), 99, after=False))
    with pytest.raises(ZeroDivisionError):
        door.execute("submit_application", application(), houses.token("worker"), houses.new_id())
    assert [] == pauses


@pytest.mark.parametrize(
    "command_id",
    [
        "",
        "7",
        "not-a-uuid",
        MARK,
        HEAD_ID,
        "\ud800",
        "\0",
        "../../etc",
        "x" * 10**6,
        None,
        7,
        ["x"],
    ],
    ids=lambda name: ascii(name)[:24],
)
def test_an_id_that_is_no_uuid_is_refused(houses: Houses, command_id: Any) -> None:
    """Recorded under a digest of it, for such an id could be anything, an ID number too."""
    token = houses.token("worker")
    answers = [
        houses.intake.door.execute("submit_application", application(), token, command_id)
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert ("refused", "BAD_COMMAND") == (answers[0].outcome, answers[0].code)
    assert ["command_id"] == list(answers[0].details)
    assert str(answers[0].stream).startswith("refusal/bad-")
    assert 1 == len(facts_of(houses.intake))
    assert HEAD_ID.encode() not in stored_bytes(houses.intake)


def test_a_uuid_is_one_however_it_is_written(houses: Houses) -> None:
    """Capital letters, braces and missing dashes name the same command."""
    plain = "0b4e5d0a-52f1-5c3e-8a6f-3c1d2e4f5a6b"
    first = houses.give("worker", "submit_application", application(), plain)
    for written in (plain.upper(), f"{{{plain}}}", plain.replace("-", "")):
        assert first == houses.give("worker", "submit_application", application(), written)
    assert 1 == len(facts_of(houses.intake))


def test_a_repeated_command_gives_its_first_answer_and_nothing_new(houses: Houses) -> None:
    """Done or refused, and even when the officer has left since."""
    done_id, refused_id = houses.new_id(), houses.new_id()
    done = houses.give("worker", "submit_application", application(), done_id)
    refused = houses.give("worker", "submit_application", application(), refused_id)
    assert ("done", "ALREADY_APPLIED") == (done.outcome, refused.code)
    before = facts_of(houses.intake), state_of(houses)
    houses.clock.set(houses.clock.now() + timedelta(days=30))
    assert done == houses.give("worker", "submit_application", application(), done_id)
    assert refused == houses.give("worker", "submit_application", application(), refused_id)
    assert before == (facts_of(houses.intake), state_of(houses))


def test_a_reused_id_is_refused_for_another_payload_officer_or_command(houses: Houses) -> None:
    """Each time recorded; the first command's answer and effect stand."""
    command_id = houses.new_id()
    first = houses.give("worker", "submit_application", application(), command_id)
    before = state_of(houses)
    for officer, name, payload in (
        ("worker", "submit_application", application(village="李庄村")),
        ("second", "submit_application", application()),
        ("worker", "accept_application", application()),
    ):
        answer = houses.give(officer, name, payload, command_id)
        assert ("refused", "COMMAND_ID_REUSED") == (answer.outcome, answer.code)
        assert (
            officer == facts_of(houses.intake, f"refusal/{command_id}")[-1].envelope.actor.officer
        )
    assert [1, 2, 3] == [
        f.envelope.version for f in facts_of(houses.intake, f"refusal/{command_id}")
    ]
    assert before == state_of(houses)
    assert first == houses.give("worker", "submit_application", application(), command_id)


def test_a_refusal_moves_no_case(houses: Houses) -> None:
    """It stands in a stream of its own, about the case."""
    case = houses.apply()
    answer = houses.give("worker", "request_supplement", {"case": case})
    assert ("refused", "NOTHING_MISSING") == (answer.outcome, answer.code)
    recorded = facts_of(houses.intake, str(answer.stream))[0].envelope
    assert (case, 1) == (recorded.about.case, recorded.version)
    assert 1 == len(facts_of(houses.intake, f"application/{case}"))
    assert 2 == houses.must("worker", "accept_application", case=case).version


def test_the_same_command_twice_at_once_has_one_effect(houses: Houses) -> None:
    """Both callers hear the same."""
    for number in range(10):
        command_id = houses.new_id()
        payload = application(village=f"第{number}村") if number else application()

        def task(payload: Any = payload, command_id: str = command_id) -> Answer:
            return houses.give("worker", "submit_application", payload, command_id)

        answers = at_once(task, task, task)
        assert 3 == len(answers)
        assert 1 == len({str(answer) for answer in answers})
        assert number + 1 == len(facts_of(houses.intake))


def test_two_officers_on_one_case_at_once_are_never_both_done(houses: Houses) -> None:
    """One accepts; the other hears why not. The case's versions stay dense."""
    for number in range(5):
        person = ("999999195001010018", "999999198005050010", "999999197003030011",
                  "99999919600202001X", "999999199006060012")[number]  # fmt: skip
        people = [{"name": "赵德厚", "relation": "HEAD", "resident_id": person}]
        payee = {**application()["account"], "holder_resident_id": person}
        case = houses.apply(members=people, account=payee)
        payload = {"case": case}

        def accept(officer: str, payload: Any = payload) -> Answer:
            return houses.give(officer, "accept_application", payload)

        answers = at_once(partial(accept, "worker"), partial(accept, "second"))
        assert ["done", "other"] == sorted("done" if answer.done else "other" for answer in answers)
        assert {"done", "refused", "conflict"} >= {answer.outcome for answer in answers}
        versions = [f.envelope.version for f in facts_of(houses.intake, f"application/{case}")]
        assert [1, 2] == versions
