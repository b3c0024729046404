"""Tables of records and acts on them, declared once with the words people read.

A mapped class gives its columns words and limits with `column` and `Field`; a `Form` adds what a
class cannot say, and a `Book` is the workbook whose sheets are forms. An `Act` is a verb on a
record, offered alike by API, page and command.
"""

from rukang.forms.act import Act, Done, Face, Given, Spoken, Target
from rukang.forms.asked import Asked, RefusedActError, asked, checked, read_text
from rukang.forms.checking import another_name
from rukang.forms.entering import RefusedEntryError, enter
from rukang.forms.entry import Checking, Entry, outside
from rukang.forms.field import Derived, Field, Imported, Reference, column, told
from rukang.forms.form import Book, Form, always
from rukang.forms.given import given_model, given_names, shown, shown_model
from rukang.forms.job import JOB
from rukang.forms.workbooks.importing import FromWorkbook, Taken, import_book, plain_values
from rukang.forms.workbooks.layouts import Across, Spans
from rukang.forms.workbooks.rows import cells_of
from rukang.forms.workbooks.workbook import write_blank, write_filled

__all__ = [
    "JOB",
    "Across",
    "Act",
    "Asked",
    "Book",
    "Checking",
    "Derived",
    "Done",
    "Entry",
    "Face",
    "Field",
    "Form",
    "FromWorkbook",
    "Given",
    "Imported",
    "Reference",
    "RefusedActError",
    "RefusedEntryError",
    "Spans",
    "Spoken",
    "Taken",
    "Target",
    "always",
    "another_name",
    "asked",
    "cells_of",
    "checked",
    "column",
    "enter",
    "given_model",
    "given_names",
    "import_book",
    "outside",
    "plain_values",
    "read_text",
    "shown",
    "shown_model",
    "told",
    "write_blank",
    "write_filled",
]
