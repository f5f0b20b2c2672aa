import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { disk } from "../../../node-tools/disk/disk.ts";
import { digestBytes, digestFile, writeFilesAtomically } from "../../../node-tools/disk/files.ts";
import { InputError } from "../../../node-tools/errors.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "casebook-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(at(name), "utf8");
const backup = { backup: true };

test("new files are written, old ones replaced and kept as .bak", () => {
  writeFilesAtomically([{ path: at("a.xlsx"), data: "一" }], backup);
  expect(readdirSync(folder)).toEqual(["a.xlsx"]);
  writeFilesAtomically(
    [
      { path: at("a.xlsx"), data: "二" },
      { path: at("a.评审.xlsx"), data: Buffer.from("新") },
    ],
    backup,
  );
  expect(readdirSync(folder).sort()).toEqual(["a.bak.xlsx", "a.xlsx", "a.评审.xlsx"]);
  expect([read("a.xlsx"), read("a.bak.xlsx"), read("a.评审.xlsx")]).toEqual(["二", "一", "新"]);
});

test("without backup none is kept", () => {
  writeFileSync(at("a.csv"), "旧");
  writeFilesAtomically([{ path: at("a.csv"), data: "新" }], { backup: false });
  expect(readdirSync(folder)).toEqual(["a.csv"]);
});

test("permission bits stay, and a symbolic link stays a link", () => {
  writeFileSync(at("真.xlsx"), "旧");
  chmodSync(at("真.xlsx"), 0o640);
  symlinkSync(at("真.xlsx"), at("链接.xlsx"));
  writeFilesAtomically([{ path: at("链接.xlsx"), data: "新" }], backup);
  expect(lstatSync(at("链接.xlsx")).isSymbolicLink()).toBe(true);
  expect(read("真.xlsx")).toBe("新");
  expect(statSync(at("真.xlsx")).mode & 0o777).toBe(0o640);
  expect(statSync(at("真.bak.xlsx")).mode & 0o777).toBe(0o640);
});

test("temporary files of runs that died are removed, those of running ones are not", () => {
  const { pid: dead } = spawnSync(process.execPath, ["-e", ""]);
  writeFilesAtomically([{ path: at("x"), data: "" }], backup);
  const host = temporaryNameOf(() => writeFilesAtomically([{ path: at("x"), data: "1" }], backup)).split("-")[1];
  const alive = `.~casebook-${host}-${process.ppid}-1.tmp`;
  for (const name of [
    `.~casebook-${host}-${dead}-1.tmp`,
    `.~casebook-${host}-${process.pid}-99.tmp`,
    alive,
    "别的.tmp",
  ]) {
    writeFileSync(at(name), "");
  }
  writeFilesAtomically([{ path: at("x"), data: "2" }], backup);
  expect(readdirSync(folder).sort()).toEqual([alive, "x", "x.bak", "别的.tmp"].sort());
});

test("those of another computer are removed once they are old", () => {
  const [young, old] = [".~casebook-00000000-1-1.tmp", ".~casebook-00000000-1-2.tmp"];
  for (const name of [young, old]) writeFileSync(at(name), "");
  const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
  utimesSync(at(old), twoDaysAgo, twoDaysAgo);
  writeFilesAtomically([{ path: at("x"), data: "" }], backup);
  expect(readdirSync(folder).sort()).toEqual([young, "x"]);
});

describe("before a file takes its place", () => {
  const original = { ...disk };
  afterEach(() => {
    Object.assign(disk, original);
  });

  test("its content is on the disk", () => {
    writeFileSync(at("a"), "旧");
    const calls: string[] = [];
    disk.fsync = (descriptor) => {
      calls.push("fsync");
      original.fsync(descriptor);
    };
    disk.rename = (from, to) => {
      calls.push("rename");
      original.rename(from, to);
    };
    writeFilesAtomically([{ path: at("a"), data: "新" }], backup);
    expect(calls.slice(0, 4)).toEqual(["fsync", "fsync", "rename", "rename"]);
  });

  test("nobody can read it who could not read the old one", () => {
    writeFileSync(at("a"), "旧");
    chmodSync(at("a"), 0o600);
    const modes: unknown[] = [];
    disk.open = (path, flags, mode) => {
      if (flags === "wx") modes.push(mode);
      return original.open(path, flags, mode);
    };
    writeFilesAtomically([{ path: at("a"), data: "新" }], backup);
    expect(modes).toEqual([0o600, 0o600]);
  });
});

/** The name of the first temporary file that `work` makes. */
function temporaryNameOf(work: () => void): string {
  const { rename } = disk;
  let name = "";
  disk.rename = (from, to) => {
    name ||= String(from).slice(folder.length + 1);
    rename(from, to);
  };
  try {
    work();
  } finally {
    disk.rename = rename;
  }
  return name;
}

describe("when any one call fails", () => {
  const original = { ...disk };
  afterEach(() => {
    Object.assign(disk, original);
  });

  /** Makes the nth call on the disk fail. @returns whether there was one */
  function failAt(n: number, code: string): () => boolean {
    let calls = 0;
    for (const key of Object.keys(original) as (keyof typeof disk)[]) {
      Object.assign(disk, {
        [key]: (...parameters: unknown[]) => {
          calls += 1;
          if (calls === n) throw Object.assign(new Error(`${code}: ${key}`), { code });
          return (original[key] as (...parameters: unknown[]) => unknown)(...parameters);
        },
      });
    }
    return () => calls >= n;
  }

  const writes = () => [
    { path: at("a.xlsx"), data: "新甲" },
    { path: at("b.xlsx"), data: "新乙" },
  ];

  test.for(["ENOSPC", "EACCES", "EIO", "EBUSY"])(
    "%s: each file is old or new, all are old after a refusal, and the next run sets all right",
    (code) => {
      let refusals = 0;
      for (let n = 1; ; n += 1) {
        for (const name of readdirSync(folder)) rmSync(at(name));
        writeFileSync(at("a.xlsx"), "旧甲");
        writeFileSync(at("a.bak.xlsx"), "更旧甲");
        const wasReached = failAt(n, code);
        let error: unknown;
        try {
          writeFilesAtomically(writes(), backup);
        } catch (reason) {
          error = reason;
        }
        Object.assign(disk, original);
        if (!wasReached()) break;
        if (error === undefined) {
          expect([read("a.xlsx"), read("b.xlsx")], `call ${n}`).toEqual(["新甲", "新乙"]);
        } else {
          refusals += 1;
          expect(error, `call ${n}`).toBeInstanceOf(InputError);
          expect((error as InputError).message).toMatch(/原有文件没有改动/);
          expect(read("a.xlsx"), `call ${n}`).toBe("旧甲");
          expect(existsSync(at("b.xlsx")), `call ${n}`).toBe(false);
          expect(["更旧甲", "旧甲"]).toContain(read("a.bak.xlsx"));
        }
        writeFilesAtomically(writes(), backup);
        expect([read("a.xlsx"), read("b.xlsx")]).toEqual(["新甲", "新乙"]);
        expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
      }
      expect(refusals).toBeGreaterThan(15);
    },
  );

  test.for([
    { code: "ENOSPC", says: /磁盘空间已满/ },
    { code: "EROFS", says: /只读/ },
    { code: "EBUSY", says: /正被别的程序使用/ },
    { code: "EPERM", says: /正被别的程序打开/ },
    { code: "EWEIRD", says: /EWEIRD/ },
  ])("$code is reported in plain words", ({ code, says }) => {
    disk.rename = () => {
      throw Object.assign(new Error(code), { code });
    };
    expect(() => writeFilesAtomically(writes(), backup)).toThrow(says);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test("a folder that is not there is reported", () => {
  expect(() => writeFilesAtomically([{ path: at("没有/a.xlsx"), data: "" }], backup)).toThrow(/找不到/);
});

test("killed at any moment, the file and its backup are whole", async () => {
  const size = 400_000;
  const target = at("a.xlsx");
  writeFileSync(target, "0".repeat(size));
  writeFileSync(at("a.bak.xlsx"), "0".repeat(size));
  const { build } = await import("esbuild");
  const script = at("写.mjs");
  await build({
    stdin: {
      contents: `import { writeFilesAtomically } from "./node-tools/disk/files.ts";
        process.stdout.write("go");
        for (let n = 1; ; n += 1) writeFilesAtomically([{ path: ${JSON.stringify(target)}, data: String(n % 10).repeat(${size}) }], { backup: true });`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: script,
    logLevel: "error",
  });
  for (const delay of [0, 3, 7, 11, 16, 23]) {
    const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await new Promise((resolve) => setTimeout(resolve, delay));
    child.kill("SIGKILL");
    await ended;
    for (const name of ["a.xlsx", "a.bak.xlsx"]) expect(read(name)).toMatch(/^(\d)\1*$/);
    expect(statSync(target).size).toBe(size);
  }
  writeFilesAtomically([{ path: target, data: "终" }], backup);
  expect(readdirSync(folder).sort()).toEqual(["a.bak.xlsx", "a.xlsx", "写.mjs"]);
});

test("digests are SHA-256 in hex", () => {
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  writeFileSync(at("空"), "");
  expect([digestBytes(""), digestFile(at("空"))]).toEqual([empty, empty]);
  expect(() => digestFile(at("没有"))).toThrow(InputError);
});
