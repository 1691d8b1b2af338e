"""What an answer calls each kind of income and of expense."""

from shared.facts.words import ExpenseKind, IncomeKind

INCOMES = {
    IncomeKind.WAGE: "工资性收入",
    IncomeKind.BUSINESS: "经营收入",
    IncomeKind.PROPERTY: "财产收入",
    IncomeKind.SUPPORT: "赡养、抚养、扶养费",
    IncomeKind.SUPPORT_SIBLING_OR_ELDER: "兄弟姐妹或60周岁及以上老年人给付的供养费",
    IncomeKind.PENSION: "离退休金",
    IncomeKind.UNEMPLOYMENT_BENEFIT: "失业保险金",
    IncomeKind.SURVIVOR_BENEFIT: "遗属补助金",
    IncomeKind.COMPENSATION: "赔偿收入",
    IncomeKind.GIFT: "捐赠（赠送）收入",
    IncomeKind.INHERITANCE: "遗产收入",
    IncomeKind.BASIC_PENSION_CENTRAL: "中央基础养老金",
    IncomeKind.BASIC_PENSION_LOCAL: "地方加发基础养老金",
    IncomeKind.PENSION_ACCOUNT: "个人账户养老金",
    IncomeKind.OLD_AGE_ALLOWANCE: "高龄津贴",
    IncomeKind.DISABILITY_SUBSIDY: "残疾人两项补贴",
    IncomeKind.SOCIAL_ASSISTANCE: "社会救助款物",
    IncomeKind.PREFERENTIAL_COMPENSATION: "优待抚恤金",
    IncomeKind.BIRTH_PLANNING_AWARD: "计划生育奖励与扶助金",
    IncomeKind.SCHOLARSHIP: "奖学金",
    IncomeKind.BRAVERY_AWARD: "见义勇为等奖励性补助",
    IncomeKind.EXEMPT_LOCALLY: "市级以上规定不计入的收入",
    IncomeKind.NOTIONAL: "推算收入",
    IncomeKind.OTHER: "其他收入",
}
EXPENSES = {
    ExpenseKind.TAX: "税款",
    ExpenseKind.SOCIAL_INSURANCE: "社会保障支出",
    ExpenseKind.SUPPORT_PAID: "支付的赡养、抚养、扶养费",
    ExpenseKind.DISABILITY: "因残疾增加的刚性支出",
    ExpenseKind.ILLNESS: "因患重病增加的刚性支出",
}
