"""Reasons in the words of a written notice, each with its article."""

REASONS = {
    "INCOME_NOT_BELOW_STANDARD": "家庭月人均收入不低于当地最低生活保障标准（649号令第九条）",
    "NOBODY_COUNTS": "没有可以计入的共同生活家庭成员（最低生活保障审核确认办法第七条）",
    "PROPERTY_ABOVE_LIMIT": "家庭财产状况不符合当地规定（649号令第九条）",
    "LIQUID_ASSETS_ABOVE_LIMIT": "家庭货币财产超过当地规定的限额（649号令第九条）",
    "HOMES_ABOVE_LIMIT": "家庭住房超过当地规定的套数（649号令第九条）",
    "VEHICLE_OWNED": "家庭拥有不属于豁免范围的机动车辆或船舶（649号令第九条）",
    "COMPANY_REGISTERED": "家庭成员有市场主体登记（649号令第九条）",
    "APPLICANT_EXCLUDED": "申请人不计入共同生活的家庭成员（最低生活保障审核确认办法第四条、第七条）",
    "WHOLE_FAMILY": "家庭符合条件的应当整户申请，不能只纳入个别成员（民政部等2022年10月20日通知一（一））",
    "NOT_ALONE": "不属于可以单独提出申请的情形（最低生活保障审核确认办法第八条）",
    "REFUSED_VISIT": "无正当理由拒绝入户调查（最低生活保障审核确认办法第二十九条）",
    "REFUSED_VERIFICATION": "无正当理由拒绝配合信息核对（最低生活保障审核确认办法第二十九条）",
    "WITHHELD_MATERIAL": "无正当理由拒不提供所需材料（最低生活保障审核确认办法第二十九条）",
    "UNREACHABLE": "经多次联系无法取得配合（最低生活保障审核确认办法第二十九条）",
}
"""Code → sentence. Codes of refusals first, then of want of cooperation (57号 Art 29)."""
