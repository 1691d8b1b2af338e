"""Where a case stands: a union of small types, folded from facts.

A case of a thousand facts is folded for every command on it, each fact a changed copy of what stood
before: msgspec makes one several times as fast as a dataclass does.
"""

from datetime import date
from typing import TypeAlias

from msgspec import Struct

from shared.envelope import About
from shared.facts.review import (
    BureauOpinionGiven,
    BureauVisited,
    CardKeepingFiled,
    CaseOpened,
    CertificateIssued,
    ComplaintReceived,
    DemocraticAppraisalHeld,
    EligibilityConfirmed,
    EligibilityDeclined,
    FileSentUp,
    HouseholdVisited,
    LimitExtended,
    MeansRecorded,
    NonCooperationRecorded,
    ObjectionRaised,
    PreliminaryOpinionGiven,
    ProcedureTerminated,
    PublicNoticeClosed,
    PublicNoticePosted,
    ResultAnnounced,
    VerificationAbsent,
    VerificationReported,
    VerificationRequested,
)


class NoCase(Struct, frozen=True):
    """Intake has accepted no application under this number."""


class Objection(Struct, frozen=True):
    """One that waits for its answer; `reexamined` by what has followed it: VISIT or APPRAISAL."""

    raised: ObjectionRaised
    reexamined: str | None = None


class Complaints(Struct, frozen=True):
    """All that came in, wherever the case stands; `waiting` have no answer (57号 Art 36, 37)."""

    count: int = 0
    last_on: date | None = None
    waiting: tuple[ComplaintReceived, ...] = ()


class Oversight(Struct, frozen=True):
    """What stands beside the township's own steps, each as far as it still counts.

    `visit_asked_on`: since when a new household visit is asked for before another opinion.
    `objected_on`: the day of the newest objection. `overseers` are all who looked into the case
    for the bureau, or verified a complaint.
    """

    appraisal: DemocraticAppraisalHeld | None = None
    bureau_visit: BureauVisited | None = None
    visit_asked_on: date | None = None
    objected_on: date | None = None
    sent_up: FileSentUp | None = None
    bureau_opinion: BureauOpinionGiven | None = None
    extended: LimitExtended | None = None
    overseers: frozenset[str] = frozenset()


class Checking(Struct, frozen=True):
    """What became of the last report (57号 Art 18), which a later request doesn't make undone.

    `told`: the applicant knows what differs. `disputed`: until the next report.
    """

    report: VerificationReported | None = None
    told: bool = False
    disputed: bool = False


class Letters(Struct, frozen=True):
    """How many were sent for evidence, and the numbers of those that wait for an answer."""

    count: int = 0
    waiting: frozenset[int] = frozenset()


class Open(Struct, frozen=True):
    """Under review. Each part is the newest fact of its kind that still counts, or None.

    `investigators` are all who investigated, gave an opinion, posted it or sent it up for the
    township, stand-ins included. `refusals` are those of the household that still count (57号 Art 29).
    `grounds` is the property that the opinion was given on; None again once an objection's answer
    has set that opinion aside. `changed_on`: the day of a member's death, the newest.
    """

    opened: CaseOpened
    visit: HouseholdVisited | None = None
    means: MeansRecorded | None = None
    verification: VerificationRequested | VerificationReported | VerificationAbsent | None = None
    opinion: PreliminaryOpinionGiven | None = None
    notice: PublicNoticePosted | PublicNoticeClosed | None = None
    notices_count: int = 0
    objections: tuple[Objection, ...] = ()
    objections_count: int = 0
    investigators: frozenset[str] = frozenset()
    refusals: tuple[NonCooperationRecorded, ...] = ()
    oversight: Oversight = Oversight()
    complaints: Complaints = Complaints()
    checking: Checking = Checking()
    letters: Letters = Letters()
    grounds: tuple[int | None, ...] | None = None
    changed_on: date | None = None

    @property
    def found_property(self) -> tuple[int | None, ...]:
        """By the last visit and by the last report, fen; None where there is none."""
        found = self.visit, self.checking.report
        return tuple(None if one is None else one.property_fen for one in found)

    @property
    def about(self) -> About:
        return about_of(self.opened)

    @property
    def proxy(self) -> str | None:
        """Who applied in the household's place (57号 Art 6), where the person is known."""
        return self.opened.proxy

    @property
    def hands(self) -> frozenset[str]:
        """All who investigated for the township or looked into it for the bureau."""
        return self.investigators | self.oversight.overseers

    @property
    def decide_by(self) -> date | None:
        """The limit to decide, extended where it was."""
        extended = self.oversight.extended
        return self.opened.decide_by if extended is None else extended.decide_by


class Aftermath(Struct, frozen=True):
    """What has followed a confirmation: `announcement` is the one that hangs now."""

    certificate: CertificateIssued | None = None
    announcement: ResultAnnounced | None = None
    announcements_count: int = 0
    keeping: CardKeepingFiled | None = None


class Confirmed(Struct, frozen=True):
    """In payment. `withdrawn`: the household's withdrawal came later and changed nothing.

    `hands` are all who investigated or looked into the case, before the decision and since.
    `proxy` applied in the household's place (57号 Art 6); None where the person isn't known.
    """

    about: About
    confirmed: EligibilityConfirmed
    withdrawn: bool = False
    after: Aftermath = Aftermath()
    complaints: Complaints = Complaints()
    hands: frozenset[str] = frozenset()
    proxy: str | None = None


class Declined(Struct, frozen=True):
    """Declined, or the procedure ended (57号 Art 29), as `decision` says.

    `served` once the household holds the reasons in writing.
    """

    about: About
    decision: EligibilityDeclined | ProcedureTerminated
    served: bool = False
    withdrawn: bool = False
    complaints: Complaints = Complaints()


class Terminated(Struct, frozen=True):
    """Confirmed once, stopped since."""

    about: About
    withdrawn: bool = False
    after: Aftermath = Aftermath()
    complaints: Complaints = Complaints()


class Closed(Struct, frozen=True):
    """Withdrawn before a decision."""

    about: About
    complaints: Complaints = Complaints()


State: TypeAlias = NoCase | Open | Confirmed | Declined | Terminated | Closed


def about(state: State) -> About:
    """Whom and where the case concerns."""
    return About() if isinstance(state, NoCase) else state.about


def about_of(opened: CaseOpened) -> About:
    """The same, from the case's first fact."""
    return About(
        case=opened.case,
        household=opened.household,
        persons=tuple(member.person for member in opened.members),
        village=opened.village,
        township=opened.township,
    )
