// The model host of this clone, asked over its socket.
import { spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";

export async function start(program, models, threads) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
  const socketPath = path.join(folder, "host.sock");
  const child = spawn("dotnet", [program, "model-host", "--socket", socketPath, "--models", models, "--threads", threads, "--context", "2048"],
    { stdio: ["pipe", "pipe", "inherit"] });
  await new Promise((resolve, reject) => { child.stdout.once("data", resolve); child.once("exit", reject); });
  const ask = body => new Promise((resolve, reject) => {
    const request = http.request({ socketPath, path: "/v1/chat/completions", method: "POST" }, response => {
      const parts = [];
      response.on("data", part => parts.push(part));
      response.on("end", () => {
        const answer = JSON.parse(Buffer.concat(parts).toString());
        if (response.statusCode === 200) resolve(answer);
        else reject(Object.assign(new Error(answer.error.message), { status: response.statusCode }));
      });
    });
    request.once("error", reject);
    request.end(JSON.stringify(body));
  });
  return { ask, stop() { child.stdin.end(); fs.rmSync(folder, { recursive: true }); } };
}
