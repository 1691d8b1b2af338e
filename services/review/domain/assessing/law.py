"""The rules of one day, and which of them an answer has leant on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from services.review.domain.assessing.refusals import ParameterRefused
from shared.facts.words import Category
from shared.policy.model import Parameter, Policy, PolicyOn, policy_of
from shared.policy.pack import Certainty, DatedValue, Pack, Unit
from shared.policy.units import NotInUnit, value_from_text

STANDARDS = {
    Category.URBAN: "standard.urban_month_fen",
    Category.RURAL: "standard.rural_month_fen",
}
INPUT_CITATION = "输入所设，不是现行规定"


@dataclass(frozen=True, slots=True)
class Law:
    """The parameters of a day; `used` grows with every one that is asked."""

    rules: PolicyOn
    used: dict[str, Parameter] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """A number; raises PolicyUnknown."""
        self._note(name)
        return self.rules.number(name)

    def flag(self, name: str) -> bool:
        """A yes or no; raises PolicyUnknown."""
        self._note(name)
        return self.rules.flag(name)

    def choice(self, name: str) -> str:
        """A named choice; raises PolicyUnknown."""
        self._note(name)
        return self.rules.choice(name)

    def article(self, name: str) -> str:
        """The citation of a parameter; raises PolicyUnknown."""
        self._note(name)
        return self.used[name].citation

    def knows(self, name: str) -> bool:
        """Whether there is such a rule on this day."""
        return self.rules.knows(name)

    def _note(self, name: str) -> None:
        self.used[name] = self.rules.parameter(name)


def with_assumed(policy: Policy, assumed: Mapping[str, str]) -> Policy:
    """`policy` with the input's own values over all packs, and marked as such in any answer.

    Raises ParameterRefused.
    """
    if not assumed:
        return policy
    histories = {}
    for name, text in sorted(assumed.items()):
        known = [pack.parameters[name] for pack in policy.packs if name in pack.parameters]
        if not known:
            raise ParameterRefused(f"没有“{ascii(name)[1:-1]}”这项政策参数。")
        if known[0].rows or known[0].unit is Unit.CHOICES:
            raise ParameterRefused(f"参数“{name}”不是单个取值，请用政策文件（--policy）改写。")
        try:
            value = value_from_text(text, known[0].unit, known[0].choices)
        except NotInUnit as error:
            raise ParameterRefused(f"参数“{name}”：{error}") from error
        first = min(dated.from_on for history in known for dated in history.values)
        dated = DatedValue(value, first, None, INPUT_CITATION, Certainty.ASSUMED, "")
        histories[name] = replace(known[0], values=(dated,))
    return policy_of((*policy.packs, Pack("input", "输入所设", histories)))
