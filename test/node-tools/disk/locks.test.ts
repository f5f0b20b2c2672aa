import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { disk } from "../../../node-tools/disk/disk.ts";
import { lockForRun, refuseIfOpenElsewhere } from "../../../node-tools/disk/locks.ts";
import { excelLock } from "./excel-lock.ts";

let folder: string;
let book: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "casebook-"));
  book = join(folder, "申报.xlsx");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program of its own, from a few lines. */
async function bundle(contents: string): Promise<string> {
  const { build } = await import("esbuild");
  const outfile = join(folder, "run.mjs");
  const stdin = { contents, resolveDir: process.cwd() };
  await build({ stdin, bundle: true, platform: "node", format: "esm", outfile, logLevel: "error" });
  return outfile;
}

/** The one JSON object that a program prints. */
async function outputOf(script: string) {
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  await new Promise((resolve) => child.once("close", resolve));
  return JSON.parse(text) as { entered: number; together: number };
}

describe("a workbook that another program holds open is refused", () => {
  test.for([
    {
      lock: ".~lock.申报.xlsx#",
      content: ",wang,电脑甲,22.11.2025 10:00,file:///x;",
      says: /LibreOffice 打开（wang，电脑甲）.*关闭/,
    },
    { lock: "~$申报.xlsx", content: excelLock("王五"), says: /Excel 或 WPS 打开（王五）/ },
    { lock: ".~申报.xlsx", content: "", says: /WPS 打开。.*删除.*\.~申报\.xlsx/ },
  ])("$lock", ({ lock, content, says }) => {
    writeFileSync(join(folder, lock), content);
    expect(() => refuseIfOpenElsewhere(book)).toThrow(says);
  });

  test("locks of other files do not count", () => {
    writeFileSync(join(folder, "~$别的.xlsx"), "");
    expect(() => refuseIfOpenElsewhere(book)).not.toThrow();
  });
});

describe("a run's own lock", () => {
  const lock = () => `${book}.casebook-lock`;

  test("keeps a second run off until it is released", () => {
    const release = lockForRun(book);
    expect(() => lockForRun(book)).toThrow(/另一个评案簿程序正在处理「申报.xlsx」/);
    release();
    expect(existsSync(lock())).toBe(false);
    lockForRun(book)();
  });

  test("of a run that died is taken over", () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    // Also of one that had the number of this process.
    for (const dead of [pid, process.pid]) {
      writeFileSync(lock(), `${dead} ${hostname()}\n`);
      lockForRun(book)();
      expect(existsSync(lock())).toBe(false);
    }
  });

  test("is taken over by one run at a time, and by another when that one died over it", () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    writeFileSync(lock(), `${pid} ${hostname()}\n`);
    const turn = `${lock()}.take-over`;
    mkdirSync(turn);
    expect(() => lockForRun(book)).toThrow(/正在处理/);
    expect(existsSync(turn)).toBe(true);
    utimesSync(turn, new Date(), new Date(Date.now() - 120_000));
    lockForRun(book)();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("of a run on this or on another computer is respected", () => {
    for (const owner of [`${process.ppid} ${hostname()}`, "999999 别的电脑"]) {
      writeFileSync(lock(), owner);
      expect(() => lockForRun(book)).toThrow(/正在处理/);
      expect(readFileSync(lock(), "utf8")).toBe(owner);
    }
  });

  test("that is empty or torn belongs to a run that is just making it, until it is old", () => {
    for (const torn of ["", `${process.ppid}`]) {
      writeFileSync(lock(), torn);
      expect(() => lockForRun(book)).toThrow(/正在处理/);
      expect(readFileSync(lock(), "utf8")).toBe(torn);
      utimesSync(lock(), new Date(), new Date(Date.now() - 60_000));
      lockForRun(book)();
      expect(existsSync(lock())).toBe(false);
    }
  });

  test("is one for a file and for the links to it", () => {
    writeFileSync(book, "");
    symlinkSync(book, join(folder, "链接.xlsx"));
    const release = lockForRun(join(folder, "链接.xlsx"));
    expect(() => lockForRun(book)).toThrow(/正在处理/);
    expect(() => lockForRun(join(folder, "链接.xlsx"))).toThrow(/正在处理/);
    release();
    lockForRun(book)();
    writeFileSync(join(folder, "~$申报.xlsx"), "");
    expect(() => refuseIfOpenElsewhere(join(folder, "链接.xlsx"))).toThrow(/打开/);
  });

  test("is removed by its owner alone", () => {
    const release = lockForRun(book);
    const others = `${process.ppid} ${hostname()} another`;
    writeFileSync(lock(), others);
    release();
    expect(readFileSync(lock(), "utf8")).toBe(others);
  });

  test.for(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EINVAL", "EMLINK", "EXDEV", "UNKNOWN"])(
    "is made where the disk knows no links (%s)",
    (code) => {
      const { link } = disk;
      disk.link = () => {
        throw Object.assign(new Error(code), { code });
      };
      try {
        const release = lockForRun(book);
        expect(readFileSync(lock(), "utf8")).toMatch(new RegExp(`^${process.pid} `));
        expect(() => lockForRun(book)).toThrow(/正在处理/);
        release();
        expect(readdirSync(folder)).toEqual([]);
      } finally {
        disk.link = link;
      }
    },
  );

  test.for([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("goes away when the run is ended by %s", async ([signal, code]) => {
    const script = await bundle(`import { lockForRun } from "./node-tools/disk/locks.ts";
      lockForRun(${JSON.stringify(book)}); process.stdout.write("go"); setInterval(() => {}, 1000);`);
    const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    await new Promise((resolve) => child.stdout.once("data", resolve));
    expect(existsSync(lock())).toBe(true);
    child.kill(signal);
    expect(await ended).toBe(code);
    expect(existsSync(lock())).toBe(false);
  });

  test.for([
    { name: "links", links: true },
    { name: "no links", links: false },
  ])("of three processes that race for 2 s, one is inside at a time ($name)", async ({ links }) => {
    writeFileSync(book, "");
    const script = await bundle(`
      import { rmdirSync, mkdirSync, writeFileSync } from "node:fs";
      import { disk } from "./node-tools/disk/disk.ts";
      import { lockForRun } from "./node-tools/disk/locks.ts";
      if (!${links}) disk.link = () => { throw Object.assign(new Error(), { code: "EPERM" }); };
      let [entered, together, left] = [0, 0, 0];
      const [end, lock] = [Date.now() + 2000, ${JSON.stringify(lock())}];
      while (Date.now() < end) {
        let release;
        try { release = lockForRun(${JSON.stringify(book)}); } catch { continue; }
        entered += 1;
        try { mkdirSync(${JSON.stringify(join(folder, "inside"))}); } catch { together += 1; }
        for (const from = Date.now(); Date.now() < from + (entered % 3);) {}
        try { rmdirSync(${JSON.stringify(join(folder, "inside"))}); } catch {}
        release();
        // Now and then a run dies over its work.
        if (entered % 7 === 0 && left < 40) {
          left += 1;
          try { writeFileSync(lock, "999999999 ${hostname()} dead\\n", { flag: "wx" }); } catch {}
        }
      }
      console.log(JSON.stringify({ entered, together }));`);
    const runs = await Promise.all([1, 2, 3].map(() => outputOf(script)));
    const sum = (key: "entered" | "together") => runs.reduce((total, run) => total + run[key], 0);
    expect(sum("entered")).toBeGreaterThan(20);
    expect(sum("together")).toBe(0);
    expect(readdirSync(folder).filter((name) => name.includes("take-over"))).toEqual([]);
  });
});
