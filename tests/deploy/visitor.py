"""Somebody at the playground's page, through its own interface: shoppers and agents, but no browser."""

import time
from collections.abc import Callable, Collection
from typing import Any, Self

import httpx

type Json = dict[str, Any]

PATIENCE = 60.0
"""Seconds until something that should happen is said not to have happened: two slow cores start nine functions."""

SHOP = "hola@latinaja.example"
ANA, JAVIER, EMMA = "ana.molina@correo.example", "+34600333444", "+447700900123"
QUEUE = "C0ATENCION"


class Visitor:
    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=30, trust_env=False)

    def leaves(self) -> None:
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    @property
    def state(self) -> Json:
        state: Json = self._http.get("/api/state").json()
        return state

    # What a person does

    def mails(self, subject: str, text: str, *, files: dict[str, bytes] | None = None, reply_to: str = "") -> None:
        data = {"account": ANA, "to": SHOP, "subject": subject, "text": text, "reply_to_id": reply_to}
        self._post("/api/mail/send", data, files)

    def sends_raw(self, raw: str, *, envelope: str) -> None:
        """A mail as it is on the wire, from whoever it says."""
        path = f"/api/mail/raw?recipient={SHOP}&sender={envelope}"
        self._http.post(path, content=raw.replace("\n", "\r\n").encode()).raise_for_status()

    def texts(self, text: str, *, phone: str = JAVIER, files: dict[str, bytes] | None = None) -> None:
        self._post("/api/sms/send", {"phone": phone, "text": text}, files)

    def chats(self, text: str, *, phone: str = EMMA, files: dict[str, bytes] | None = None) -> None:
        """By WhatsApp."""
        self._post("/api/whatsapp/send", {"phone": phone, "text": text}, files)

    def calls(self, number: str) -> str:
        """The shop, by telephone: the call, to follow it."""
        answer = self._http.post("/api/call/start", json={"phone": number}).raise_for_status()
        return str(answer.json()["id"])

    def at_telephone(self, call: str, deed: str, what: str = "") -> None:
        """``key`` and ``voice`` with what, ``pick_up``, ``hang_up``, ``busy``..."""
        self._http.post("/api/call/do", json={"id": call, "deed": deed, "what": what}).raise_for_status()

    def looks_at_whatsapp(self, phone: str = EMMA) -> None:
        self._http.post("/api/whatsapp/read", json={"phone": phone}).raise_for_status()

    def lets_a_day_pass(self, phone: str = EMMA) -> None:
        """By WhatsApp's clock."""
        self._http.post("/api/whatsapp/later", json={"phone": phone}).raise_for_status()

    def answers(self, root: Json, text: str, *, user: str = "U0MARTA", files: dict[str, bytes] | None = None) -> None:
        self._post("/api/slack/post", {"user": user, "channel": QUEUE, "thread_ts": root["ts"], "text": text}, files)

    def changes(self, kind: str, message: Json, **more: str) -> None:
        body = {"user": message["user"], "channel": QUEUE, "ts": message["ts"], **more}
        self._http.post(f"/api/slack/{kind}", json=body).raise_for_status()

    def presses(self, root: Json, action: str, *, user: str = "U0MARTA", value: str = "") -> None:
        """A button, or ``value`` in a menu."""
        places = [(block["block_id"], element["action_id"]) for block in root["blocks"] for element in _elements(block)]
        (block_id,) = [block for block, found in places if found == action]
        place = {"channel": QUEUE, "ts": root["ts"], "block_id": block_id, "action_id": action}
        body = {"user": user, **place, "value": value or None}
        self._http.post("/api/slack/action", json=body).raise_for_status()

    def sends_template(self, root: Json, template: str, *, user: str = "U0MARTA") -> None:
        """Presses the card's button, and one of the question that only they see."""
        self.presses(root, "template", user=user)

        def asked(state: Json) -> Json | None:
            asked = (each for each in state["slack"]["messages"] if each["ephemeral_to"] == user)
            return _first(each for each in asked if f":{template}'" in str(each["blocks"]))

        question = self.sees(asked, f"a question that offers {template!r}")
        (block_id,) = [block["block_id"] for block in question["blocks"] if f":{template}'" in str(block)]
        place = {"channel": QUEUE, "ts": question["ts"], "block_id": block_id, "action_id": "send_template"}
        self._http.post("/api/slack/action", json={"user": user, **place, "value": None}).raise_for_status()

    def phone(self, number: str) -> list[str]:
        """Every text on a phone, sent and received."""
        return [text["text"] for text in self.state["sms"]["messages"] if text["phone"] == number]

    def file(self, file_id: str) -> bytes:
        return self._http.get(f"/api/file/{file_id}").raise_for_status().content

    # What a person sees, sooner or later

    def root(self, saying: str, *more: str, patience: float = PATIENCE) -> Json:
        """The card of the conversation that says this, and all of ``more``; ``patience`` in seconds.

        A card writes a number in groups.
        """

        def found(state: Json) -> Json | None:
            shown = [str(message["blocks"]) + message["text"] for message in state["slack"]["messages"]]
            said = [words + words.replace(" ", "") for words in shown]
            return _first(
                message
                for message, words in zip(state["slack"]["messages"], said, strict=True)
                if all(part in words for part in (saying, *more)) and _is_root(message)
            )

        return self.sees(found, f"a card that says {(saying, *more)!r}", patience)

    def card(self, root: Json, saying: str = "", *, but_not: str = "\0") -> str:
        """What the card says, once it says this, and that no longer."""

        def found(state: Json) -> str | None:
            [now] = [each for each in state["slack"]["messages"] if each["ts"] == root["ts"]]
            said = str(now["blocks"])
            return said if saying in said and but_not not in said else None

        return self.sees(found, f"a card with {saying!r}, without {but_not!r}")

    def in_thread(self, root: Json, saying: str) -> Json:
        return self.sees(lambda state: self._message(state, saying, thread=root["ts"]), f"{saying!r} in the thread")

    def marked(self, message: Json, mark: str) -> Json:
        """The message once it has this reaction of ours and no other."""

        def found(state: Json) -> Json | None:
            (now,) = [each for each in state["slack"]["messages"] if each["ts"] == message["ts"]]
            return now if [reaction["name"] for reaction in now["reactions"]] == [mark] else None

        return self.sees(found, f"{message['text']!r} marked with {mark}")

    def mails_known(self) -> frozenset[str]:
        """The ids of all that anybody has by now."""
        return frozenset(mail["id"] for mail in self.state["mail"]["messages"])

    def mail_received(self, saying: str, *, known: Collection[str] = ()) -> Json:
        """One that is not among those that are known."""
        return self.sees(
            lambda state: _first(
                m
                for m in state["mail"]["messages"]
                if m["folder"] == "inbox" and saying in m["text"] and m["id"] not in known
            ),
            f"a mail that says {saying!r}",
        )

    def text_received(self, saying: str, *, app: str = "sms") -> Json:
        return self.sees(
            lambda state: _first(
                m for m in state[app]["messages"] if m["direction"] == "received" and saying in m["text"]
            ),
            f"a text that says {saying!r}",
        )

    def on_line(self, call: str, waiting: str, *, heard: str = "") -> Json:
        """The call once this was heard in it and its telephone can do this: ``key``, ``voice``, ``talk``..."""

        def found(state: Json) -> Json | None:
            [now] = [each for each in state["calls"] if each["id"] == call]
            return now if now["waiting"] == waiting and (not heard or heard in now["heard"]) else None

        return self.sees(found, f"a call that waits for {waiting!r} {heard}")

    def call_over(self, call: str) -> Json:
        return self.sees(
            lambda state: _first(each for each in state["calls"] if each["id"] == call and each["over"]),
            "the end of the call",
        )

    def rings(self, number: str) -> str:
        """The call with which this telephone rings."""
        ringing = (number, "answer")
        call: Json = self.sees(
            lambda state: _first(each for each in state["calls"] if (each["phone"], each["waiting"]) == ringing),
            f"{number} ring",
        )
        return str(call["id"])

    def sees[T](self, look: Callable[[Json], T | None], what: str, patience: float = PATIENCE) -> T:
        """Wait for the world to be so. The engine's pace is not ours, so there is nothing else to wait for."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            found = look(self.state)
            if found is not None:
                return found
            time.sleep(0.1)
        raise AssertionError(f"nobody saw {what} within {patience:.0f} seconds")

    def _message(self, state: Json, saying: str, *, thread: str) -> Json | None:
        return _first(
            message
            for message in state["slack"]["messages"]
            if saying in f"{message['text']} {message['blocks']} {message['files']}"
            and message["thread_ts"] == thread
            and message["ts"] != thread
        )

    def _post(self, path: str, data: dict[str, str], files: dict[str, bytes] | None) -> None:
        parts = [("files", (name, content)) for name, content in (files or {}).items()]
        fields = {name: value for name, value in data.items() if value}
        self._http.post(path, data=fields, files=parts or None).raise_for_status()


def _elements(block: Json) -> list[Json]:
    return block["elements"] if block["type"] == "actions" else []


def _is_root(message: Json) -> bool:
    return message["thread_ts"] in (None, message["ts"]) and bool(message["bot_id"])


def _first[T](found: Any) -> T | None:
    result: T | None = next(iter(found), None)
    return result
