"""Which officer an operator's command acts as."""

import sqlalchemy as sa

from services.runtime.running_site import RunningSite
from shared.clock import day_of
from shared.refusal import Denied
from shared.token import Unauthenticated, verify


class TokenNeeded(Denied):
    """Only a trial site lets its operator act without an officer's token."""

    code = "TOKEN_NEEDED"


class TokenRefused(Denied):
    """The token proves nothing."""

    code = "UNAUTHENTICATED"


class NoCaseOfficer(Denied):
    """Nobody holds a case officer's post in that township today."""

    code = "NO_CASE_OFFICER"


def officer_of_token(site: RunningSite, actor: str) -> str:
    """The officer whom the token names."""
    try:
        now = site.site.clock.now()
        return verify(actor, site.site.token_key, site.charter.code, now).officer
    except Unauthenticated as error:
        raise TokenRefused("登录凭证无效或已过期，请重新取得。") from error


def trial_officer(site: RunningSite, township: str) -> str:
    """On a trial site: the township's first case officer in office today."""
    if not site.charter.trial:
        raise TokenNeeded("正式站点必须使用经办人员的登录凭证（--token）。")
    with site.services["intake"].database.read() as conn:
        values = {"township": township, "today": day_of(site.site.clock.now())}
        officers = conn.execute(_CASE_OFFICERS, values).scalars().all()
    if not officers:
        raise NoCaseOfficer(f"{township} 今天没有在任的经办人员，请核对乡镇（街道）代码。")
    return str(officers[0])


_CASE_OFFICERS = sa.text(
    "SELECT officer FROM appointment WHERE township = :township AND role = 'CASE_OFFICER' "
    "AND from_on <= :today AND (to_on IS NULL OR to_on >= :today) "
    "ORDER BY officer"
).bindparams(sa.bindparam("today", type_=sa.Date))
