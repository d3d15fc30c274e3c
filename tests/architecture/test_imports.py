"""Imports point one way, providers stay in channels/, Slack in desk/, AWS in store/ and runtime/, keys in store/."""

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from deploy.artefacts import FUNCTIONS as SPINE

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "layers/mostrador/mostrador"

# A place may import itself and what stands below it. The places of one line do not import one another.
STOREYS: tuple[frozenset[str], ...] = (
    frozenset({"domain"}),
    frozenset({"policy"}),
    frozenset({"channels", "shop", "selfservice", "desk", "pages", "store", "reports"}),
    frozenset({"usecases"}),
    frozenset({"runtime"}),
)

LIBRARIES: dict[str, frozenset[str]] = {
    "twilio": frozenset({"channels"}),
    "slack_sdk": frozenset({"desk"}),
    "pynamodb": frozenset({"store"}),
    "botocore": frozenset({"channels", "runtime", "store"}),
    "boto3": frozenset(),  # the command line and the playground have it
    "aws_lambda_powertools": frozenset({"runtime"}),
    "fasttext": frozenset({"policy"}),
}
"""The only places that may know a library by name."""

MODULES = sorted(PACKAGE.rglob("*.py"))
FUNCTIONS = sorted((ROOT / "functions").glob("*/app.py"))


def place_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def places(module: Path) -> set[str]:
    """The places of the package that a module imports."""
    ours = [name.split(".") for name in imported(module) if name.startswith("mostrador.")]
    return {parts[1] for parts in ours if (PACKAGE / parts[1]).is_dir()}


def allowed_below(place: str) -> set[str]:
    storey = next(number for number, names in enumerate(STOREYS) if place in names)
    return {place}.union(*STOREYS[:storey])


def name_of(module: Path) -> str:
    return str(module.relative_to(ROOT))


@pytest.mark.parametrize("module", [m for m in MODULES if m.parent != PACKAGE], ids=name_of)
def test_a_module_imports_only_what_stands_below_it(module: Path) -> None:
    assert places(module) <= allowed_below(place_of(module))


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_library_is_known_only_where_it_belongs(module: Path) -> None:
    used = {name.partition(".")[0] for name in imported(module)}
    wrong = {library for library, homes in LIBRARIES.items() if library in used and place_of(module) not in homes}
    assert not wrong


@pytest.mark.parametrize("module", [m for m in MODULES if place_of(m) == "domain"], ids=name_of)
def test_the_domain_needs_only_the_standard_library(module: Path) -> None:
    used = {name.partition(".")[0] for name in imported(module)} - {"mostrador"}
    assert used <= set(sys.stdlib_module_names)


def test_no_station_of_the_use_cases_needs_one_that_needs_it() -> None:
    """Use cases beside the stations are every station's; they use none."""
    needs: dict[str, set[str]] = {}
    for module in (PACKAGE / "usecases").rglob("*.py"):
        used = {name.split(".")[2] for name in imported(module) if name.startswith("mostrador.usecases.")}
        needs.setdefault(_station(module), set()).update(used)
    stations = {path.name for path in (PACKAGE / "usecases").iterdir() if (path / "__init__.py").exists()}
    order = TopologicalSorter({name: used & stations - {name} for name, used in needs.items()})
    assert set(order.static_order()) >= stations


def _station(module: Path) -> str:
    """Empty for what stands beside them."""
    place = module.relative_to(PACKAGE / "usecases")
    return place.parts[0] if len(place.parts) > 1 else ""


@pytest.mark.parametrize("channel", sorted((PACKAGE / "channels").glob("*/")), ids=lambda path: path.name)
def test_a_channel_knows_no_other_channel(channel: Path) -> None:
    providers = {"meta", "twilio"}
    others = {f"mostrador.channels.{other.name}" for other in channel.parent.glob("*/")} - {
        f"mostrador.channels.{name}" for name in (channel.name, *providers)
    }
    used = {".".join(name.split(".")[:3]) for module in channel.rglob("*.py") for name in imported(module)}
    assert not used & others


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda path: path.parent.name)
def test_a_function_has_no_logic(function: Path) -> None:
    tree = ast.parse(function.read_text())
    kinds = {type(node) for node in tree.body[1:]}
    assert kinds <= {ast.ImportFrom, ast.Assign}
    assert {name.split(".")[1] for name in imported(function) if name.startswith("mostrador.")} == {"runtime"}
    assert len(function.read_text().splitlines()) < 40


def test_every_function_of_the_spine_is_there() -> None:
    assert {path.parent.name for path in FUNCTIONS} == set(SPINE)


def test_keys_of_the_table_are_written_in_one_place() -> None:
    prefixes = ("CON#", "CUS#", "ID#", "SEEN#", "REF#", "EVT#", "ORD#", "PRO#", "AGENT#", "QUEUE#", "CHAT#", "RATE#")
    elsewhere = [
        name_of(module)
        for module in MODULES
        if module.name != "keys.py" and any(prefix in module.read_text() for prefix in prefixes)
    ]
    assert elsewhere == []
