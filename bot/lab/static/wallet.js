/* The wallet's prompts, on top of the handset that its owner used last. */

import { post } from "./post.js";

const PIN_SHOWN = 350;

export function wallet(customer) {
  const template = document.getElementById("ask");
  const shown = new Map();
  let handset = sessionStorage.getItem("lab-handset") ?? "whatsapp";

  function used(name) {
    handset = name;
    sessionStorage.setItem("lab-handset", name);
  }

  function make(ask) {
    const card = template.content.firstElementChild.cloneNode(true);
    card.dataset.rail = ask.rail;
    card.querySelector(".ask-rail").textContent = ask.title;
    card.querySelector(".ask-amount").textContent = ask.amount;
    card.querySelector(".ask-note").textContent = ask.note || "this shop";
    if (ask.phone !== customer) card.querySelector(".ask-phone").textContent = `on ${ask.phone}`;
    for (const button of card.querySelectorAll("[data-answer]")) {
      button.addEventListener("click", () => answer(ask, card, button.dataset.answer));
    }
    document.querySelector(`[data-handset="${handset}"]`).append(card);
    card.scrollIntoView({ block: "nearest" });
    card.querySelector("[data-answer]").focus({ preventScroll: true });
    return card;
  }

  async function answer(ask, card, word) {
    const buttons = card.querySelectorAll("button");
    buttons.forEach((button) => (button.disabled = true));
    if (word === "approve") {
      card.classList.add("entering");
      await new Promise((done) => setTimeout(done, PIN_SHOWN));
    }
    try {
      await post(`wallet/${encodeURIComponent(ask.reference)}/${word}`, {});
    } catch (error) {
      card.querySelector(".ask-left").textContent = error.message;
      card.classList.remove("entering");
      buttons.forEach((button) => (button.disabled = false));
    }
  }

  function count() {
    for (const { ask, card } of shown.values()) {
      const left = Math.max(0, Math.round((new Date(ask.lapses_at) - Date.now()) / 1000));
      const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      if (!card.querySelector("button").disabled) {
        card.querySelector(".ask-left").textContent = `Lapses in ${clock}`;
      }
    }
  }
  setInterval(count, 1000);

  function draw(asks) {
    const waiting = new Set(asks.map((ask) => ask.reference));
    for (const [reference, { card }] of shown) {
      if (!waiting.has(reference)) {
        card.remove();
        shown.delete(reference);
      }
    }
    for (const ask of asks) {
      if (!shown.has(ask.reference)) shown.set(ask.reference, { ask, card: make(ask) });
    }
    count();
  }

  return { draw, used };
}
