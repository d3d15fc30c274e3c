"""Slack's JSON of messages, people, channels and files."""

from typing import Any
from urllib.parse import quote

from playground.cast import APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID
from playground.slack.state import TOMBSTONE, Channel, Message, SharedFile, SlackState, User

Json = dict[str, Any]

_BOT_PROFILE = {"id": BOT_ID, "app_id": APP_ID, "name": "Mostrador", "team_id": TEAM_ID, "deleted": False}


class Wire:
    """`public_url` is where files are fetched from, which is part of their JSON."""

    def __init__(self, state: SlackState, public_url: str) -> None:
        self._state = state
        self._public_url = public_url

    def message(self, message: Message, *, all_metadata: bool = False) -> Json:
        """A message as the API shows it. Of the metadata only the type is shown unless all of it is asked for."""
        json: Json = {"type": "message", "ts": message.ts, "text": message.text}
        json |= _present({"subtype": message.subtype, "thread_ts": message.thread_ts, "blocks": message.blocks})
        json |= _present({"attachments": message.attachments, "edited": message.edited})
        json |= _present({"client_msg_id": message.client_msg_id})
        json |= _author(message) | self._thread(message) | _reactions(message)
        if message.files:
            json["files"] = [self.file(self._state.files[each]) for each in message.files]
        if message.metadata:
            kept = message.metadata if all_metadata else {"event_type": message.metadata["event_type"]}
            json["metadata"] = kept
        return json

    def file(self, file: SharedFile) -> Json:
        address = f"{self._public_url}/slack/files-pri/{TEAM_ID}-{file.id}"
        return {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title,
            "mimetype": file.mimetype,
            "filetype": file.name.rpartition(".")[2].lower() or "binary",
            "user": file.user,
            "size": file.size,
            "mode": "hosted",
            "is_external": False,
            "is_public": True,
            "url_private": f"{address}/{quote(file.name)}",
            "url_private_download": f"{address}/download/{quote(file.name)}",
            "permalink": f"{self._public_url}/slack/files/{file.user}/{file.id}/{quote(file.name)}",
            "channels": sorted({channel for channel, _, _ in file.shares}),
            "shares": _shares(file),
        }

    def _thread(self, message: Message) -> Json:
        if message.is_reply:
            root = self._state.find(message.channel, message.thread_ts or "")
            return _present({"parent_user_id": root.author.user if root else None})
        if not (replies := self._state.replies(message.channel, message.ts)):
            return {}
        people = list(dict.fromkeys(each.author.user or BOT_USER_ID for each in replies))
        return {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users": people,
            "reply_users_count": len(people),
            "latest_reply": replies[-1].ts,
        }


def user(user: User) -> Json:
    names = {"real_name": user.real_name, "display_name": user.name, "title": user.title}
    return {
        "id": user.id,
        "team_id": TEAM_ID,
        "name": user.name,
        "real_name": user.real_name,
        "color": user.color,
        "deleted": False,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "tz": "Europe/Madrid",
        "profile": names | ({"bot_id": BOT_ID, "api_app_id": APP_ID} if user.is_bot else {}),
    }


def channel(channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": True,
        "is_private": False,
        "is_archived": False,
        "is_general": channel.name == "general",
        "is_member": BOT_USER_ID in channel.members,
        "created": channel.created,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def _author(message: Message) -> Json:
    author = message.author
    if message.subtype == TOMBSTONE:
        return {"user": "USLACKBOT", "hidden": True}
    if author.bot_id is None:
        return {"user": author.user, "team": TEAM_ID}
    if not author.borrowed:
        return {"user": author.user, "team": TEAM_ID, **_app()}
    icons = _present({"emoji": author.icon_emoji, "image_48": None if author.icon_emoji else author.icon_url})
    return _present({"username": author.username, "icons": icons or None}) | _app()


def _app() -> Json:
    return {"bot_id": BOT_ID, "app_id": APP_ID, "bot_profile": _BOT_PROFILE}


def _reactions(message: Message) -> Json:
    shown = [{"name": name, "users": users, "count": len(users)} for name, users in message.reactions.items()]
    return {"reactions": shown} if shown else {}


def _shares(file: SharedFile) -> Json:
    shares: dict[str, list[Json]] = {}
    for channel_id, ts, thread_ts in file.shares:
        shares.setdefault(channel_id, []).append({"ts": ts} | _present({"thread_ts": thread_ts}))
    return {"public": shares} if shares else {}


def _present(values: Json) -> Json:
    return {name: value for name, value in values.items() if value is not None}
