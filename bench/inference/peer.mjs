// node-llama-cpp in a process of its own: loads the model once, then answers each message with the times of one run.
import { getLlama } from "node-llama-cpp";

const [, , modelPath, threads, contextSize] = process.argv;
const llama = await getLlama({ gpu: false, build: "never", logLevel: "error", maxThreads: Number(threads) });
const model = await llama.loadModel({ modelPath });
const context = await model.createContext({ contextSize: Number(contextSize), threads: Number(threads), sequences: 1 });
const sequence = context.getSequence();

process.on("message", async ({ text, tokens }) => {
  const prompt = model.tokenize(`<|im_start|>user\n${text}<|im_end|>\n<|im_start|>assistant\n`, true);
  await sequence.clearHistory();
  const begun = performance.now();
  const before = process.cpuUsage();
  let first = 0;
  let prompted;
  let count = 0;
  let length = 0;
  for await (const token of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
    first ||= performance.now();
    prompted ??= process.cpuUsage(before);
    length += model.detokenize([token]).length;
    if (++count === tokens) break;
  }
  const milliseconds = ({ user, system }) => (user + system) / 1000;
  const promptCpu = milliseconds(prompted);
  const answerCpu = milliseconds(process.cpuUsage(before)) - promptCpu;
  process.send({ prompt: prompt.length, count, length, begun, first, ended: performance.now(), promptCpu, answerCpu });
});
process.send("ready");
