import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { type ReaderPool, startReaders } from "../../../node-tools/evidence/reader-pool.ts";
import { startNodeReader } from "../../../node-tools/host/node-materials.ts";
import { temporaryFolder } from "../run-casebook.ts";

/** A reader that does what a file's name says. */
const reader = `
import { parentPort } from "node:worker_threads";
const facts = (path) => ({ kind: "text", pieces: [], paragraphs: [{ text: path, heading: false }] });
parentPort.on("message", ({ path }) => {
  if (path.includes("stall")) for (;;);
  if (path.includes("throw")) throw new Error("broken");
  if (path.includes("exit")) process.exit(3);
  if (path.includes("fill")) { const all = []; for (;;) all.push(new Array(1e6).fill(0).map(() => ({}))); }
  setTimeout(() => parentPort.postMessage({ facts: facts(path) }), path.includes("slow") ? 500 : 0);
});
`;

function startReader(count: number, seconds: number): ReaderPool {
  const path = join(temporaryFolder(), "reader.mjs");
  writeFileSync(path, reader);
  const pool = startReaders({ start: (events) => startNodeReader(pathToFileURL(path), 64, events), count, seconds });
  onTestFinished(() => pool.close());
  return pool;
}

describe("threads that read files", () => {
  test("each file is answered with its own facts, however many wait", async () => {
    const pool = startReader(2, 30);
    const paths = Array.from({ length: 50 }, (_, i) => `file ${i}`);
    const results = await Promise.all(paths.map((path) => pool.read(path)));
    expect(results.map(({ facts }) => facts.paragraphs[0]?.text)).toEqual(paths);
  });

  test.for([
    { name: "stall.docx", told: "读了 1 秒还没有读完", seconds: 1 },
    { name: "throw.docx", told: "读取时出错", seconds: 30 },
    { name: "exit.docx", told: "读取时出错", seconds: 30 },
    { name: "fill.docx", told: "读取时内存不足", seconds: 60 },
  ])("$name costs itself alone", async ({ name, told, seconds }) => {
    const pool = startReader(2, seconds);
    const paths = ["a", "b", name, "c", "d", "e"];
    const results = await Promise.all(paths.map((path) => pool.read(path)));
    expect(results.map(({ failed }) => failed)).toEqual(paths.map((path) => path === name));
    expect(results[2]?.facts.problem).toContain(`「${name}」${told}`);
  });

  test("the end of a reader that stalled does not touch the file that follows", async () => {
    const pool = startReader(1, 1);
    const results = await Promise.all(["stall", "slow"].map((path) => pool.read(path)));
    expect(results.map(({ failed }) => failed)).toEqual([true, false]);
  });
});
