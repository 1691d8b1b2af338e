"""A policy file as plain mappings, lists and texts.

Every scalar stays the text that was written: YAML would make `no` a boolean, 010 eight and
7.0 a float, none of which a civil-affairs officer means.
"""

from typing import Any

import yaml

from shared.policy.faults import Faults


class _TextLoader(yaml.BaseLoader):
    """Builds only dict, list and str, and tells of keys written twice."""

    def __init__(self, text: str, source: str, faults: Faults) -> None:
        super().__init__(text)
        self._source, self._faults = source, faults

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """A short text could stand for a long one by naming a part again and again."""
        if self.check_event(yaml.AliasEvent):
            alias = self.get_event()  # type: ignore[no-untyped-call]
            where = f"{self._source} 第{alias.start_mark.line + 1}行"
            self._faults.add("ALIAS", where, "不能用 & 和 * 引用别处的内容，请照写一遍。")
            return yaml.ScalarNode("tag:yaml.org,2002:str", "")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                where = f"{self._source} 第{key.start_mark.line + 1}行"
                self._faults.add("DUPLICATE", where, f"“{key.value}”重复出现。")
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def read_document(content: bytes, source: str, faults: Faults) -> Any:
    """The file's content (dict, list or str); None, with a fault, if it is empty or no YAML."""
    try:
        found = _TextLoader(content.decode("utf-8"), source, faults).get_single_data()
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = source if line is None else f"{source} 第{line + 1}行"
        faults.add("NOT_YAML", where, "不是UTF-8编码的YAML文件，或缩进、标点有误。")
        return None
    if found is None:
        faults.add("BAD_SHAPE", source, "文件是空的。")
    return found
