"""Opening and closing a case: what follows by itself from intake's word. Never refused."""

from services.review.commands import ChangeHousehold, CloseCase, OpenCase
from services.review.domain.limits import limits_of, procedure_versions, rules_of
from services.review.domain.standing import BUREAU, TOWNSHIP, is_devolved
from services.review.domain.state import (
    Closed,
    Confirmed,
    Declined,
    NoCase,
    Open,
    State,
    Terminated,
)
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import CaseClosed, CaseOpened, HouseholdChanged

ELSEWHERE = ("residence_elsewhere", "applied_elsewhere")  # 83号 四(一)
SURVEY_START, DECIDE = "survey_start", "decide"
MEMBER_DIED = "MEMBER_DIED"


def open_case(state: State, command: OpenCase, context: Context) -> Decided:
    """The survey starts within 3 working days (57号 Art 15); the decision falls within 20, for
    what was accepted before 2022-10-20 within 30 (83号 四(一); 57号 Art 22); both are left open
    for what was accepted under 220号, whose limits run from later steps.
    """
    if not isinstance(state, NoCase):
        return []
    accepted = command.accepted
    day, township = accepted.accepted_on, accepted.township
    limits, rules = limits_of(context, day, township), rules_of(context, day, township)
    return [
        CaseOpened(
            case=accepted.case,
            household=accepted.household,
            programme=accepted.programme,
            category=accepted.category,
            township=township,
            village=accepted.village,
            applicant=accepted.applicant,
            members=accepted.members,
            declared_income_fen=accepted.monthly_income_fen,
            declared_property_fen=accepted.property_fen,
            accepted_on=day,
            relative_registered=accepted.relative_registered,
            organ=TOWNSHIP if is_devolved(rules) else BUREAU,
            elsewhere=tuple(reason for reason in ELSEWHERE if getattr(accepted, reason)),
            survey_start_by=limits.due(SURVEY_START),
            decide_by=limits.due(DECIDE),
            rules=procedure_versions(context, day, township)
            | limits.versions(SURVEY_START, DECIDE),
            calendar=context.calendar.version,
            personal=accepted.personal,
            proxy=accepted.proxy,
        )
    ]


def close_case(state: State, command: CloseCase, context: Context) -> Decided:
    """Over, for intake's reason. A decision that was faster stands; that the withdrawal came late is noted once."""
    match state:
        case NoCase() | Closed():  # withdrawn before acceptance: no case was ever opened here
            return []
        case Open():
            return [CaseClosed(command.case, command.reason, context.today, late=False)]
        case Confirmed() | Declined() | Terminated() if state.withdrawn:
            return []
        case Confirmed() | Declined() | Terminated():
            return [CaseClosed(command.case, command.reason, context.today, late=True)]


def change_household(state: State, command: ChangeHousehold, context: Context) -> Decided:
    """A member has died: whoever is left is surveyed anew (57号 Art 7, 16, 19).

    A decision that was faster stands; the death is noted for its check (83号 一(三)).
    """
    if isinstance(state, NoCase | Closed):
        return []
    died = command.died
    return [
        HouseholdChanged(
            case=died.case,
            reason=MEMBER_DIED,
            person=died.person,
            happened_on=died.died_on,
            changed_on=context.today,
            applicant=died.applicant,
            members=died.members,
            late=not isinstance(state, Open),
            personal=died.personal,
        )
    ]
