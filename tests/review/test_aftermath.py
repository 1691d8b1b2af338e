"""What follows a confirmation: certificate, announcement, who keeps the card."""

from dataclasses import replace
from datetime import date

import pytest

from services.review import commands as c
from services.review.domain.announcing import STAYS
from services.review.refusals import (
    AgreementDayWrong,
    AlreadyTerminated,
    AnnouncementStands,
    AnnouncementStays,
    CertificateAlreadyIssued,
    NoAnnouncement,
    NotConfirmed,
)
from shared.facts.review import (
    AnnouncementTakenDown,
    CardKeeper,
    CardKeepingFiled,
    CertificateIssued,
    ResultAnnounced,
    ShownName,
)
from tests.review.samples import CASE, CONFIRMED, DECLINED, OPEN, READY, TOO_RICH, Step, act, taking

DAY, DIGEST = "2024-03-19", "0a" * 32
PAID = (*READY, CONFIRMED)
ISSUED = act(c.IssueCertificate(CASE, "CERTIFICATE", "APPLICANT", "IN_PERSON"), DAY)
ANNOUNCED = act(c.PublishAnnouncement(CASE, "村委会公示栏"), DAY)
TAKEN_DOWN = act(c.TakeDownAnnouncement(CASE), "2024-04-30", "o-2")
KEEPING = c.FileCardKeeping(CASE, "VILLAGE_COMMITTEE", "丁某", DIGEST, date(2024, 3, 19))
FILED = act(KEEPING, DAY)
STOPPED = act(c.TerminateAllowance(CASE, "OWN_WISH"), "2024-05-06", "h-1")


def test_the_family_gets_its_certificate() -> None:
    """57号 Art 21: which paper, its number, who got it and how."""
    taking(PAID, ISSUED).then(
        CertificateIssued(
            case=CASE,
            kind="CERTIFICATE",
            number="411603101-1",
            issued_by=("o-1",),
            issued_on=date(2024, 3, 19),
            handed_to="APPLICANT",
            way="IN_PERSON",
        )
    )


def test_a_certificate_is_issued_once() -> None:
    """One family, one number."""
    other = act(c.IssueCertificate(CASE, "CONFIRMATION_NOTICE", "PROXY", "MAIL"), DAY)
    taking((*PAID, ISSUED), other).then_refused(CertificateAlreadyIssued)


def test_the_announcement_shows_what_was_confirmed() -> None:
    """57号 Art 24: the applicant's name (sealed), the number of members, the amount."""
    taking(PAID, ANNOUNCED).then(
        ResultAnnounced(
            case=CASE,
            announcement=1,
            place="村委会公示栏",
            announced_by=("o-1",),
            announced_on=date(2024, 3, 19),
            members_count=3,
            allowance_fen=76_500,
            personal=ShownName("甲某"),
        )
    )


def test_an_announcement_hangs_once_at_a_time() -> None:
    """After it came down a new one may follow, with the next number."""
    taking((*PAID, ANNOUNCED), ANNOUNCED).then_refused(AnnouncementStands)
    again = taking((*PAID, ANNOUNCED, TAKEN_DOWN), ANNOUNCED)
    assert [2] == [fact.announcement for fact in again.facts if isinstance(fact, ResultAnnounced)]


def test_an_announcement_comes_down() -> None:
    """By whom and when."""
    down = AnnouncementTakenDown(CASE, 1, ("o-2",), date(2024, 4, 30))
    taking((*PAID, ANNOUNCED), TAKEN_DOWN).then(down)


def test_only_what_hangs_comes_down() -> None:
    """Neither before it went up nor twice."""
    taking(PAID, TAKEN_DOWN).then_refused(NoAnnouncement)
    taking((*PAID, ANNOUNCED, TAKEN_DOWN), TAKEN_DOWN).then_refused(NoAnnouncement)


def test_a_long_term_notice_stays_while_the_family_is_paid() -> None:
    """220号 Art 34, to 2021-06-30; once the allowance is stopped it comes down."""
    command, surroundings = TAKEN_DOWN
    then = replace(surroundings, today=date(2021, 6, 30))
    assert then.policy.at(then.today).flag(STAYS)
    taking((*PAID, ANNOUNCED), (command, then)).then_refused(AnnouncementStays)
    assert taking((*PAID, ANNOUNCED, STOPPED), (command, then)).refusal is None


def test_an_announcement_comes_down_after_the_allowance_was_stopped() -> None:
    """It would tell what is no longer so."""
    assert taking((*PAID, ANNOUNCED, STOPPED), TAKEN_DOWN).refusal is None


def test_a_kept_card_is_filed_with_its_agreement() -> None:
    """G54: a written agreement, and filed with the bureau (57号 Art 26); the name is sealed."""
    taking(PAID, FILED).then(
        CardKeepingFiled(
            case=CASE,
            keeper_of="VILLAGE_COMMITTEE",
            agreement_sha256=DIGEST,
            agreed_on=date(2024, 3, 19),
            filed_by=("o-1",),
            filed_on=date(2024, 3, 19),
            personal=CardKeeper("丁某"),
        )
    )


def test_another_keeper_is_filed_again() -> None:
    """The later filing counts."""
    other = act(replace(KEEPING, keeper_of="TOWNSHIP", keeper_name="戊某"), "2024-04-01")
    assert taking((*PAID, FILED), other).refusal is None


def test_an_agreement_still_to_be_made_is_no_agreement() -> None:
    """Its day can't lie ahead."""
    tomorrow = act(replace(KEEPING, agreed_on=date(2024, 3, 20)), DAY)
    taking(PAID, tomorrow).then_refused(AgreementDayWrong)


@pytest.mark.parametrize("step", [ISSUED, ANNOUNCED, TAKEN_DOWN, FILED])
@pytest.mark.parametrize("past", [(), (OPEN,), READY, (*TOO_RICH, DECLINED)])
def test_nothing_of_it_without_a_confirmation(past: tuple[Step, ...], step: Step) -> None:
    """57号 Art 28: nobody gets in past the procedure."""
    taking(past, step).then_refused(NotConfirmed)


@pytest.mark.parametrize("step", [ISSUED, ANNOUNCED, FILED])
def test_nothing_new_follows_once_the_allowance_was_stopped(step: Step) -> None:
    """There is nothing to certify."""
    taking((*PAID, STOPPED), step).then_refused(AlreadyTerminated)
