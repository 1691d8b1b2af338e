"""What facts and programmes are called in Chinese, for whoever reads the record."""

PROGRAMMES = {"SUBSISTENCE_ALLOWANCE": "最低生活保障"}

FACTS = {
    "door.command_refused": "操作被拒绝",
    "gateway.unit_registered": "登记单位",
    "gateway.officer_appointed": "任职",
    "gateway.appointment_ended": "离任",
    "gateway.delegation_recorded": "委托代行职责",
    "gateway.close_relative_filed": "近亲属备案",
    "intake.application_submitted": "提交申请",
    "intake.supplement_requested": "一次性告知补正",
    "intake.materials_supplemented": "补正材料",
    "intake.application_accepted": "受理",
    "intake.application_not_accepted": "不予受理",
    "intake.application_withdrawn": "撤回申请",
    "intake.application_decided": "申请办结",
    "review.case_opened": "进入审核",
    "review.household_visited": "入户调查",
    "review.verification_requested": "提请信息核对",
    "review.verification_reported": "信息核对报告",
    "review.preliminary_opinion_given": "初审意见",
    "review.public_notice_posted": "张贴公示",
    "review.objection_raised": "提出异议",
    "review.objection_answered": "答复异议",
    "review.public_notice_closed": "公示结束",
    "review.eligibility_confirmed": "审核确认",
    "review.eligibility_declined": "不予确认",
    "review.written_notice_served": "送达书面告知",
    "review.case_closed": "终止审核",
    "review.allowance_terminated": "停发",
    "payments.entitlement_opened": "列入发放",
    "payments.entitlement_ended": "停止发放",
    "payments.payee_corrected": "更正收款账户",
    "payments.roster_drawn": "生成花名册",
    "payments.roster_submitted": "上报花名册",
    "payments.roster_returned": "退回花名册",
    "payments.roster_approved": "审核通过花名册",
    "payments.funds_requested": "申请资金",
    "payments.funds_released": "拨付资金",
    "payments.line_drawn": "列入花名册",
    "payments.line_withdrawn": "移出花名册",
    "payments.payment_instructed": "提交银行发放",
    "payments.payment_settled": "发放到账",
    "payments.payment_returned": "退票",
    "payments.batch_made": "生成发放批次",
    "payments.bank_file_written": "生成银行代发文件",
    "payments.bank_result_taken": "接收银行回盘",
    "payments.bank_line_refused": "银行回盘行未采用",
    "reporting.monthly_table_frozen": "月报定表",
}


def fact_title(name: str) -> str:
    """The Chinese title; a fact newer than this program goes by its own name."""
    return FACTS.get(name, name)
