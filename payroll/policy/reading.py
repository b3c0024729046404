"""YAML as the policy files need it: exact decimals, plain dates, no key twice."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError


class PolicyFileError(ValueError):
    """A policy file that cannot be used, with the file and every reason."""

    @classmethod
    def of(cls, path: Path, problem: ValidationError) -> "PolicyFileError":
        """Name the file, and each wrong key or value on a line of its own."""
        reasons = (
            f"  {'.'.join(str(part) for part in error['loc'])}: {error['msg']}"
            for error in problem.errors()
        )
        return cls(f"{path} 不能使用 / cannot be used:\n" + "\n".join(reasons))


class _ExactLoader(yaml.SafeLoader):
    """Reads 0.003 as an exact decimal and leaves dates to the models."""


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    if twice := {str(key) for key in keys if keys.count(key) > 1}:
        line = node.start_mark.line + 1
        raise PolicyFileError(
            f"第 {line} 行起的条目里重复的键：{', '.join(sorted(twice))} / key given twice"
        )
    return loader.construct_mapping(node, deep=True)


_ExactLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_ExactLoader.add_constructor("tag:yaml.org,2002:float", _decimal)
_ExactLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path) -> Any:
    """Return the content of a YAML file.

    Raises
    ------
    PolicyFileError
        When the file is not YAML or gives a key twice; the message names the file and line.
    """
    try:
        return _ExactLoader(path.read_text(encoding="utf-8")).get_single_data()
    except (yaml.YAMLError, PolicyFileError) as problem:
        raise PolicyFileError(f"{path}：{problem}") from problem
