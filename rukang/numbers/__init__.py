"""Numbers on certificates and accounts, one module each, in the manner of python-stdnum.

Every module offers `compact`, `validate`, `is_valid` and `format`, and `mask` where the number
belongs to a person. `validate` returns the compact number or raises one of python-stdnum's
exceptions with a Chinese and an English sentence, which never repeats the number in full.
"""

from rukang.numbers import bank_account, citizen_id, disability_certificate, division, uscc

__all__ = ["bank_account", "citizen_id", "disability_certificate", "division", "uscc"]
