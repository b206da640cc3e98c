// Requests of our own scripts carry the page's antiforgery token. Where it has expired, the answer brings a fresh one, as for htmx.

export const token = () => JSON.parse(document.body.getAttribute("hx-headers:inherited")).RequestVerificationToken;

/** Takes the fresh token of an answer's HX-Trigger header. False: there is none, so trying again would not help. */
export function refresh(trigger) {
  const fresh = JSON.parse(trigger ?? "{}")["fresh-token"];
  if (fresh) document.dispatchEvent(new CustomEvent("fresh-token", { detail: fresh }));
  return Boolean(fresh);
}

/** What the server said is wrong. */
export function reason(status, text) {
  try {
    const problem = JSON.parse(text);
    const fields = Object.values(problem.errors ?? {}).flat();
    return [problem.detail, ...fields].filter((said, i, all) => said && all.indexOf(said) === i).join(" ") || problem.title;
  } catch {
    return `The server answered ${status}.`;
  }
}

/** Sends a form and gives the answer's text; throws with the reason where it was refused. */
export async function post(url, fields, isAgain = false) {
  const body = fields instanceof FormData ? fields : Object.entries(fields).reduce((form, [name, value]) => (form.append(name, value), form), new FormData());
  let response;
  try {
    response = await fetch(url, { method: "POST", body, headers: { "HX-Request": "true", RequestVerificationToken: token() } });
  } catch {
    throw new Error("The connection broke off.");
  }
  const text = await response.text();
  if (response.ok) return text;
  if (refresh(response.headers.get("HX-Trigger")) && !isAgain) return post(url, body, true);
  throw new Error(reason(response.status, text), { cause: response.status });
}
