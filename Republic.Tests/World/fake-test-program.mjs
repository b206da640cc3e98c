// Reports as the test program does, of the tests in plan.json of the working folder: { name: how it goes }. Counts its starts of each.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const words = process.argv.slice(2)
const plan = JSON.parse(readFileSync('plan.json', 'utf8'))
const starts = existsSync('starts.json') ? JSON.parse(readFileSync('starts.json', 'utf8')) : {}
const values = option => words.flatMap((word, i) => (word === option ? [words[i + 1]] : []))
const isIn = (name, spaces) => spaces.some(space => name.startsWith(space.replace('*', '')))
const selected = Object.keys(plan).filter(
  name =>
    (values('-id').length === 0 || values('-id').includes(name)) &&
    (values('-namespace').length === 0 || isIn(name, values('-namespace'))) &&
    !isIn(name, values('-namespace-')) &&
    (values('-method').length === 0 || values('-method').some(part => name.includes(part.replaceAll('*', '')))),
)

if (words.includes('-list')) {
  console.log(JSON.stringify(selected.map(name => ({ ID: name }))))
  process.exit(0)
}

const say = ($type, more) => console.log(JSON.stringify({ $type, ...more }))
for (const name of selected) {
  const TestClassUniqueID = name.slice(0, name.lastIndexOf('.'))
  const test = { TestUniqueID: name, TestCaseUniqueID: name, TestClassUniqueID }
  say('test-class-starting', { TestClassUniqueID, TestClassName: TestClassUniqueID })
  // What a class shares takes this long to set up.
  if (plan[name] === 'lasts') await new Promise(resolve => setTimeout(resolve, 3_000))
  say('test-starting', { ...test, TestDisplayName: name, Timeout: 100 })
  starts[name] = (starts[name] ?? 0) + 1
  writeFileSync('starts.json', JSON.stringify(starts))
  const how = plan[name].endsWith(' once') && starts[name] > 1 ? 'passes' : plan[name].replace(' once', '')
  if (how === 'crashes') process.exit(134)
  if (how === 'blocks') await new Promise(resolve => setTimeout(resolve, 60_000))
  if (how.includes('breaks its class')) say('test-class-cleanup-failure', { ...test, ExceptionTypes: ['IOException'], Messages: ['in use'] })
  if (how.startsWith('fails')) say('test-failed', { ...test, ExecutionTime: 1, ExceptionTypes: ['EqualException'], Messages: ['1 is not 2'] })
  else if (how === 'is skipped') say('test-skipped', { ...test, ExecutionTime: 0, Reason: 'nobody may' })
  else say('test-passed', { ...test, ExecutionTime: 0.5 })
  say('test-class-finished', { ...test, TestsTotal: 1 })
}
say('test-assembly-finished', {})
