"""The policy that stands at a site, read beside its writer; without a site, that of the packs."""

from pathlib import Path

import sqlalchemy as sa

from services.runtime.home import Home
from services.runtime.reading import reading
from shared.migration import SchemaNotCurrent
from shared.policy.layering import lay_over
from shared.policy.loader import load_policy
from shared.policy.model import Policy
from shared.policy_rows import Published


def policy_of_site(home: Home) -> Policy:
    """The packs, the site's own file, then what was published, where there is a site.

    Raises PolicyRefused, PolicyUnusable, SchemaNotCurrent.
    """
    policy = load_policy(home.policy)
    if not home.is_founded:
        return policy
    with reading(home, "gateway") as conn:
        if not sa.inspect(conn).has_table("policy_pack"):
            raise SchemaNotCurrent("gateway")
        return Published().over(policy, conn)


def with_file(policy: Policy, file: Path | None) -> Policy:
    """`policy` under one more file. Raises PolicyRefused, and OSError for one that isn't readable."""
    return policy if file is None else lay_over(policy, file.read_bytes(), file.name)
