"""A judge of decisions that knows nothing of the decider's state: it reads the facts alone."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from shared.facts import review as f
from shared.facts.base import Fact

Facts = list[Fact]
MEASURES_2021 = date(2021, 7, 1)  # 57号
OPINION_18 = date(2020, 8, 25)  # 18号 第24项
HUNG = timedelta(days=7)
NAMES = ("visitors", "officers", "recorded_by", "reported_by", "given_by", "posted_by",
         "answered_by", "told_by", "sent_by")  # fmt: skip
OVERSEEING = (f.VerificationReported, f.VerificationAbsent, f.BureauVisited, f.ComplaintAnswered)


def of(facts: Facts, *kinds: type[Fact]) -> list[Any]:
    """The facts of these kinds, in order."""
    return [fact for fact in facts if isinstance(fact, kinds)]


def last(facts: Facts, *kinds: type[Fact]) -> int:
    """Where the last fact of these kinds stands; -1 where there is none."""
    return max((i for i, fact in enumerate(facts) if isinstance(fact, kinds)), default=-1)


def promises_broken(facts: Facts, *, remote_allowed: bool = False) -> list[str]:
    """What the law asks for and these facts before a decision don't show.

    `remote_allowed`: an emergency is declared, so that nobody need go there (57号 Art 16).
    """
    *before, decision = facts
    living = before[last(before, f.HouseholdChanged) + 1 :]  # about the household as it is
    opinions = of(before, f.PreliminaryOpinionGiven)
    confirms = isinstance(decision, f.EligibilityConfirmed)
    visits = of(living, f.HouseholdVisited)
    kept = {
        "visit by two": bool(visits) and all(_by_two(one) for one in visits),
        "visit in person": remote_allowed or all(v.form.way == "IN_PERSON" for v in visits),
        "verification report": _verified(living),
        "opinion for it": bool(opinions) and opinions[-1].eligible is confirms,
        "opinion that stands": _opinion_stands(before),
        "opinion of the findings": _of_findings(living),
        "visited anew": all(_visited_after(before, i) for i in _back_to_survey(before)),
        "appraisal where due": _appraised(before),
        "every objection looked into and answered": all(_objections(before)),
        "every complaint answered by others": all(_complaints(before)),
        "the bureau there where due": _bureau_came(before),
        "file before the bureau": _sent_up(before, decision),
        "nobody twice": set(_deciders(decision)).isdisjoint(hands(before)),
        **(_shown(before, decision) if confirms else _told(living)),
    }
    return [promise for promise, is_kept in kept.items() if not is_kept]


def hands(before: Facts, but: tuple[type[Fact], ...] = ()) -> set[str]:
    """Who has had a hand in the case; the bureau's opinion is part of its decision."""
    return {
        who
        for fact in before
        if not isinstance(fact, (f.BureauOpinionGiven, *but))
        for name in NAMES
        for who in getattr(fact, name, ())
    }


def _deciders(decision: Any) -> tuple[str, ...]:
    confirmed = isinstance(decision, f.EligibilityConfirmed)
    return tuple(decision.confirmed_by if confirmed else decision.declined_by)


def _by_two(visit: Any) -> bool:
    """Whoever was stood in for wasn't there."""
    return len({*visit.visitors} - {*visit.recorded_by[1:]}) > 1


def _verified(living: Facts) -> bool:
    """A report or its recorded absence; and after the last dispute a report."""
    match of(living, f.VerificationReported, f.VerificationAbsent, f.VerificationDisputed):
        case []:
            return False
        case said:
            settled = [fact for fact in said if not isinstance(fact, f.VerificationAbsent)]
            return not settled or isinstance(settled[-1], f.VerificationReported)


def _back_to_survey(before: Facts) -> list[int]:
    """Where a complaint was upheld, the bureau saw otherwise, or the appraisal was disputed."""
    asks: dict[type[Fact], Callable[[Any], bool]] = {
        f.ComplaintAnswered: lambda fact: fact.upheld,
        f.BureauVisited: lambda fact: fact.conclusion == "CONTRADICTS",
        f.BureauOpinionGiven: lambda fact: not fact.agrees,
        f.DemocraticAppraisalHeld: lambda fact: fact.conclusion == "DISPUTED",
    }
    return [i for i, fact in enumerate(before) if asks.get(type(fact), lambda _: False)(fact)]


def _opinion_stands(before: Facts) -> bool:
    """It came after all that voids one."""
    voids = last(
        before, f.HouseholdChanged, f.VerificationDisputed, f.ObjectionAnswered, f.MeansRecorded
    )
    return last(before, f.PreliminaryOpinionGiven) > max([voids, *_back_to_survey(before)])


def _of_findings(living: Facts) -> bool:
    """The income is what the last visit and the last report found, or lies between."""
    last_ones = (of(living, f.HouseholdVisited)[-1:], of(living, f.VerificationReported)[-1:])
    fen = [one.monthly_income_fen for ones in last_ones for one in ones]
    opinions = of(living, f.PreliminaryOpinionGiven)
    return not opinions or not fen or min(fen) <= opinions[-1].found_income_fen <= max(fen)


def _visited_after(before: Facts, turning: int) -> bool:
    return bool(of(before[turning:], f.HouseholdVisited))


def _appraised(before: Facts) -> bool:
    """220号 Art 21: before the opinion; from 18号 on where somebody objected; 57号: never alone."""
    accepted_on = of(before, f.CaseOpened)[0].accepted_on
    objected = bool(of(before, f.ObjectionRaised))
    if accepted_on >= MEASURES_2021 or (accepted_on >= OPINION_18 and not objected):
        return True
    since = last(before, f.HouseholdChanged, f.ObjectionRaised)
    opinion = last(before, f.PreliminaryOpinionGiven)
    return bool(of(before[since + 1 : opinion], f.DemocraticAppraisalHeld))


def _objections(before: Facts) -> Iterator[bool]:
    """Each has one answer, after a visit or an appraisal that came after it (57号 Art 19)."""
    for i, raised in enumerate(before):
        if not isinstance(raised, f.ObjectionRaised):
            continue
        answers = [
            j
            for j, fact in enumerate(before)
            if isinstance(fact, f.ObjectionAnswered) and fact.objection == raised.objection
        ]
        yield len(answers) == 1 and any(
            (isinstance(fact, f.HouseholdVisited) and fact.visited_on >= raised.raised_on)
            or (isinstance(fact, f.DemocraticAppraisalHeld) and fact.answers_objections)
            for fact in before[i : answers[0]]
        )


def _complaints(before: Facts) -> Iterator[bool]:
    """Each has one answer, by nobody who had investigated for the township (57号 Art 37)."""
    for raised in of(before, f.ComplaintReceived):
        answers = [
            (j, set(fact.answered_by))
            for j, fact in enumerate(before)
            if isinstance(fact, f.ComplaintAnswered) and fact.complaint == raised.complaint
        ]
        yield len(answers) == 1 and all(
            by.isdisjoint(hands(before[:j], OVERSEEING)) for j, by in answers
        )


def _bureau_came(before: Facts) -> bool:
    """After the newest complaint; for a relative at any time; two or more, not the township's."""
    complained = last(before, f.ComplaintReceived)
    if complained < 0 and not of(before, f.CaseOpened)[0].relative_registered:
        return True
    came = last(before, f.BureauVisited)
    if came <= complained:
        return False
    [visit] = of(before[came : came + 1], f.BureauVisited)
    return _by_two(visit) and hands(before[:came], OVERSEEING).isdisjoint(visit.visitors)


def _sent_up(before: Facts, decision: Any) -> bool:
    """The organ of the day of acceptance decides; the bureau on the file with the last opinion."""
    organ = of(before, f.CaseOpened)[0].organ
    sent = last(before, f.FileSentUp) > last(before, f.PreliminaryOpinionGiven)
    return bool(decision.organ == organ) and (organ == "TOWNSHIP" or sent)


def _told(living: Facts) -> dict[str, bool]:
    """What the registers hold against a household, it has heard of (57号 Art 18)."""
    reports = of(living, f.VerificationReported)
    since = last(living, f.VerificationReported)
    heard = bool(of(living[since + 1 :], f.MismatchTold))
    return {"mismatch told": not reports or not reports[-1].mismatches or heard}


def _shown(before: Facts, confirmed: Any) -> dict[str, bool]:
    """After the last opinion and answer: put up, hung, closed; under 220号 Art 29 once more."""
    turning = last(before, f.PreliminaryOpinionGiven, f.ObjectionAnswered)
    old = of(before, f.CaseOpened)[0].accepted_on < MEASURES_2021
    after = before[turning + 1 :]
    posted, closed = of(after, f.PublicNoticePosted), of(after, f.PublicNoticeClosed)
    stages = ["OPINION", "DECISION"] if old else ["OPINION"]
    one_by_one = [type(fact) for fact in of(after, f.PublicNoticePosted, f.PublicNoticeClosed)]
    return {
        "notice that ran": stages == [one.stage for one in posted]
        and [f.PublicNoticePosted, f.PublicNoticeClosed] * len(stages) == one_by_one
        and all(c.closed_on - p.posted_on > HUNG for p, c in zip(posted, closed, strict=True))
        and closed[-1].closed_on <= confirmed.confirmed_on,
        "the amount shown": {one.allowance_fen for one in posted} <= {confirmed.allowance_fen},
    }
