"""The lines a payslip can have, in the order they are printed, with their names and kinds."""

from payroll.lines.line import LineKind
from payroll.policy import Name

_ROWS = (
    ("monthly_wage", LineKind.EARNING, "月工资", "Monthly wage"),
    ("hourly_wage", LineKind.EARNING, "计时工资", "Pay by the hour"),
    ("piece_pay", LineKind.EARNING, "计件工资", "Piece pay"),
    ("overtime_workday", LineKind.EARNING, "工作日加班工资", "Overtime on workdays"),
    ("overtime_rest_day", LineKind.EARNING, "休息日加班工资", "Overtime on rest days"),
    ("overtime_holiday", LineKind.EARNING, "法定休假日加班工资", "Overtime on statutory holidays"),
    ("sick_pay", LineKind.EARNING, "病假工资", "Sick pay"),
    ("maternity_pay", LineKind.EARNING, "产假工资", "Pay during maternity leave"),
    ("allowances", LineKind.EARNING, "津贴补贴", "Allowances"),
    ("bonus", LineKind.EARNING, "奖金", "Bonus"),
    ("applicable_minimum", LineKind.INFO, "当月适用的最低工资", "Minimum wage for this month"),
    ("countable_wage", LineKind.INFO, "与最低工资比较的工资", "Wage that counts for the minimum"),
    ("minimum_top_up", LineKind.EARNING, "最低工资补足", "Top-up to the minimum wage"),
    ("arrears", LineKind.EARNING, "补发以前月份工资", "Pay of earlier months"),
    ("gross", LineKind.INFO, "应发合计", "Gross pay"),
    ("wage_total", LineKind.INFO, "工资总额", "Total wages"),
    ("contribution_base", LineKind.INFO, "缴费基数", "Contribution base"),
    ("pension_base", LineKind.INFO, "养老保险缴费基数", "Pension base"),
    ("medical_base", LineKind.INFO, "医疗保险缴费基数", "Medical base"),
    ("unemployment_base", LineKind.INFO, "失业保险缴费基数", "Unemployment base"),
    ("injury_base", LineKind.INFO, "工伤保险缴费基数", "Work-injury base"),
    ("maternity_base", LineKind.INFO, "生育保险缴费基数", "Maternity base"),
    ("pension_employee", LineKind.EMPLOYEE_SHARE, "养老保险（个人）", "Pension (employee)"),
    ("medical_employee", LineKind.EMPLOYEE_SHARE, "医疗保险（个人）", "Medical (employee)"),
    (
        "medical_employee_fixed",
        LineKind.EMPLOYEE_SHARE,
        "医疗保险固定金额（个人）",
        "Medical, fixed amount (employee)",
    ),
    (
        "unemployment_employee",
        LineKind.EMPLOYEE_SHARE,
        "失业保险（个人）",
        "Unemployment (employee)",
    ),
    ("maternity_employee", LineKind.EMPLOYEE_SHARE, "生育保险（个人）", "Maternity (employee)"),
    (
        "housing_fund_employee",
        LineKind.EMPLOYEE_SHARE,
        "住房公积金（个人）",
        "Housing fund (employee)",
    ),
    (
        "arrears_employee_share",
        LineKind.EMPLOYEE_SHARE,
        "补缴以前月份社会保险（个人）",
        "Insurance of earlier months (employee)",
    ),
    (
        "housing_fund_taxed_employee",
        LineKind.INFO,
        "住房公积金超过免税限额（个人）",
        "Housing fund above the exempt limit (employee)",
    ),
    (
        "housing_fund_taxed_employer",
        LineKind.INFO,
        "住房公积金超过免税限额（单位）",
        "Housing fund above the exempt limit (employer)",
    ),
    ("taxable_income", LineKind.INFO, "累计应纳税所得额", "Cumulative taxable income"),
    ("income_tax", LineKind.TAX, "个人所得税", "Income tax"),
    (
        "annual_bonus_tax",
        LineKind.TAX,
        "全年一次性奖金个人所得税",
        "Income tax on the annual bonus",
    ),
    ("deductions", LineKind.DEDUCTION, "其他扣款", "Other deductions"),
    ("advance_recovered", LineKind.DEDUCTION, "收回单位垫付", "Advance recovered"),
    (
        "arrears_deductions",
        LineKind.DEDUCTION,
        "以前月份扣款差额",
        "Deductions of earlier months",
    ),
    ("advance", LineKind.ADVANCE, "单位垫付", "Advance by the employer"),
    ("net", LineKind.NET, "实发", "Net pay"),
    ("pension_employer", LineKind.EMPLOYER_COST, "养老保险（单位）", "Pension (employer)"),
    (
        "medical_employer",
        LineKind.EMPLOYER_COST,
        "医疗保险含生育（单位）",
        "Medical with maternity (employer)",
    ),
    (
        "medical_employer_fixed",
        LineKind.EMPLOYER_COST,
        "医疗保险固定金额（单位）",
        "Medical, fixed amount (employer)",
    ),
    (
        "unemployment_employer",
        LineKind.EMPLOYER_COST,
        "失业保险（单位）",
        "Unemployment (employer)",
    ),
    ("injury_employer", LineKind.EMPLOYER_COST, "工伤保险（单位）", "Work injury (employer)"),
    (
        "housing_fund_employer",
        LineKind.EMPLOYER_COST,
        "住房公积金（单位）",
        "Housing fund (employer)",
    ),
    ("accident_insurance", LineKind.EMPLOYER_COST, "意外伤害保险（单位）", "Accident insurance"),
    (
        "arrears_employer_cost",
        LineKind.EMPLOYER_COST,
        "补缴以前月份社会保险（单位）",
        "Insurance of earlier months (employer)",
    ),
    ("employer_total", LineKind.INFO, "单位用工总成本", "Full cost to the employer"),
)

LATER = frozenset(
    {
        "bonus",
        "annual_bonus_tax",
        "housing_fund_taxed_employee",
        "housing_fund_taxed_employer",
        "arrears_deductions",
    }
)
"""Lines that months computed by older versions do not have: where they concern nobody, they are no
part of a month's digest, so that those months still verify."""

CATALOGUE = {code: (kind, Name(zh=zh, en=en)) for code, kind, zh, en in _ROWS}
"""Line code → kind and name, in printing order."""
