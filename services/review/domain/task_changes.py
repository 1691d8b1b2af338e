"""What each fact leaves to be done, by whom and until when: a table to be checked.

A fact holds the last day of the limit that it begins, so that rows made from the log again are
the same. Rows (projections/task.py) and readers of the record use this one table.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from services.review.domain.task_oversight import OVERSEEN
from services.review.domain.task_parts import (
    DECIDE_BASIS,
    bureau_visit,
    opinion,
    rule_of,
    send_file_up,
    survey,
    visit,
)
from services.review.domain.tasks import (
    BUREAU,
    DECIDE,
    HEAD,
    OFFICER,
    AllDone,
    Begun,
    Change,
    Done,
    Missed,
    Rank,
    Task,
    Void,
)
from shared.facts import review as f
from shared.facts.base import Fact, Rules

SURVEY_START: Final = "limit.survey_start_working_days"
ANNOUNCED: Final = "57号 Art 24"
REFUSAL_BASIS: Final = {
    "limit.refusal_notice_working_days": "57号 Art 21",
    "limit.refusal_notice_calendar_days": "220号 Art 26",
}


def _opened(x: f.CaseOpened) -> Sequence[Change]:
    """Under 220号 no limit runs yet whose day the fact could hold."""
    on, rule = x.accepted_on, rule_of(x.rules, DECIDE_BASIS)
    basis = DECIDE_BASIS[rule] if rule else "57号 Art 22; 220号 Art 29"
    own = x.organ != "BUREAU"
    start = Task("survey_start", OFFICER, on, "57号 Art 15", on, x.survey_start_by, SURVEY_START)
    return (
        *((Begun(start),) if SURVEY_START in x.rules else ()),
        *survey(on),
        *(() if own else (send_file_up(on),)),
        *((bureau_visit(on),) if x.relative_registered else ()),
        Begun(
            Task(
                DECIDE,
                HEAD if own else BUREAU,
                on,
                basis,
                on,
                x.decide_by,
                rule,
                rank=Rank.DECISION,
            )
        ),
    )


def _requested(x: f.VerificationRequested) -> Sequence[Change]:
    on, limit = x.requested_on, "limit.verification_start_working_days"
    start = Task(
        "verification_start", BUREAU, on, "57号 Art 17", on, x.start_by, limit, Rank.SURVEY
    )
    return (
        Done("survey_start", on),
        Done("verification_request", on),
        Begun(start),
    )


def _reported(x: f.VerificationReported) -> Sequence[Change]:
    """What differs is told without delay (57号 Art 18); a new report makes an old telling moot."""
    on = x.reported_on
    done = (Done("verification_start", on), Void("tell_mismatch", on))
    if not x.mismatches:
        return done
    return (*done, Begun(Task("tell_mismatch", OFFICER, on, "57号 Art 18; 220号 Art 20", on)))


def _disputed(x: f.VerificationDisputed) -> Sequence[Change]:
    """The registers are asked again; what stood on the report counts no longer (57号 Art 18)."""
    on = x.disputed_on
    again = Task("verification_request", OFFICER, on, "57号 Art 18", on, rank=Rank.SURVEY)
    return (Void("post_notice", on), Void("close_notice", on), Begun(again), opinion(on))


def _opined(x: f.PreliminaryOpinionGiven) -> Sequence[Change]:
    """An opinion that doesn't let the notice go on makes an end of it (57号 Art 19)."""
    on = x.given_on
    if x.notice_continues:
        return (Done("opinion", on),)
    ended = (Done("opinion", on), Void("post_notice", on), Void("close_notice", on))
    posting = Task("post_notice", OFFICER, on, "57号 Art 19; 83号 四(二)", on, rank=Rank.POSTING)
    return (*ended, Begun(posting)) if x.eligible else ended


def _posted(x: f.PublicNoticePosted) -> Sequence[Change]:
    closing = Task(
        "close_notice", OFFICER, x.posted_on, "57号 Art 19", x.next_step_on, rank=Rank.NOTICE
    )
    return (Done("post_notice", x.posted_on), Begun(closing))


def _objected(x: f.ObjectionRaised) -> Sequence[Change]:
    """Investigated again and answered (57号 Art 19)."""
    on = x.raised_on
    answer = Task(
        "answer_objection", OFFICER, on, "57号 Art 19", on, rank=Rank.SURVEY, item=x.objection
    )
    return (visit(on), Begun(answer))


def _answered(x: f.ObjectionAnswered) -> Sequence[Change]:
    """The old opinion counts no longer."""
    return (Done("answer_objection", x.answered_on, x.objection), opinion(x.answered_on))


def _confirmed(x: f.EligibilityConfirmed) -> Sequence[Change]:
    on = x.confirmed_on
    certificate = Task("certificate", OFFICER, on, "57号 Art 21", on)
    announcing = Task("announce", OFFICER, on, ANNOUNCED, on)
    return (Done(DECIDE, on), AllDone(on), Begun(certificate), Begun(announcing))


def _ended(on: date, due_on: date | None, rules: Rules) -> Sequence[Change]:
    """Declined, or the procedure ended (57号 Art 29): told in writing."""
    rule = rule_of(rules, REFUSAL_BASIS)
    basis = REFUSAL_BASIS[rule] if rule else "57号 Art 21; 220号 Art 26"
    notice = Task("refusal_notice", OFFICER, on, basis, on, due_on, rule)
    return (Done(DECIDE, on), AllDone(on), Begun(notice))


def _household_changed(x: f.HouseholdChanged) -> Sequence[Change]:
    """Found out again, all of it (57号 Art 7, 19); after a decision nothing of this waits."""
    on = x.changed_on
    if x.late:
        return ()
    void = ("verification_start", "tell_mismatch", "post_notice", "close_notice")
    return (
        *(Void(step, on) for step in void),
        *survey(on),
    )


CHANGES: Final[Mapping[type[Fact], Callable[[Any], Sequence[Change]]]] = {
    f.CaseOpened: _opened,
    f.HouseholdVisited: lambda x: (Done("survey_start", x.visited_on), Done("visit", x.visited_on)),
    f.VerificationRequested: _requested,
    f.VerificationReported: _reported,
    f.VerificationAbsent: lambda x: (Done("verification_start", x.recorded_on),),
    f.MismatchTold: lambda x: (Done("tell_mismatch", x.told_on),),
    f.VerificationDisputed: _disputed,
    f.MeansRecorded: lambda x: (opinion(x.recorded_on),),  # the old opinion counts no longer
    f.PreliminaryOpinionGiven: _opined,
    f.PublicNoticePosted: _posted,
    f.ObjectionRaised: _objected,
    f.ObjectionAnswered: _answered,
    f.PublicNoticeClosed: lambda x: (Done("close_notice", x.closed_on),),
    f.HouseholdChanged: _household_changed,
    f.EligibilityConfirmed: _confirmed,
    f.CertificateIssued: lambda x: (Done("certificate", x.issued_on),),
    f.ResultAnnounced: lambda x: (Done("announce", x.announced_on),),
    f.EligibilityDeclined: lambda x: _ended(x.declined_on, x.notice_due_on, x.rules),
    f.ProcedureTerminated: lambda x: _ended(x.terminated_on, x.notice_due_on, x.rules),
    f.WrittenNoticeServed: lambda x: (Done("refusal_notice", x.served_on),),
    f.AllowanceTerminated: lambda x: (AllDone(x.decided_on),),
    f.NeighboursConsulted: lambda x: (Done("survey_start", x.visited_on),),
    f.EvidenceRequested: lambda x: (Done("survey_start", x.sent_on),),
    **OVERSEEN,
    f.DeadlineMissed: lambda x: (Missed(x.step, x.item, x.noted_on),),
    f.CaseClosed: lambda x: () if x.late else (AllDone(x.closed_on),),
}
"""One line for each fact that begins, moves or ends a task."""


def changes_of(fact: Fact) -> Sequence[Change]:
    """What a fact changes in its case's tasks, in this order."""
    change = CHANGES.get(type(fact))
    return change(fact) if change else ()
