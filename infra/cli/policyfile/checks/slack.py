"""Whether the channels and the people of a policy exist in the shop's Slack, where somebody may be asked."""

import os
from collections.abc import Mapping
from typing import Any, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from cli.policyfile.draft import Draft
from cli.policyfile.findings import Place

PATIENCE = 10
"""Seconds for each answer."""
_NO_SUCH_CHANNEL = frozenset({"channel_not_found"})
_NO_SUCH_PERSON = frozenset({"user_not_found", "users_not_found", "user_not_visible"})


class NobodyThere(Exception):
    """Slack does not answer, or not to this token; ``str()`` says how it puts that."""


class Directory(Protocol):
    def channel(self, desk_id: str) -> Mapping[str, Any] | None:
        """What Slack tells of a channel; None: there is none. Raises NobodyThere."""

    def person(self, desk_id: str) -> Mapping[str, Any] | None: ...


class SlackDirectory:
    """Implements ``Directory`` with a bot's token."""

    def __init__(self, token: str, api_url: str = WebClient.BASE_URL) -> None:
        self._client = WebClient(token, base_url=api_url, timeout=PATIENCE)

    def channel(self, desk_id: str) -> Mapping[str, Any] | None:
        return self._told("conversations.info", {"channel": desk_id}, _NO_SUCH_CHANNEL)

    def person(self, desk_id: str) -> Mapping[str, Any] | None:
        return self._told("users.info", {"user": desk_id}, _NO_SUCH_PERSON)

    def _told(self, method: str, wanted: dict[str, str], none: frozenset[str]) -> Mapping[str, Any] | None:
        try:
            answer = self._client.api_call(method, params=wanted)
        except SlackApiError as error:
            code = str(error.response.get("error", "no reason given"))
            if code in none:
                return None
            raise NobodyThere(code) from error
        except (SlackClientError, OSError) as error:
            raise NobodyThere(type(error).__name__) from error
        told: Mapping[str, Any] = answer.get("channel") or answer.get("user") or {}
        return told


def directory_from_environment() -> Directory | None:
    """With SLACK_BOT_TOKEN alone; SLACK_API_URL leads to another Slack than Slack's."""
    token = os.environ.get("SLACK_BOT_TOKEN", "")
    return SlackDirectory(token, os.environ.get("SLACK_API_URL") or WebClient.BASE_URL) if token else None


def check_slack(draft: Draft, directory: Directory) -> None:
    try:
        for name, queue in draft.document.queues.items():
            _channel(draft, ("queues", name, "slack"), queue.slack, directory.channel(queue.slack))
        for name, agent in draft.document.agents.items():
            _person(draft, ("agents", name, "slack"), agent.slack, directory.person(agent.slack))
    except NobodyThere as error:
        what = f"Slack could not be asked whether the channels and people exist ({error}); look at SLACK_BOT_TOKEN"
        draft.findings.warning((), what)


def _channel(draft: Draft, place: Place, desk_id: str, channel: Mapping[str, Any] | None) -> None:
    if channel is None:
        what = f"Slack knows no channel `{desk_id}`, or the app may not see it; copy the id from the channel's details"
        draft.findings.fault(place, what)
    elif channel.get("is_archived"):
        draft.findings.fault(place, f"the channel #{channel.get('name')} is archived; bring it back, or choose another")
    elif channel.get("is_member") is False:
        what = f"the app is not in #{channel.get('name')} yet: type `/invite @Mostrador` there"
        draft.findings.warning(place, what)


def _person(draft: Draft, place: Place, desk_id: str, person: Mapping[str, Any] | None) -> None:
    if person is None:
        what = f"Slack knows nobody with the id `{desk_id}`; copy it from the person's profile (More, Copy member ID)"
        draft.findings.fault(place, what)
    elif person.get("deleted"):
        draft.findings.fault(place, f"{_name(person)} has no account in Slack any more; take them out of the policy")
    elif person.get("is_bot"):
        draft.findings.fault(place, f"{_name(person)} is an app and cannot answer customers; name a person")


def _name(person: Mapping[str, Any]) -> str:
    return str(person.get("real_name") or person.get("name") or person.get("id"))
