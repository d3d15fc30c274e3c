// The shopper's mail client: whose mailbox, its conversations, and the one that is open or being written.

import { post } from "../api.js";
import { button, h, patchList, patchOne, showOnly } from "../dom.js";
import { timeElement } from "../dates.js";
import { icon } from "../icons.js";
import { avatar } from "../people.js";
import { createPersonPicker } from "../picker.js";
import { phrase } from "../phrases.js";
import { getView, getWorld, look, refresh } from "../state.js";
import { attempt } from "../toast.js";
import { conversationsOf, participants, replySubject, snippet } from "./conversations.js";
import { createExamples } from "./examples.js";
import { createNewMail, createReply, dropForm, keptForm } from "./form.js";
import { createReader, face } from "./reader.js";

export function createMail() {
  const picker = createPersonPicker({
    testid: "mail-account-select",
    name: "mail.account",
    choose: (account) => look({ account, composing: false }),
  });
  const rows = h("ul", { class: "mail-rows", role: "list", name: "mail.list", testid: "mail-list" });
  const pane = createPane();
  const examples = createExamples({ sent: showExample });
  const element = h(
    "section",
    { class: "card mail-client", "aria-labelledby": "mail-heading", testid: "mail" },
    h("h2", { id: "mail-heading", class: "unseen", phrase: "mail.title" }),
    h("header", { class: "mail-bar" }, picker.element, writeButton()),
    h("div", { class: "mail-body" }, rows, pane.element),
    examples.element,
  );

  function render() {
    const account = currentAccount();
    if (!account) return;
    picker.render(getWorld().mail.accounts.map(accountOption), account.address);
    const conversations = conversationsOf(mailsOf(account.address));
    const open = openOne(conversations, account);
    const { composing, replying } = getView();
    element.dataset.empty = String(!conversations.length);
    element.dataset.open = String(Boolean(open) || composing);
    element.dataset.writing = String(composing || Boolean(open && replying === open.id));
    renderRows(rows, conversations, open, account);
    pane.render(conversations, open, account);
    examples.element.hidden = composing;
    examples.render();
  }

  return { element, render };
}

function writeButton() {
  const props = { class: "button primary", testid: "mail-compose", click: startNewMail };
  return button(props, icon("edit"), h("span", { phrase: "mail.new" }));
}

/** What is read or written: a new mail, the open conversation with or without a reply, or a word on what to do. */
function createPane() {
  const element = h("div", { class: "mail-pane" });
  const reader = createReader({ reply: startReply, back: () => openConversation(null) });
  const blank = h("div", { class: "mail-blank" });

  function render(conversations, open, account) {
    if (getView().composing) showOnly(element, newMailForm(account).element);
    else if (open) showConversation(open, account);
    else showBlank(!conversations.length, account);
  }

  function showConversation(open, account) {
    const replying = getView().replying === open.id;
    markRead(open);
    reader.render(open, account.address, getWorld().shop, replying);
    showOnly(element, ...(replying ? [reader.element, replyForm(open, account).element] : [reader.element]));
  }

  function showBlank(empty, account) {
    const name = firstName(account);
    patchOne(blank, name, `${empty} ${name}`, () => blankWords(empty, name));
    showOnly(element, blank);
  }

  return { element, render };
}

const firstName = (account) => account.name.split(" ")[0];

function currentAccount() {
  const { accounts } = getWorld().mail;
  return accounts.find(({ address }) => address === getView().account) ?? accounts[0];
}

const mailsOf = (address) => getWorld().mail.messages.filter((mail) => mail.account === address);
const unreadOf = (address) => mailsOf(address).filter((mail) => mail.unread).length;

function accountOption({ address, name }) {
  const unread = unreadOf(address);
  return {
    value: address,
    title: name,
    detail: address,
    label: phrase("mail.unreadOf", name, unread),
    fresh: unread > 0,
    face: () => avatar(name, { round: true }),
  };
}

function openOne(conversations, account) {
  const wanted = getView().conversation[account.address];
  return conversations.find(({ mails }) => mails.some(({ id }) => id === wanted));
}

function openConversation(id) {
  look({ composing: false, conversation: { ...getView().conversation, [currentAccount().address]: id } });
}

const told = new Set(); // mails that the server was told about

function markRead({ mails }) {
  for (const { id } of mails.filter((mail) => mail.unread && !told.has(mail.id))) {
    told.add(id);
    attempt(() => post("/api/mail/read", { id }));
  }
}

function renderRows(rows, conversations, open, account) {
  const items = conversations.map((conversation) => ({
    ...conversation,
    chosen: conversation.id === open?.id && !getView().composing,
    unread: conversation.mails.some((mail) => mail.unread),
  }));
  patchList(rows, items, { key: ({ id }) => id, build: (item) => row(item, account) });
}

function row({ id, mails, last, subject, chosen, unread }, account) {
  const props = {
    class: "mail-row",
    testid: "mail-row",
    data: { mailId: id, name: id },
    "aria-current": chosen ? "true" : null,
    click: () => openConversation(id),
  };
  const words = h(
    "span",
    { class: "row-words" },
    rowTop(mails, last, account),
    h("span", { class: "row-subject" }, subject || phrase("mail.noSubject")),
    h("span", { class: "row-snippet" }, snippet(last.text ?? "")),
  );
  const mark = unread && h("span", { class: "unread-dot", role: "img", "aria-label": phrase("mail.unread") });
  return h("li", { class: unread ? "unread" : "" }, button(props, otherFace(mails, account), words, mark));
}

function otherFace(mails, account) {
  const { shop } = getWorld();
  const incoming = mails.findLast(({ from }) => from.address !== account.address);
  return face(incoming?.from ?? { name: shop.name, address: shop.mail }, shop);
}

function rowTop(mails, last, account) {
  const count = mails.length > 1 && h("span", { class: "row-count" }, String(mails.length));
  return h(
    "span",
    { class: "row-top" },
    h("span", { class: "row-who" }, participants(mails, account.address, phrase("mail.you")), count),
    mails.some((mail) => mail.attachments?.length) && icon("attach"),
    mails.some((mail) => mail.problem) && icon("warning"),
    timeElement("shortMoment", last.date, { class: "row-when" }),
  );
}

function blankWords(empty, name) {
  const { shop } = getWorld();
  const words = empty
    ? [h("h3", {}, phrase("mail.emptyTitle", name)), h("p", {}, phrase("mail.emptyText", name, shop.name))]
    : [h("p", {}, phrase("mail.unselected"))];
  return h("div", { class: "empty" }, h("img", { src: "/static/plate.svg", alt: "", class: "empty-tile" }), words);
}

const newKey = (account) => `new ${account.address}`;
const replyKey = (conversation) => `reply ${conversation.id}`;

function newMailForm(account) {
  return keptForm(newKey(account), () =>
    createNewMail({
      account,
      shopMail: getWorld().shop.mail,
      close: () => {
        dropForm(newKey(account));
        look({ composing: false });
      },
      sent: ({ id }) => {
        dropForm(newKey(account));
        showSent(id);
      },
    }),
  );
}

function startNewMail() {
  look({ composing: true });
  newMailForm(currentAccount()).focus();
}

/** After sending: open what was sent, once the server tells of it. */
async function showSent(id) {
  await refresh();
  openConversation(id);
}

/** Whoever sent it is whose mailbox is looked at from now on. */
async function showExample(account, id) {
  look({ account });
  await showSent(id);
}

function replyForm(conversation, account) {
  return keptForm(replyKey(conversation), () =>
    createReply({
      account: account.address,
      to: whomToAnswer(conversation, account),
      subject: replySubject(conversation.subject),
      replyTo: () => answered(conversation).id,
      close: () => endReply(conversation),
      sent: () => {
        endReply(conversation);
        refresh();
      },
    }),
  );
}

/** The last mail from the other side; a conversation of one's own mails alone goes on to the same address. */
function whomToAnswer({ mails }, account) {
  const incoming = mails.findLast(({ from }) => from.address !== account.address);
  return incoming?.from ?? mails[0].to[0];
}

/** The mail that a reply answers: the newest from the other side when it is sent, which may have come after it was begun. */
function answered({ id, mails }) {
  const { account } = mails[0];
  const current = conversationsOf(mailsOf(account)).find((one) => one.id === id)?.mails ?? mails;
  return current.findLast(({ from }) => from.address !== account) ?? current.at(-1);
}

function startReply() {
  const account = currentAccount();
  const conversation = openOne(conversationsOf(mailsOf(account.address)), account);
  look({ replying: conversation.id });
  replyForm(conversation, account).focus();
}

function endReply(conversation) {
  dropForm(replyKey(conversation));
  look({ replying: null });
}
