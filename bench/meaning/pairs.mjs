// Whether an answer says the same as another: by the cosine of their vectors, with and without guards against small changes that turn it round.
import { dot, percent, share, steps, table } from "./figures.mjs";

/** From this share of content on Republic.Core/Lora/Retention calls an answer the same by its words. */
const ENOUGH = 0.4;
const NUMBERS = {
  two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15,
  sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90,
  hundred: 100, thousand: 1000, second: 2, third: 3, twice: 2, double: 2,
};
const NEGATION = /\b(no|not|never|none|nobody|nothing|neither|nor|without|cannot|unless|hardly)\b|n['’]t\b/i;

const words = text => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const numbersOf = text => new Set([
  ...(text.match(/\d+(?:[.,]\d+)*/g) ?? []).map(number => Number(number.replace(/,(?=\d{3}(?!\d))/g, "").replace(",", "."))),
  ...words(text).filter(word => Object.hasOwn(NUMBERS, word)).map(word => NUMBERS[word]),
]);
/** Words with a capital that does not come from where they stand. */
const namesOf = text => new Set([...text.matchAll(/(?<=[\p{L}\p{N},;'’)] )\p{Lu}[\p{L}\p{N}]+/gu)].map(([name]) => name.toLowerCase()));
const within = (some, all) => [...some].every(one => all.has(one));
const without = (some, others) => new Set([...some].filter(one => !others.has(one)));

/** What each guard asks of a pair. What the question says already is no news. */
function guardsOf({ question, before, after }) {
  const [asked, was, is] = [question, before, after].map(numbersOf);
  const [said, old, now] = [question, before, after].map(text => new Set(words(text)));
  const [lost, added] = [without(namesOf(before), said), without(namesOf(after), said)];
  const newNumbers = within(without(is, asked), was);
  const newNames = within(added, old);
  return {
    "numbers equal": newNumbers && within(without(was, asked), is),
    "negations equal": NEGATION.test(before) === NEGATION.test(after),
    "names equal": newNames && within(lost, now),
    "no new number": newNumbers,
    "no new name": newNames,
  };
}

const RULES = [
  ["none", []],
  ["numbers equal", ["numbers equal"]],
  ["negations equal", ["negations equal"]],
  ["names equal", ["names equal"]],
  ["numbers and names equal", ["numbers equal", "names equal"]],
  ["all three equal", ["numbers equal", "negations equal", "names equal"]],
  ["no new number, no new name", ["no new number", "no new name"]],
  ["no new number, no new name, negations equal", ["no new number", "no new name", "negations equal"]],
];
const LEAST = steps(0.5, 0.98, 0.02);

/** The share of what an answer says by its words that another has too, rare words counting more: as Republic counts today. */
function wordShares(pairs) {
  const texts = [...new Set(pairs.map(({ before }) => before))];
  const documents = new Map();
  for (const word of texts.flatMap(text => [...new Set(words(text))])) documents.set(word, (documents.get(word) ?? 0) + 1);
  const weight = word => Math.log((texts.length + 1) / (documents.get(word) ?? 1));
  return pairs.map(({ before, after }) => {
    const [wanted, found] = [[...new Set(words(before))], new Set(words(after))];
    const sum = some => some.reduce((all, word) => all + weight(word), 0);
    return sum(wanted) <= 0 ? 1 : sum(wanted.filter(word => found.has(word))) / sum(wanted);
  });
}

function judged(pairs, isSame) {
  const called = pairs.filter(isSame);
  const right = called.filter(({ same }) => same).length;
  const [precision, recall] = [called.length === 0 ? 1 : right / called.length, right / Math.max(1, pairs.filter(({ same }) => same).length)];
  return {
    count: called.length,
    precision,
    recall,
    // Calling an answer kept that is not costs more than the other mistake: precision counts twice.
    worth: precision + recall === 0 ? 0 : (1.25 * precision * recall) / (0.25 * precision + recall),
    hard: called.filter(pair => !pair.same && pair.hard).length,
    easy: called.filter(pair => !pair.same && !pair.hard).length,
  };
}

const passes = ([, guards], least) => pair => pair.cosine >= least && guards.every(guard => pair.guards[guard]);
const cells = ({ count, precision, recall, hard, easy }) => [count === 0 ? "–" : percent(precision), percent(recall), `${hard} + ${easy}`];
const best = (pairs, rule) => LEAST.map(least => ({ least, ...judged(pairs, passes(rule, least)) })).toSorted((a, b) => b.worth - a.worth || a.least - b.least)[0];

/** Thresholds are chosen on the questions of one half and judged on the other half, and vice versa. */
function heldOut(pairs, rule) {
  const halves = [0, 1].map(half => pairs.filter(({ half: own }) => own === half));
  const called = new Set();
  for (const [chosenOn, judgedOn] of [halves, halves.toReversed()]) {
    const isSame = passes(rule, best(chosenOn, rule).least);
    for (const pair of judgedOn.filter(isSame)) called.add(pair);
  }
  return judged(pairs, pair => called.has(pair));
}

export async function measurePairs(republic, rows) {
  const vectors = await republic.vectors(rows.flatMap(({ before, after }) => [before, after]));
  const shares = wordShares(rows);
  const questions = [...new Set(rows.map(({ question }) => question))];
  const pairs = rows.map((row, i) => ({
    ...row,
    cosine: dot(vectors[2 * i], vectors[2 * i + 1]),
    words: shares[i],
    guards: guardsOf(row),
    half: questions.indexOf(row.question) % 2,
  }));
  report("Pairs of answers", pairs);
  // There the comparison by words has called the answer lost already.
  const differing = pairs.filter(({ words: held }) => held < ENOUGH);
  report("Pairs whose words differ", differing);
  console.log(`\nBy words alone, from a share of ${ENOUGH} on: ${summary(judged(pairs, pair => pair.words >= ENOUGH))}.`);
  const rule = recommended(differing);
  const isSame = passes(rule.rule, rule.least);
  console.log(`\nRecommended where words differ: a cosine of ${rule.least.toFixed(2)} or more, guards: ${rule.rule[0]}; ${summary(rule)}, held out ${summary(heldOut(differing, rule.rule))}.`);
  console.log(`\nWords, or else that rule, on all pairs: ${summary(judged(pairs, pair => pair.words >= ENOUGH || isSame(pair)))}.`);
  const all = recommended(pairs);
  console.log(`\nRecommended by meaning alone, on all pairs: a cosine of ${all.least.toFixed(2)} or more, guards: ${all.rule[0]}; ${summary(all)}, held out ${summary(heldOut(pairs, all.rule))}.`);
}

const summary = ({ precision, recall, hard, easy }) => `precision ${percent(precision)}, recall ${percent(recall)}, ${hard} hard and ${easy} easy ones wrongly called the same`;

const recommended = pairs => RULES.map(rule => ({ rule, ...best(pairs, rule) })).toSorted((a, b) => b.worth - a.worth)[0];

function report(title, pairs) {
  const [same, other] = [pairs.filter(pair => pair.same), pairs.filter(pair => !pair.same)];
  const counted = `${same.length} that say the same, ${other.length} that do not (${other.filter(({ hard }) => hard).length} hard)`;
  const head = ["precision", "recall", "wrong, hard + easy"];
  const [none, strict, news] = [RULES[0], RULES[5], RULES[7]];
  table(`${title}: ${counted}`, ["cosine", ...head, ...head.map(name => `${name}, ${strict[0]}`), ...head.map(name => `${name}, ${news[0]}`)],
    LEAST.filter((_, i) => i % 2 === 0).map(least => [least.toFixed(2), ...[none, strict, news].flatMap(rule => cells(judged(pairs, passes(rule, least))))]));
  table(`${title}: the best threshold with each guard`, ["guards", "same pairs that pass them", "others that do", "cosine", ...head, "held out: precision", "recall"],
    RULES.map(rule => {
      const [found, apart] = [best(pairs, rule), heldOut(pairs, rule)];
      const through = some => percent(share(some, pair => rule[1].every(guard => pair.guards[guard])));
      return [rule[0], through(same), through(other), found.least.toFixed(2), ...cells(found), percent(apart.precision), percent(apart.recall)];
    }));
}
