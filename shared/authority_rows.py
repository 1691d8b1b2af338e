"""Rows that follow from the gateway's facts in every house: what `authority` and policy ask."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.codec import Recorded
from shared.facts.gateway import (
    AppointmentEnded,
    CloseRelativeFiled,
    DelegationRecorded,
    OfficerAppointed,
    PolicyPublished,
    UnitRegistered,
)
from shared.policy_rows import on_policy_published
from shared.writing import write


def on_unit_registered(conn: Connection, facts: Sequence[Recorded[UnitRegistered]]) -> None:
    """Remember units by code."""
    conn.execute(
        _INSERT_UNIT,
        [
            {
                "unit": f.unit,
                "name": f.title,
                "kind": f.kind,
                "from_on": f.from_on,
                "to_on": f.to_on,
            }
            for f in (recorded.fact for recorded in facts)
        ],
    )


def on_officer_appointed(conn: Connection, facts: Sequence[Recorded[OfficerAppointed]]) -> None:
    """Remember who holds which post."""
    conn.execute(
        _INSERT_APPOINTMENT,
        [
            {
                "appointment": f.appointment,
                "officer": f.officer,
                "name": f.officer_name,
                "post": f.post,
                "role": f.role,
                "organisation": f.organisation,
                "township": f.township,
                "village": f.village,
                "person": f.person,
                "from_on": f.from_on,
                "to_on": f.to_on,
            }
            for f in (recorded.fact for recorded in facts)
        ],
    )


def on_appointment_ended(conn: Connection, facts: Sequence[Recorded[AppointmentEnded]]) -> None:
    """The appointment counts until its last day."""
    ended = [{"appointment": r.fact.appointment, "last_on": r.fact.last_on} for r in facts]
    conn.execute(_END, ended)


def on_delegation_recorded(conn: Connection, facts: Sequence[Recorded[DelegationRecorded]]) -> None:
    """Remember who stands in for whom."""
    conn.execute(
        _INSERT_DELEGATION,
        [
            {
                "delegation": f.delegation,
                "delegator": f.delegator,
                "delegate": f.delegate,
                "from_on": f.from_on,
                "to_on": f.to_on,
            }
            for f in (recorded.fact for recorded in facts)
        ],
    )


def on_close_relative_filed(
    conn: Connection, facts: Sequence[Recorded[CloseRelativeFiled]]
) -> None:
    """Remember whom an officer must leave alone."""
    filed = (recorded.fact for recorded in facts)
    relatives = [{"officer": f.officer, "person": f.person, "kinship": f.kinship} for f in filed]
    write(conn, _INSERT_RELATIVE, relatives)


AUTHORITY_PROJECTIONS: dict[type, Any] = {
    UnitRegistered: on_unit_registered,
    OfficerAppointed: on_officer_appointed,
    AppointmentEnded: on_appointment_ended,
    DelegationRecorded: on_delegation_recorded,
    CloseRelativeFiled: on_close_relative_filed,
    PolicyPublished: on_policy_published,
}


def _dates(*names: str) -> list[sa.BindParameter[Any]]:
    return [sa.bindparam(name, type_=sa.Date) for name in names]


_INSERT_UNIT = sa.text(
    "INSERT INTO unit (unit, name, kind, from_on, to_on) "
    "VALUES (:unit, :name, :kind, :from_on, :to_on)"
).bindparams(*_dates("from_on", "to_on"))
_INSERT_APPOINTMENT = sa.text(
    "INSERT INTO appointment (appointment, officer, name, post, role, organisation, township, "
    "village, person, from_on, to_on) VALUES (:appointment, :officer, :name, :post, :role, "
    ":organisation, :township, :village, :person, :from_on, :to_on)"
).bindparams(*_dates("from_on", "to_on"))
_END = sa.text(
    "UPDATE appointment SET to_on = :last_on WHERE appointment = :appointment"
).bindparams(*_dates("last_on"))
_INSERT_DELEGATION = sa.text(
    "INSERT INTO delegation (delegation, delegator, delegate, from_on, to_on) "
    "VALUES (:delegation, :delegator, :delegate, :from_on, :to_on)"
).bindparams(*_dates("from_on", "to_on"))
_INSERT_RELATIVE = sa.text(
    "INSERT INTO close_relative (officer, person, kinship) VALUES (:officer, :person, :kinship) "
    "ON CONFLICT DO NOTHING"
)
