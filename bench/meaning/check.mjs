// Checks passages.jsonl, questions.jsonl and unanswered.jsonl; needs Node alone: node bench/meaning/check.mjs
import fs from "node:fs";

const limits = { passage: [40, 110], question: [3, 20] };
const sharedAtMost = 0.05;

const stopWords = new Set(`a about above across after again against ago ahead all almost alone along already also although always am
  an and another any anybody anyone anything are around as at away back be because been before behind being below beneath beside
  between beyond both but by can cannot could did do does doing done down during each either else enough even ever every everybody
  everyone everything few for from get gets got had has have having he her here hers him his how i if in inside instead into is isn
  it its itself just many may me might mine more most much must my neither never no nobody none nor not nothing now of off often on
  once one only onto or other others our ours out over own per quite rather s shall she should so some somebody someone something
  soon still such t than that the their theirs them themselves then there these they this those though through till to together too
  toward towards under until up upon us very was we were what whatever when where whether which while who whoever whom whose why
  will with within without would yet you your yours`.split(/\s+/));

const irregular = {
  ate: "eat", eaten: "eat", became: "become", began: "begin", begun: "begin", bought: "buy", broke: "break", broken: "break",
  brought: "bring", built: "build", came: "come", caught: "catch", chose: "choose", chosen: "choose", cost: "cost", drawn: "draw",
  drew: "draw", driven: "drive", drove: "drive", fallen: "fall", feet: "foot", fed: "feed", fell: "fall", felt: "feel", flew: "fly",
  flown: "fly", found: "find", froze: "freeze", frozen: "freeze", gave: "give", given: "give", gone: "go", goes: "go", grew: "grow",
  grown: "grow", heard: "hear", held: "hold", hung: "hang", kept: "keep", knew: "know", knives: "knife", known: "know", laid: "lay",
  leaves: "leaf", left: "leave", lent: "lend", lice: "louse", lit: "light", loaves: "loaf", lost: "lose", made: "make", meant: "mean",
  men: "man", met: "meet", mice: "mouse", paid: "pay", ran: "run", rang: "ring", risen: "rise", rose: "rise", rung: "ring",
  said: "say", sang: "sing", sat: "sit", saw: "see", seen: "see", sent: "send", shook: "shake", shot: "shoot", shown: "show",
  slept: "sleep", sold: "sell", spoke: "speak", spoken: "speak", stood: "stand", stuck: "stick", stung: "sting", sung: "sing",
  taken: "take", teeth: "tooth", thought: "think", threw: "throw", thrown: "throw", told: "tell", took: "take", went: "go",
  women: "woman", wore: "wear", worn: "wear", written: "write", wrote: "write",
};

const suffixes = ["ations", "ation", "ments", "ment", "ness", "ances", "ance", "ences", "ence", "ings", "ing", "tions", "tion", "sions",
  "sion", "ities", "ity", "ables", "able", "ible", "ously", "ous", "fully", "ful", "less", "ally", "ies", "ied", "ier", "iest", "ily",
  "ers", "er", "est", "ed", "ly", "al", "ive", "age", "s", "y", "e"];

function stem(word) {
  let rest = irregular[word] ?? word;
  for (let again = true; again;) {
    const suffix = suffixes.find(end => rest.endsWith(end) && rest.length - end.length >= (end === "ly" ? 4 : 3));
    again = suffix !== undefined;
    if (again) rest = rest.slice(0, -suffix.length);
  }
  return rest.replace(/([^aeiou])\1$/, "$1").replace(/[iy]$/, "");
}

const words = text => text.toLowerCase().replaceAll("’", "'").match(/[\p{L}\p{N}]+/gu) ?? [];
const stems = text => new Set(words(text).filter(word => !stopWords.has(word)).map(stem));
const bare = token => token.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}#]+$/gu, "").replace(/'s$/, "");
const tokens = text => new Set(text.split(/\s+/).map(bare));
const read = name => fs.readFileSync(new URL(name, import.meta.url), "utf8").trimEnd().split("\n").map(line => JSON.parse(line));

const errors = [];
const expect = (holds, error) => { if (!holds) errors.push(error); };
const passages = read("passages.jsonl");
const questions = read("questions.jsonl");
const unanswered = read("unanswered.jsonl");
const byId = new Map(passages.map(passage => [passage.id, passage]));
const perTopic = new Map(passages.map(({ topic }) => [topic, passages.filter(passage => passage.topic === topic)]));

for (const rows of [passages, questions, unanswered]) {
  expect(new Set(rows.map(row => row.id)).size === rows.length, `an id stands twice among ${rows[0].id}…`);
  expect(new Set(rows.map(row => row.text)).size === rows.length, `a text stands twice among ${rows[0].id}…`);
}
expect(passages.length === 200, `${passages.length} passages, not 200`);
expect(perTopic.size === 20, `${perTopic.size} topics, not 20`);
for (const [topic, rows] of perTopic) expect(rows.length === 10, `${topic} has ${rows.length} passages, not 10`);
for (const row of passages) checkLength(row, limits.passage);
for (const row of [...questions, ...unanswered]) checkLength(row, limits.question);

const ofKind = kind => questions.filter(question => question.kind === kind);
expect(ofKind("words").length === 200, `${ofKind("words").length} questions in other words, not 200`);
expect(ofKind("codes").length === 40, `${ofKind("codes").length} questions by code, not 40`);
expect(questions.length === 240, "a question has a kind that is neither words nor codes");
for (const question of questions) expect(byId.has(question.passage), `${question.id} names ${question.passage}, which there is not`);
for (const passage of passages) {
  const count = ofKind("words").filter(question => question.passage === passage.id).length;
  expect(count === 1, `${passage.id} has ${count} questions in other words, not 1`);
}

expect(unanswered.length === 50, `${unanswered.length} unanswered questions, not 50`);
expect(unanswered.filter(row => row.near === null).length === 25, "not 25 of the unanswered questions are far off");
for (const row of unanswered) expect(row.near === null || perTopic.has(row.near), `${row.id} is near ${row.near}, which is no topic`);

const capitalOrDigit = token => /\d/.test(token) || /^\p{Lu}/u.test(token);
for (const question of ofKind("codes").filter(row => byId.has(row.passage))) {
  const codes = [...tokens(question.text)].slice(1).filter(capitalOrDigit);
  const holders = passages.filter(passage => codes.some(code => tokens(passage.text).has(code) && isRare(code)));
  const ownAlone = holders.length === 1 && holders[0].id === question.passage;
  expect(ownAlone, `${question.id} has no code that stands in ${question.passage} alone`);
}

const sharing = ofKind("words").filter(row => byId.has(row.passage)).map(question => {
  const ofPassage = stems(byId.get(question.passage).text);
  return { question, shared: [...stems(question.text)].filter(each => ofPassage.has(each)) };
}).filter(each => each.shared.length > 0);
const share = sharing.length / ofKind("words").length;
expect(share < sharedAtMost, `${(share * 100).toFixed(1)} % of the questions in other words share a stem`);

const lengths = passages.map(passage => words(passage.text).length).toSorted((a, b) => a - b);
const median = lengths[Math.floor(lengths.length / 2)];
console.log(`${passages.length} passages in ${perTopic.size} topics, of ${lengths[0]} to ${lengths.at(-1)} words, median ${median}`);
console.log(`${ofKind("words").length} questions in other words, ${ofKind("codes").length} by code, ${unanswered.length} unanswered`);
console.log(`${sharing.length} questions in other words share a stem with their passage (${(share * 100).toFixed(1)} %)`);
for (const { question, shared } of sharing) console.log(`  ${question.id} ${question.passage} ${shared.join(", ")}: ${question.text}`);
for (const error of errors) console.error(`error: ${error}`);
process.exitCode = errors.length > 0 ? 1 : 0;

function isRare(code) {
  return passages.filter(passage => tokens(passage.text).has(code)).length === 1;
}

function checkLength(row, [least, most]) {
  const count = words(row.text).length;
  expect(count >= least && count <= most, `${row.id} has ${count} words, not ${least} to ${most}`);
}
