"""Which texts the code asks for: every `Message("key", name=...)`, read from the source."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

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
    keys.strings.update(text for text, _ in _strings(tree))
    if name in BORROWERS:
        return
    file = _File(tree)
    for node, scope in file.calls:
        if isinstance(node.func, ast.Name) and node.func.id == "Message" and node.args:
            _read_call(node, f"{name}:{node.lineno}", scope, file, keys)


def _read_call(
    call: ast.Call, where: str, scope: "Function | None", file: "_File", keys: Keys
) -> None:
    named = [keyword.arg for keyword in call.keywords]
    values = None if None in named else frozenset(name for name in named if name)
    literal, prefixes = file.key(call.args[0], scope)
    for key in literal - UNTRANSLATED:
        keys.uses.append(Use(key, where, values))
    keys.prefixes.update(prefixes)
    if not literal and not prefixes:
        keys.unclear.append(f"{where}: write the key here, or take it from a table of this file")


Function: TypeAlias = ast.FunctionDef | ast.Lambda
# Keys, and the beginnings of keys that the code puts together.
Found: TypeAlias = tuple[set[str], set[str]]


class _File:
    """One file's tree, as far as it takes to follow a key to where it is written."""

    def __init__(self, tree: ast.Module) -> None:
        self.calls: list[tuple[ast.Call, Function | None]] = []
        self.scopes: dict[ast.AST, Function | None] = {}
        self._walk(tree, None)
        self.tree = tree

    def _walk(self, node: ast.AST, scope: Function | None) -> None:
        self.scopes[node] = scope
        if isinstance(node, ast.Call):
            self.calls.append((node, scope))
        inner = node if isinstance(node, ast.FunctionDef | ast.Lambda) else scope
        for child in ast.iter_child_nodes(node):
            self._walk(child, inner)

    def key(self, node: ast.expr, scope: Function | None) -> Found:
        """The keys that an expression may be."""
        match node:
            case ast.Constant(value=str(key)):
                return {key}, set()
            case ast.IfExp(body=body, orelse=orelse):
                return _joined([self.key(body, scope), self.key(orelse, scope)])
            case ast.JoinedStr(values=[ast.Constant(value=str(prefix)), *_]):
                return set(), {prefix}
            case ast.Subscript(value=ast.Name(id=table)):
                return self._table(table, scope), set()
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=table), attr="get"), args=[_, *rest]
            ):
                return _joined(
                    [(self._table(table, scope), set()), *(self.key(a, scope) for a in rest)]
                )
            case ast.Name(id=name):
                return self._named(name, scope)
        return set(), set()

    def _named(self, name: str, scope: Function | None) -> Found:
        """Assigned in the function, taken out of a table in it, or handed to it within this file."""
        found: list[Found] = []
        for node, of in self.scopes.items():
            if of is not scope:
                continue
            match node:
                case ast.Assign(targets=[ast.Name(id=to)], value=value) if to == name:
                    found.append(self.key(value, scope))
                case ast.Assign(targets=[ast.Tuple() as to], value=value) if _has(to, name):
                    found.append((self._rows(value, scope), set()))
                case ast.For(target=to, iter=value) if _has(to, name):
                    found.append((self._rows(value, scope), set()))
                case ast.comprehension(target=to, iter=value) if _has(to, name):
                    found.append((self._rows(value, scope), set()))
        if isinstance(scope, ast.FunctionDef):
            place = [argument.arg for argument in scope.args.args]
            if name in place:
                found.extend(self._handed(scope.name, name, place.index(name)))
        return _joined(found)

    def _handed(self, function: str, name: str, place: int) -> Iterator[Found]:
        for call, scope in self.calls:
            if isinstance(call.func, ast.Name) and call.func.id == function:
                given = [keyword.value for keyword in call.keywords if keyword.arg == name]
                yield from (
                    self.key(value, scope) for value in (*given, *call.args[place : place + 1])
                )

    def _rows(self, node: ast.expr, scope: Function | None) -> set[str]:
        """The texts of the table that `node` goes through."""
        names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
        own = {text for text, is_key in _strings(node) if not is_key}
        return own.union(*(self._table(name, scope) for name in names))

    def _table(self, name: str, scope: Function | None) -> set[str]:
        """The texts in a table of this function or file, but for those that it is looked up by."""
        found: set[str] = set()
        for node, of in self.scopes.items():
            if of is not None and of is not scope:
                continue
            match node:
                case ast.Assign(targets=[ast.Name(id=to)], value=ast.expr() as value) if to == name:
                    found |= {text for text, is_key in _strings(value) if not is_key}
                case ast.AnnAssign(target=ast.Name(id=to), value=ast.expr() as value) if to == name:
                    found |= {text for text, is_key in _strings(value) if not is_key}
        return found


def _joined(found: Iterable[Found]) -> Found:
    keys: set[str] = set()
    prefixes: set[str] = set()
    for some, beginnings in found:
        keys |= some
        prefixes |= beginnings
    return keys, prefixes


def _has(target: ast.AST, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(target))


def _strings(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Every text, and whether it is what a dictionary is looked up by."""
    looked_up = {
        key for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys if key
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node in looked_up
