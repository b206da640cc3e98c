// node measure.mjs <address> <email> <password> [quick]: what the built-in embedding model does for search, thresholds, languages, memories and
// the comparison of answers, as Markdown. SETUP_TOKEN makes the first account of a new app; APP_PROCESS is its process, whose model host's
// CPU time is then read.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { MODEL, Republic, hostSeconds } from "./client.mjs";
import { median, table } from "./figures.mjs";
import { measureMemories } from "./memories.mjs";
import { measurePairs } from "./pairs.mjs";
import { measureLanguages, measureSearch } from "./search.mjs";

const [, , address, email, password, ...rest] = process.argv;
if (!password) {
  console.error("node measure.mjs <address> <email> <password> [quick]");
  process.exit(2);
}

const quick = rest.includes("quick");
const read = name => fs.readFileSync(path.join(import.meta.dirname, `${name}.jsonl`), "utf8").split("\n").filter(Boolean).map(line => JSON.parse(line));
/** In small, every fifth row; of rows that belong together, as many as their groups have. */
const some = (rows, group = 1) => (quick ? rows.filter((_, i) => Math.floor(i / group) % 5 === 0) : rows);

const passages = some(read("passages"));
const kept = new Set(passages.map(({ id }) => id));
const memories = some(read("memories"));
const remembered = new Set([null, ...memories.map(({ id }) => id)]);
const data = {
  passages,
  questions: read("questions").filter(({ passage }) => kept.has(passage)),
  unanswered: some(read("unanswered")),
  memories,
  memoryQuestions: read("memory-questions").filter(({ memory }) => remembered.has(memory)),
};

const republic = await Republic.signIn(address, email, password);
console.log(`${os.cpus().length} cores (${os.cpus()[0]?.model.trim()}), load ${os.loadavg()[0].toFixed(1)}; ${MODEL.model_id}${quick ? "; quick: no figures to publish" : ""}`);
try {
  await republic.findModel();
  await measureSearch(republic, data);
  await measureLanguages(republic, some(read("languages")));
  await measureMemories(republic, data);
  await measurePairs(republic, some(read("pairs"), 2));
  await measureSpeed(republic, data);
} finally {
  await republic.leave();
}

async function measureSpeed(asked, { passages: texts, questions }) {
  const times = [];
  for (let i = 0; i < 50; i++) {
    // Each text differs, so that nothing can be remembered.
    const text = `${questions[i % questions.length].text} (${i})`;
    const began = performance.now();
    await asked.vectors([text]);
    times.push(performance.now() - began);
  }
  const [cpu, began] = [hostSeconds(process.env.APP_PROCESS), performance.now()];
  await asked.vectors(texts.map(({ text }) => text));
  const seconds = (performance.now() - began) / 1000;
  const taken = cpu === null ? null : hostSeconds(process.env.APP_PROCESS) - cpu;
  table("Speed by /v1/embeddings", ["figure", "value"], [
    ["a question's vector, ms, median of 50", median(times).toFixed(1)],
    ["the slowest of 50, ms", Math.max(...times).toFixed(1)],
    ["passages a second, 32 a call", (texts.length / seconds).toFixed(1)],
    ["passages a CPU second of the model host", taken ? (texts.length / taken).toFixed(1) : "not known"],
  ]);
}
