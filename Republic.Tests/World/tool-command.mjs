// A tool server over standard input and output. The argument says how it goes: as it should, or "hangs", "floods", "dies", "again",
// "tells".
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createInterface } from 'node:readline'

const manner = process.argv[2]
const key = process.env.API_KEY
const schema = { type: 'object', properties: { text: { type: 'string' } } }
const names = ['echo', 'look', 'fork', 'daemon']
const say = message => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
const text = value => ({ content: [{ type: 'text', text: value }] })
const describe = name => (manner === 'tells' ? `Knows ${key}.` : `Does ${name}.`)
const sleeper = options => spawn('sleep', ['600'], { stdio: 'ignore', ...options }).pid

let calls = 0
const call = {
  echo: order => text(order.text ?? ''),
  look: () =>
    text(JSON.stringify({ environment: process.env, length: key?.length, folder: process.cwd(), files: readdirSync('.') })),
  // In its group, and out of it.
  fork: () => text(String(sleeper({}))),
  daemon: () => text(String(sleeper({ detached: true }))),
}

const answer = {
  initialize: () => ({ protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: { name: 'command', version: '1.0' } }),
  'tools/list': () => ({ tools: names.map(name => ({ name, description: describe(name), inputSchema: schema })) }),
  'tools/call': ({ name, arguments: order }) => {
    calls++
    if (manner === 'floods') {
      const piece = 'x'.repeat(1 << 16)
      const flood = () => process.stdout.write(piece, flood)
      flood()
      return undefined
    }
    if (manner === 'dies') {
      process.stderr.write(`The disk is on fire in ${process.argv[1]}, which knows ${key}.\n`, () => process.exit(3))
      return undefined
    }
    if (manner === 'again') return calls > 1 ? text('called twice') : { resultType: 'input_required', requestState: 'more' }
    return call[name](order ?? {})
  },
}

createInterface({ input: process.stdin }).on('line', line => {
  const { id, method, params } = JSON.parse(line)
  if (id === undefined || manner === 'hangs') return
  if (!answer[method]) return say({ id, error: { code: -32601, message: 'Method not found' } })
  const result = answer[method](params ?? {})
  if (result !== undefined) say({ id, result })
})
