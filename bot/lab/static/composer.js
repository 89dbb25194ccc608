/* Writing a message, and the words to tap above the field. */

import { element } from "./bubbles.js";
import { post } from "./post.js";

export function composer(id, path, fields) {
  /* `fields()` are those beside the text, or null when there is nobody to write to. */
  const form = document.getElementById(`${id}-form`);
  if (!form) return null;
  const area = form.querySelector("textarea");

  async function send(text) {
    const others = fields();
    if (!text.trim() || !others) return;
    complain(form, null);
    try {
      await post(path, { ...others, text });
    } catch (error) {
      complain(form, error.message);
    }
  }

  function fit() {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 3, 110)}px`;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = area.value;
    area.value = "";
    fit();
    send(text);
  });
  area.addEventListener("input", fit);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  return {
    send,
    type(text) {
      area.value += text;
      area.focus();
      fit();
    },
  };
}

export function chips(id, hints, tapped) {
  /* Redrawn only when they differ, so that the focus stays where it is. */
  const box = document.getElementById(`${id}-hints`);
  const drawn = JSON.stringify(hints);
  if (!box || box.dataset.drawn === drawn) return;
  box.dataset.drawn = drawn;
  box.replaceChildren(
    ...hints.map((hint) => {
      const chip = element("button", hint.label ? "number" : "", hint.text);
      chip.type = "button";
      if (hint.label) chip.title = hint.label;
      chip.addEventListener("click", () => tapped(hint));
      return chip;
    }),
  );
}

export function complain(form, words) {
  const shown = form.parentElement.querySelector(":scope > .complaint");
  if (!words) {
    shown?.remove();
    return;
  }
  const line = shown ?? element("p", "complaint");
  line.setAttribute("role", "alert");
  line.textContent = words;
  if (!shown) form.before(line);
}
