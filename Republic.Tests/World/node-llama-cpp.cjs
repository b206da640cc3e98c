// node-llama-cpp's own binding, as its package for this system brings it: node node-llama-cpp.cjs <model> <adapter> <prompt> <answer>
// Says, without and with the adapter, the loss of the answer in nats a token, and what it answers itself.
const binding = require(process.env.NODE_LLAMA_CPP_ADDON);

async function measure(model, sampler, lora, prompt, answer) {
  const context = new binding.AddonContext(model, { contextSize: 1024, batchSize: 512, sequences: 1, threads: 1 });
  await context.init();
  if (lora) context.setLoras([lora], [1]);
  let position = 0;
  const decode = async (tokens, wanted) => {
    context.initBatch(tokens.length);
    const at = context.addToBatch(0, position, Uint32Array.from(tokens), Uint32Array.from(wanted));
    await context.decodeBatch();
    position += tokens.length;
    return at;
  };

  const whole = [...prompt, ...answer];
  const at = await decode(whole.slice(0, -1), answer.map((_, i) => prompt.length - 1 + i));
  let nats = 0;
  for (let i = 0; i < answer.length; i++) {
    const [, flat] = await context.sampleToken(at[i], sampler, true, false);
    nats -= Math.log(flat[flat.findIndex((token, n) => n % 2 === 0 && token === answer[i]) + 1]);
  }

  context.disposeSequence(0);
  position = 0;
  const said = [];
  let [next] = await decode(prompt, [prompt.length - 1]);
  while (said.length < 40) {
    const [, flat] = await context.sampleToken(next, sampler, true, false);
    if (model.isEogToken(flat[0])) break;
    said.push(flat[0]);
    [next] = await decode([flat[0]], [0]);
  }
  await context.dispose();
  return { loss: nats / answer.length, said: model.detokenize(Uint32Array.from(said)) };
}

async function main([modelPath, adapterPath, prompt, answer]) {
  binding.setLoggerLogLevel(1);
  binding.loadBackends();
  binding.loadBackends(require('path').dirname(process.env.NODE_LLAMA_CPP_ADDON));
  await binding.init();
  const model = new binding.AddonModel(modelPath, { addonExports: binding, gpuLayers: 0 });
  await model.init();
  const lora = new binding.AddonModelLora(model, adapterPath);
  await model.loadLora(lora);
  const sampler = new binding.AddonSampler(model);
  sampler.applyConfig({ temperature: 1, minP: 0, topK: 0, topP: 1 });
  const tokens = [model.tokenize(prompt, true), model.tokenize(answer, true)].map(list => [...list]);
  for (const one of [null, lora]) console.log(JSON.stringify(await measure(model, sampler, one, ...tokens)));
}

main(process.argv.slice(2)).catch(error => {
  console.error(error);
  process.exit(1);
});
