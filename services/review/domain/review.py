"""One case from its opening to its end: which command goes to which step."""

from typing import assert_never

from services.review import commands as c
from services.review.domain.decision import confirm, decline
from services.review.domain.ending import serve_notice, terminate
from services.review.domain.evolve import evolve
from services.review.domain.notice import close_notice, post_notice
from services.review.domain.objection import answer_objection, raise_objection
from services.review.domain.opening import close_case, open_case
from services.review.domain.opinion import give_opinion
from services.review.domain.standing import under_review
from services.review.domain.state import NoCase, State, about
from services.review.domain.verification import report_verification, request_verification
from services.review.domain.visit import record_visit
from shared.context import Context
from shared.deciding import Decided, Decider


def decide(state: State, command: c.Command, context: Context) -> Decided:
    """Facts, or a refusal; pure."""
    match command:
        case c.OpenCase():
            return open_case(state, command, context)
        case c.CloseCase():
            return close_case(state, command, context)
        case c.RecordHouseholdVisit():
            return record_visit(under_review(state), command, context)
        case c.RequestVerification():
            return request_verification(under_review(state), command, context)
        case c.ReportVerification():
            return report_verification(under_review(state), command, context)
        case c.GivePreliminaryOpinion():
            return give_opinion(under_review(state), command, context)
        case c.PostPublicNotice():
            return post_notice(under_review(state), command, context)
        case c.RaiseObjection():
            return raise_objection(under_review(state), command, context)
        case c.AnswerObjection():
            return answer_objection(under_review(state), command, context)
        case c.ClosePublicNotice():
            return close_notice(under_review(state), command, context)
        case c.ConfirmEligibility():
            return confirm(under_review(state), command, context)
        case c.DeclineEligibility():
            return decline(under_review(state), command, context)
        case c.ServeWrittenNotice():
            return serve_notice(state, command, context)
        case c.TerminateAllowance():
            return terminate(state, command, context)
        case _:
            assert_never(command)


CASE: Decider[State] = Decider(NoCase(), decide, evolve, about)
