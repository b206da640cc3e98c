// MCP's own client: node mcp.mjs <base url of /v1> <token>. One JSON line per question.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [baseURL, token] = process.argv.slice(2);
const say = (name, value) => console.log(JSON.stringify({ name, value }));
const client = new Client({ name: 'republic-tests', version: '1.0.0' });
const requestInit = { headers: { Authorization: `Bearer ${token}` } };
await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', baseURL), { requestInit }));
say('server', client.getServerVersion().name);

const { tools } = await client.listTools();
say('tools', tools.map(tool => tool.name).sort());

const minions = await client.callTool({ name: 'list_minions', arguments: {} });
say('minions', minions.content[0].text);

const created = await client.callTool({ name: 'create_task', arguments: { title: 'Buy milk' } });
say('created', created.content[0].text);

const refused = await client.callTool({ name: 'create_task', arguments: { title: '' } });
say('refused', refused.isError);

await client.callTool({ name: 'delete_task', arguments: { number: 1 } }).catch(error => say('unknown', error.code));
await client.close();
