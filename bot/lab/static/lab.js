/* Joins the handsets to what arrives and to what their owners do. */

import { show, toEnd } from "./bubbles.js";
import { chips, complain, composer } from "./composer.js";
import { dialler } from "./dialler.js";
import { faults } from "./faults.js";
import { listen } from "./feed.js";
import { post } from "./post.js";
import { wallet } from "./wallet.js";

const bench = JSON.parse(document.getElementById("bench").textContent);
const purse = wallet(bench.customer);
const phone = dialler(bench.customer);
const switches = faults();
const STATES = { live: "Connected", asking: "Connected, slowly", away: "The server is away" };
/* "1. Sugar" and "1 Sugar": what an answer by number would be. */
const NUMBERED = /^(\d{1,2})\.? +(\S.*)$/gm;
let board = null;

/* Writing. */

const to = (role) => board?.reply_to[role];
const text = (role, from) => () => (from && to(role) ? { from, to: to(role) } : null);
const writers = {
  whatsapp: composer("whatsapp", "whatsapp", () => {
    purse.used("whatsapp");
    return { from: bench.customer, to: bench.whatsapp, name: bench.name };
  }),
  sms: composer("sms", "sms", () => {
    purse.used("feature");
    return text("sms", bench.customer)();
  }),
  seller: composer("seller", "sms", text("seller", bench.seller)),
  rider: composer("rider", "sms", text("rider", bench.rider)),
};

function tapped(writer) {
  return (hint) => (hint.unfinished ? writer.type(hint.text) : writer.send(hint.text));
}

function tapChoice(bubble, choice) {
  /* A button under a message, or a row of its list. */
  purse.used("whatsapp");
  const form = document.getElementById("whatsapp-form");
  complain(form, null);
  const fields = { from: bench.customer, message: bubble.id, choice: choice.id, name: bench.name };
  post("whatsapp/tap", fields).catch((error) => complain(form, error.message));
}

function answers(bubbles) {
  /* The numbers of the newest menu that waits for an answer, to tap instead of typing. */
  const unanswered = bubbles.slice(bubbles.findLastIndex((bubble) => bubble.mine) + 1);
  const menus = unanswered.map((bubble) => [...bubble.text.matchAll(NUMBERED)]);
  const last = menus.findLast((lines) => lines.length > 0) ?? [];
  return last.map(([, number, label]) => ({
    text: number,
    label,
  }));
}

/* The basic phone: two tabs over one keypad. */

const tabs = { dial: document.getElementById("tab-dial"), sms: document.getElementById("tab-sms") };
const unread = document.getElementById("unread");

function open(name) {
  for (const [key, tab] of Object.entries(tabs)) {
    tab.setAttribute("aria-selected", String(key === name));
    tab.tabIndex = key === name ? 0 : -1;
    document.getElementById(`pane-${key}`).hidden = key !== name;
  }
  document.getElementById("keypad").hidden = name !== "dial";
  if (name === "sms") {
    unread.hidden = true;
    unread.textContent = "";
    toEnd(document.getElementById("sms-messages"));
  }
  drawPhoneHints();
}

const isOpen = (name) => tabs[name].getAttribute("aria-selected") === "true";

for (const [name, tab] of Object.entries(tabs)) {
  tab.addEventListener("click", () => open(name));
  tab.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = name === "dial" ? "sms" : "dial";
    open(other);
    tabs[other].focus();
  });
}

for (const key of document.querySelectorAll("[data-key]")) {
  key.addEventListener("click", () => phone.type(key.dataset.key));
}
document.getElementById("ussd-form").addEventListener("submit", () => purse.used("feature"));

function drawPhoneHints() {
  if (!board) return;
  if (isOpen("sms")) {
    const menu = answers(board.sms);
    chips("feature", menu.length ? menu : board.hints.sms, tapped(writers.sms));
  } else {
    chips("feature", board.hints.dial, (hint) => {
      purse.used("feature");
      phone.dial(hint.text);
    });
  }
}

/* What arrives. */

function buzz(handset) {
  handset.classList.remove("buzz");
  void handset.offsetWidth;
  handset.classList.add("buzz");
}

function draw(drawn) {
  const first = board === null;
  board = drawn;
  for (const role of ["whatsapp", "sms", "seller", "rider"]) {
    const list = document.getElementById(`${role}-messages`);
    const heard = show(list, board[role], { peers: role !== "whatsapp", tapped: tapChoice });
    if (heard && !first) buzz(list.closest(".handset"));
    if (role === "sms" && heard && !first && !isOpen("sms")) {
      unread.hidden = false;
      unread.textContent = String(Number(unread.textContent || 0) + heard);
    }
    const line = document.getElementById(`${role}-to`);
    if (line) line.textContent = to(role) ? `To ${to(role)}` : "This shop has no SMS line.";
  }
  const menu = answers(board.whatsapp);
  chips("whatsapp", [...menu, ...board.hints.whatsapp], tapped(writers.whatsapp));
  for (const role of ["seller", "rider"]) {
    const offered = [...answers(board[role]), ...board.hints[role]];
    chips(role, offered, tapped(writers[role]));
  }
  drawPhoneHints();
  purse.draw(board.asks);
  switches.draw(board.faults);
}

function state(name) {
  const line = document.getElementById("connection");
  line.dataset.state = name;
  line.querySelector(".words").textContent = STATES[name];
}

for (const select of document.querySelectorAll("select[name]")) {
  select.addEventListener("change", () => {
    /* Another shop has other people. */
    if (select.name === "shop") document.querySelectorAll("select[name=customer], .swap select").forEach((s) => (s.disabled = true));
    select.form.submit();
  });
}

listen(bench.chosen, { draw, state });
