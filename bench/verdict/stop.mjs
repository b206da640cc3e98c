// How often a measurement that ends early says something else than one that asks all questions (Lora/Retention/RetentionStop.cs), on the runs of
// results.jsonl: their kept, lost and broken answers are put in an order of chance, many times, and asked in parts.
//   node bench/verdict/stop.mjs [orders of each run, 200]
import { readFileSync } from 'node:fs'

const [first, looks, distance, tolerated, hopeless, imagined] = [96, 3, 2.58, 0.1, 0.2, 4]
const orders = Number(process.argv[2] ?? 200)
const runs = readFileSync(new URL('results.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line).retention)
  .filter(Boolean)

let state = 1
/** Mulberry32: the figures are the same each time. */
function random() {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

function isClear(asked, all) {
  const lost = asked.filter(answer => answer > 0).length
  const share = (lost + imagined / 2) / (asked.length + imagined)
  const mean = lost / asked.length
  const spread = Math.max(mean * (1 - mean), share * (1 - share))
  const error = Math.sqrt(((spread / asked.length) * (all - asked.length)) / (all - 1))
  return share + distance * error < tolerated ? !asked.includes(2) : share - distance * error > hopeless
}

const holds = (lost, of) => of - lost >= of - Math.floor(tolerated * of) + 1
const total = { refused: 0, letThrough: 0, good: 0, refusedEarly: 0, asked: 0, of: 0, worst: 0 }
for (const { kept, of, degenerate } of runs) {
  const lost = Math.max(of - kept, degenerate)
  const good = holds(of - kept, of) && degenerate <= Math.floor(0.02 * of)
  let wrong = 0
  for (let order = 0; order < orders; order++) {
    const answers = Array.from({ length: of }, (_, i) => (i < degenerate ? 2 : i < lost ? 1 : 0))
    for (let i = of - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      ;[answers[i], answers[j]] = [answers[j], answers[i]]
    }
    let asked = of
    let says = good
    for (let look = 1; look <= looks && (look + 1) * first <= of; look++) {
      const part = answers.slice(0, look * first)
      if (!isClear(part, of)) continue
      asked = part.length
      says = holds(part.filter(answer => answer > 0).length, asked)
      break
    }
    wrong += says !== good
    total.asked += asked
    total.of += of
  }
  total[good ? 'good' : 'refused'] += orders
  total[good ? 'refusedEarly' : 'letThrough'] += wrong
  if (!good) total.worst = Math.max(total.worst, wrong / orders)
}

const percent = (part, all) => `${((100 * part) / all).toFixed(3)} %`
console.log(`${runs.length} runs, ${orders} orders each; questions asked: ${percent(total.asked, total.of)}`)
console.log(`let through, though all questions refuse it: ${percent(total.letThrough, total.refused)}, of one run at most ${percent(total.worst, 1)}`)
console.log(`refused, though all questions let it through: ${percent(total.refusedEarly, total.good)}`)
