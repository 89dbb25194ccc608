/* What arrives: a stream while it holds, asking every two seconds while it does not. */

const ASK_EVERY = 2000;
const OPEN_AGAIN_AFTER = 15000;

export function listen(chosen, { draw, state }) {
  const query = new URLSearchParams(chosen).toString();
  let asking = null;

  async function ask() {
    try {
      const response = await fetch(`/lab/board?${query}`, { cache: "no-store" });
      if (!response.ok) throw new Error(String(response.status));
      draw(await response.json());
      state("asking");
    } catch {
      state("away");
    }
  }

  function askForNow() {
    if (asking === null) {
      ask();
      asking = setInterval(ask, ASK_EVERY);
    }
  }

  function stopAsking() {
    clearInterval(asking);
    asking = null;
  }

  function open() {
    const stream = new EventSource(`/lab/stream?${query}`);
    stream.onopen = () => {
      stopAsking();
      state("live");
    };
    stream.onmessage = (event) => draw(JSON.parse(event.data));
    stream.onerror = () => {
      askForNow();
      /* A stream that was cut opens again by itself; one that was refused does not. */
      if (stream.readyState === EventSource.CLOSED) setTimeout(open, OPEN_AGAIN_AFTER);
    };
  }

  open();
}
