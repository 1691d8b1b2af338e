"""Applications at the counter: by whom the household authorised, its village, or alone (57号 Art 6, 8)."""

from typing import Any

from services.demo.cast import Cast, Player, category_of
from services.demo.identifiers import MEMBERS_MAX, birth_and_id
from services.demo.names import Sex, drawn_name
from services.demo.scene import Scene
from services.demo.shapes import Relation
from services.demo.stage import Stage
from services.demo.turn import Turn

_RELATIONS = {
    Relation.SON: "CHILD",
    Relation.DAUGHTER: "CHILD",
    Relation.FATHER: "PARENT",
    Relation.MOTHER: "PARENT",
    Relation.GRANDSON: "GRANDCHILD",
    Relation.GRANDDAUGHTER: "GRANDCHILD",
    Relation.DAUGHTER_IN_LAW: "CHILD_IN_LAW",
}

ALONE: dict[str, Any] = {
    "applies": "ALONE",
    "alone_ground": "ALONE_VERGE_SEVERE_DISABILITY",
    "conditions": ["DISABILITY"],
    "condition_proof": True,
}


def apply_at_counter(stage: Stage, cast: Cast, player: Player) -> str:
    """Everything is brought at once, authorisation or proof with it; the case it became."""
    home = player.home
    staff = cast.staff.townships[home.township]
    scene = Scene(stage, staff, cast.staff.district, player, "", home.applied_on)
    answer = stage.do(
        staff.case_officers[0],
        "submit_application",
        (player.number,),
        township=home.township,
        village=home.village.name,
        programme="SUBSISTENCE_ALLOWANCE",
        category=category_of(home),
        members=[
            {"name": one.name, "relation": _relation(one.relation), "resident_id": one.resident_id}
            for one in home.members
        ],
        applied_on=home.applied_on.isoformat(),
        source="COUNTER",
        signed_authorisation=True,
        honesty_statement=True,
        monthly_income_fen=home.monthly_income_fen,
        property_fen=home.assets.deposits_fen,
        account={
            "holder_name": home.head.name,
            "holder_resident_id": home.head.resident_id,
            "bank": home.bank.name,
            "account": home.account,
        },
        phone=home.phone,
        **(ALONE if player.fate.turn is Turn.ALONE else {"proxy": _proxy(scene)}),
    )
    return (answer.stream or "").removeprefix("application/")


def _relation(relation: Relation) -> str:
    return _RELATIONS.get(relation, relation.value)


def _proxy(scene: Scene) -> dict[str, Any]:
    by_village = scene.player.fate.turn is Turn.VILLAGE_APPLIES
    home, own = scene.player.home, scene.stage.choices.within("proxy", scene.player.number)
    told = {
        "kind": "VILLAGE_COMMITTEE" if by_village else "OTHER_PERSON",
        "name": f"{home.village.name}委员会" if by_village else drawn_name(own, Sex.MALE),
        "authorised_on": home.applied_on.isoformat(),
        "authorisation_sha256": scene.file("PAPER")["sha256"],
    }
    return told if by_village else told | {"resident_id": _number(scene)}


def _number(scene: Scene) -> str:
    """The number of a neighbour: the place of a member that no household has."""
    choices, on = scene.stage.choices, scene.on
    place = MEMBERS_MAX - 1
    return birth_and_id(choices, scene.player.number, place, sex=Sex.MALE, age=45, on=on)[1]
