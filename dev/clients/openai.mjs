// OpenAI's own client: node openai.mjs <base url> <key>. One JSON line per question.
import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';

const [baseURL, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const model = 'any';
const messages = [{ role: 'user', content: 'How are you today?' }];
const say = (name, value) => console.log(JSON.stringify({ name, value }));
const Mood = z.object({ mood: z.enum(['good', 'bad']), score: z.number().int().min(1).max(5), words: z.array(z.string().max(9)).max(2) });
const weather = {
  type: 'function',
  function: {
    name: 'weather',
    description: 'The weather of a town.',
    strict: true,
    parameters: { type: 'object', properties: { town: { type: 'string', enum: ['Oslo', 'Rome'] } }, required: ['town'], additionalProperties: false },
  },
};

const parsed = await client.chat.completions.parse({ model, messages, max_tokens: 300, response_format: zodResponseFormat(Mood, 'mood') });
say('parsed', Mood.safeParse(parsed.choices[0].message.parsed).success);
say('refusal', parsed.choices[0].message.refusal);

const streamed = client.chat.completions.stream({ model, messages, max_tokens: 300, response_format: zodResponseFormat(Mood, 'mood') });
let deltas = 0;
streamed.on('content.delta', () => deltas++);
say('streamed', Mood.safeParse((await streamed.finalChatCompletion()).choices[0].message.parsed).success && deltas > 1);

const called = await client.chat.completions.create({ model, messages, tools: [weather], tool_choice: 'required', parallel_tool_calls: false });
const [call] = called.choices[0].message.tool_calls;
say('called', [called.choices[0].finish_reason, call.type, call.function.name, ['Oslo', 'Rome'].includes(JSON.parse(call.function.arguments).town)]);

const answered = await client.chat.completions.create({
  model, tools: [weather], max_tokens: 40,
  messages: [...messages, called.choices[0].message, { role: 'tool', tool_call_id: call.id, content: 'Sun.' }],
});
say('answered', answered.choices[0].message.content.length > 0);

const calling = client.chat.completions.stream({ model, messages, tools: [weather], tool_choice: { type: 'function', function: { name: 'weather' } } });
say('streamed call', (await calling.finalChatCompletion()).choices[0].message.tool_calls.map(one => one.function.name));

const several = await client.chat.completions.create({ model, messages, n: 3, max_tokens: 8, logprobs: true, top_logprobs: 2 });
say('several', [several.choices.length, several.choices.every(one => one.logprobs.content[0].top_logprobs.length === 2)]);
say('request', typeof several._request_id);

await client.chat.completions.create({ model, messages, stream_options: { include_usage: true } }).catch(error => say('options', [error.status, error.param]));
const frames = [];
for await (const chunk of await client.chat.completions.create({ model, messages, max_tokens: 8, stream: true, stream_options: { include_usage: true } })) {
  frames.push([chunk.choices.length, chunk.usage != null]);
}
say('usage apart', [frames.at(-1), frames.slice(0, -1).every(([choices, counted]) => choices === 1 && !counted)]);
