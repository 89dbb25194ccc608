"""The conversation as a drawing: which state leads where, on what. Read from the handlers' source."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator
from types import FunctionType, MethodType
from typing import TypeAlias

from flows.handlers import Handler, Trigger
from flows.machine import Machine

Function: TypeAlias = Callable[..., object]

# Ways of a Visit that lead to the state named by their first argument, and those that lead home.
LEADING = frozenset({"go", "swap", "restart"})
HOMING = frozenset({"home", "end"})

PACKAGE = "flows."
MOST_LABELS = 5


def mermaid(machine: Machine) -> str:
    """A Mermaid state diagram of `machine`. What works in every state leaves from "anywhere"; what
    many handlers pass through is drawn as a point of its own."""
    lines = ["stateDiagram-v2", f"    [*] --> {_id(machine.home)}"]
    lines += [f'    state "{name}" as {_id(name)}' for name in sorted(machine.states)]
    junctions: dict[str, Function] = {}
    edges: list[str] = []
    for name in sorted(machine.states):
        edges += _edges(name, machine.states[name].handlers.items(), machine, junctions)
    edges += _edges("anywhere", machine.everywhere.items(), machine, junctions)
    for name, function in sorted(junctions.items()):
        lines.append(f'    state "{name}" as {_id(name)}')
        edges += [
            f"    {_id(name)} --> {_id(target)}"
            for target in sorted(_reached(function, machine, {}))
        ]
    return "\n".join(lines + edges) + "\n"


def label(trigger: Trigger) -> str:
    """A trigger as the drawing names it: an option's or intent's own name, a kind of input's class."""
    return trigger.__name__ if isinstance(trigger, type) else str(trigger)


def _edges(
    name: str,
    handlers: Iterable[tuple[Trigger, Handler]],
    machine: Machine,
    junctions: dict[str, Function],
) -> list[str]:
    labels: dict[str, set[str]] = {}
    for trigger, handler in handlers:
        for target in _reached(handler, machine, junctions):
            labels.setdefault(target, set()).add(label(trigger))
    return [
        f"    {_id(name)} --> {_id(target)}: {_listed(words)}"
        for target, words in sorted(labels.items())
    ]


def _listed(words: set[str]) -> str:
    shown = sorted(words)[:MOST_LABELS]
    rest = len(words) - len(shown)
    return ", ".join(shown) + (f" +{rest}" if rest else "")


def _reached(start: Function, machine: Machine, junctions: dict[str, Function]) -> set[str]:
    """States and junctions to which a handler can lead, by itself or through what it calls."""
    found: set[str] = set()
    seen: set[object] = set()
    waiting = [start]
    while waiting:
        function = waiting.pop()
        code = getattr(function, "__func__", function)
        if code in seen:
            continue
        seen.add(code)
        passed = getattr(code, "junction", None)
        if passed is not None and function is not start:
            junctions[passed] = function
            found.add(passed)
            continue
        for call in _calls(function):
            found |= _states(call, machine.home) & machine.states.keys()
            waiting += _called(call, function)
    return found


def _calls(function: Function) -> Iterator[ast.Call]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _states(call: ast.Call, home: str) -> set[str]:
    if not isinstance(call.func, ast.Attribute):
        return set()
    if call.func.attr in LEADING and call.args:
        return _named(call)
    # "visit.home()", but not "visit.place.leave()" or the like.
    return {home} if call.func.attr in HOMING and isinstance(call.func.value, ast.Name) else set()


def _named(call: ast.Call) -> set[str]:
    return {
        node.value
        for node in ast.walk(call.args[0])
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _called(call: ast.Call, function: Function) -> Iterator[Function]:
    """The function of the flows that this calls: by its name, or as a method of the same state."""
    called: object = None
    if isinstance(call.func, ast.Name):
        code = getattr(function, "__func__", function)
        called = getattr(code, "__globals__", {}).get(call.func.id)
    elif isinstance(function, MethodType) and isinstance(call.func, ast.Attribute):
        owner = call.func.value
        if isinstance(owner, ast.Name) and owner.id == "self":
            called = getattr(function.__self__, call.func.attr, None)
    if isinstance(called, FunctionType | MethodType) and called.__module__.startswith(PACKAGE):
        yield called


def _id(name: str) -> str:
    # A hyphen or a space would end the name of a state.
    return name.replace("-", "_").replace(" ", "_")
