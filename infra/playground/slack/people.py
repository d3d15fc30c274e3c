"""What the agents do in their own Slack client: write, correct, take back, react, press, read."""

import uuid
from dataclasses import dataclass, field

from playground.files import StoredFile, Upload
from playground.slack.buttons import Buttons, element_of
from playground.slack.commands import Commands, is_command
from playground.slack.errors import SlackError
from playground.slack.markup import typed_text
from playground.slack.state import TOMBSTONE, Author, Channel, Message, User
from playground.slack.workspace import Workspace, new_file_id
from playground.webhooks import Answer


@dataclass(frozen=True, slots=True)
class Draft:
    user: str
    channel: str
    text: str
    thread_ts: str | None = None
    attachments: list[Upload] = field(default_factory=list)


class People:
    """Every method raises SlackError with Slack's word when the client would not let a person do that."""

    def __init__(self, workspace: Workspace, buttons: Buttons, commands: Commands) -> None:
        self._workspace = workspace
        self._state = workspace.state
        self._buttons = buttons
        self._commands = commands

    async def type(self, draft: Draft) -> Message | None:
        """What Enter does in the composer: a slash at the beginning makes it a command, which leaves no message."""
        if draft.attachments or not is_command(draft.text):
            return self.write(draft)
        person, channel = self._person(draft.user), self._channel(draft.channel)
        await self._commands.run(person, channel, draft.text.strip(), self._root(channel.id, draft.thread_ts))
        return None

    def write(self, draft: Draft) -> Message:
        person, channel = self._person(draft.user), self._channel(draft.channel)
        if not (draft.text.strip() or draft.attachments):
            raise SlackError("no_text")
        stored = [self._kept(attachment, person) for attachment in draft.attachments]
        message = Message(
            channel=channel.id,
            ts=self._state.next_ts(),
            author=Author(user=person.id),
            text=self._marked_up(draft.text),
            thread_ts=self._root(channel.id, draft.thread_ts),
            subtype="file_share" if stored else None,
            files=[file.id for file in stored],
            client_msg_id=str(uuid.uuid4()),
        )
        self._workspace.publish(message)
        self.read(person.id, channel.id)
        return message

    def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        message = self._own(user, channel, ts, "cant_update_message")
        marked = self._marked_up(text)
        if not marked.strip():
            raise SlackError("no_text")
        if marked != message.text:
            self._workspace.revise(message, text=marked, edited={"user": user, "ts": self._state.next_ts()})

    def delete(self, user: str, channel: str, ts: str) -> None:
        self._workspace.remove(self._own(user, channel, ts, "cant_delete_message"))

    def react(self, user: str, channel: str, ts: str, name: str, *, remove: bool) -> None:
        self._workspace.react(self._message(channel, ts), self._person(user).id, name.strip(":"), remove=remove)

    def read(self, user: str, channel: str) -> None:
        read_up_to = self._channel(channel).read_up_to
        messages = self._state.in_channel(channel)
        read_up_to[self._person(user).id] = messages[-1].ts if messages else "0"
        self._workspace.world.changed()

    async def press(self, user: str, message: Message, block_id: str, action_id: str, chosen: str | None) -> Answer:
        element = element_of(message, block_id, action_id)
        if element is None:
            raise SlackError("action_not_found")
        return await self._buttons.press(self._person(user), message, block_id, element, chosen)

    def message(self, channel: str, ts: str) -> Message:
        return self._message(channel, ts)

    def _kept(self, attachment: Upload, person: User) -> StoredFile:
        stored = self._workspace.world.files.add(
            attachment.name, attachment.type, attachment.content, file_id=new_file_id()
        )
        self._workspace.keep_file(stored, person.id)
        return stored

    def _marked_up(self, typed: str) -> str:
        return typed_text(typed, self._state.users.values(), self._state.channels.values())

    def _root(self, channel: str, thread_ts: str | None) -> str | None:
        """Answering a reply in the client answers in its thread."""
        if not thread_ts:
            return None
        named = self._message(channel, thread_ts)
        return named.thread_ts if named.is_reply else named.ts

    def _own(self, user: str, channel: str, ts: str, refusal: str) -> Message:
        message = self._message(channel, ts)
        if message.author.user != self._person(user).id or message.subtype == TOMBSTONE:
            raise SlackError(refusal)
        return message

    def _message(self, channel: str, ts: str) -> Message:
        if (message := self._state.find(self._channel(channel).id, ts)) is None:
            raise SlackError("message_not_found")
        return message

    def _channel(self, channel: str) -> Channel:
        if (found := self._state.channels.get(channel)) is None:
            raise SlackError("channel_not_found")
        return found

    def _person(self, user: str) -> User:
        person = self._state.users.get(user)
        if person is None or person.is_bot:
            raise SlackError("user_not_found")
        return person
