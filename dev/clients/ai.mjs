// Vercel's AI SDK with its provider for compatible servers: node ai.mjs <base url> <key>. One JSON line per question.
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { embedMany, generateText, Output, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';

const [baseURL, apiKey] = process.argv.slice(2);
const provider = createOpenAICompatible({ name: 'republic', baseURL, apiKey, includeUsage: true, supportsStructuredOutputs: true });
const model = provider('any');
const say = (name, value) => console.log(JSON.stringify({ name, value }));
const Mood = z.object({ mood: z.enum(['good', 'bad']), score: z.number().int().min(1).max(5) });
const asked = [];
const weather = tool({
  description: 'The weather of a town.',
  inputSchema: z.object({ town: z.enum(['Oslo', 'Rome']) }),
  execute: async ({ town }) => { asked.push(town); return 'Sun.'; },
});

const whole = await generateText({ model, prompt: 'How are you today?', maxOutputTokens: 20, maxRetries: 0 });
say('whole', [whole.text.length > 0, whole.usage.inputTokens > 0, whole.usage.outputTokens > 0]);

const stream = streamText({ model, prompt: 'How are you today?', maxOutputTokens: 20, maxRetries: 0 });
let pieces = 0;
for await (const piece of stream.textStream) pieces += piece.length > 0 ? 1 : 0;
say('stream', [pieces > 1, (await stream.usage).outputTokens > 0, await stream.finishReason]);

const object = await generateText({ model, prompt: 'How are you today?', output: Output.object({ schema: Mood }), maxOutputTokens: 200, maxRetries: 0 });
say('object', Mood.safeParse(object.output).success);

const acted = await generateText({
  model, prompt: 'What is the weather in Oslo?', tools: { weather }, maxRetries: 0, maxOutputTokens: 200, stopWhen: stepCountIs(2),
  prepareStep: ({ stepNumber }) => ({ toolChoice: stepNumber === 0 ? 'required' : 'none' }),
});
say('acted', [asked.length > 0, acted.steps.length, acted.text.length > 0]);

const streamed = streamText({ model, prompt: 'What is the weather in Oslo?', tools: { weather }, toolChoice: 'required', maxRetries: 0, maxOutputTokens: 200 });
// It may call a tool several times at once.
say('streamed call', [...new Set((await streamed.toolCalls).map(call => call.toolName))]);

const { embeddings } = await embedMany({ model: provider.embeddingModel?.('any') ?? provider.textEmbeddingModel('any'), values: ['one', 'two'], maxRetries: 0 });
say('embeddings', embeddings.map(one => one.length));
