"""Stages, reasons and parts in words for people."""

from __future__ import annotations

from rukang.base.definitions import Text
from rukang.stars.inspections.records import Part, Reason, Stage

STAGES = {
    Stage.OPENED: Text(zh="已开始", en="opened"),
    Stage.SELF_REPORTED: Text(zh="已自评", en="self-reported"),
    Stage.DESK_CHECKED: Text(zh="材料已审", en="desk-checked"),
    Stage.PLANNED: Text(zh="已排定上门", en="visit planned"),
    Stage.VISITED: Text(zh="已上门", en="visited"),
    Stage.MODERATED: Text(zh="已合议", en="moderated"),
    Stage.PROPOSED: Text(zh="公示中", en="proposed"),
    Stage.PUBLISHED: Text(zh="已公布", en="published"),
    Stage.WITHDRAWN: Text(zh="已撤回", en="withdrawn"),
}
REASONS = {
    Reason.APPLICATION: Text(zh="机构申请", en="application"),
    Reason.DUE: Text(zh="到期复评", en="due again"),
    Reason.REVISIT: Text(zh="整改复查", en="revisit"),
    Reason.REVIEW: Text(zh="动态管理复核", en="review"),
}
PARTS = {
    Part.SELF: Text(zh="自评", en="self-report"),
    Part.FIRST: Text(zh="第一评定员", en="first inspector"),
    Part.SECOND: Text(zh="第二评定员", en="second inspector"),
    Part.THIRD: Text(zh="第三评定员", en="third inspector"),
    Part.FIRST_LEFT: Text(zh="原第一评定员（已换人）", en="first inspector before (replaced)"),
    Part.SECOND_LEFT: Text(zh="原第二评定员（已换人）", en="second inspector before (replaced)"),
    Part.THIRD_LEFT: Text(zh="原第三评定员（已换人）", en="third inspector before (replaced)"),
}
