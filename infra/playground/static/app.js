// The playground's page: the shopper on the left, the shop's team in Slack on the right, the traffic underneath.
//
// Hooks for browser tests (data-testid), which outlive changes of look and words:
//
//   page      progress, progress-sentence, offline, toast, language-switch (data-language), theme-switch (data-theme),
//             tab-mail, tab-phone, tab-shop, tab-site, tab-slack (narrow windows), side-messages, side-shop, side-site (wide
//             windows), traffic, traffic-toggle, traffic-drawer, traffic-row, traffic-chip
//   time      shop-time (opens), shop-time-panel, shop-time-moment (data-moment), shop-time-hurry, shop-time-today,
//             shop-time-simulated, shop-time-state
//   mail      mail, mail-account-select (value: address), mail-compose, mail-list, mail-row (data-mail-id),
//             mail-conversation-subject, mail-messages, mail-message (data-mail-id, data-folder), mail-quoted,
//             mail-attachments, mail-problem, mail-reply (opens the reply), mail-form, mail-to, mail-subject, mail-text,
//             mail-attach (file input), mail-send, mail-discard, mail-idea, examples, example (data-account)
//   phone     phone, sms-phone-select (value: number), app-sms, app-whatsapp (which of the two is shown), phone-messages;
//             of each app, here sms: sms-bubble (data-direction: sent, received), sms-problem, sms-text, sms-attach (file
//             input), sms-send, sms-idea; whatsapp-place, whatsapp-window (data-open), whatsapp-later
//   calls     call-shop, call-hidden (begin one), calls, call (data-phone, data-direction, data-waiting, data-status),
//             call-state, call-heard, call-key (data-key), call-words, call-say, call-pick_up, call-hang_up, call-machine,
//             call-busy, call-ignore, call-close
//   shop      web-shop, shop-customer-select (value: the shop's id), shop-sum, shop-tag, shop-tag-text, shop-orders,
//             shop-order (data-order-id, data-status), shop-do (data-do), shop-product (data-product-id), shop-less,
//             shop-more, shop-restock, shop-buy, shop-told
//   site      site (a frame with the shop's own page: site-add, site-basket, site-language, site-ask, and the chat's launcher,
//             panel, presence, write, send, message, text, email...)
//   files     file, file-image
//   slack     slack, slack-user-select (value: user id), slack-person (data-user-id), slack-channel (data-channel-id,
//             data-name), slack-unread, slack-channel-name, slack-messages, slack-channel-text, slack-channel-attach,
//             slack-channel-send, slack-channel-composer
//   message   slack-message (data-ts, data-author), slack-author, slack-message-text, slack-edited, slack-ephemeral,
//             slack-action (data-action-id), slack-reaction (data-name, aria-pressed), slack-react, menu-entry
//             (data-name of an emoji, data-value of an overflow option), slack-thread-open, slack-thread-summary,
//             slack-edit, slack-edit-text, slack-edit-save, slack-edit-cancel, slack-delete, confirm, confirm-accept,
//             confirm-cancel, unsupported-block
//   thread    slack-thread, slack-thread-messages, slack-thread-composer, slack-thread-text, slack-thread-attach, slack-thread-send,
//             slack-thread-close
//
// A message's tools (react, reply, edit, delete) are transparent until the message is pointed at or focused.

import { createCalls } from "./calls.js";
import { keepTimesCurrent } from "./dates.js";
import { h, saySo } from "./dom.js";
import { createHeader } from "./header.js";
import { createMail } from "./mail/mail.js";
import { createPhone } from "./phone.js";
import { useLanguage, currentLanguage } from "./phrases.js";
import { overlays } from "./slack/overlay.js";
import { createWebShop } from "./shop/shop.js";
import { createSides } from "./sides.js";
import { createSite } from "./site.js";
import { createSlack } from "./slack/slack.js";
import { follow, getView, getWorld, subscribe } from "./state.js";
import { toastShelf } from "./toast.js";
import { createTraffic } from "./traffic.js";
import { createWaiting } from "./waiting.js";

const header = createHeader();
const waiting = createWaiting();
const sides = createSides();
const panes = [createMail(), createPhone(), createWebShop(), createSite(), createSlack(), createTraffic(), createCalls()];
const [mail, phone, shop, site, slack, traffic, calls] = panes.map(({ element }) => element);

const caption = (key) => h("p", { class: "caption", phrase: key });
const shopper = h(
  "div",
  { class: "side side-shopper" },
  h("div", { class: "side-head" }, caption("app.customerSide"), sides.element),
  h("div", { class: "shopper-tools" }, mail, phone, shop, site),
);
const team = h("div", { class: "side side-team" }, caption("app.shopSide"), slack);
const main = h("main", { class: "stage" }, shopper, team);
const app = document.getElementById("app");

app.append(header.element, waiting.element, main, calls, traffic, ...overlays(), toastShelf());

function render() {
  const world = getWorld();
  const ready = Boolean(world?.ready);
  if (useLanguage(world?.language ?? currentLanguage())) saySo(document);
  app.dataset.tab = getView().tab;
  app.dataset.ready = String(ready);
  waiting.element.hidden = ready;
  main.hidden = traffic.hidden = !ready;
  header.render();
  sides.render();
  if (ready) for (const pane of panes) pane.render();
  else waiting.render();
}

subscribe(render);
render();
follow();
keepTimesCurrent();
