"""Which texts the code asks for: every `Message("key", name=...)`, read from the source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PACKAGES = ("bot", "channels", "flows", "intents", "payments", "store")
# Words that are nobody's to translate; the renderer takes them as they are.
UNTRANSLATED = frozenset({"verbatim"})
# These hold Messages of others, and never name a key themselves.
BORROWERS = frozenset({"flows/message.py"})


@dataclass(frozen=True, slots=True)
class Use:
    """A place that asks for a text. `values` None: they are not known before the code runs."""

    key: str
    where: str
    values: frozenset[str] | None


@dataclass(slots=True)
class Keys:
    """`prefixes` are the beginnings of keys that are put together ("failure-"); `strings` are all
    other texts of the code, among which the keys of tables are; `unclear` are faults."""

    uses: list[Use] = field(default_factory=list)
    prefixes: set[str] = field(default_factory=set)
    strings: set[str] = field(default_factory=set)
    unclear: list[str] = field(default_factory=list)

    def names(self, key: str) -> bool:
        """Whether some code may ask for `key`."""
        return (
            key in self.strings
            or any(use.key == key for use in self.uses)
            or any(key.startswith(prefix) for prefix in self.prefixes)
        )


def read_keys(root: Path) -> Keys:
    """The keys that all packages under `root` use."""
    keys = Keys()
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            _read_file(path, path.relative_to(root).as_posix(), keys)
    return keys


def _read_file(path: Path, name: str, keys: Keys) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=name)
    keys.strings.update(_strings(tree))
    if name in BORROWERS:
        return
    tables = dict(_tables(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_message(node.func) and node.args:
            where = f"{name}:{node.lineno}"
            _read_call(node, where, tables, keys)


def _read_call(call: ast.Call, where: str, tables: dict[str, set[str]], keys: Keys) -> None:
    named = [keyword.arg for keyword in call.keywords]
    values = None if None in named else frozenset(name for name in named if name)
    literal, prefix = _key(call.args[0], tables)
    for key in literal - UNTRANSLATED:
        keys.uses.append(Use(key, where, values))
    if prefix is not None:
        keys.prefixes.add(prefix)
    elif not literal:
        keys.unclear.append(f"{where}: write the key here, or take it from a table of this file")


def _key(node: ast.expr, tables: dict[str, set[str]]) -> tuple[set[str], str | None]:
    """The keys that an expression may be, or the beginning of those that it builds."""
    match node:
        case ast.Constant(value=str(key)):
            return {key}, None
        case ast.IfExp(body=body, orelse=orelse):
            first, second = _key(body, tables), _key(orelse, tables)
            return first[0] | second[0], first[1] or second[1]
        case ast.JoinedStr(values=[ast.Constant(value=str(prefix)), *_]):
            return set(), prefix
        case ast.Subscript(value=ast.Name(id=table)):
            return tables.get(table, set()), None
        case ast.Call(func=ast.Attribute(value=ast.Name(id=table), attr="get"), args=[_, *rest]):
            spare = {arg.value for arg in rest if isinstance(arg, ast.Constant) and arg.value}
            return tables.get(table, set()) | {key for key in spare if isinstance(key, str)}, None
    return set(), None


def _is_message(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id == "Message"


def _strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _tables(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """Module-level mappings, with the texts that are their values."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict(values=values)):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict(values=values)):
                pass
            case _:
                continue
        found = {v.value for v in values if isinstance(v, ast.Constant)}
        yield name, {text for text in found if isinstance(text, str)}
