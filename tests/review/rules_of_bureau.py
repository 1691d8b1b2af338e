"""Rules of the machine: complaints, the bureau's part, and the decision."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from services.review import commands as c
from services.review.domain.bureau import VISIT_CONCLUSIONS
from shared.facts.review import ComplaintReceived
from tests.review.hands import CASE, OFFICER, STAND_IN
from tests.review.judge import of
from tests.review.rules_of_township import NUMBER, Opinion

WAY = st.sampled_from(("REGISTERS", "BUREAU_VISIT"))
PARTS = ("", "visit", "answer", "others to answer", "file", "opinion")
EVENTS = (
    "", "objected", "disputed", "complained", "upheld", "contradicted", "sent back",
    "appraised otherwise", "died", "means recorded",
)  # fmt: skip


class Oversight(Opinion):
    """What is done beside the township's own steps."""

    def happens(self, event: str) -> None:
        """What comes after the first opinion and asks for something more."""
        match event:
            case "objected":
                self.post("o-1", None)
                self.object("o-1")
            case "disputed":
                self.dispute("o-1", None)
            case "complained":
                self.complain("o-3", None)
            case "upheld":
                self.complain("o-3", None)
                self.answer_complaint(1, True, "REGISTERS", "b-1", None)
            case "contradicted":
                self.bureau_visits(["b-2"], "b-1", None, "CONTRADICTS")
            case "sent back":
                self.the_notice_runs()
                self.send_up("o-1", None)
                self.bureau_opines("h-2", None, False)
            case "appraised otherwise":
                self.appraise("o-2", None, "DISPUTED", ["o-2"])
            case "died":
                self.somebody_dies()
            case "means recorded":
                self.record_means(False, "o-1", None)

    @rule(officer=OFFICER, acting_for=STAND_IN)
    def complain(self, officer: str, acting_for: str | None) -> None:
        self.give(c.ReceiveComplaint(CASE, False, "反映瞒报收入"), officer, acting_for)

    @rule(number=NUMBER, upheld=st.booleans(), way=WAY, officer=OFFICER, acting_for=STAND_IN)
    def answer_complaint(
        self, number: int, upheld: bool, way: str, officer: str, acting_for: str | None
    ) -> None:
        self.give(c.AnswerComplaint(CASE, number, way, upheld), officer, acting_for)

    @rule(
        others=st.lists(OFFICER, max_size=2), officer=OFFICER, acting_for=STAND_IN,
        conclusion=st.sampled_from(VISIT_CONCLUSIONS),
    )  # fmt: skip
    def bureau_visits(
        self, others: list[str], officer: str, acting_for: str | None, conclusion: str
    ) -> None:
        there = (officer, *others)
        visit = c.RecordBureauVisit(CASE, there, self.today, conclusion, "房屋一间")
        self.give(visit, officer, acting_for)

    @rule(officer=OFFICER, acting_for=STAND_IN)
    def send_up(self, officer: str, acting_for: str | None) -> None:
        self.give(c.SendFileUp(CASE), officer, acting_for)

    @rule(officer=OFFICER, acting_for=STAND_IN, agrees=st.booleans())
    def bureau_opines(self, officer: str, acting_for: str | None, agrees: bool) -> None:
        self.give(c.GiveBureauOpinion(CASE, agrees), officer, acting_for)

    @rule(without=st.sampled_from(PARTS))
    def the_bureau_does_its_part(self, without: str = "") -> None:
        """All but one of it; so that a case complained of, and one sent up, are decided, too."""
        visit = c.RecordBureauVisit(CASE, ("b-1", "b-2"), self.today, "SUPPORTS", "房屋一间")
        answerer = "o-1" if without == "others to answer" else "b-1"
        complaints = [one.complaint for one in of(self.facts, ComplaintReceived)]
        steps = (
            ("visit", visit, "b-1"),
            *(
                ("answer", c.AnswerComplaintByBureau(CASE, n, "REGISTERS", False), answerer)
                for n in complaints
            ),
            ("file", c.SendFileUp(CASE), "o-1"),
            ("opinion", c.GiveBureauOpinion(CASE, True), "h-2"),
        )
        for name, command, officer in steps:
            if name != without:
                self.give(command, officer)

    @rule(officer=OFFICER, acting_for=STAND_IN)
    def confirm(self, officer: str, acting_for: str | None) -> None:
        """Late enough to leave room for much else."""
        if len(self.facts) > 12:
            self.give(c.ConfirmEligibility(CASE), officer, acting_for)
            self.give(c.ConfirmByBureau(CASE), officer, acting_for)

    @rule(reason=st.sampled_from(("INCOME_NOT_BELOW_STANDARD", "NO_COOPERATION")))
    def end_otherwise(self, reason: str) -> None:
        """Declined, ended, or else withdrawn; late, too."""
        if len(self.facts) > 14:
            self.give(c.DeclineEligibility(CASE, (reason,)), "h-1")
            self.give(c.DeclineByBureau(CASE, (reason,)), "h-1")
            self.give(c.TerminateProcedure(CASE), "h-1")
            self.give(c.CloseCase(CASE), "SYSTEM/review")
