// Tokens a second of free answers and of answers under schemas, in turns.
import os from "node:os";
import { start } from "./host.mjs";

const [, , program, models, model, threads, rounds, tokens] = process.argv;
const host = await start(program, models, threads);
const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const format = schema => ({ type: "json_schema", json_schema: { name: "answer", schema } });
const members = count => Object.fromEntries(Array.from({ length: count }, (_, i) => [`member${i}`, { type: "integer" }]));
const kinds = {
  "free": { ignore_eos: true },
  // Any word is legal within a text, as nearly all are that a model wants to say which was told what to write.
  "words within a text": { response_format: format({ type: "string", minLength: 100 }) },
  // Nothing that such a model says is legal: each token is looked for among all of them.
  "numbers, each unlikely": { response_format: format({ type: "array", items: { type: "integer" }, minItems: 400 }) },
  // It cannot be brought to its end.
  "a text longer than there is space for": { response_format: format({ type: "string", minLength: 4000 }) },
  "one of 1,000 names": { response_format: format({ type: "array", minItems: 60,
    items: { enum: Array.from({ length: 1000 }, (_, i) => `name ${i * 7919}`) } }) },
  "an object of 300 members": { response_format: format({ type: "object", properties: members(300), required: Object.keys(members(300)) }) },
};

async function rate(kind, round) {
  const { usage, timings } = await host.ask({ model, temperature: 0.8, seed: round, max_tokens: Number(tokens),
    messages: [{ role: "user", content: `Round ${round}: write.` }], ...kinds[kind] });
  return (usage.completion_tokens - 1) / (timings.predicted_ms / 1000);
}

const rates = Object.fromEntries(Object.keys(kinds).map(kind => [kind, []]));
for (const kind of Object.keys(kinds)) await rate(kind, 1000);
for (let round = 0; round < Number(rounds); round++) for (const kind of Object.keys(kinds)) rates[kind].push(await rate(kind, round));
console.log(`\n${model}, ${threads} thread, ${rounds} rounds of ${tokens} tokens; load ${os.loadavg()[0].toFixed(1)} on ${os.cpus().length} cores\n`);
console.log("| answer | tokens a second | of a free one |\n| --- | --- | --- |");
for (const [kind, all] of Object.entries(rates)) {
  const ratios = all.map((one, i) => one / rates.free[i]);
  console.log(`| ${kind} | ${median(all).toFixed(1)} | ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}) |`);
}
host.stop();
