/* What a handset's owner does, sent to the lab. */

export async function post(path, fields) {
  /* Resolves to the answer's JSON; throws an Error whose message may be shown. */
  let response;
  try {
    response = await fetch(`/lab/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(fields),
    });
  } catch {
    throw new Error("The server does not answer. Is it running?");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(answer.error || `The server refused this (${response.status}).`);
  }
  return answer;
}
