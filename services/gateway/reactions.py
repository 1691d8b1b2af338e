"""REACTIONS: the gateway is followed and follows nobody."""

from shared.carrying.reaction import Reaction

REACTIONS: tuple[Reaction, ...] = ()
