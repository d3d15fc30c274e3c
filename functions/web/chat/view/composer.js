// Where the visitor writes, with the files of the message that is being written.

import { objection, upload } from "../uploads.js";
import { fileSize, say } from "../words.js";
import { h, icon, iconButton, setAttribute, setText } from "./dom.js";
import { isPicture } from "./pictures.js";

const LONGEST = 4000;
const COUNTED_FROM = 300;

/**
 * `tab` keeps what is half written while the visitor goes from page to page. `sent` is called after each message;
 * `keepPicture` with what each picture of it looks like.
 */
export function createComposer({ client, tab, sent, keepPicture }) {
  const text = h("textarea", {
    rows: "1",
    enterkeyhint: "send",
    testid: "write",
    on: { input: typed, keydown, paste },
  });
  const picker = h("input", { type: "file", multiple: true, hidden: true, testid: "picker", on: { change: picked } });
  const attach = iconButton("attach", {
    label: "",
    class: "tool",
    testid: "attach",
    on: { click: () => picker.click() },
  });
  const submit = iconButton("send", { label: "", class: "send", type: "submit", testid: "send" });
  const chips = h("ul", { class: "chips", hidden: true });
  const hint = h("p", { class: "hint", role: "status", testid: "hint" });
  const row = h("div", { class: "row" }, attach, text, submit);
  const element = h("form", { class: "composer", on: { submit: write } }, chips, hint, row, picker);
  // A picture is not seen any more on the next page, which has no part in the file.
  let told = "";
  let files = (tab.read("files") ?? []).map((file) => ({ ...file, preview: "", state: "there" }));

  text.value = tab.read("draft") ?? "";

  const limits = () => client.known.welcome?.limits;
  const over = () => text.value.length - (limits()?.text ?? LONGEST);
  const isReady = () =>
    Boolean(text.value.trim() || files.length) && over() <= 0 && files.every(({ state }) => state === "there");

  function render() {
    const count = files.length;
    text.placeholder = say("write");
    for (const [button, words] of [
      [text, "write"],
      [attach, "attach"],
      [submit, "send"],
    ])
      name(button, say(words));
    attach.hidden = !limits()?.files;
    setAttribute(picker, "accept", limits()?.file_types.join(","));
    setAttribute(submit, "aria-disabled", !isReady() && "true");
    chips.hidden = !count;
    setText(hint, remark());
    hint.classList.toggle("wrong", over() > 0);
  }

  function remark() {
    if (over() > 0) return say("over", over());
    return over() > -COUNTED_FROM ? say("left", -over()) : told;
  }

  function typed() {
    told = "";
    tab.write("draft", text.value);
    grow();
    render();
  }

  /** As high as its text, up to what the style sheet allows. */
  function grow() {
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight}px`;
  }

  function keydown(event) {
    // A composition (Chinese, Japanese...) is confirmed with the same key.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    write(event);
  }

  function write(event) {
    event.preventDefault();
    if (!isReady()) return;
    const sending = files.map(({ file, name: called, type, size }) => ({ file, name: called, type, size }));
    const ref = client.write(text.value.trim(), sending);
    files.forEach(({ preview }, index) => keepPicture(ref, index, preview));
    files = [];
    fill("");
    renderChips();
    sent();
  }

  function fill(words) {
    text.value = words;
    typed();
  }

  function picked() {
    add([...picker.files]);
    picker.value = "";
  }

  function paste(event) {
    const pasted = [...event.clipboardData.files];
    if (pasted.length && limits()?.files) add(pasted);
  }

  function add(chosen) {
    const most = limits().files;
    told = "";
    for (const file of chosen) {
      if (files.length >= most) return announce(say("tooManyFiles", most));
      start(file);
    }
  }

  async function start(file) {
    const chip = { name: file.name, type: file.type, size: file.size, state: "uploading", problem: "" };
    files.push(chip);
    chip.problem = objection(file, limits());
    if (isPicture(chip) && !chip.problem) chip.preview = URL.createObjectURL(file);
    if (chip.problem) chip.state = "failed";
    renderChips();
    if (chip.problem) return;
    try {
      Object.assign(chip, await upload(file, client.nextRef("f"), client.ask), { state: "there" });
    } catch (error) {
      Object.assign(chip, { state: "failed", problem: error.text || say("fileFailed") });
    }
    renderChips();
  }

  function renderChips() {
    chips.replaceChildren(...files.map(chipRow));
    tab.write(
      "files",
      files.filter(({ state }) => state === "there"),
    );
    render();
  }

  function chipRow(chip) {
    const words = { uploading: say("uploading"), there: fileSize(chip.size), failed: chip.problem }[chip.state];
    const label = say("removeFile", chip.name);
    return h(
      "li",
      { class: `chip ${chip.state}`, testid: "chip", "data-state": chip.state },
      chip.preview ? h("img", { src: chip.preview, alt: "", on: { error: forIcon } }) : icon("file"),
      h("span", { class: "file-name" }, chip.name),
      h("span", {}, words),
      iconButton("close", { label, class: "tool", testid: "chip-remove", on: { click: () => remove(chip) } }),
    );
  }

  function remove(chip) {
    files = files.filter((one) => one !== chip);
    told = "";
    renderChips();
    text.focus();
  }

  /** Until something else is done with the message: an upload that ends meanwhile does not take it away. */
  function announce(words) {
    told = words;
    render();
  }

  /** Back into the writing: a message that the shop did not take, to be changed. */
  function correct(words) {
    fill(text.value ? `${words}\n${text.value}` : words);
    text.focus();
  }

  renderChips();
  return { element, render, correct, grow, focus: () => text.focus() };
}

const forIcon = ({ target }) => target.replaceWith(icon("file"));

function name(element, words) {
  element.setAttribute("aria-label", words);
  if (element.localName === "button") element.title = words;
}
