"""Every statement is well-formed for both databases, is used, and is given what it declares."""

import ast
from pathlib import Path

import pytest

from bot.store.dialects import POSTGRES, SQLITE
from bot.store.kept import KEPT, SHARED, TENANT_TABLES
from bot.store.statements import load, parameters
from tests.store.filling import TABLES

STORE = Path(__file__).parents[2] / "bot" / "store"
CALLS = {"_all", "_one", "_count", "_counts"}


def calls() -> list[tuple[str, str, int | None]]:
    """Each call of a statement: where, its name, and how many values it gives (None where that is not to be seen)."""
    found = []
    for file in STORE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in CALLS
            ):
                continue
            name, *values = node.args
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                plain = node.func.attr != "_counts" and not any(isinstance(v, ast.Starred) for v in values)
                found.append((f"{file.name}:{node.lineno}", name.value, len(values) if plain else None))
    return found


def test_every_statement_is_used_and_every_used_one_is_there() -> None:
    used = {name for _, name, _ in calls()}
    used |= {f"{verb}_{kept.name}" for kept in (*KEPT, *SHARED) for verb in ("show", "count")}
    used |= {f"delete_{kept.name}" for kept in KEPT}
    used |= {f"empty_{table}" for table in TENANT_TABLES}
    assert used == set(load(SQLITE))


def test_every_table_but_that_of_instances_belongs_to_workspaces_and_is_emptied_with_one() -> None:
    assert sorted(TENANT_TABLES) == sorted({*TABLES} - {"instance"})


def test_every_call_gives_as_many_values_as_its_statement_declares() -> None:
    wrong = [
        f"{where} {name}"
        for where, name, given in calls()
        if given is not None and given != len(parameters(name))
    ]
    assert wrong == []


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRES], ids=lambda dialect: dialect.name)
def test_no_word_is_left_unfilled(dialect: object) -> None:
    texts = load(dialect)  # type: ignore[arg-type]
    assert [name for name, sql in texts.items() if "{" in sql or ":" in sql.replace("::", "")] == []


def test_both_databases_have_the_same_statements_with_their_own_placeholders() -> None:
    ours, theirs = load(SQLITE), load(POSTGRES)
    assert set(ours) == set(theirs)
    assert "workspace = ?1 AND id = ?2" in ours["answer_by_id"]
    assert "workspace = $1 AND id = $2" in theirs["answer_by_id"]


@pytest.mark.parametrize("name", ["due_schedules", "pending"])
def test_rows_that_are_being_claimed_are_locked_on_postgresql_only(name: str) -> None:
    assert "FOR UPDATE SKIP LOCKED" in load(POSTGRES)[name]
    assert "FOR UPDATE" not in load(SQLITE)[name]
