// Writing a mail: a new one, or the reply to a conversation. One form per purpose lives as long as the page, so a
// draft waits where it was left.

import { postForm } from "../api.js";
import { button, h } from "../dom.js";
import { createFilePicker, takeDrops } from "../files.js";
import { icon } from "../icons.js";
import { IDEAS } from "../phrases/ideas.js";
import { currentLanguage } from "../phrases.js";
import { attempt } from "../toast.js";

const forms = new Map();

/** The form that is kept under `key`, made by `make` the first time. */
export function keptForm(key, make) {
  if (!forms.has(key)) forms.set(key, make());
  return forms.get(key);
}

export const dropForm = (key) => forms.delete(key);

/** `envelope()` gives {account, to, subject, reply_to_id}; `sent` gets the server's answer ({id}); `close` gives up. */
function createForm({ title, lines, hint, envelope, sent, close, ideas = null }) {
  const files = createFilePicker("mail-attach");
  const text = h("textarea", { testid: "mail-text", hint, name: hint, rows: "5" });
  const send = sendButton();
  const foot = h("div", { class: "form-foot" }, files.button, h("span", { class: "grow" }), discardButton(close), send);
  const props = { class: "mail-form", testid: "mail-form" };
  const element = h("form", props, title, lines, text, ideas?.(text), files.list, foot);
  takeDrops(element, files.add);

  async function submit(event) {
    event.preventDefault();
    if (!text.value.trim() && !files.files().length) return text.focus();
    send.disabled = true;
    await attempt(async () => {
      const answer = await postForm("/api/mail/send", { ...envelope(), text: text.value }, files.files());
      sent(await answer.json());
    });
    send.disabled = false;
  }

  element.addEventListener("submit", submit);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) element.requestSubmit();
  });
  return { element, focus: () => text.focus() };
}

function sendButton() {
  const props = { type: "submit", class: "button primary", testid: "mail-send" };
  return h("button", props, icon("send"), h("span", { phrase: "mail.send" }));
}

const discardButton = (click) =>
  button({ class: "button quiet", testid: "mail-discard", click }, h("span", { phrase: "mail.discard" }));

const field = (label, input) => h("label", { class: "mail-field" }, h("span", { phrase: label }), input);

export function createNewMail({ account, shopMail, sent, close }) {
  const to = h("input", { type: "email", required: true, testid: "mail-to", value: shopMail, autocomplete: "off" });
  const subject = h("input", { type: "text", testid: "mail-subject", autocomplete: "off" });
  const title = h("h3", { class: "form-title", phrase: "mail.compose" });
  const form = createForm({
    title,
    lines: [field("mail.to", to), field("mail.subject", subject)],
    hint: "mail.text",
    envelope: () => ({ account: account.address, to: to.value.trim(), subject: subject.value.trim() }),
    ideas: (text) => ideaRow(text, subject, account),
    sent,
    close,
  });
  return { ...form, focus: () => subject.focus() };
}

export function createReply({ account, to, subject, replyTo, sent, close }) {
  const title = h("p", { class: "form-title" }, icon("reply"), h("span", {}, to.name || to.address));
  const envelope = () => ({ account, to: to.address, subject, reply_to_id: replyTo() });
  return createForm({ title, lines: null, hint: "mail.replyText", envelope, sent, close });
}

/** Two mails that a first visitor may start from; they go away with the first word of one's own. */
function ideaRow(text, subject, account) {
  const row = h("div", { class: "ideas" }, h("span", { phrase: "mail.idea" }));
  const use = ([title, words]) => {
    subject.value = title;
    text.value = `${words}\n${account.name.split(" ")[0]}`;
    row.hidden = true;
    text.focus();
  };
  const ideas = IDEAS[currentLanguage()].mail;
  row.append(...ideas.map((idea) => button({ class: "idea", testid: "mail-idea", click: () => use(idea) }, idea[0])));
  text.addEventListener("input", () => {
    row.hidden = Boolean(text.value);
  });
  return row;
}
