"""YAML as the policy files need it: exact decimals, plain dates, no key twice."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from payroll.policy.parameter import Name


class PolicyFileError(ValueError):
    """A policy file that cannot be used, with the file and every reason.

    ``file`` is the user's own file if it is one of those. ``told`` is what is wrong in Chinese and
    English without what stands in the file, for whoever may not read it.
    """

    file: Path | None = None
    told: tuple[str, str] | None = None

    @classmethod
    def of(cls, path: Path, problem: ValidationError) -> "PolicyFileError":
        """Name the file, and each wrong key or value on a line of its own."""
        reasons = (
            f"  {'.'.join(str(part) for part in error['loc'])}: {error['msg']}"
            for error in problem.errors()
        )
        return cls(f"{path} 不能使用 / cannot be used:\n" + "\n".join(reasons))

    @classmethod
    def saying(cls, zh: str, en: str, path: Path | None = None) -> "PolicyFileError":
        """Return a refusal in words for everybody, and with its path for who may read it."""
        words = Name(zh=zh, en=en)
        error = cls(str(words) if path is None else f"{path}：{words}")
        error.told = zh, en
        return error


class _ExactLoader(yaml.SafeLoader):
    """Reads 0.003 as an exact decimal and leaves dates to the models."""


def lines_of(path: Path, key: str) -> list[dict[str, int]]:
    """Return the lines, from 1, of each entry of a list in a YAML file, by the entry's keys.

    An entry itself begins on the line under ``""``.
    """
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_ExactLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    entries: list[yaml.Node] = next((node.value for name, node in pairs if name.value == key), [])
    return [
        {"": entry.start_mark.line + 1}
        | {name.value: value.start_mark.line + 1 for name, value in entry.value}
        for entry in entries
        if isinstance(entry, yaml.MappingNode)
    ]


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    if twice := {str(key) for key in keys if keys.count(key) > 1}:
        line = node.start_mark.line + 1
        keys_twice = ", ".join(sorted(twice))
        raise PolicyFileError.saying(
            f"第 {line} 行起的条目里重复的键：{keys_twice}",
            f"the entry from line {line} gives a key twice: {keys_twice}",
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
        When the file is not there, is not YAML or gives a key twice; the message names the file
        and line.
    """
    if not path.is_file():
        zh, en = "找不到文件，请核对路径", "there is no such file; check the path"
        raise PolicyFileError.saying(zh, en, path)
    try:
        return _ExactLoader(path.read_text(encoding="utf-8")).get_single_data()
    except (yaml.YAMLError, PolicyFileError) as problem:
        raise PolicyFileError(f"{path}：{problem}") from problem
    except UnicodeDecodeError as problem:
        line = problem.object.count(b"\n", 0, problem.start) + 1
        zh, en = f"第 {line} 行不是 UTF-8 文本", f"line {line} is no UTF-8 text"
        raise PolicyFileError.saying(zh, en, path) from problem
    except OSError as problem:
        en = f"cannot be read: {problem.strerror}"
        raise PolicyFileError.saying("读不了", en, path) from problem
