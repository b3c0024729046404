"""The floor every record stands on: tables, types, sealed numbers, audit trail."""
