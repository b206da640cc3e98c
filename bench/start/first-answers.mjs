// node first-answers.mjs <address> <setup token> <seconds since 1970 at which the start began>: the first account of a fresh app asks its
// first question, and looks for a passage in other words as soon as that is possible. Prints the seconds since the start of each, as rows.
const [, , address, token, began] = process.argv;
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));
const since = () => (Date.now() / 1000 - Number(began)).toFixed(1);
const row = what => console.log(`| ${what} | ${since()} | |`);

let bearer;
async function ask(path, body, key = bearer) {
  const answer = await fetch(address + path, {
    method: body === undefined ? "GET" : "POST",
    body: body instanceof FormData ? body : body && JSON.stringify(body),
    headers: { ...(key && { Authorization: `Bearer ${key}` }), ...(body && !(body instanceof FormData) && { "Content-Type": "application/json" }) },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

async function until(what, isSo) {
  for (const limit = Date.now() + 300_000; Date.now() < limit; await pause(100)) {
    if (await isSo()) return row(what);
  }
  throw new Error(`${what}: not after 300 s.`);
}

const account = { email: "first@republic.example", password: "a long password for the first" };
await ask("/api/account/register", { ...account, setup_token: token });
bearer = (await ask("/api/account/login", account)).access_token;
const me = (await ask("/api/account/me")).id;
const { republic_key } = await ask("/api/minions", { name: "First", provider: "local", model_id: "sprout" });
const { choices } = await ask("/v1/chat/completions", { messages: [{ role: "user", content: "Who are you?" }] }, republic_key);
if (!choices[0].message.content) throw new Error("The first answer is empty.");
row("its first answer, by the built-in model to an account just made");

// A collection that is made before the embedding model is there finds by words, until its owner chooses otherwise.
let collection;
await until("a new collection finds by meaning", async () => {
  ({ collection } = await ask(`/api/users/${me}/collections`, { name: `First, at ${since()} s` }));
  return collection.embedding !== null;
});
const form = new FormData();
for (const [i, text] of ["Holidays are 28 days a year.", "The lift is out of order.", "Lunch is at noon."].entries()) {
  form.append("file", new Blob([text], { type: "text/plain" }), `${i}.txt`);
}
await ask(`/api/users/${me}/collections/${collection.id}/documents`, form);
await until("a passage found by what it means", async () => {
  const { hits, lexical_alone } = await ask(`/api/users/${me}/collections/${collection.id}/search`, { query: "How long may I be on vacation?" });
  return !lexical_alone && hits[0]?.text.startsWith("Holidays") && hits[0].similarity > 0;
});
