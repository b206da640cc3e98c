// Schemas made at random, answered by the built-in model, hot and cold, and judged by ajv.
import { createRequire } from "node:module";
import os from "node:os";
import { start } from "./host.mjs";

const [, , program, models, count] = process.argv;
const Ajv = createRequire(new URL("../../package.json", import.meta.url))("ajv/dist/2020.js").default;
const host = await start(program, models, String(os.cpus().length));
let state = 75;
const dice = below => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0, Math.floor((state / 2 ** 32) * below));
const pick = list => list[dice(list.length)];

function text() {
  return pick([{ type: "string" }, { type: "string", pattern: pick(["^[a-z]{2,6}$", "^[A-Z]{2}-\\d{3,5}$", "^(red|green|blue)+$", "\\d\\.\\d", "^[^\"a]{3}", "x$"]) },
    { type: "string", minLength: dice(4), maxLength: 4 + dice(80) }]);
}

function number() {
  const least = (dice(4000) - 2000) / 100;
  const limits = { type: pick(["number", "integer"]) };
  if (dice(3)) limits[pick(["minimum", "exclusiveMinimum"])] = least;
  if (dice(3)) limits[pick(["maximum", "exclusiveMaximum"])] = least + 2 + dice(9000) / 10;
  return limits;
}

function schema(depth) {
  const kind = dice(depth > 0 ? 9 : 5);
  if (kind === 0) return text();
  if (kind === 1) return number();
  if (kind === 2) return { enum: ["one", "two \"three\"", 4, true, null] };
  if (kind === 3) return { type: ["string", "null", "integer"], minLength: 1, minimum: -3 };
  if (kind === 4) return { const: { fixed: [1, "é\n"] } };
  if (kind === 5) { const minItems = dice(3); return { type: "array", items: schema(depth - 1), minItems, maxItems: minItems + 1 + dice(3) }; }
  if (kind === 6) return { anyOf: [schema(depth - 1), schema(depth - 1), schema(depth - 1)] };
  const names = ["name", "a b", "naïve", "quote\"d", "back\\slash", "größe", "id"].filter(() => dice(2));
  return { type: "object", properties: Object.fromEntries(names.map(name => [name, schema(depth - 1)])), required: names.filter(() => dice(3)),
    additionalProperties: false };
}

const [wrong, reasons] = [[], {}];
let tokens = 0;
const begun = performance.now();
for (let i = 0; i < Number(count); i++) {
  const one = schema(4);
  const answer = await host.ask({ model: "sprout", temperature: i % 2 ? 1.2 : 0, seed: i, max_tokens: 400,
    messages: [{ role: "user", content: "How are you today?" }], response_format: { type: "json_schema", json_schema: { name: "answer", schema: one } } });
  const [choice] = answer.choices;
  tokens += answer.usage.completion_tokens;
  reasons[choice.finish_reason] = (reasons[choice.finish_reason] ?? 0) + 1;
  try {
    if (!new Ajv({ strict: false, logger: false }).compile(one)(JSON.parse(choice.message.content))) throw new Error("does not satisfy it");
  } catch (error) {
    wrong.push(`${JSON.stringify(one)}\n  ${choice.message.content}\n  ${error.message}`);
  }
}
console.log(`\n${count} schemas: ${wrong.length} answers that are not JSON by them; ended by ${JSON.stringify(reasons)}, ${tokens} tokens in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
wrong.slice(0, 5).forEach(one => console.log(one));
host.stop();
process.exitCode = wrong.length > 0 ? 1 : 0;
