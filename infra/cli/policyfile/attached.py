"""The files that a policy names: protocols in Markdown, the words of intents, and messages whose intent is known."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from cli.policyfile.document import ExampleLine, IntentEntry
from cli.policyfile.draft import Draft
from cli.policyfile.findings import Findings, Place
from cli.policyfile.source import Raw, read_text, read_yaml
from cli.policyfile.understand import understood
from mostrador.policy.examples import FEWEST, lesson
from mostrador.policy.model import IntentWords, Protocol
from mostrador.policy.words import parse

LONGEST_PROTOCOL = 12_000
"""Characters: it is read in a Slack thread."""


class _IntentsFile(BaseModel):
    entries: list[IntentEntry] = []


@dataclass(frozen=True, slots=True)
class Attached:
    protocols: dict[str, dict[str, Protocol]]
    intents: tuple[IntentWords, ...]
    elsewhere: Findings
    """What is wrong in the file of intents, with its own lines."""


def attached_to(draft: Draft) -> Attached:
    elsewhere = Findings("")
    protocols = {
        name: {
            language: _protocol(draft, ("protocols", name, language), path) for language, path in translations.items()
        }
        for name, translations in draft.document.protocols.items()
    }
    return Attached(protocols, (*_intents(draft, elsewhere), *_examples(draft)), elsewhere)


def _protocol(draft: Draft, place: Place, path: str) -> Protocol:
    """A Markdown file: its first heading is the title."""
    inside = Findings(path)
    text = (read_text(draft.folder / path, inside) or "").strip()
    heading, _, rest = text.partition("\n")
    if inside.found:
        draft.findings.fault(place, f"the file `{path}` {inside.found[0].what}")
    elif not heading.startswith("# ") or not rest.strip():
        draft.findings.fault(place, f"the file `{path}` has to begin with its title, `# Like this`, and go on below it")
    elif len(text) > LONGEST_PROTOCOL:
        draft.findings.fault(place, f"the file `{path}` is too long for a Slack thread; keep it under 12,000 letters")
    return Protocol(heading.removeprefix("# ").strip(), rest.strip())


def _intents(draft: Draft, elsewhere: Findings) -> Iterator[IntentWords]:
    name = draft.document.intents
    if not name:
        return
    inside = Findings(str(draft.folder / name))
    text = read_text(draft.folder / name, inside)
    if text is None:
        draft.findings.fault(("intents",), f"the file `{name}` {inside.found[0].what}")
        return
    elsewhere.path = inside.path
    yield from _entries(text, elsewhere)


def _entries(text: str, findings: Findings) -> Iterator[IntentWords]:
    raw = read_yaml(text, findings)
    if not isinstance(raw, list):
        findings.fault((), "a list is expected here: entries that begin with `- intent:`")
        return
    # The model wants a name for the list, which the places in the file do not have.
    findings.lines = {("entries", *place): line for place, line in findings.lines.items()}
    findings.names = {("entries",): "", **{("entries", at): _called(entry) for at, entry in enumerate(raw)}}
    document, kept = understood(_IntentsFile, {"entries": raw}, findings)
    for number, entry in zip(kept["entries"], document.entries, strict=True):
        _without_words(("entries", number), entry, findings)
        yield IntentWords(entry.intent, entry.language, entry.words, entry.weight, entry.unless)


def _examples(draft: Draft) -> Iterator[IntentWords]:
    """An entry for each intent and language, without words."""
    name = draft.document.examples
    if not name:
        return
    inside = Findings(name)
    text = read_text(draft.folder / name, inside)
    if text is None:
        draft.findings.fault(("examples",), f"the file `{name}` {inside.found[0].what}")
        return
    known: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for line in _example_lines(text, draft, name):
        known[line.intent, line.language].append(line.text)
    for (intent, language), messages in known.items():
        if len(messages) < FEWEST:
            few = f"{len(messages)} examples of {intent} in {language} are too few to learn from; {FEWEST} would do"
            draft.findings.warning(("examples",), few)
        yield IntentWords(intent, language, (), lesson=lesson(messages))


def _example_lines(text: str, draft: Draft, name: str) -> Iterator[ExampleLine]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield ExampleLine.model_validate_json(line)
            except ValidationError as error:
                what = "it needs a `text`, an `intent` of the nine, and a `language`, es or en, as JSON"
                where = ".".join(map(str, error.errors()[0]["loc"])) or "the line"
                draft.findings.fault(("examples",), f"line {number} of `{name}` is not understood ({where}); {what}")


def _called(entry: Raw) -> str:
    return f"{entry.get('intent')} {entry.get('language')}" if isinstance(entry, dict) else "entry"


def _without_words(place: Place, entry: IntentEntry, findings: Findings) -> None:
    for phrase in (*entry.words, *entry.unless):
        if not parse(phrase):
            findings.fault((*place, "words"), f"`{phrase}` holds no word; write one, or take it out")
