// node chats.mjs <address> <email> <password> [out.md] [first-chats.jsonl]: first chats of new users, through the API of an app that runs. Writes the
// transcripts, each answer with what the trace says of it, and counts the answers that were drawn again. SETUP_TOKEN makes the first account.
import fs from "node:fs";
import path from "node:path";

const [, , address, email, password, out, file = "first-chats.jsonl"] = process.argv;
if (!password) {
  console.error("node chats.mjs <address> <email> <password> [out.md] [first-chats.jsonl]");
  process.exit(2);
}

let token;
async function ask(method, where, body) {
  for (;;) {
    const answer = await fetch(address + where, {
      method,
      body: body && JSON.stringify(body),
      headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(body && { "Content-Type": "application/json" }) },
    });
    const text = await answer.text();
    if (answer.ok) return text ? JSON.parse(text) : null;
    if (answer.status !== 429) throw new Error(`${method} ${where}: ${answer.status} ${text}`);
    await new Promise(resolve => setTimeout(resolve, 1000 * Number(answer.headers.get("retry-after") ?? 1)));
  }
}

async function answered(chat) {
  for (const limit = Date.now() + 60_000; Date.now() < limit; await new Promise(resolve => setTimeout(resolve, 40))) {
    const last = (await ask("GET", `/api/conversations/${chat}/messages`)).messages.at(-1);
    if (!["pending", "streaming"].includes(last.state)) return last;
  }
  throw new Error("No answer within a minute.");
}

if (process.env.SETUP_TOKEN) await ask("POST", "/api/account/register", { email, password, setup_token: process.env.SETUP_TOKEN });
token = (await ask("POST", "/api/account/login", { email, password })).access_token;
const chats = fs.readFileSync(path.join(import.meta.dirname, file), "utf8").trim().split("\n").map(line => JSON.parse(line));
const [lines, counts] = [[], { answers: 0, redrawn: 0, lost: 0 }];
for (const { id, minion, character, turns } of chats) {
  // It may be asked again.
  const name = `${id}-${Date.now()}`;
  const { minion_id } = await ask("POST", "/api/minions", { name, display_name: minion, system_prompt: character, provider: "local", model_id: "sprout" });
  // As a person's first minion has it.
  await ask("PUT", `/api/minions/${minion_id}/knowledge`, { stages: { help: true } });
  const { conversation } = await ask("POST", "/api/conversations", { participants: [minion_id] });
  lines.push(`## ${id}: ${minion}`, "", ...(character ? [`*${character}*`, ""] : []));
  for (const turn of turns) {
    await ask("POST", `/api/conversations/${conversation.id}/messages`, { content: turn });
    const answer = await answered(conversation.id);
    const note = (answer.trace?.stages ?? []).map(stage => stage.reason).filter(reason => reason?.includes("made-up")).join(" ");
    counts.answers++;
    counts.redrawn += note ? 1 : 0;
    counts.lost += note.includes("neither") ? 1 : 0;
    lines.push(`- **${turn}**`, `  ${answer.content.replace(/\s*\n\s*/g, " / ")}${note ? ` *(${note})*` : ""}`);
  }
  lines.push("");
}
if (out) fs.writeFileSync(out, lines.join("\n"));
console.log(`${counts.answers} answers, ${counts.redrawn} drawn again, ${counts.lost} of them with made-up words twice.`);
