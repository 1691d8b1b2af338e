"""A judge of confirmations that knows nothing of the decider's state: it reads the facts alone."""

from typing import Any

from shared.facts import review as f
from shared.facts.base import Fact


def of(facts: list[Fact], *kinds: type[Fact]) -> list[Any]:
    """The facts of these kinds, in order."""
    return [fact for fact in facts if isinstance(fact, kinds)]


def promises_broken(facts: list[Fact]) -> list[str]:
    """What the law asks for and these facts before a confirmation don't show."""
    *before, confirmed = facts
    assert isinstance(confirmed, f.EligibilityConfirmed)
    visits, opinions = of(before, f.HouseholdVisited), of(before, f.PreliminaryOpinionGiven)
    raised, answered = of(before, f.ObjectionRaised), of(before, f.ObjectionAnswered)
    kept = {
        "visit by two": bool(visits) and all(len({*v.visitors}) > 1 for v in visits),
        "verification report": _verified(before),
        "opinion for it": bool(opinions) and opinions[-1].eligible,
        "notice that ran": _notice_ran(before, confirmed),
        "no open objection": {o.objection for o in raised} == {o.objection for o in answered},
        "every complaint answered": {o.complaint for o in of(before, f.ComplaintReceived)}
        == {o.complaint for o in of(before, f.ComplaintAnswered)},
        "the bureau there where due": _bureau_came(before),
        "nobody twice": set(confirmed.confirmed_by).isdisjoint(_investigators(before)),
        "the amount shown": confirmed.allowance_fen == _shown(before),
    }
    return [promise for promise, is_kept in kept.items() if not is_kept]


def _verified(before: list[Fact]) -> bool:
    """A report or its recorded absence; and after the last dispute a report."""
    kinds = f.VerificationReported, f.VerificationAbsent, f.VerificationDisputed
    match of(before, *kinds):
        case []:
            return False
        case said:
            settled = [fact for fact in said if not isinstance(fact, f.VerificationAbsent)]
            return not settled or isinstance(settled[-1], f.VerificationReported)


def _notice_ran(before: list[Fact], confirmed: f.EligibilityConfirmed) -> bool:
    """After the last opinion and the last answer a notice was put up, hung, and was closed."""
    turning = max(
        i
        for i, fact in enumerate(before)
        if isinstance(fact, f.PreliminaryOpinionGiven | f.ObjectionAnswered)
    )
    match of(before[turning:], f.PublicNoticePosted, f.PublicNoticeClosed):
        case [f.PublicNoticePosted() as posted, f.PublicNoticeClosed() as closed]:
            days = (closed.closed_on - posted.posted_on).days
            return days > 7 and closed.closed_on <= confirmed.confirmed_on
        case _:
            return False


def _bureau_came(before: list[Fact]) -> bool:
    """After the newest complaint; for a relative at any time; two or more, not the township's."""
    opened = of(before, f.CaseOpened)[0]
    turning = max(
        (i for i, x in enumerate(before) if isinstance(x, f.ComplaintReceived)), default=-1
    )
    if turning < 0 and not opened.relative_registered:
        return True
    came = [i for i, fact in enumerate(before) if i > turning and isinstance(fact, f.BureauVisited)]
    if not came:
        return False
    [visit] = of(before[came[-1] : came[-1] + 1], f.BureauVisited)
    went = {who for one in of(before[: came[-1]], f.HouseholdVisited) for who in one.visitors}
    return len({*visit.visitors} - went) > 1


def _shown(before: list[Fact]) -> int:
    posted = of(before, f.PublicNoticePosted)
    return posted[-1].allowance_fen if posted else -1


def _investigators(before: list[Fact]) -> set[str]:
    names = (
        "visitors",
        "recorded_by",
        "reported_by",
        "given_by",
        "posted_by",
        "answered_by",
        "told_by",
        "sent_by",
    )
    return {who for fact in before for name in names for who in getattr(fact, name, ())}
