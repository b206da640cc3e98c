// Runs the test program and counts: unit and architecture tests first, the rest only if they pass.
//   node dev/tests.mjs [--filter A|B] [--slowest] [--record] -- dotnet Republic.Tests.dll
//
// test-seconds.json says how long each class took; the program begins with the longest (World/LongestFirst.cs). A run of all tests
// names those that grew most and how the whole stands to the budget; --record writes the file anew.
//
// A test that failed is run once more, alone, after the others. If it passes then, it is flaky: named, and counted as passed.
// A program that crashes or stalls is ended, and what it had not run is started once more.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { readFileSync, writeFileSync } from 'node:fs'

const maxFlaky = 3
// xunit ends an asynchronous test at its limit. One that still runs this much later blocks its thread.
const graceSeconds = Number(process.env.REPUBLIC_TEST_GRACE ?? 60)
// Nothing runs and nothing ends: the program hangs before its first test, between two, or after its last.
const idleSeconds = Number(process.env.REPUBLIC_TEST_IDLE ?? 300)
const progressSeconds = 60
const startedAt = Number(process.env.REPUBLIC_TEST_BEGAN ?? Date.now() / 1000) // the build included, where dev/test says when it began
const secondsFile = process.env.REPUBLIC_TEST_SECONDS ?? new URL('test-seconds.json', import.meta.url)
const quick = ['Republic.Tests.Unit', 'Republic.Tests.Architecture']

const { command, filter, slowest, record } = readArguments(process.argv.slice(2))
const results = new Map() // by test: { id, name, case, class, passed }
const classes = new Map() // by name: { seconds, tests }
const crashes = []
const broken = [] // what failed outside of a test, in its class or in the program: { name, class }
let child

for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    child?.kill(signal)
    process.exit(130)
  })

const stages = filter
  ? [filter.split('|').flatMap(part => ['-method', `*${part.replace(/^FullyQualifiedName~/, '')}*`])]
  : ['-namespace', '-namespace-'].map(option => quick.flatMap(name => [option, `${name}*`]))
const flaky = []
for (const stage of stages) {
  await runAll(stage)
  await runFailedAgain()
  if (failed().length + broken.length > 0 || flaky.length > maxFlaky) break
}

if (slowest) printSlowest()
if (!filter) compareWithRecorded()
for (const name of flaky) console.log(`flaky: ${name}`)
if (flaky.length > maxFlaky) broken.push({ name: `More than ${maxFlaky} tests are flaky.` })
if (results.size + broken.length === 0) broken.push({ name: 'no test was run' })
for (const { name } of [...failed(), ...broken]) console.log(`failed: ${name}`)
const passed = countPassed()
const failures = failed().length + broken.length
console.log(`${passed} passed, ${failures} failed`)
process.exit(failures === 0 ? 0 : 1)

function readArguments(words) {
  const end = words.indexOf('--')
  const options = { command: words.slice(end + 1), filter: undefined, slowest: false, record: false }
  for (let i = 0; i < end; i++) {
    if (words[i] === '--slowest') options.slowest = true
    else if (words[i] === '--record') options.record = true
    else if (words[i] === '--filter' && i + 1 < end && !/[&!=()]/.test(words[i + 1])) options.filter = words[++i]
    else {
      console.error(`dev/test does not know ${words[i]}. It takes --slowest, --record and --filter NAME, or --filter "NAME|NAME", where a name is part of a test's full name.`)
      process.exit(2)
    }
  }
  return options
}

function countPassed() {
  return [...results.values()].filter(result => result.passed).length
}

function shortName(name) {
  return name.replace(/^Republic\.Tests\./, '')
}

function failed() {
  return [...results.values()].filter(result => !result.passed)
}

async function runAll(selection) {
  if (await run(selection)) return
  const done = new Set([...results.values()].map(result => result.case))
  const rest = (await list(selection)).filter(test => !done.has(test.ID))
  console.log(`Started once more, with the ${rest.length} tests that had not run.`)
  if (rest.length === 0 || (await run(only(rest.map(test => test.ID))))) flaky.push(...crashes.splice(0))
  else broken.push({ name: crashes.at(-1) })
}

async function runFailedAgain() {
  const before = failed()
  if (before.length === 0) return
  const cases = new Set(before.map(result => result.case))
  // What a failed test left behind breaks its class, and is tried again with it.
  const again = new Set(before.map(result => result.class))
  broken.splice(0, Infinity, ...broken.filter(other => !again.has(other.class)))
  console.log(`\nOnce more, alone: ${cases.size} of the tests that failed.`)
  await run(['-parallel', 'none', ...only([...cases])])
  flaky.push(...before.filter(result => results.get(result.id).passed).map(result => result.name))
}

function only(ids) {
  return ids.flatMap(id => ['-id', id])
}

/** Resolves to whether the program came to its end by itself. */
function run(selection) {
  const classNames = new Map() // by the ids in what the program reports
  const begun = new Map() // when a class began to set up what it shares
  const running = new Map() // by test: { name, case, class, since, limit }
  let lastReport = Date.now()
  let complete = false
  return new Promise(resolve => {
    start(selection, ['-reporter', 'json'], line => {
      lastReport = Date.now()
      const report = parse(line)
      switch (report?.$type) {
        case 'test-class-starting':
          classNames.set(report.TestClassUniqueID, report.TestClassName)
          begun.set(report.TestClassUniqueID, Date.now())
          break
        case 'test-starting':
          running.set(report.TestUniqueID, {
            id: report.TestUniqueID,
            name: report.TestDisplayName,
            case: report.TestCaseUniqueID,
            class: classNames.get(report.TestClassUniqueID),
            since: Date.now(),
            limit: report.Timeout / 1000,
          })
          break
        case 'test-passed':
          end(report, true)
          break
        case 'test-failed':
        case 'test-skipped': // No test may be: what it would have shown is not shown.
          end(report, false)
          break
        case 'test-class-finished':
          count(classNames.get(report.TestClassUniqueID), (Date.now() - begun.get(report.TestClassUniqueID)) / 1000, report.TestsTotal)
          break
        case 'test-assembly-finished':
          complete = true
          break
        default:
          // A class or an assembly that could not be made or cleaned up, or an error of the program.
          if (/failure$|^error/.test(report?.$type ?? '')) {
            const name = classNames.get(report.TestClassUniqueID)
            broken.push({ name: name ?? report.$type, class: name })
            console.log(`\n[FAIL] ${broken.at(-1).name}\n${failureOf(report)}`)
          }
      }
    }, code => {
      clearInterval(watch)
      if (!complete) {
        crashes.push(`the test program ended early (${code}) in ${[...running.values()].map(test => test.name).join(', ') || 'no test'}`)
        console.log(`\n[FAIL] ${crashes.at(-1)}`)
      }
      resolve(complete)
    })

    let reportedAt = Date.now()
    const watch = setInterval(() => {
      const now = Date.now()
      if (now - reportedAt >= progressSeconds * 1000) {
        reportedAt = now
        console.log(`${countPassed()} passed so far; at work: ${[...running.values()].map(test => shortName(test.class)).join(', ') || 'none'}`)
      }
      const stuck = [...running.values()].filter(test => test.limit > 0 && now - test.since > (test.limit + graceSeconds) * 1000)
      for (const test of stuck) {
        console.log(`\n[FAIL] ${test.name}\nIt blocks its thread: ended after ${Math.round((now - test.since) / 1000)} s.`)
        results.set(test.id, { ...test, passed: false })
      }
      if (stuck.length > 0 || (running.size === 0 && now - lastReport > idleSeconds * 1000)) child.kill('SIGKILL')
    }, 1000)
  })

  function end(report, passes) {
    const test = running.get(report.TestUniqueID)
    running.delete(report.TestUniqueID)
    results.set(report.TestUniqueID, { ...test, passed: passes })
    if (!passes) console.log(`\n[FAIL] ${test.name} (${Math.round(report.ExecutionTime)} s)\n${failureOf(report)}`)
  }
}

async function list(selection) {
  let text = ''
  await new Promise(resolve => start(selection, ['-list', 'full/json'], line => (text += line), resolve))
  return JSON.parse(text)
}

function start(selection, more, onLine, onEnd) {
  const [program, ...words] = command
  child = spawn(program, [...words, '-noColor', '-noLogo', '-noAutoReporters', '-preEnumerateTheories', ...more, ...selection], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise(resolve => {
    child.on('error', error => resolve(error.message))
    child.on('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  createInterface({ input: child.stdout }).on('line', onLine)
  const closed = new Promise(resolve => child.on('close', resolve))
  // Children that outlive a killed program hold its output open.
  ended.then(async why => {
    await Promise.race([closed, new Promise(resolve => setTimeout(resolve, 5000))])
    onEnd(why)
  })
}

function parse(line) {
  try {
    return JSON.parse(line)
  } catch {
    console.log(line)
  }
}

function failureOf(report) {
  return report.Reason ?? (report.Messages ?? []).map((message, i) => `${report.ExceptionTypes?.[i] ?? ''}: ${message}\n${report.StackTraces?.[i] ?? ''}`).join('\n')
}

function count(name, seconds, tests) {
  const known = classes.get(name) ?? { seconds: 0, tests: 0 }
  classes.set(name, { seconds: known.seconds + seconds, tests: known.tests + tests })
}

function printSlowest() {
  console.log('\n seconds  tests  class, with what it starts')
  for (const [name, { seconds, tests }] of [...classes].sort((a, b) => b[1].seconds - a[1].seconds).slice(0, 20))
    console.log(`${seconds.toFixed(1).padStart(8)}${String(tests).padStart(7)}  ${shortName(name)}`)
}

/** Growth is told of the classes in the file; those of a second and less would be noise. */
function compareWithRecorded() {
  const recorded = JSON.parse(readFileSync(secondsFile, 'utf8'))
  const grown = [...classes]
    .filter(([name]) => !isQuick(name))
    .map(([name, { seconds }]) => ({ name: shortName(name), seconds, before: recorded.classes[shortName(name)] ?? 0 }))
    .filter(({ seconds, before }) => seconds - before >= 1)
    .sort((a, b) => b.seconds - b.before - (a.seconds - a.before))
    .slice(0, 10)
  if (grown.length > 0) console.log('\n   grew     now  class, in seconds')
  for (const { name, seconds, before } of grown)
    console.log(`${('+' + (seconds - before).toFixed(0)).padStart(7)}${seconds.toFixed(0).padStart(8)}  ${name}`)

  const minutes = (Date.now() / 1000 - startedAt) / 60
  const left = recorded.budgetMinutes - minutes
  console.log(`\nIt took ${minutes.toFixed(1)} minutes, ${Math.abs(left).toFixed(1)} ${left < 0 ? 'over' : 'under'} the budget of ${recorded.budgetMinutes}.`)
  if (record && failed().length + broken.length === 0) {
    const now = [...classes].filter(([name]) => !isQuick(name)).map(([name, { seconds }]) => [shortName(name), Math.round(seconds)])
    const sorted = Object.fromEntries(now.sort(([a], [b]) => (a < b ? -1 : 1)))
    writeFileSync(secondsFile, JSON.stringify({ ...recorded, classes: sorted }, null, 2) + '\n')
  }
}

function isQuick(name) {
  return quick.some(space => name.startsWith(`${space}.`))
}
