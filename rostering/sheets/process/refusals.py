"""Why a file is not read at all, in Chinese and English, by what ``parse.py`` and the guard say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Words = tuple[str, str]

WORDS: dict[str, Words] = {
    "missing": ("找不到文件；请检查路径和文件名", "no such file: check path and name"),
    "closed": (
        "无法打开：{part}；是否正在其他程序中打开？",
        "cannot be opened: {part}; is it open in another program?",
    ),
    "no_workbook": (
        "不是可读的 .xlsx 工作簿；其他格式请在表格软件中另存为 .xlsx",
        "not a readable .xlsx workbook; save other formats as .xlsx in a spreadsheet program",
    ),
    "old": (
        (
            "不是可读的 .xlsx 工作簿，而是旧版 .xls 或设了密码的文件；"
            "请在表格软件中去掉密码，另存为 .xlsx"
        ),
        (
            "not a readable .xlsx workbook but an old .xls, or one with a password: take the"
            " password away and save it as .xlsx"
        ),
    ),
    "password": (
        "工作簿设了密码；请去掉密码再保存",
        "the workbook has a password: take it away and save again",
    ),
    "damaged": (
        "不是可读的 .xlsx 工作簿：文件已损坏或不完整；请重新下载，或用表格软件打开后另存",
        (
            "not a readable .xlsx workbook, it is damaged or cut short: fetch it again, or open it"
            " in a spreadsheet program and save it anew"
        ),
    ),
    "order": (
        "文件已损坏：单元格 {found} 的位置不合次序；请用表格软件打开后另存",
        (
            "damaged: cell {found} stands out of order; open it in a spreadsheet program and save"
            " it anew"
        ),
    ),
    "strict": (
        "是“严格 Open XML”格式；请另存为普通的 .xlsx（Excel 工作簿）",
        "a Strict Open XML workbook: save it as an ordinary .xlsx",
    ),
    "entities": (
        "文件里有表格软件不会写的内容（实体定义），不予读取；请用表格软件打开后另存",
        "it defines entities, which no spreadsheet program writes: open it in one and save it anew",
    ),
    "seconds": (
        "读取超过时限，已停止；请删去用不到的工作表、格式和内容，或分成几个文件",
        (
            "reading took too long and was ended: delete sheets, formats and content nobody needs,"
            " or part the file"
        ),
    ),
    "memory": (
        "读取占用的内存超过上限，已停止；请删去用不到的工作表、格式和内容，或分成几个文件",
        (
            "reading took more memory than allowed and was ended: delete sheets, formats and"
            " content nobody needs, or part the file"
        ),
    ),
    "ended": (
        "读取中途失败（内存不够，或文件已损坏）；请用表格软件打开后另存，或分成几个文件",
        (
            "reading broke off (too little memory, or a damaged file): open it in a spreadsheet"
            " program and save it anew, or part it"
        ),
    ),
    "busy": (
        "正在读取其他文件，等候过久；请稍后再试",
        "other files are being read and the wait was too long: try again later",
    ),
    "gone": ("对方已断开，读取已停止", "whoever asked is gone, reading was ended"),
}

LIMIT: Words = (
    "文件太大：{zh} {found:,}，最多 {most:,}；请删去用不到的内容，或分成几个文件",
    "too large: {found:,} {en}, at most {most:,}; delete what nobody needs, or part the file",
)

NAMES: dict[str, Words] = {
    "file_bytes": ("文件字节数", "bytes"),
    "unpacked_bytes": ("解压后的字节数", "bytes unpacked"),
    "ratio": ("压缩倍数", "times its packed size"),
    "parts": ("内部文件数", "files inside"),
    "depth": ("元素嵌套层数", "levels of elements"),
    "sheets": ("工作表数", "sheets"),
    "rows": ("一张表的行数", "rows in a sheet"),
    "columns": ("一张表的列数", "columns in a sheet"),
    "cells": ("单元格数", "cells"),
    "width": ("各行宽度之和", "cells of width over all rows"),
    "text": ("一个单元格的字数", "characters in a cell"),
    "texts": ("全部字数", "characters"),
}


def refusal(answer: Mapping[str, Any]) -> Words:
    """Return in Chinese and English why a file is not read."""
    if answer["refused"] == "limit":
        zh, en = NAMES[answer["limit"]]
        sizes = {"found": answer["found"], "most": answer["most"]}
        return LIMIT[0].format(zh=zh, **sizes), LIMIT[1].format(en=en, **sizes)
    zh, en = WORDS[answer["refused"]]
    return zh.format(**answer), en.format(**answer)
