// Tokens a second: Republic's model host over its HTTP stream, and node-llama-cpp in its own process, in turns.
import { fork, spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";

const [, , host, modelPath, threads = String(os.cpus().length), rounds = "7", tokens = "200"] = process.argv;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
const socketPath = path.join(folder, "host.sock");
const model = path.basename(modelPath, ".gguf");
const words = "the minion reads a long question about models and answers it in a few plain words ".repeat(18);
const contextSize = 2048;
const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const started = performance.now();
const child = spawn("dotnet", [host, "model-host", "--socket", socketPath, "--models", path.dirname(modelPath),
  "--threads", threads, "--context", String(contextSize)], { stdio: ["pipe", "pipe", "inherit"] });
await new Promise((resolve, reject) => { child.stdout.once("data", resolve); child.once("exit", reject); });
const listening = performance.now() - started;
await ask("Hello", 1);
const firstToken = performance.now() - started;

const hasPeer = fs.existsSync(new URL("node_modules/node-llama-cpp", import.meta.url));
if (!hasPeer) console.error("node-llama-cpp is not installed (npm install in bench/inference): the model host alone");
const peer = hasPeer ? fork(new URL("peer.mjs", import.meta.url), [modelPath, threads, String(contextSize)]) : undefined;
if (peer) await new Promise((resolve, reject) => { peer.once("message", resolve); peer.once("exit", reject); });
const askPeer = (text, count) => new Promise(resolve => { peer.once("message", resolve); peer.send({ text, tokens: count }); });

function cpuOfHost() {
  const fields = fs.readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function ask(text, count) {
  const body = JSON.stringify({ model, stream: true, temperature: 0, max_tokens: count, ignore_eos: true,
    messages: [{ role: "user", content: text }] });
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const before = cpuOfHost();
    const request = http.request({ socketPath, path: "/v1/chat/completions", method: "POST" }, response => {
      let [first, prompted] = [0, 0];
      let tail = "";
      let status = response.statusCode;
      response.on("data", data => {
        if (tail && !first) [first, prompted] = [performance.now(), cpuOfHost()];
        tail = (tail + data.toString("latin1")).slice(-2000);
      });
      response.on("end", () => {
        const usage = tail.match(/"prompt_tokens":(\d+),"completion_tokens":(\d+)/);
        if (status !== 200 || !usage) return reject(new Error(tail));
        resolve({ prompt: Number(usage[1]), count: Number(usage[2]), begun, first, ended: performance.now(),
          promptCpu: prompted - before, answerCpu: cpuOfHost() - prompted });
      });
    });
    request.once("error", reject);
    request.end(body);
  });
}

const rate = run => ({
  prompt: run.prompt / ((run.first - run.begun) / 1000),
  answer: (run.count - 1) / ((run.ended - run.first) / 1000),
  promptCpu: run.prompt / (run.promptCpu / 1000),
  answerCpu: (run.count - 1) / (run.answerCpu / 1000),
});
const results = { host: [], peer: [] };
await ask(`Warm ${words}`, 20);
if (peer) await askPeer(`Warm ${words}`, 20);
for (let round = 0; round < Number(rounds); round++) {
  // Another beginning each time, so that nothing is kept from the round before.
  const text = `Round ${round}: ${words}`;
  const hostFirst = round % 2 === 0;
  if (hostFirst) results.host.push(rate(await ask(text, Number(tokens))));
  if (peer) results.peer.push(rate(await askPeer(text, Number(tokens))));
  if (!hostFirst) results.host.push(rate(await ask(text, Number(tokens))));
}

console.log(`${model}, ${threads} threads, ${rounds} rounds, ${tokens} tokens each; load ${os.loadavg()[0].toFixed(1)} on ${os.cpus().length} cores`);
console.log(`model host: listens after ${listening.toFixed(0)} ms, first token after ${firstToken.toFixed(0)} ms\n`);
console.log("| median | model host | node-llama-cpp | ratio |\n| --- | --- | --- | --- |");
for (const [name, key] of [["prompt tokens/s", "prompt"], ["answer tokens/s", "answer"], ["prompt tokens per CPU second", "promptCpu"],
  ["answer tokens per CPU second", "answerCpu"]]) {
  const ours = median(results.host.map(r => r[key]));
  if (!peer) { console.log(`| ${name} | ${ours.toFixed(1)} | not installed | |`); continue; }
  const theirs = median(results.peer.map(r => r[key]));
  const ratios = results.host.map((r, i) => r[key] / results.peer[i][key]);
  console.log(`| ${name} | ${ours.toFixed(1)} | ${theirs.toFixed(1)} | ${(ours / theirs).toFixed(2)} (pairs ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}) |`);
}
child.stdin.end();
peer?.kill();
fs.rmSync(folder, { recursive: true });
