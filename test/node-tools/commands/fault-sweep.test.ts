import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { disk } from "../../../node-tools/disk/disk.ts";
import { digestBytes } from "../../../node-tools/disk/files.ts";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { sampled } from "../../sweep.ts";
import { runCasebook, temporaryFolder, workbookValues } from "../run-casebook.ts";
import { writeSmallAward } from "./small-award.ts";

type DiskCall = keyof typeof disk;
const original = { ...disk };

// With the clock held still the same action makes the same bytes.
const holdClock = () => vi.useFakeTimers({ toFake: ["Date"], now: new Date(2025, 10, 1, 9, 0, 0) });

beforeEach(() => {
  holdClock();
});

afterEach(() => {
  Object.assign(disk, original);
  vi.useRealTimers();
});

/** Makes the n-th file-system call throw; returns how many calls were made. */
function failAt(n: number): { calls: () => number } {
  let count = 0;
  for (const name of Object.keys(original) as DiskCall[]) {
    const real = original[name] as (...args: unknown[]) => unknown;
    Object.assign(disk, {
      [name]: (...args: unknown[]) => {
        // A file that comes in and cannot be read is reported, and the rest is taken: that is another end.
        if (/[\\/](back|inputs)([\\/]|$)/.test(String(args[0]))) return real(...args);
        count += 1;
        if (count === n) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
        return real(...args);
      },
    });
  }
  return { calls: () => count };
}

/** An award at the moment before each command, prepared once. */
const stages = new Map<string, { folder: string; words: (folder: string) => string[] }>();
let home: string;

beforeAll(async () => {
  const { mkdtempSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  holdClock();
  home = mkdtempSync(join(tmpdir(), "casebook-sweep-"));
  const work = join(home, "work");
  mkdirSync(work);
  const inputs = join(work, "inputs");
  await writeSmallAward(inputs);
  const steps: [string, (folder: string) => string[]][] = [
    ["init", (f) => ["init", join(f, "a.xlsx")]],
    ["import", (f) => ["import", join(f, "a.xlsx"), join(f, "inputs")]],
    ["check", (f) => ["check", join(f, "a.xlsx")]],
    ["recommend", (f) => ["recommend", join(f, "a.xlsx")]],
    ["forms", (f) => ["forms", join(f, "a.xlsx"), "--out", join(f, "forms")]],
    ["assign", (f) => ["assign", join(f, "a.xlsx")]],
    ["packets", (f) => ["packets", join(f, "a.xlsx"), "--out", join(f, "packets")]],
    ["collect", (f) => ["collect", join(f, "a.xlsx"), join(f, "back")]],
    ["rank", (f) => ["rank", join(f, "a.xlsx")]],
    ["export", (f) => ["export", join(f, "a.xlsx"), "--out", join(f, "lists")]],
  ];
  for (const [name, words] of steps) {
    const before = join(home, `before-${name}`);
    cpSync(work, before, { recursive: true });
    stages.set(name, { folder: before, words });
    const { code, err } = await runCasebook(...words(work));
    if (code > 1) throw new Error(`${name}: ${err}`);
    if (name === "packets") {
      mkdirSync(join(work, "back"));
      for (const file of readdirSync(join(work, "packets"))) {
        writeFileSync(join(work, "back", file), fillScoreSheet(join(work, "packets", file)));
      }
    }
  }
  return () => rmSync(home, { recursive: true, force: true });
}, 120_000);

/** Digests of the workbooks and of everything a command put beside them; backups and locks do not count. */
function stateOf(folder: string): string {
  const digests: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.includes(".bak.") || entry.name.endsWith("-lock")) continue;
    const path = join(entry.parentPath, entry.name);
    if (path.includes("a.备份")) continue;
    digests.push(`${path.slice(folder.length)} ${digestBytes(readFileSync(path))}`);
  }
  return digests.sort().join("\n");
}

const workbooksIn = (state: string) => state.split("\n").filter((line) => line.startsWith("/a."));

describe.each(["init", "import", "check", "recommend", "forms", "assign", "packets", "collect", "rank", "export"])(
  "a fault at any file-system call of %s",
  (name) => {
    test("leaves the old workbook or the new one, and the next run ends as if undisturbed", async () => {
      const stage = stages.get(name)!;
      const undisturbed = temporaryFolder();
      cpSync(stage.folder, undisturbed, { recursive: true });
      const counter = failAt(0);
      expect((await runCasebook(...stage.words(undisturbed))).code).toBeLessThanOrEqual(1);
      const calls = counter.calls();
      Object.assign(disk, original);
      const before = workbooksIn(stateOf(stage.folder));
      const after = stateOf(undisturbed);
      // A command that writes many small files makes hundreds of calls: the first, the last and some between.
      const points = sampled(
        calls <= 24 ? range(1, calls) : [...range(1, 6), ...spread(7, calls - 10, 6), ...range(calls - 9, calls)],
      );
      for (const n of points) {
        const folder = temporaryFolder();
        cpSync(stage.folder, folder, { recursive: true });
        failAt(n);
        const disturbed = await runCasebook(...stage.words(folder));
        Object.assign(disk, original);
        expect([before, workbooksIn(after)], `call ${n} of ${calls}`).toContainEqual(workbooksIn(stateOf(folder)));
        if (disturbed.code > 1) expect(disturbed.err).toMatch(/[\u4e00-\u9fff]/);
        if (stateOf(folder) === after) continue;
        const again = await runCasebook(...stage.words(folder));
        expect(again.code, `${again.err} after call ${n}`).toBeLessThanOrEqual(1);
        expect(workbooksIn(stateOf(folder)), `again after call ${n} of ${calls}`).toEqual(workbooksIn(after));
        expect(readdirSync(folder).filter((f) => f.endsWith(".tmp") || f.endsWith("lock"))).toEqual([]);
      }
    }, 300_000);
  },
);

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
const spread = (from: number, to: number, count: number) => [
  ...new Set(range(0, count - 1).map((i) => Math.round(from + ((to - from) * i) / (count - 1)))),
];

test("a process killed while it works leaves a readable workbook", async () => {
  const { spawn, spawnSync } = await import("node:child_process");
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  spawnSync("node", ["node-tools/build/build.mjs"], { cwd: root });
  const stage = stages.get("check")!;
  for (const delay of [250, 350, 450, 550, 650, 800]) {
    const folder = temporaryFolder();
    cpSync(stage.folder, folder, { recursive: true });
    const child = spawn("node", [join(root, "dist", "casebook.mjs"), ...stage.words(folder)], { stdio: "ignore" });
    const ended = new Promise((resolve) => child.on("exit", resolve));
    setTimeout(() => child.kill("SIGKILL"), delay);
    await ended;
    expect(Object.keys(await workbookValues(join(folder, "a.xlsx")))).toContain("案例");
    const again = await runCasebook(...stage.words(folder));
    expect(again.code).toBeLessThanOrEqual(1);
    expect(readdirSync(folder).filter((f) => f.endsWith(".tmp") || f.endsWith("lock"))).toEqual([]);
  }
}, 120_000);

test("interrupting leaves everything as it was", async () => {
  const { spawn, spawnSync } = await import("node:child_process");
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  spawnSync("node", ["node-tools/build/build.mjs"], { cwd: root });
  const stage = stages.get("check")!;
  const interrupt = async () => {
    const folder = temporaryFolder();
    cpSync(stage.folder, folder, { recursive: true });
    const before = readFileSync(join(folder, "a.xlsx"));
    const files = readdirSync(folder).sort();
    const child = spawn("node", [join(root, "dist", "casebook.mjs"), ...stage.words(folder)], { stdio: "ignore" });
    const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
    // The lock appears when the work begins.
    const watch = setInterval(() => {
      if (existsSync(join(folder, "a.xlsx.casebook-lock"))) child.kill("SIGINT");
    }, 2);
    const code = await ended;
    clearInterval(watch);
    if (code !== 0) {
      expect(readFileSync(join(folder, "a.xlsx")).equals(before)).toBe(true);
      expect(readdirSync(folder).sort()).toEqual(files);
    }
    return code;
  };
  let code = await interrupt();
  // On a busy machine the signal may come when all is done.
  for (let again = 0; code === 0 && again < 5; again += 1) code = await interrupt();
  expect(code).toBe(130);
});
