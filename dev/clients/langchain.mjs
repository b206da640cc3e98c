// LangChain's client: node langchain.mjs <base url> <key>. One JSON line per question.
import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { z } from 'zod';

const [baseURL, apiKey] = process.argv.slice(2);
const model = new ChatOpenAI({ model: 'any', apiKey, configuration: { baseURL }, maxRetries: 0, maxTokens: 200 });
const say = (name, value) => console.log(JSON.stringify({ name, value }));
const question = new HumanMessage('How are you today?');
const Mood = z.object({ mood: z.enum(['good', 'bad']), score: z.number().int().min(1).max(5) });
const weather = tool(async () => 'Sun.', {
  name: 'weather', description: 'The weather of a town.', schema: z.object({ town: z.enum(['Oslo', 'Rome']) }),
});

const whole = await model.invoke([question]);
say('whole', [whole.content.length > 0, whole.usage_metadata.output_tokens > 0]);

let [pieces, counted] = [0, 0];
for await (const chunk of await model.stream([question])) {
  pieces += chunk.content.length > 0 ? 1 : 0;
  counted += chunk.usage_metadata?.output_tokens ?? 0;
}
say('stream', [pieces > 1, counted > 0]);

say('object', Mood.safeParse(await model.withStructuredOutput(Mood, { method: 'jsonSchema', name: 'mood' }).invoke([question])).success);
say('object by call', Mood.safeParse(await model.withStructuredOutput(Mood, { method: 'functionCalling', name: 'mood' }).invoke([question])).success);

const called = await model.bindTools([weather], { tool_choice: 'required', parallel_tool_calls: false }).invoke([question]);
say('called', called.tool_calls.map(call => call.name));
const [call] = called.tool_calls;
const answered = await model.bindTools([weather], { tool_choice: 'none' }).invoke([question, called, new ToolMessage({ tool_call_id: call.id, content: 'Sun.' })]);
say('answered', [answered instanceof AIMessage, answered.content.length > 0]);

const embeddings = new OpenAIEmbeddings({ model: 'any', apiKey, configuration: { baseURL }, maxRetries: 0 });
say('embeddings', (await embeddings.embedDocuments(['one', 'two'])).map(one => one.length));
await new ChatOpenAI({ model: 'any', apiKey: 'rep_nobody', configuration: { baseURL }, maxRetries: 0 }).invoke([question]).catch(error => say('bad key', error.status ?? error.lc_error_code));
