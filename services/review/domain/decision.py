"""Confirming or declining (审核确认, 57号 Art 21), by the first responsible person (PLAN)."""

from services.review.commands import (
    ConfirmByBureau,
    ConfirmEligibility,
    DeclineByBureau,
    DeclineEligibility,
)
from services.review.domain.assessing.against import AGAINST
from services.review.domain.bureau import require_bureau_visit, require_sent_up
from services.review.domain.complaint import require_no_open_complaint
from services.review.domain.limits import limits_of
from services.review.domain.mismatch import require_mismatch_told
from services.review.domain.notice import eligible_opinion, require_notice_ran
from services.review.domain.opinion import (
    FIRST_MONTH,
    first_month,
    require_of_its_month,
    require_still_found,
)
from services.review.domain.standing import (
    BUREAU,
    TOWNSHIP,
    require_apart,
    require_no_open_objection,
    require_organ,
)
from services.review.domain.state import Open
from services.review.domain.steps import Moment
from services.review.refusals import (
    NoGroundToDecline,
    PayeeUnknown,
)
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import (
    Beneficiary,
    EligibilityConfirmed,
    EligibilityDeclined,
)
from shared.policy.model import PolicyOn

LEGAL_BASIS = "devolution.legal_basis"  # PLAN 授权: the township decides in its own name
DECLINE_REASONS = AGAINST
OWN = "OWN"
REFUSAL_NOTICE = "refusal_notice"


def confirm(
    state: Open, command: ConfirmEligibility | ConfirmByBureau, context: Context
) -> Decided:
    """What the notice showed, undisputed, by somebody who had no hand in it."""
    organ = BUREAU if isinstance(command, ConfirmByBureau) else TOWNSHIP
    require_organ(state, organ)
    require_apart(state, context)
    require_no_open_objection(state)
    opinion = eligible_opinion(state)
    require_still_found(state)
    require_notice_ran(state, context)
    of_month = require_of_its_month(state, context)
    opened, supervision = state.opened, _require_supervised(state, organ, context)
    legal_form, used = _legal_form(organ, context.policy.at(context.today, opened.township))
    return [
        EligibilityConfirmed(
            case=command.case,
            household=opened.household,
            programme=opened.programme,
            category=opened.category,
            confirmed_by=context.people,
            confirmed_on=context.today,
            members_count=opinion.members_count,
            allowance_fen=opinion.allowance_fen,
            from_month=first_month(context, opened.township),
            organ=organ,
            legal_form=legal_form,
            rules=opinion.rules | of_month | used | supervision,
            personal=_beneficiary(state),
        )
    ]


def decline(
    state: Open, command: DeclineEligibility | DeclineByBureau, context: Context
) -> Decided:
    """With reasons that the case bears out; told in writing within 3 working days (57号 Art 21).

    Accepted under 220号: within 3 days of the calendar (Art 26).
    """
    organ = BUREAU if isinstance(command, DeclineByBureau) else TOWNSHIP
    require_organ(state, organ)
    require_apart(state, context)
    supervision = _require_supervised(state, organ, context)
    reasons = tuple(dict.fromkeys(command.reasons))
    _require_ground(state, reasons)
    require_still_found(state)
    require_mismatch_told(state)
    of_month = require_of_its_month(state, context)
    opened, decided = state.opened, {Moment.DECIDED: context.today}
    limits = limits_of(context, opened.accepted_on, opened.township, decided)
    return [
        EligibilityDeclined(
            case=command.case,
            declined_by=context.people,
            declined_on=context.today,
            reasons=reasons,
            organ=organ,
            notice_due_on=limits.due(REFUSAL_NOTICE),
            rules=limits.versions(REFUSAL_NOTICE) | of_month | supervision,
        )
    ]


def _require_supervised(state: Open, organ: str, context: Context) -> dict[str, str]:
    """Complaints verified, the bureau there where it is due, its file before it; rules used."""
    require_no_open_complaint(state)
    used = require_bureau_visit(state, context)
    if organ == BUREAU:
        require_sent_up(state)
    return used


def _legal_form(organ: str, rules: PolicyOn) -> tuple[str, dict[str, str]]:
    """In whose name it is decided (57号 Art 2; PLAN 授权), with the rules used."""
    if organ == BUREAU:
        return OWN, rules.versions(FIRST_MONTH)
    return rules.choice(LEGAL_BASIS).upper(), rules.versions(FIRST_MONTH, LEGAL_BASIS)


def _beneficiary(state: Open) -> Beneficiary:
    """Who is paid, and where; the account is one of the household's own (57号 Art 25)."""
    household = state.opened.personal
    if household is None or household.payee is None:
        raise PayeeUnknown("没有收款账户信息，不能确认；请先补齐银行账户。")
    return Beneficiary(household.applicant_name, household.payee)


def _require_ground(state: Open, reasons: tuple[str, ...]) -> None:
    """The opinion's reasons, all of them. Want of cooperation ends the procedure (57号 Art 29)."""
    found = state.opinion.reasons if state.opinion else ()
    if not reasons or set(reasons) != set(found):
        raise NoGroundToDecline("不予确认的理由应与有效初审意见一致，既不能遗漏，也不能另加。")
