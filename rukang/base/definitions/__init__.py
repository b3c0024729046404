"""Definitions that people write in YAML: read with the place of everything, faults told in words.

Editions of criteria and courses are such definitions. Nothing here trusts who wrote the file.
"""

from rukang.base.definitions.document import (
    MOST_CHARACTERS,
    Document,
    DocumentError,
    Fault,
    Remark,
    Where,
    read_document,
)
from rukang.base.definitions.faults import faults_of, in_file_order, misfit, nearest
from rukang.base.words import Strict, Text

__all__ = [
    "MOST_CHARACTERS",
    "Document",
    "DocumentError",
    "Fault",
    "Remark",
    "Strict",
    "Text",
    "Where",
    "faults_of",
    "in_file_order",
    "misfit",
    "nearest",
    "read_document",
]
