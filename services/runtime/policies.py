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
from shared.refusal import Refusal


class FileUnread(Refusal):
    """There is no such policy file, or it can't be read."""

    code = "FILE_UNREADABLE"


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
    """`policy` under one more file. Raises PolicyRefused, FileUnread."""
    if file is None:
        return policy
    try:
        content = file.read_bytes()
    except OSError as error:
        raise FileUnread(f"读不到政策文件“{file}”，请检查是否存在、有无权限。") from error
    return lay_over(policy, content, file.name)
