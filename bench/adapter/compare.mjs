// node compare.mjs <model.gguf> <adapter.gguf> <rows.jsonl>: the loss of the rows' answers, in nats a token, as
// node-llama-cpp computes it without and with the adapter; and what both say to the first question. Then the same with the adapter as
// its own LlamaChatSession asks, which puts a begin-of-text token before every chat, also where the model's file asks for none.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.resolve(import.meta.dirname, "../inference/package.json"));
const { getLlama, LlamaChatSession } = await import(require.resolve("node-llama-cpp"));
const [, , modelPath, adapter, rowsPath] = process.argv;
const rows = fs.readFileSync(rowsPath, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line).messages);
const llama = await getLlama({ gpu: false, build: "never", logLevel: "error", maxThreads: 1 });
const model = await llama.loadModel({ modelPath });

const turn = ({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`;
const asking = (messages) => messages.map(turn).join("") + "<|im_start|>assistant\n";

async function measure(lora, begin = []) {
  const context = await model.createContext({ contextSize: 1024, threads: 1, sequences: 1, lora });
  const sequence = context.getSequence();
  let nats = 0;
  let count = 0;
  for (const messages of rows) {
    const prompt = [...begin, ...model.tokenize(asking(messages.slice(0, -1)), true)];
    const whole = [...begin, ...model.tokenize(asking(messages.slice(0, -1)) + messages.at(-1).content + "<|im_end|>", true)];
    await sequence.clearHistory();
    const input = whole.map((token, at) =>
      at + 1 >= prompt.length && at + 1 < whole.length ? [token, { generateNext: { probabilities: true, options: { temperature: 1, topK: 0, topP: 1, minP: 0 } } }] : token,
    );
    const results = await sequence.controlledEvaluate(input);
    for (let at = prompt.length - 1; at + 1 < whole.length; at++) {
      nats -= Math.log(results[at].next.probabilities.get(whole[at + 1]));
      count++;
    }
  }

  await sequence.clearHistory();
  const said = [];
  for await (const token of sequence.evaluate(model.tokenize(asking(rows[0].slice(0, -1)), true), { temperature: 0 })) {
    if (said.push(token) === 60) break;
  }
  await context.dispose();
  return { loss: nats / count, count, said: model.detokenize(said) };
}

async function chat(lora) {
  const context = await model.createContext({ contextSize: 1024, threads: 1, sequences: 1, lora });
  const system = rows[0].find(({ role }) => role === "system")?.content;
  const session = new LlamaChatSession({ contextSequence: context.getSequence(), ...(system && { systemPrompt: system }) });
  const said = await session.prompt(rows[0].at(-2).content, { temperature: 0, maxTokens: 60 });
  await context.dispose();
  return said;
}

const lora = { adapters: [{ filePath: adapter }] };
const bare = await measure(undefined);
const adapted = await measure(lora);
const begun = await measure(lora, [model.tokens.bos]);
console.log(`asked: ${rows[0].at(-2).content}`);
console.log(`without the adapter: loss ${bare.loss.toFixed(4)} over ${bare.count} tokens, says: ${bare.said}`);
console.log(`with the adapter:    loss ${adapted.loss.toFixed(4)} over ${adapted.count} tokens, says: ${adapted.said}`);
console.log(`with it, behind a begin-of-text token: loss ${begun.loss.toFixed(4)}, LlamaChatSession says: ${await chat(lora)}`);
process.exit(adapted.loss < bare.loss && begun.loss < adapted.loss + 0.1 ? 0 : 1);
