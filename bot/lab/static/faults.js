/* The fault switches: thrown here, but what is on is what the server says is on. */

import { element } from "./bubbles.js";
import { complain } from "./composer.js";
import { post } from "./post.js";

const OPEN = "lab-faults-open";
const MOST_NAMED = 2;

export function faults() {
  const panel = document.getElementById("faults-panel");
  const sides = document.getElementById("faults-sides");
  const opener = document.getElementById("faults-open");
  const heal = document.getElementById("faults-heal");
  const state = document.getElementById("faults-state");
  const log = document.getElementById("faults-log");
  const quiet = document.getElementById("faults-quiet");
  const rows = new Map([...sides.querySelectorAll("[data-switch]")].map((row) => [row.dataset.switch, row]));
  let newest = 0;

  function unfold(open) {
    panel.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    sessionStorage.setItem(OPEN, open ? "yes" : "");
  }

  async function tell(path, fields) {
    complain(sides, null);
    try {
      await post(path, fields);
    } catch (error) {
      complain(sides, error.message);
    }
  }

  function flip(row) {
    const id = row.dataset.switch;
    if (row.classList.contains("on")) return tell(`switches/${id}/off`, {});
    const fields = { times: panel.querySelector("[name=often]:checked").value };
    const seconds = row.querySelector("input")?.value;
    if (seconds !== undefined) fields.seconds = seconds;
    return tell(`switches/${id}`, fields);
  }

  function choose(select) {
    for (const option of select.options) {
      const list = sides.querySelector(`[data-circuit="${CSS.escape(option.value)}"]`);
      list.hidden = option.value !== select.value;
    }
  }

  function drawRow(row, thrown, struck) {
    row.classList.toggle("on", Boolean(thrown));
    row.querySelector("button").setAttribute("aria-checked", String(Boolean(thrown)));
    const field = row.querySelector("input");
    if (thrown && field && field !== document.activeElement) field.value = thrown.seconds;
    row.querySelector(".left").textContent = thrown ? left(thrown.left) : "";
    row.querySelector(".struck").textContent = struck ? `struck ${struck}×` : "";
  }

  function drawOptions(thrown) {
    /* A dot beside what is on, but out of sight. */
    const busy = new Set(thrown.map((each) => each.id.split("/")[0]));
    for (const option of sides.querySelectorAll("[data-circuits] option")) {
      option.dataset.label ??= option.textContent;
      const words = `${busy.has(option.value) ? "● " : ""}${option.dataset.label}`;
      if (option.textContent !== words) option.textContent = words;
    }
  }

  function drawLog(strikes) {
    for (const strike of strikes.filter((each) => each.number > newest)) {
      const line = element("li");
      const at = element("time", "", new Date(strike.at).toLocaleTimeString([], { hourCycle: "h23" }));
      const [what, ...about] = strike.text.split(": ");
      line.append(at, element("strong", "", what), document.createTextNode(` ${about.join(": ")}`));
      log.prepend(line);
      newest = strike.number;
    }
    quiet.hidden = strikes.length > 0;
  }

  function draw({ thrown, struck, log: strikes }) {
    const on = new Map(thrown.map((each) => [each.id, each]));
    for (const [id, row] of rows) drawRow(row, on.get(id), struck[id]);
    drawOptions(thrown);
    drawLog(strikes);
    const words = summary(thrown, strikes.at(-1)?.number ?? 0);
    if (state.textContent !== words) state.textContent = words;
    document.getElementById("faults").classList.toggle("on", thrown.length > 0);
    if (heal.hidden === thrown.length > 0) {
      /* The button under the focus must not take the focus away with it. */
      if (document.activeElement === heal) opener.focus();
      heal.hidden = thrown.length === 0;
    }
  }

  function summary(thrown, strikes) {
    const past = strikes ? ` Struck ${strikes === 1 ? "once" : `${strikes} times`} so far.` : "";
    if (!thrown.length) return `Everything works.${past}`;
    if (thrown.length > MOST_NAMED) return `${thrown.length} switches are on.${past}`;
    return `On: ${thrown.map((each) => `${label(each.id)} (${left(each.left)})`).join("; ")}.${past}`;
  }

  const label = (id) => rows.get(id).querySelector("button").textContent.trim().toLowerCase();
  const left = (count) => (count === null ? "every time" : count === 1 ? "the next one" : `the next ${count}`);

  opener.addEventListener("click", () => unfold(panel.hidden));
  heal.addEventListener("click", () => tell("heal", {}));
  for (const row of rows.values()) row.querySelector("button").addEventListener("click", () => flip(row));
  for (const select of sides.querySelectorAll("[data-circuits]")) {
    select.addEventListener("change", () => choose(select));
    choose(select);
  }
  unfold(sessionStorage.getItem(OPEN) === "yes");
  return { draw };
}
