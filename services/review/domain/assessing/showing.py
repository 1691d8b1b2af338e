"""An answer as JSON: the keys of docs/assess.md."""

from typing import Any

from services.review.domain.assessing.outcome import Outcome, Reason, Standing, Step
from shared.policy.model import Parameter


def shown(outcome: Outcome) -> dict[str, Any]:
    """Plain dicts, lists, texts and whole numbers; money in fen a month."""
    return {
        "on": outcome.on.isoformat(),
        "eligible": outcome.eligible,
        "allowance_fen": outcome.allowance_fen,
        "uplift_fen": outcome.uplift_fen,
        "standard_fen": outcome.standard_fen,
        "income_fen": outcome.income_fen,
        "members_count": sum(one.counted for one in outcome.members),
        "verge": outcome.verge,
        "members": [_standing(one) for one in outcome.members],
        "reasons": [_reason(one) for one in outcome.reasons],
        "steps": [_step(one) for one in outcome.steps],
        "may_apply_alone": [_reason(one) for one in outcome.may_apply_alone],
        "would_change": [_reason(one) for one in outcome.would_change],
        "policy": {rule.name: _rule(rule) for rule in outcome.rules},
        "policy_digest": outcome.policy_digest,
    }


def _reason(one: Reason) -> dict[str, str]:
    told = {"code": one.code, "article": one.article, "sentence": one.sentence}
    return told if one.member is None else {**told, "member": one.member}


def _standing(one: Standing) -> dict[str, Any]:
    return {**_reason(one.reason), "member": one.member, "counted": one.counted}


def _step(one: Step) -> dict[str, Any]:
    return {"code": one.code, "article": one.article, "sentence": one.sentence, "fen": one.fen}


def _rule(rule: Parameter) -> dict[str, Any]:
    return {
        "value": rule.value,
        "unit": rule.unit.value,
        "version": rule.version,
        "citation": rule.citation,
        "certainty": rule.certainty.value,
    }
