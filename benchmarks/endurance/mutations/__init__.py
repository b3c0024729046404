"""Ways in which a workbook goes wrong: by a slip, by a bad download, or on purpose.

A mutation takes the parts of a sound workbook and returns the bytes of a changed one. It changes
the XML itself, so that it reaches what no library would write, and is quick.

Files are drawn by the place of a mutation in the catalogue: a new one goes to the end.
"""

from __future__ import annotations

from functools import partial

from benchmarks.endurance.mutations import archive, bombs, cells, inside, places, tables
from benchmarks.endurance.mutations.parts import Edit, Mutation, edited, unpacked

__all__ = ["MUTATIONS", "unpacked"]


def _nothing(*_: object) -> None:
    """Leave the workbook sound, for comparison."""


EDITS: dict[str, Edit] = {
    "nothing": _nothing,
    "cell type": cells.cell_type,
    "cell deleted": cells.deleted_cell,
    "row deleted": tables.deleted_row,
    "row repeated": tables.duplicated_row,
    "row twice at its place": tables.doubled_row,
    "rows shuffled": tables.shuffled_rows,
    "Unicode": cells.unicode,
    "number": partial(cells.value, cells.NUMBERS),
    "long text": cells.long_text,
    "day": cells.day,
    "days of 1904": cells.system_of_1904,
    "formula": cells.formula,
    "merged cells": tables.merged,
    "column missing": tables.missing_column,
    "columns swapped": tables.swapped_columns,
    "header renamed": tables.renamed_header,
    "header row missing": tables.no_header_row,
    "sheets shuffled": tables.shuffled_sheets,
    "sheet missing": tables.missing_sheet,
    "sheet renamed": tables.renamed_sheet,
    "stray cell below": places.stray,
    "stray cell beside": places.stray_beside,
    "dimensions": places.dimensions,
    "coordinates": places.coordinates,
    "shared strings": inside.shared_strings,
    "styles": inside.styles,
    "relations": inside.relations,
    "content types": inside.content_types,
    "part missing": inside.missing_part,
    "part cut": inside.cut_part,
    "part strange": inside.strange_part,
    "zip bomb": bombs.zip_bomb,
    "blanks": bombs.padded,
    "billion laughs": bombs.laughs,
    "external entity": bombs.external_entity,
    "many sheets": bombs.many_sheets,
    "many parts": bombs.many_parts,
    "deep elements": bombs.deep,
    "huge shared strings": bombs.huge_strings,
    "many cells": bombs.many_cells,
    "many merged areas": bombs.many_merges,
    "wide rows": bombs.wide_rows,
}

MUTATIONS: dict[str, Mutation] = {
    **{name: edited(edit) for name, edit in EDITS.items()},
    "cut short": archive.truncated,
    "bits flipped": archive.flipped,
    "checksum": archive.wrong_checksum,
    "zip version": archive.zip_version,
    "zip flags": archive.zip_flags,
    "zip method": archive.zip_method,
    "zip sizes and zip64": archive.zip_sizes,
    "part twice": archive.doubled_part,
    "no workbook": archive.no_workbook,
}
"""By name, as the table shows them."""
