"""Writing a computed month: to a database and to Parquet, in parts, with progress."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import BigInteger, Column, MetaData, String, Table, create_engine

from payroll import Payroll

PART = 50_000
"""People written at once: memory stays that of one part."""

Progress = Callable[[int], None]


def to_parquet(payroll: Payroll, path: Path, progress: Progress = lambda _: None) -> None:
    """Write everybody's lines to a Parquet file, a row a person, amounts in fen."""
    schema = pa.schema([("id", pa.string()), *((line.code, pa.int64()) for line in payroll.lines)])
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, len(payroll), PART):
            part = slice(start, start + PART)
            columns = [payroll.people.ids[part], *(line.amounts[part] for line in payroll.lines)]
            writer.write_table(pa.table(dict(zip(schema.names, columns, strict=True)), schema))
            progress(min(start + PART, len(payroll)))


def to_database(payroll: Payroll, url: str, progress: Progress = lambda _: None) -> None:
    """Write everybody's lines to a table of a database, in one transaction."""
    codes = [line.code for line in payroll.lines]
    table = Table(
        "slip",
        MetaData(),
        Column("id", String, primary_key=True),
        *(Column(code, BigInteger) for code in codes),
    )
    engine = create_engine(url)
    table.metadata.create_all(engine)
    with engine.begin() as connection:
        for start in range(0, len(payroll), PART):
            part = slice(start, start + PART)
            columns = [payroll.people.ids[part], *(x.amounts[part].tolist() for x in payroll.lines)]
            names = ["id", *codes]
            connection.execute(
                table.insert(),
                [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)],
            )
            progress(min(start + PART, len(payroll)))
    engine.dispose()
