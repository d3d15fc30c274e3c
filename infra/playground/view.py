"""The whole world as the page reads it."""

from typing import Any

from mostrador.policy.hours import calendar_of
from mostrador.policy.in_words import span, today, week
from mostrador.policy.model import DEFAULT, Policy
from playground.cast import AGENTS, SHOP, SHOPPERS, TEAM_ID
from playground.handsets import App, PhoneMessage
from playground.outside import Outside
from playground.ses.mailboxes import Address, Mail
from playground.shop.view import view
from playground.slack.commands import installed
from playground.slack.state import Channel, Message, User
from playground.whatsapp import EMOJI
from playground.world import World

Json = dict[str, Any]

# `store.policies.CACHED_SECONDS`, which is not imported because a database's client would come with it.
FOLLOWED_AFTER = 30


CALLS_SHOWN = 12


def state(outside: Outside) -> Json:
    world = outside.world
    return {
        "version": world.version,
        "language": world.language,
        "ready": world.stack is not None,
        "progress": world.progress,
        "shop_time": _shop_time(world),
        "shop": {"name": SHOP.name, "mail": SHOP.mail, "phone": SHOP.phone},
        "mail": _mail(outside),
        "sms": _sms(outside),
        "whatsapp": _whatsapp(outside),
        "calls": _calls(outside),
        "web_shop": view(outside.shop),
        "slack": _slack(outside),
        "note_mark": world.note_mark,
        "traffic": [
            {"id": call.id, "at": call.at, "kind": call.kind, "name": call.name, "status": call.status}
            | {"attempt": call.attempt, "ms": call.ms}
            for call in world.traffic.calls
        ],
    }


def _calls(outside: Outside) -> list[Json]:
    """The newest last. ``whose``: the name of whoever has the telephone."""
    people = {each.phone: each.name for each in (*SHOPPERS, *AGENTS) if each.phone}
    return [
        {"id": leg.sid, "phone": leg.number, "whose": people.get(leg.number, leg.number), "direction": leg.direction}
        | {"status": leg.status, "waiting": leg.waiting, "over": leg.is_over, "heard": leg.heard, "ended": leg.ended}
        | {"lines": [{"kind": line.kind, "words": line.words} for line in leg.lines], "seconds": leg.seconds}
        for leg in list(outside.exchange.state.legs.values())[-CALLS_SHOWN:]
    ]


def _shop_time(world: World) -> Json:
    """``followed_at``: when the functions are sure to go by what was pushed."""
    rules = world.rules
    return {
        "moment": rules.pretence.moment,
        "hurry": rules.pretence.hurry,
        "pushing": rules.pushing > 0,
        "followed_at": rules.pushed_at + FOLLOWED_AFTER,
        "hours": _hours(rules.policy, world) if rules.policy else None,
    }


def _hours(policy: Policy, world: World) -> Json:
    """``changes_at``: when the shop opens or closes next, so that the page looks again."""
    now, calendar = world.clock.time(), calendar_of(policy, DEFAULT)
    is_open = calendar.is_open(now)
    return {
        "open": is_open,
        "zone": policy.timezone,
        "changes_at": calendar.closing(now) if is_open else calendar.next_opening(now),
        "today": today(calendar, now, world.language),
        "week": week(calendar.hours, world.language, calendar.day(now)),
        "first_answer": span(policy.targets[DEFAULT].first, world.language) if DEFAULT in policy.targets else "",
    }


def _mail(outside: Outside) -> Json:
    boxes = outside.mailboxes
    return {
        "accounts": [{"address": address, "name": name} for address, name in boxes.accounts.items()],
        "messages": [_letter(outside, mail) for mail in boxes.mails.values()],
    }


def _letter(outside: Outside, mail: Mail) -> Json:
    return {
        "id": mail.id,
        "account": mail.account,
        "folder": mail.folder,
        "from": _address(mail.sender),
        "to": [_address(each) for each in mail.to],
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "date": mail.date,
        "attachments": _files(outside, mail.attachments, "type"),
        "reply_to_id": mail.reply_to_id,
        "unread": mail.unread,
        "problem": mail.problem,
    }


def _sms(outside: Outside) -> Json:
    phones = outside.handsets.phones.items()
    return {
        "phones": [{"number": number, "name": name} for number, name in phones],
        "messages": _on_phones(outside, "sms"),
    }


def _whatsapp(outside: Outside) -> Json:
    """``open``: the numbers that the shop may write to freely. ``usernames``: of who tells no number."""
    numbers = outside.handsets.phones
    return {
        "messages": _on_phones(outside, "whatsapp"),
        "open": [number for number in numbers if outside.chats.may_be_written_to(number)],
        "usernames": {number: f"@{name}" for number in numbers if (name := outside.whatsapp.username(number))},
        "emoji": EMOJI,
    }


def _on_phones(outside: Outside, app: App) -> list[Json]:
    return [_text_message(outside, message) for message in outside.handsets.messages if message.app == app]


def _text_message(outside: Outside, message: PhoneMessage) -> Json:
    return {
        "id": message.id,
        "phone": message.phone,
        "direction": message.direction,
        "text": message.text,
        "media": _files(outside, message.media, "type"),
        "date": message.date,
        "problem": message.problem,
        "choices": message.choices,
        "reaction": message.reaction,
        "read": message.read,
    }


def _slack(outside: Outside) -> Json:
    slack = outside.workspace.state
    messages = sorted(slack.messages.values(), key=lambda message: message.ts)
    return {
        "team": {"id": TEAM_ID, "name": SHOP.name},
        "users": [_user(user) for user in slack.users.values()],
        "channels": [_channel(outside, channel) for channel in slack.channels.values()],
        "messages": [_slack_message(outside, message) for message in messages],
        "commands": [{"name": command.name, "usage": command.usage} for command in installed()],
    }


def _user(user: User) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "color": user.color,
        "title": user.title,
        "is_bot": user.is_bot,
    }


def _channel(outside: Outside, channel: Channel) -> Json:
    slack = outside.workspace.state
    people = [user for user in channel.members if not slack.users[user].is_bot]
    unread = {user: slack.unread(channel, user) for user in people}
    return {"id": channel.id, "name": channel.name, "topic": channel.topic, "unread": unread}


def _slack_message(outside: Outside, message: Message) -> Json:
    author = message.author
    return {
        "channel": message.channel,
        "ts": message.ts,
        "thread_ts": message.thread_ts,
        "subtype": message.subtype,
        "user": author.user,
        "bot_id": author.bot_id,
        "username": author.username,
        "icon_emoji": author.icon_emoji,
        "icon_url": author.icon_url,
        "text": message.text,
        "blocks": message.blocks,
        "files": _files(outside, message.files, "mimetype"),
        "reactions": [{"name": name, "users": users} for name, users in message.reactions.items()],
        "edited": message.edited is not None,
        "ephemeral_to": message.ephemeral_to,
        "date": float(message.ts),
    }


def _address(address: Address) -> Json:
    return {"name": address.name, "address": address.address}


def _files(outside: Outside, ids: list[str], type_name: str) -> list[Json]:
    files = [outside.world.files.get(each) for each in ids]
    return [{"id": f.id, "name": f.name, type_name: f.type, "size": f.size} for f in files if f]
