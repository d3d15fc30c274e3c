"""The code that is measured: what `sam build` made of it, and where there is no SAM, the checkout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from sysconfig import get_path

from playground.deployment import building, load_template

ROOT = Path(__file__).parents[2]
LOCAL = ROOT / ".local"
"""What `make up` builds into as well: whoever runs both builds once."""


@dataclass(frozen=True)
class Artefacts:
    kind: str
    """``built`` or ``source``: the stripped layers import faster than the libraries as they were published."""
    folders: Mapping[str, Path]
    """Each function's, by its name in functions/."""
    layers: Sequence[Path]

    @property
    def functions(self) -> list[str]:
        return sorted(self.folders)

    @property
    def megabytes(self) -> float:
        """Of both layers, unpacked: Lambda takes 250."""
        files = (path for layer in self.layers for path in layer.rglob("*") if path.is_file())
        return round(sum(path.stat().st_size for path in files) / 1_000_000, 1)

    def path(self, function: str) -> list[str]:
        """What the function has as ``sys.path``, beside the standard library."""
        return [str(self.folders[function]), *map(str, self.layers)]


def find_artefacts() -> Artefacts:
    """Builds first, unless what lies there is made of the same files. Raises StartFailed where that fails."""
    if not (ROOT / ".tools/sam/bin/sam").exists():
        return checkout()
    with building(ROOT, LOCAL) as build:
        build.finish()
    return _built(build.template.parent)


def checkout() -> Artefacts:
    """The code as it lies here, with this environment's libraries."""
    folders = {function: ROOT / "functions" / function for function in _logical_ids()}
    return Artefacts("source", folders, [ROOT / "layers/mostrador", Path(get_path("purelib"))])


def _built(build: Path) -> Artefacts:
    folders = {function: build / logical_id for function, logical_id in _logical_ids().items()}
    layers = [build / layer / "python" for layer in ("MostradorLayer", "DependenciesLayer")]
    return Artefacts("built", folders, layers)


def _logical_ids() -> dict[str, str]:
    """What the template calls each folder of functions/; SAM builds it into a folder of that name."""
    resources = load_template(ROOT / "template.yaml")["Resources"].items()
    found = {name: resource["Properties"] for name, resource in resources if resource["Type"].endswith("::Function")}
    return {Path(properties["CodeUri"]).name: name for name, properties in found.items()}
