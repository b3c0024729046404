"""Tables of records declared once, with the words people read; sheets and lists derive from them.

A mapped class gives its columns words and limits with `column` and `Field`; a `Form` adds what a
class cannot say, and a `Book` is the workbook whose sheets are forms.
"""

from rukang.forms.checking import another_name
from rukang.forms.entering import RefusedEntryError, enter
from rukang.forms.entry import Checking, Entry, outside
from rukang.forms.field import Derived, Field, Imported, Reference, column, told
from rukang.forms.form import Book, Form
from rukang.forms.given import given_model, shown, shown_model
from rukang.forms.importing import FromWorkbook, Taken, plain_values, take_book
from rukang.forms.layouts import Across, Spans
from rukang.forms.rows import cells_of
from rukang.forms.workbook import write_blank, write_filled

__all__ = [
    "Across",
    "Book",
    "Checking",
    "Derived",
    "Entry",
    "Field",
    "Form",
    "FromWorkbook",
    "Imported",
    "Reference",
    "RefusedEntryError",
    "Spans",
    "Taken",
    "another_name",
    "cells_of",
    "column",
    "enter",
    "given_model",
    "outside",
    "plain_values",
    "shown",
    "shown_model",
    "take_book",
    "told",
    "write_blank",
    "write_filled",
]
