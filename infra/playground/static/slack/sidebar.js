// The workspace: its name, who this person is in it, its channels and its people.

import { button, h, patchList } from "../dom.js";
import { icon } from "../icons.js";
import { avatar } from "../people.js";
import { createPersonPicker } from "../picker.js";
import { phrase } from "../phrases.js";
import { getWorld, look } from "../state.js";
import { agents, currentAgent, currentChannel, nameOf } from "./desk.js";

export function createSidebar() {
  const workspace = h("h2", { class: "workspace", id: "slack-heading" });
  const picker = createPersonPicker({
    testid: "slack-user-select",
    name: "slack.userSelect",
    lead: "slack.youAre",
    choose: (agent) => look({ agent }),
  });
  const channels = h("ul", { role: "list" });
  const people = h("ul", { role: "list" });
  const parts = [part("slack.channels", channels), part("slack.team", people)];
  const element = h("nav", { class: "sidebar", name: "slack.nav" }, workspace, picker.element, parts);

  function render() {
    const { team } = getWorld().slack;
    workspace.textContent = team.name;
    picker.render(agents().map(agentOption), currentAgent().id);
    patchList(channels, channelItems(), { key: ({ channel }) => channel.id, build: channelItem });
    patchList(people, personItems(), { key: ({ user }) => user.id, build: personItem });
  }

  return { element, render };
}

const part = (title, list) =>
  h("div", { class: `side-part ${title.replace(".", "-")}` }, h("h3", { phrase: title }), list);

function channelItems() {
  const me = currentAgent().id;
  const open = currentChannel().id;
  return getWorld().slack.channels.map((channel) => ({
    channel: { id: channel.id, name: channel.name },
    open: channel.id === open,
    unread: channel.unread?.[me] ?? 0,
  }));
}

const personItems = () => agents().map((user) => ({ user, me: user.id === currentAgent().id }));

const agentOption = (user) => ({
  value: user.id,
  title: nameOf(user).split(" ")[0],
  detail: "",
  label: user.title ? `${nameOf(user)} · ${user.title}` : nameOf(user),
  face: () => avatar(nameOf(user), { colour: user.color }),
});

function channelItem({ channel, open, unread }) {
  const badge =
    unread > 0 &&
    h(
      "span",
      { class: "badge", testid: "slack-unread" },
      h("span", { "aria-hidden": "true" }, String(unread)),
      h("span", { class: "unseen" }, phrase("slack.unread", unread)),
    );
  return h(
    "li",
    {},
    button(
      {
        class: unread ? "side-item unread" : "side-item",
        testid: "slack-channel",
        data: { channelId: channel.id, name: channel.name },
        "aria-current": open ? "page" : null,
        click: () => look({ channel: channel.id, ...(open ? {} : { thread: null }) }),
      },
      icon("hash"),
      h("span", { class: "side-name" }, channel.name),
      badge,
    ),
  );
}

function personItem({ user, me }) {
  return h(
    "li",
    {},
    button(
      {
        class: "side-item",
        testid: "slack-person",
        data: { userId: user.id },
        title: [me ? null : phrase("slack.beColleague", nameOf(user)), user.title].filter(Boolean).join(" · "),
        disabled: me,
        click: () => look({ agent: user.id }),
      },
      avatar(nameOf(user), { colour: user.color }),
      h("span", { class: "side-name" }, nameOf(user)),
      me && h("span", { class: "side-you" }, phrase("slack.you")),
    ),
  );
}
