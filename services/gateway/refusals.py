"""Why the gateway doesn't take a command."""

from shared.refusal import Refusal


class UnitKnown(Refusal):
    """The code is registered already."""

    code = "UNIT_KNOWN"


class PeriodBackwards(Refusal):
    """The last day lies before the first."""

    code = "PERIOD_BACKWARDS"


class NoPlaceForRole(Refusal):
    """A post in a township names the township; one in a village also the village."""

    code = "NO_PLACE_FOR_ROLE"


class OfficerNumberMissing(Refusal):
    """Who acts on households or money is known by their ID number: only so is anybody told apart
    from the same person under another id, and from their own household (57号 Art 11).
    """

    code = "OFFICER_NUMBER_MISSING"


class NoSuchOfficer(Refusal):
    """Nobody under this id holds a post."""

    code = "NO_SUCH_OFFICER"


class NoSuchAppointment(Refusal):
    """The officer holds no such post, or it has ended."""

    code = "NO_SUCH_APPOINTMENT"


class PostHeldAlready(Refusal):
    """The officer holds this very post at that time."""

    code = "POST_HELD_ALREADY"


class OwnStandIn(Refusal):
    """Nobody stands in for themselves."""

    code = "OWN_STAND_IN"


class OwnAppointment(Refusal):
    """Nobody gives themselves a post."""

    code = "OWN_APPOINTMENT"


class PersonKnownOtherwise(Refusal):
    """The person has another officer id: one person, one id, or duties can't be kept apart."""

    code = "PERSON_KNOWN_OTHERWISE"


class OwnDelegation(Refusal):
    """Nobody records that they stand in for somebody: another person vouches for it."""

    code = "OWN_DELEGATION"


class RelativeKnown(Refusal):
    """This relative is on file already."""

    code = "RELATIVE_KNOWN"


class NotCloseRelative(Refusal):
    """The kinship lies outside the circle that policy `relatives.circle` draws (57号 Art 11)."""

    code = "NOT_CLOSE_RELATIVE"


class SiteFounded(Refusal):
    """The site has its first administrator; further ones are appointed by administrators."""

    code = "SITE_FOUNDED"


class PolicyTooLarge(Refusal):
    """The pack doesn't fit into one fact."""

    code = "POLICY_TOO_LARGE"


class PolicyEmpty(Refusal):
    """The pack gives no parameter a value."""

    code = "POLICY_EMPTY"


class PolicyInThePast(Refusal):
    """A value begins before today, and no reason for a correction is given."""

    code = "POLICY_IN_THE_PAST"


class PolicyParameterUnknown(Refusal):
    """A pack gives a value to a parameter that no pack below it has."""

    code = "POLICY_PARAMETER_UNKNOWN"
