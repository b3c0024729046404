"""The JSON schema of the policy files, for editors and for other programs.

``schema.json`` beside this module is written by ``python -m payroll.policy.schema`` from the very
models that read the files, so that the two cannot disagree; a test holds them equal.
"""

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from payroll.policy.local import LocalFile
from payroll.policy.parameter import ParameterFile

SCHEMA = Path(__file__).with_name("schema.json")


def schema() -> dict[str, Any]:
    """Return the schema: a document is a parameter file or a user's local file."""
    kinds = (ParameterFile, LocalFile)
    _, definitions = models_json_schema([(kind, "validation") for kind in kinds])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rukang payroll policy files",
        "oneOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in kinds],
        **definitions,
    }


def text() -> str:
    """Return the schema as it is written to the file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(text(), encoding="utf-8")
