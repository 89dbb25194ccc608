/* USSD: a code is dialled, pages are answered until one ends the session. */

import { post } from "./post.js";

const IDLE = "Dial a code.\nIt works on every phone,\nwithout internet.";

export function dialler(phone) {
  const screen = document.getElementById("ussd-screen");
  const cost = document.getElementById("ussd-cost");
  const form = document.getElementById("ussd-form");
  const input = document.getElementById("ussd-input");
  const label = document.getElementById("ussd-label");
  const send = document.getElementById("ussd-send");
  const cancel = document.getElementById("ussd-cancel");
  let session = null;
  let ended = false;

  function rest() {
    session = null;
    ended = false;
    input.value = "";
    display(IDLE, { idle: true });
    buttons("Call", "Clear", "Number to dial");
    cost.textContent = "";
  }

  function display(text, { idle = false, fault = false } = {}) {
    screen.textContent = text;
    screen.scrollTop = 0;
    screen.classList.toggle("idle", idle);
    screen.classList.toggle("fault", fault);
  }

  function buttons(left, right, name) {
    send.textContent = left;
    cancel.textContent = right;
    label.textContent = name;
  }

  function turn(page) {
    session = page.open ? page.session : null;
    ended = !page.open;
    input.value = "";
    display(page.text, { fault: page.fault });
    cost.textContent = page.cost;
    if (page.open) {
      buttons("Send", "Cancel", "Your answer");
      input.focus({ preventScroll: true });
    } else {
      buttons("OK", "Clear", "Number to dial");
    }
  }

  async function wait(request) {
    screen.classList.add("waiting");
    send.disabled = cancel.disabled = true;
    try {
      turn(await request);
    } catch (error) {
      session = null;
      ended = true;
      cost.textContent = "";
      display(error.message, { fault: true });
      buttons("OK", "Clear", "Number to dial");
    } finally {
      screen.classList.remove("waiting");
      send.disabled = cancel.disabled = false;
    }
  }

  function dial(code) {
    return wait(post("ussd/dial", { from: phone, code }));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = input.value.trim();
    if (session) {
      if (typed) wait(post("ussd/reply", { session, text: typed }));
    } else if (typed) {
      dial(typed);
    } else if (ended) {
      rest();
    }
  });
  cancel.addEventListener("click", () => {
    if (session) post("ussd/cancel", { session }).catch(() => {});
    rest();
    input.focus({ preventScroll: true });
  });

  rest();
  return {
    dial,
    type(key) {
      input.value += key;
      input.focus({ preventScroll: true });
    },
  };
}
