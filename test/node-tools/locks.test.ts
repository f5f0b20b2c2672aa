import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lockForRun, refuseIfOpenElsewhere } from "../../node-tools/locks.ts";

let folder: string;
let book: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "casebook-"));
  book = join(folder, "申报.xlsx");
});
afterEach(() => rmSync(folder, { recursive: true }));

function excelLock(name: string): Buffer {
  const content = Buffer.alloc(165, 0x20);
  content[0] = name.length;
  content.writeUInt16LE(name.length, 55);
  content.write(name, 57, "utf16le");
  return content;
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
    writeFileSync(lock(), `${pid} ${hostname()}\n`);
    lockForRun(book)();
    expect(existsSync(lock())).toBe(false);
  });

  test("of a run on this or on another computer is respected", () => {
    for (const owner of [`${process.ppid} ${hostname()}`, "999999 别的电脑"]) {
      writeFileSync(lock(), owner);
      expect(() => lockForRun(book)).toThrow(/正在处理/);
      expect(readFileSync(lock(), "utf8")).toBe(owner);
    }
  });

  test.for(["SIGINT", "SIGTERM"] as const)("goes away when the run is ended by %s", async (signal) => {
    const { build } = await import("esbuild");
    const script = join(folder, "run.mjs");
    await build({
      stdin: {
        contents: `import { lockForRun } from "./node-tools/locks.ts";
          lockForRun(${JSON.stringify(book)}); process.stdout.write("go"); setInterval(() => {}, 1000);`,
        resolveDir: process.cwd(),
      },
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: script,
      logLevel: "error",
    });
    const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    await new Promise((resolve) => child.stdout.once("data", resolve));
    expect(existsSync(lock())).toBe(true);
    child.kill(signal);
    expect(await ended).toBe(signal === "SIGINT" ? 130 : 143);
    expect(existsSync(lock())).toBe(false);
  });
});
