# ruff: noqa: INP001 - a script that the makefile beside it runs
"""Takes out of an installed tree what strip.txt lists, and out of botocore's endpoints what has no service any more.
Of the authorities' certificates it writes Amazon's into a file of their own.

Usage: strip.py <tree> <list>. Runs before the bytecode is written, on any Python 3.13, with nothing installed.
"""

import json
import re
import shutil
import ssl
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

# By SHA-256 of the certificate: Amazon Root CA 1 to 4, and Starfield Services Root Certificate Authority - G2.
# Source: https://www.amazontrust.com/repository/
AMAZON_ROOTS = (
    "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e",
    "1ba5b2aa8c65401a82960118f80bec4f62304d83cec4713a19c39c011ea46db4",
    "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4",
    "e35d28419ed02025cfa69038cd623962458da5c695fbdea3c22b0bfb25897092",
    "568d6905a2c88708a4b3025190edcfedb1974a606a13c6e5290fcb2ae63edab5",
)
_CERTIFICATE = re.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


def patterns(listing: Path) -> list[str]:
    lines = (line.strip() for line in listing.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def matches(tree: Path, wanted: Iterable[str]) -> list[Path]:
    """The paths that the patterns take, in the order of the list: a later `!` puts back what an earlier line took.

    Raises ValueError for a pattern that matches nothing: it would go on claiming to strip something.
    """
    taken: dict[Path, None] = {}
    for pattern in wanted:
        found = [path for path in tree.glob(pattern.removeprefix("!")) if path.name != "__init__.py"]
        if not found:
            raise ValueError(f"{pattern!r} matches nothing; the library has changed")
        for path in found:
            if pattern.startswith("!"):
                taken.pop(path, None)
            else:
                taken[path] = None
    return list(taken)


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def trim_endpoints(data: Path) -> None:
    """botocore parses endpoints.json (1.2 MB) for its first client; the services without a description go."""
    path = data / "endpoints.json"
    endpoints = json.loads(path.read_text(encoding="utf-8"))
    kept = {folder.name for folder in data.iterdir() if folder.is_dir()} | {"email", "sts"}
    for partition in endpoints["partitions"]:
        partition["services"] = {name: value for name, value in partition["services"].items() if name in kept}
    path.write_text(json.dumps(endpoints, separators=(",", ":")), encoding="utf-8")


def keep_amazon_roots(tree: Path) -> None:
    """Every new connection reads the certificates that it may trust, and all 140 of them take longer than the request.

    Raises KeyError for a root that browsers have ceased to trust: then it is time to look at Amazon's list.
    """
    found = _CERTIFICATE.findall((tree / "certifi" / "cacert.pem").read_text(encoding="ascii", errors="ignore"))
    roots = {sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest(): pem for pem in found}
    (tree / "amazon-roots.pem").write_text("\n".join(roots[root] for root in AMAZON_ROOTS) + "\n", encoding="ascii")


def main() -> None:
    tree, listing = Path(sys.argv[1]), Path(sys.argv[2])
    for path in matches(tree, patterns(listing)):
        remove(path)
    trim_endpoints(tree / "botocore" / "data")
    keep_amazon_roots(tree)


if __name__ == "__main__":
    main()
