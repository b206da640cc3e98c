// Prints the 20 test classes whose tests took longest, from a result file of the test runner (*.trx).
import { readFileSync } from 'node:fs'

const file = readFileSync(process.argv[2], 'utf8')
const attribute = (tag, name) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? ''

const classOf = new Map()
for (const [, head, body] of file.matchAll(/<UnitTest ([^>]*)>(.*?)<\/UnitTest>/gs))
  classOf.set(attribute(` ${head}`, 'id'), attribute(/<TestMethod[^>]*>/.exec(body)[0], 'className'))

const classes = new Map()
for (const [tag] of file.matchAll(/<UnitTestResult [^>]*>/g)) {
  const [hours, minutes, seconds] = attribute(tag, 'duration').split(':').map(Number)
  const name = classOf.get(attribute(tag, 'testId')) ?? '?'
  const all = classes.get(name) ?? { seconds: 0, tests: 0 }
  classes.set(name, { seconds: all.seconds + hours * 3600 + minutes * 60 + (seconds || 0), tests: all.tests + 1 })
}

console.log('\n seconds  tests  class')
for (const [name, { seconds, tests }] of [...classes].sort((a, b) => b[1].seconds - a[1].seconds).slice(0, 20))
  console.log(`${seconds.toFixed(1).padStart(8)}${String(tests).padStart(7)}  ${name.replace(/^Republic\.Tests\./, '')}`)
