/* Messages on a screen: new ones are added, ticks move on known ones. */

const ICONS = { sent: "clock", queued: "tick", delivered: "ticks", read: "ticks", failed: "failed" };
const SAID = {
  sent: "sending",
  queued: "taken by the provider",
  delivered: "delivered",
  read: "read",
  failed: "not delivered",
};
/* Each list, and whether its end is in sight. */
const followed = new WeakMap();
const SVG = "http://www.w3.org/2000/svg";

export function show(list, bubbles, { peers, tapped }) {
  /* Returns how many were new and not the owner's own. `peers`: name the other end. `tapped` is told
     of a bubble and of what was tapped under it. */
  const first = !followed.has(list);
  if (first) follow(list);
  let added = 0;
  let heard = 0;
  for (const bubble of bubbles) {
    const known = list.querySelector(`[data-id="${CSS.escape(bubble.id)}"]`);
    if (known) {
      mark(known, bubble);
    } else {
      list.append(make(bubble, { peers, tapped, fresh: !first }));
      added += 1;
      heard += bubble.mine ? 0 : 1;
    }
  }
  list.querySelector(".empty")?.toggleAttribute("hidden", bubbles.length > 0);
  if (added && (followed.get(list) || bubbles.at(-1).mine)) toEnd(list);
  return heard;
}

export function toEnd(list) {
  list.scrollTop = list.scrollHeight;
  followed.set(list, true);
}

function follow(list) {
  /* The newest message stays in sight, also when the suggestions below take more room, until
     somebody scrolls back to read. */
  followed.set(list, true);
  let top = list.scrollTop;
  list.addEventListener("scroll", () => {
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    /* A list that became shorter is not at its end either, but nobody has scrolled up. */
    if (atEnd || list.scrollTop < top) followed.set(list, atEnd);
    top = list.scrollTop;
  });
  new ResizeObserver(() => followed.get(list) && toEnd(list)).observe(list);
}

function make(bubble, { peers, tapped, fresh }) {
  const row = element("div", `bubble${bubble.mine ? " mine" : ""}${fresh ? " fresh" : ""}`);
  row.dataset.id = bubble.id;
  const meta = element("div", "meta");
  if (peers) meta.append(element("b", "", bubble.mine ? `To ${bubble.peer}` : bubble.peer));
  meta.append(element("span", "", bubble.cost));
  const body = element("div", "body");
  if (bubble.picture) body.append(picture(bubble));
  body.append(...words(bubble.text));
  const foot = element("div", "foot-line");
  foot.append(element("time", "", clock(bubble.at)), element("span", "tick"));
  body.append(foot);
  row.append(meta, body);
  if (bubble.choices.length) row.append(bubble.opener ? sheet(bubble, tapped) : buttons(bubble, tapped));
  mark(row, bubble);
  return row;
}

function words(text) {
  /* What can be followed on a real phone can be followed here. */
  return text.split(/(https?:\/\/\S+)/).map((part, n) => (n % 2 ? link(part) : document.createTextNode(part)));
}

function link(address) {
  const made = element("a", "", address);
  made.href = address;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}

function buttons(bubble, tapped) {
  const box = element("div", "offer");
  for (const choice of bubble.choices) box.append(button(bubble, choice, tapped));
  return box;
}

function sheet(bubble, tapped) {
  /* Opens under the message, as WhatsApp's sheet does over the chat. */
  const box = element("details", "offer");
  box.append(element("summary", "", bubble.opener));
  box.addEventListener("toggle", () => box.open && box.scrollIntoView({ block: "nearest" }));
  for (const choice of bubble.choices) {
    box.append(button(bubble, choice, (...what) => {
      box.open = false;
      tapped(...what);
    }));
  }
  return box;
}

function button(bubble, choice, tapped) {
  const made = element("button", "", choice.title);
  made.type = "button";
  if (choice.description) made.append(element("small", "", choice.description));
  made.addEventListener("click", () => tapped(bubble, choice));
  return made;
}

function mark(row, bubble) {
  if (row.dataset.status === bubble.status) return;
  row.dataset.status = bubble.status;
  const tick = row.querySelector(".tick");
  const icon = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${ICONS[bubble.status] ?? "tick"}`);
  icon.append(use);
  icon.setAttribute("role", "img");
  icon.setAttribute("aria-label", SAID[bubble.status] ?? bubble.status);
  tick.replaceChildren(icon);
  tick.title = SAID[bubble.status] ?? bubble.status;
}

function picture(bubble) {
  const image = document.createElement("img");
  image.src = bubble.picture;
  image.alt = bubble.text || "Picture";
  image.loading = "lazy";
  image.onerror = () => image.replaceWith(element("em", "", "[picture] "));
  return image;
}

export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function clock(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}
