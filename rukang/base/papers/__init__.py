"""Shared means of writing documents: Chinese type in PDF, workbooks, printable pages."""

from rostering.lazily import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
