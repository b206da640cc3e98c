// An episode that one person plays alone over the API, so that no model is measured, seen by three browsers.
//   node stage.mjs <republic.dll> <playwright's index.js> <steps> <seconds>
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const [app, playwright, steps, seconds] = [process.argv[2], process.argv[3], Number(process.argv[4]), Number(process.argv[5])];
const port = 5973;
const base = `http://127.0.0.1:${port}`;
const perSecond = 20;
const screens = 3;
const account = { email: "bench@example.org", username: "bench", password: "a long password of bench", setup_token: "bench-setup-token-0123456789" };

const scenario = `republic: scenario/1
name: Long
roles: {a: {}, b: {}}
limits: {turns: 1000, minutes: 1440, cost: 1, tokens: 100000}
states:
  begin: {type: start, next: [{to: talk}]}
  talk: {type: action, roles: [a], audience: all, prompts: [Say what comes next.], next: [{to: answer}]}
  answer: {type: action, roles: [b], audience: all, prompts: [Answer it.], next: [{to: talk, when: visits.talk < 2000}, {to: over, else: true}]}
  over: {type: end, result: success}
`;

const folder = await mkdtemp(join(tmpdir(), "republic-stage-"));
const node = spawn("dotnet", [app, "--urls", base], {
  cwd: dirname(app),
  stdio: "ignore",
  env: { ...process.env, REPUBLIC_DATA: folder, Accounts__SetupToken: account.setup_token, ModelHost__Enabled: "false" },
});

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const milliseconds = (times) => {
  const sorted = [...times].sort((one, other) => one - other);
  return `${at(sorted, 0.5).toFixed(0)} ms (p95 ${at(sorted, 0.95).toFixed(0)}, most ${sorted.at(-1).toFixed(0)}; ${sorted.length} times)`;
};

let token;
async function send(method, path, body, type = "application/json") {
  const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(body !== undefined && { "content-type": type }) };
  const answer = await fetch(base + path, { method, headers, body: typeof body === "object" ? JSON.stringify(body) : body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

async function begin() {
  for (let tries = 0; ; tries++) {
    try {
      await fetch(base);
      break;
    } catch (error) {
      if (tries > 240) throw error;
      await sleep(500);
    }
  }
  await send("POST", "/api/account/register", account);
  token = (await send("POST", "/api/account/login", account)).access_token;
  const me = (await send("GET", "/api/account/me")).id;
  const made = (await send("POST", "/api/scenarios/yaml", scenario, "application/yaml")).scenario.id;
  await send("POST", `/api/scenarios/${made}/publish`);
  const episode = (await send("POST", "/api/episodes", { scenario_id: made, cast: { a: me, b: me }, config: { limits: { turns: 1000 } } })).episode.id;
  await send("POST", `/api/episodes/${episode}/start`);
  return episode;
}

let turn = 0;
let known = 0;
async function act(episode) {
  const text = `This is step ${turn + 1}. It says as much as people say in one of their turns, which is two or three sentences. Then it is over.`;
  const role = turn % 2 ? "b" : "a";
  turn++;
  known = (await send("POST", `/api/episodes/${episode}/act?after=${known}`, { role, text })).episode.seq;
}

try {
  const { chromium } = createRequire(import.meta.url)(playwright);
  const episode = await begin();
  const follows = Math.min(perSecond * seconds, steps - 1);
  while (turn < steps - follows - 1) await act(episode);

  const browser = await chromium.launch({ executablePath: process.env.REPUBLIC_CHROMIUM ?? "/usr/bin/chromium-headless-shell", args: ["--no-sandbox"] });
  const pages = [];
  for (let i = 0; i < screens; i++) {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${base}/account/sign-in`);
    await page.getByLabel("E-mail").fill(account.email);
    await page.locator("input[type=password]").fill(account.password);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.pathname.includes("sign-in"));
    await page.goto(`${base}/episodes/${episode}`);
    pages.push(page);
  }

  // Behind is the time from when a step is sent until a screen shows it.
  const done = [];
  const behind = [];
  const seen = pages.map(() => turn);
  let isOver = false;
  const watched = pages.map(async (page, i) => {
    while (!isOver || seen[i] < turn) {
      const text = await page.locator(".said .prose").last().textContent().catch(() => "");
      const now = Number(/This is step (\d+)/.exec(text ?? "")?.[1] ?? 0);
      for (let step = seen[i] + 1; step <= now; step++) behind.push(performance.now() - done[step]);
      seen[i] = Math.max(seen[i], now);
      await sleep(25);
    }
  });
  const began = performance.now();
  for (let i = 0; i < follows; i++) {
    await sleep(Math.max(0, began + (i * 1000) / perSecond - performance.now()));
    done[turn + 1] = performance.now();
    await act(episode);
  }
  const rate = follows / ((performance.now() - began) / 1000);
  isOver = true;
  await Promise.race([Promise.all(watched), sleep(20_000)]);
  console.log(`${screens} browsers follow ${rate.toFixed(1)} steps a second: ${behind.length} of ${screens * follows} seen, behind by ${milliseconds(behind)}`);

  const cookies = (await pages[0].context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const opened = [];
  for (let i = 0; i < 40; i++) {
    const from = performance.now();
    await (await fetch(`${base}/episodes/${episode}`, { headers: { cookie: cookies } })).text();
    if (i > 4) opened.push(performance.now() - from);
  }
  console.log(`The page of ${turn} steps is answered in ${milliseconds(opened)}`);
  const drawn = [];
  for (let i = 0; i < 10; i++) {
    const from = performance.now();
    await pages[0].goto(`${base}/episodes/${episode}`);
    drawn.push(performance.now() - from);
  }
  console.log(`and is loaded by a browser in ${milliseconds(drawn)}`);
  await browser.close();
} finally {
  node.kill("SIGTERM");
  await new Promise((resolve) => node.once("exit", resolve));
  await rm(folder, { recursive: true, force: true });
}
