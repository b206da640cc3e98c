// OpenAI's own client, as its first example goes: node openai-basics.cjs <base url> <key>. One JSON line per question.
const OpenAI = require('openai');

async function main([baseURL, apiKey]) {
  const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
  const messages = [{ role: 'user', content: 'Hello' }];
  const say = (name, value) => console.log(JSON.stringify({ name, value }));

  const models = [];
  for await (const model of client.models.list()) models.push(model.id);
  say('models', models);
  say('model', (await client.models.retrieve(models[0])).id);

  const whole = await client.chat.completions.create({ model: models[0], messages, max_tokens: 12 });
  say('whole', { text: whole.choices[0].message.content, usage: whole.usage.total_tokens, reason: whole.choices[0].finish_reason });

  let text = '';
  let usage = null;
  const stream = await client.chat.completions.create({ model: models[0], messages, max_tokens: 12, stream: true });
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    usage = chunk.usage?.total_tokens ?? usage;
  }
  say('stream', { text, usage });

  const embedded = await client.embeddings.create({ model: models[0], input: ['one', 'two'] }).catch(error => ({ error }));
  say('embeddings', embedded.error ? embedded.error.status : embedded.data.map(item => item.embedding.length));

  await client.chat.completions.create({ model: models[0], messages: [] }).catch(e => say('bad request', [e.constructor.name, e.status, e.param, e.message]));
  const stranger = new OpenAI({ baseURL, apiKey: 'rep_nobody', maxRetries: 0 });
  await stranger.models.list().catch(e => say('bad key', [e.constructor.name, e.status, e.code]));
}

main(process.argv.slice(2)).catch(error => {
  console.error(error);
  process.exit(1);
});
