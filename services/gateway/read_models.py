"""The gateway's tables: its own log, and the authority's rows that every house keeps."""

import sqlalchemy as sa

from shared.tables import service_tables

METADATA = sa.MetaData()
service_tables(METADATA)

READ_MODELS = tuple(
    METADATA.tables[name]
    for name in ("unit", "appointment", "delegation", "close_relative", "policy_pack")
)
