// The other ways to an answer: an address for those who leave, a call, the form.

import { say } from "../words.js";
import { h, isPage, link, setAttribute, setText } from "./dom.js";

export function createOffers({ client }) {
  const ask = h("label", { class: "ask", for: "email" });
  const email = h("input", { id: "email", type: "email", autocomplete: "email", required: true, testid: "email" });
  const save = h("button", { type: "submit", class: "save", testid: "email-save" });
  const problem = h("p", { class: "wrong", role: "alert", id: "email-problem", testid: "email-problem" });
  const form = h("form", { novalidate: true, on: { submit } }, ask, h("div", { class: "row" }, email, save), problem);
  const left = h("span");
  const change = h("button", { type: "button", testid: "email-change", on: { click: edit } });
  const done = h("p", { class: "left", testid: "email-left" }, left, " ", change);
  const pages = h("p", { class: "pages" });
  const element = h("div", { class: "offers", testid: "offers" }, done, form, pages);
  let editing = false;
  let looks = "";

  function render() {
    const { welcome } = client.known;
    const isAway = Boolean(welcome) && welcome.presence.state !== "here";
    // Who waits for an answer may want to leave; who has not asked anything is not asked for an address.
    const asks = Boolean(welcome?.offers.email) && (isAway || client.list().some(({ from }) => from === "you"));
    form.hidden = !asks || (Boolean(welcome.email) && !editing);
    done.hidden = !welcome?.email || editing;
    setText(ask, say(isAway ? "emailAskClosed" : "emailAsk"));
    setText(save, say("emailSave"));
    setText(change, say("emailChange"));
    email.placeholder = say("email");
    if (welcome?.email) setText(left, say("emailLeft", welcome.email));
    renderPages(isAway ? welcome.offers : {});
    element.hidden = form.hidden && done.hidden && pages.hidden;
  }

  function renderPages({ callback, form: page }) {
    const offered = [
      ["callback", callback],
      ["form", page],
    ].filter(([, address]) => isPage(address));
    pages.hidden = !offered.length;
    const now = JSON.stringify([offered, say("callback")]);
    if (now === looks) return;
    looks = now;
    pages.replaceChildren(...offered.map(([words, address]) => pageLink(words, address)));
  }

  const pageLink = (words, address) =>
    link(address, say(words), h("span", { class: "unseen" }, ` ${say("newWindow")}`));

  async function submit(event) {
    event.preventDefault();
    if (!email.value.trim() || !email.checkValidity()) return complain(say("emailInvalid"));
    complain("");
    setAttribute(save, "aria-disabled", "true");
    try {
      await client.leaveEmail(email.value.trim());
      editing = false;
      render();
      change.focus();
    } catch (error) {
      complain(error.text || say("offline"));
    }
    setAttribute(save, "aria-disabled", null);
  }

  function complain(words) {
    setText(problem, words);
    setAttribute(email, "aria-invalid", words && "true");
    setAttribute(email, "aria-describedby", words && "email-problem");
    if (words) email.focus();
  }

  function edit() {
    editing = true;
    render();
    email.focus();
  }

  return { element, render };
}
