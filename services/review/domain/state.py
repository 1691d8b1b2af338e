"""Where a case stands: a union of small types, folded from facts."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from shared.envelope import About
from shared.facts.review import (
    CardKeepingFiled,
    CaseOpened,
    CertificateIssued,
    EligibilityConfirmed,
    EligibilityDeclined,
    HouseholdVisited,
    MeansRecorded,
    NonCooperationRecorded,
    ObjectionRaised,
    PreliminaryOpinionGiven,
    ProcedureTerminated,
    PublicNoticeClosed,
    PublicNoticePosted,
    ResultAnnounced,
    VerificationReported,
    VerificationRequested,
)


@dataclass(frozen=True, slots=True)
class NoCase:
    """Intake has accepted no application under this number."""


@dataclass(frozen=True, slots=True)
class Objection:
    """One that waits for its answer; `revisited` once a visit has followed it."""

    raised: ObjectionRaised
    revisited: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """Under review. Each part is the newest fact of its kind that still counts, or None.

    `investigators` are all who investigated, gave an opinion or posted it, stand-ins included.
    `refusals` are those of the household that still count (57号 Art 29).
    """

    opened: CaseOpened
    visit: HouseholdVisited | None = None
    means: MeansRecorded | None = None
    verification: VerificationRequested | VerificationReported | None = None
    opinion: PreliminaryOpinionGiven | None = None
    notice: PublicNoticePosted | PublicNoticeClosed | None = None
    notices_count: int = 0
    objections: tuple[Objection, ...] = ()
    objections_count: int = 0
    investigators: frozenset[str] = frozenset()
    refusals: tuple[NonCooperationRecorded, ...] = ()

    @property
    def about(self) -> About:
        return about_of(self.opened)


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What has followed a confirmation: `announcement` is the one that hangs now."""

    certificate: CertificateIssued | None = None
    announcement: ResultAnnounced | None = None
    announcements_count: int = 0
    keeping: CardKeepingFiled | None = None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """In payment. `withdrawn`: the household's withdrawal came later and changed nothing."""

    about: About
    confirmed: EligibilityConfirmed
    withdrawn: bool = False
    after: Aftermath = Aftermath()


@dataclass(frozen=True, slots=True)
class Declined:
    """Declined, or the procedure ended (57号 Art 29), as `decision` says.

    `served` once the household holds the reasons in writing.
    """

    about: About
    decision: EligibilityDeclined | ProcedureTerminated
    accepted_on: date
    served: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Terminated:
    """Confirmed once, stopped since."""

    about: About
    withdrawn: bool = False
    after: Aftermath = Aftermath()


@dataclass(frozen=True, slots=True)
class Closed:
    """Withdrawn before a decision."""

    about: About


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
