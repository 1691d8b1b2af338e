"""Policy published by the bureau: checked as on load, each value in force from its own day.

PLAN 四 gives the bureau the making of policy. The log keeps the text word for word, so that whoever
answers for a decision finds the rules that it was made under.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final, assert_never

from services.gateway.commands import PolicyCommand, PublishPolicy
from services.gateway.refusals import (
    PolicyEmpty,
    PolicyInThePast,
    PolicyParameterUnknown,
    PolicyTooLarge,
)
from shared import canonical
from shared.context import Context
from shared.deciding import Decided, Decider
from shared.envelope import BODY_MAX, About
from shared.facts.base import Fact
from shared.facts.gateway import PolicyPublished
from shared.policy.comparing import changed_by_last
from shared.policy.layering import lay_over
from shared.policy.model import Policy
from shared.policy.pack import Pack

TEXT_BYTES_MAX: Final = BODY_MAX - 16 * 1024  # room for the names that change, and for who acts


@dataclass(frozen=True, slots=True)
class Publications:
    """The packs that were published, by name, in order."""

    packs: tuple[str, ...] = ()


def decide(_state: Publications, command: PolicyCommand, context: Context) -> Decided:
    """Publish a pack over all that stands."""
    match command:
        case PublishPolicy():
            return [_publish(command, context)]
        case _:
            assert_never(command)


def _publish(command: PublishPolicy, context: Context) -> PolicyPublished:
    if len(canonical.encode({"text": command.text})) > TEXT_BYTES_MAX:
        raise PolicyTooLarge(
            f"政策文件过大，不能一次公布（上限约 {TEXT_BYTES_MAX // 1024} KiB），请分成几个文件。"
        )
    after = lay_over(context.policy, command.text.encode(), "政策文件")
    pack = after.packs[-1]
    _require_known(pack, context.policy)
    first = _first_day(pack)
    if first < context.today and command.reason is None:
        raise PolicyInThePast(
            f"文件中有取值自{first.isoformat()}起，早于今天，会改变已经过去的日子；"
            "如确需更正，请写明理由（reason）。"
        )
    return PolicyPublished(
        pack=pack.name,
        title=pack.title,
        digest=sha256(command.text.encode()).hexdigest(),
        text=command.text,
        published_on=context.today,
        published_by=context.actor.officer,
        effective_from=first,
        parameters=changed_by_last(context.policy, after),
        reason=command.reason,
    )


def _require_known(pack: Pack, policy: Policy) -> None:
    """A name that no pack below has is a slip of the pen: nothing would ever go by it."""
    known = {name for below in policy.packs for name in below.parameters}
    if strange := sorted(pack.parameters.keys() - known):
        raise PolicyParameterUnknown(f"没有这样的政策参数：{'、'.join(strange)}，请核对名称。")


def _first_day(pack: Pack) -> date:
    days = [one.from_on for history in pack.parameters.values() for one in history.values]
    if not days:
        raise PolicyEmpty("文件中没有任何参数的取值，没有可以公布的内容。")
    return min(days)


def evolve(state: Publications, fact: Fact) -> Publications:
    """One more."""
    match fact:
        case PolicyPublished():
            return Publications((*state.packs, fact.pack))
        case _:
            raise ValueError(fact.name)


def about(_state: Publications) -> About:
    """Policy concerns nobody by name."""
    return About()


POLICY: Decider[Publications] = Decider(Publications(), decide, evolve, about)
