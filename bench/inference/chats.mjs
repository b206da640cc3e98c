// How much of their prompts chats read: as long chats, as more chats than slots, and with one system prompt for all. Each is asked a second
// time with another first word in each prompt, so that nothing is remembered.
import { spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";

const [, , host, modelPath, threads = "1", rounds = "3"] = process.argv;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
const socketPath = path.join(folder, "host.sock");
const model = path.basename(modelPath, ".gguf");
const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const question = seed => `Please tell me of number ${seed}. ${"The minion reads what it is asked and answers in a few plain words. ".repeat(6)}`;
const system = "You are a helpful minion, and you know what models, adapters and providers are. ".repeat(58);

const child = spawn("dotnet", [host, "model-host", "--socket", socketPath, "--models", path.dirname(modelPath),
  "--threads", threads, "--context", "2048", "--sequences", "4"], { stdio: ["pipe", "pipe", "inherit"] });
await new Promise((resolve, reject) => { child.stdout.once("data", resolve); child.once("exit", reject); });

function ask(messages) {
  const body = JSON.stringify({ model, temperature: 0, max_tokens: 8, messages });
  return new Promise((resolve, reject) => {
    const request = http.request({ socketPath, path: "/v1/chat/completions", method: "POST" }, async response => {
      let text = "";
      for await (const data of response) text += data;
      if (response.statusCode !== 200) return reject(new Error(text));
      const { choices, usage, timings } = JSON.parse(text);
      resolve({ answer: choices[0].message.content, prompt: usage.prompt_tokens, read: timings.prompt_n,
        first: timings.wait_ms + timings.prompt_ms });
    });
    request.once("error", reject);
    request.end(body);
  });
}

let fresh = 0;
/** A chat that goes on with what it was answered; `remembers` is false where each of its prompts is to begin anew. */
class Chat {
  constructor(remembers, system) {
    this.remembers = remembers;
    this.lines = [{ role: "system", content: system }];
  }

  async turn(text) {
    this.lines.push({ role: "user", content: text });
    const [first, ...rest] = this.lines;
    const told = await ask(this.remembers ? this.lines : [{ ...first, content: `${++fresh}. ${first.content}` }, ...rest]);
    this.lines.push({ role: "assistant", content: told.answer });
    return told;
  }
}

async function longChat(remembers, round) {
  const chat = new Chat(remembers, `Round ${round}, ${remembers}.`);
  const turns = [];
  for (let i = 0; i < 10; i++) turns.push(await chat.turn(question(i)));
  return [turns[1], turns[4], turns[9]];
}

async function alternating(remembers, round) {
  const chats = Array.from({ length: 8 }, (_, i) => new Chat(remembers, `Chat ${i} of round ${round}, ${remembers}.`));
  const turns = [];
  for (let i = 0; i < 5; i++) for (const chat of chats) turns.push({ i, told: await chat.turn(question(i)) });
  return [sum(turns.filter(({ i }) => i === 4).map(({ told }) => told))];
}

async function oneSystem(remembers, round) {
  const turns = [];
  for (let i = 0; i < 8; i++) turns.push(await new Chat(remembers, `${round} ${remembers}. ${system}`).turn(`Number ${i}, please?`));
  return [sum(turns.slice(1))];
}

const sum = turns => ({
  prompt: turns.reduce((all, one) => all + one.prompt, 0) / turns.length,
  read: turns.reduce((all, one) => all + one.read, 0) / turns.length,
  first: turns.reduce((all, one) => all + one.first, 0) / turns.length,
});

await ask([{ role: "user", content: "Hello" }]);
const load = os.loadavg()[0].toFixed(1);
console.log(`${model}, ${threads} threads, ${rounds} rounds, 4 slots; load ${load} on ${os.cpus().length} cores\n`);
console.log("| median | prompt, tokens | read | ms to the first token | read, remembering nothing | ms | ratio of ms |\n| --- | --- | --- | --- | --- | --- | --- |");
for (const [names, measure] of [
  [["turn 2 of a chat", "turn 5", "turn 10"], longChat],
  [["8 chats in turn, their fifth turns"], alternating],
  [["8 chats with one system prompt, all but the first"], oneSystem],
]) {
  const [withMemory, without] = [[], []];
  for (let round = 0; round < Number(rounds); round++) {
    withMemory.push(await measure(true, round));
    without.push(await measure(false, round));
  }
  names.forEach((name, i) => {
    const of = (runs, key) => median(runs.map(run => run[i][key]));
    const [ours, anew] = [of(withMemory, "first"), of(without, "first")];
    console.log(`| ${name} | ${of(withMemory, "prompt").toFixed(0)} | ${of(withMemory, "read").toFixed(0)} | ${ours.toFixed(1)} | ${of(without, "read").toFixed(0)} | ${anew.toFixed(1)} | ${(ours / anew).toFixed(3)} |`);
  });
}
child.stdin.end();
fs.rmSync(folder, { recursive: true });
