"""The invented home of the demonstration: its people, contracts, days and score sheet.

Nobody here exists. Citizen IDs have the sequence digits 000, which no registry gives out; bank
accounts begin with 000000, which no bank has; organisations carry the letters EXAMPL in their code.
"""
