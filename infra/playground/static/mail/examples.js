// The same question from four customers: one click each, to see how differently the shop takes it.

import { postForm } from "../api.js";
import { button, h, patchList } from "../dom.js";
import { icon } from "../icons.js";
import { avatar } from "../people.js";
import { EXAMPLES } from "../phrases/ideas.js";
import { phrase } from "../phrases.js";
import { getView, getWorld, look } from "../state.js";
import { attempt } from "../toast.js";

/** `sent` gets the account and the id of the mail that was written. */
export function createExamples({ sent }) {
  const list = h("ul", { class: "example-list", role: "list" });
  const words = h("p", { class: "example-words", phrase: "example.title" });
  const element = h("aside", { class: "examples", name: "example.title", testid: "examples" }, words, list);
  const sending = new Set();

  async function send(example) {
    sending.add(example.account);
    render();
    await attempt(async () => {
      const { account, subject, text } = example;
      const answer = await postForm("/api/mail/send", { account, to: getWorld().shop.mail, subject, text });
      look({ examples: [...new Set([...getView().examples, account])] });
      sent(account, (await answer.json()).id);
    });
    sending.delete(example.account);
    render();
  }

  function render() {
    const { accounts } = getWorld().mail;
    const nameOf = (account) => accounts.find(({ address }) => address === account)?.name;
    const items = EXAMPLES.map((example) => ({ ...example, name: nameOf(example.account) }))
      .filter(({ name }) => name)
      .map((example) => ({
        example,
        busy: sending.has(example.account),
        done: getView().examples.includes(example.account),
      }));
    patchList(list, items, { key: ({ example }) => example.account, build: (item) => chip(item, send) });
  }

  return { element, render };
}

function chip({ example, busy, done }, send) {
  const first = example.name.split(" ")[0];
  return h(
    "li",
    {},
    button(
      {
        class: done ? "example done" : "example",
        testid: "example",
        data: { account: example.account, name: example.account },
        disabled: busy,
        title: `${example.subject} ${done ? phrase("example.done") : ""}`.trim(),
        click: () => send(example),
      },
      avatar(example.name, { round: true }),
      h("span", { class: "example-who" }, h("strong", {}, first), " ", h("span", {}, phrase(`example.${example.is}`))),
      done && icon("check"),
    ),
  );
}
