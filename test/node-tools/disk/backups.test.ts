import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  changedSince,
  type FileChange,
  type KeptStep,
  keepVersions,
  lastStanding,
  listSteps,
  thinBackups,
} from "../../../node-tools/disk/backups.ts";
import { digestBytes, writeFilesAtomically } from "../../../node-tools/disk/files.ts";

let folder: string;
let book: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "casebook-"));
  book = join(folder, "a.xlsx");
});
afterEach(() => rmSync(folder, { recursive: true }));

const kept = () => readdirSync(join(folder, "a.备份")).sort();

/** A command that writes the workbook at that time. */
function runCommand(time: string, data = time): void {
  const write = { path: book, data };
  const { writes } = keepVersions(book, { time, actor: "张三", action: "导入" }, [write]);
  writeFilesAtomically([...writes, write], { backup: false });
}

describe("versions that are kept", () => {
  test("steps count on, and two of one second have folders of their own", () => {
    runCommand("2025-11-01 09:00:00", "一");
    runCommand("2025-11-01 09:00:00", "二");
    expect(kept()).toEqual(["20251101-090000-导入", "20251101-090000-导入-2"]);
    expect(listSteps(book)).toMatchObject([
      { number: 1, files: [{ name: "a.xlsx", before: null, after: digestBytes(Buffer.from("一")) }] },
      { number: 2, files: [{ name: "a.xlsx", before: digestBytes(Buffer.from("一")) }] },
    ]);
  });

  test("thinning leaves the latest twenty, of earlier days the first, and what somebody put there", () => {
    writeFileSync(book, "零");
    for (let minute = 10; minute < 14; minute += 1) runCommand(`2025-11-01 09:${minute}:00`);
    for (let minute = 10; minute < 30; minute += 1) runCommand(`2025-11-02 09:${minute}:00`);
    const [, second, third] = kept();
    writeFileSync(join(folder, "a.备份", String(third), "说明.txt"), "");
    thinBackups(book);
    expect(kept()).toHaveLength(22);
    expect(kept()).not.toContain(second);
    expect(readdirSync(join(folder, "a.备份", String(third)))).toEqual(["说明.txt"]);
    expect(listSteps(book).map(({ number }) => number)).toEqual([1, ...Array.from({ length: 20 }, (_, i) => i + 5)]);
  });

  test("what a killed run left goes after a day", () => {
    runCommand("2025-11-01 09:00:00");
    const [old, young] = ["20251101-080000-导入", "20251101-100000-导入"].map((name) => join(folder, "a.备份", name));
    for (const each of [String(old), String(young)]) {
      mkdirSync(each);
      writeFileSync(join(each, "a.xlsx"), "");
    }
    const twoDaysAgo = new Date(Date.now() - 48 * 60 * 60 * 1000);
    utimesSync(String(old), twoDaysAgo, twoDaysAgo);
    thinBackups(book);
    expect(existsSync(String(old))).toBe(false);
    expect(kept()).toEqual(["20251101-090000-导入", "20251101-100000-导入"]);
  });
});

/** One step that takes 申报.xlsx from one digest to another. */
const step = (number: number, before: string | null, after: string | null, undoes?: number): KeptStep => ({
  ...{ number, time: "", actor: "", action: `第${number}步`, folder: "" },
  ...(undoes === undefined ? {} : { undoes }),
  files: [{ name: "申报.xlsx", before, after }],
});
const now = (digest: string | null) => (_file: FileChange) => digest;

describe("the command that undo takes back", () => {
  test("is the last one; with it taken back the one before it, which knows what was taken back since", () => {
    const [first, second] = [step(1, "a", "b"), step(2, "b", "c")];
    expect(lastStanding([first, second], now("c"))).toEqual({ step: second, since: [] });
    expect(lastStanding([first, second, step(3, "c", "b", 2)], now("b"))).toEqual({ step: first, since: [second] });
    const all = [first, second, step(3, "c", "b", 2), step(4, "b", "a", 1)];
    expect(lastStanding(all, now("a"))).toBeUndefined();
  });

  test("collects what was taken back under it", () => {
    const [first, second, third] = [step(1, "a", "b"), step(2, "b", "c"), step(3, "c", "d")];
    const all = [first, second, third, step(4, "d", "c", 3), step(5, "c", "b", 2)];
    expect(lastStanding(all, now("b"))).toEqual({ step: first, since: [third, second] });
  });

  test("stays where what was taken back is no longer kept", () => {
    const first = step(1, "a", "b");
    expect(lastStanding([first, step(3, "b", "a", 99)], now("a"))).toEqual({ step: first, since: [] });
  });

  test("took place: one that was cut short before it replaced a file does not count", () => {
    const [first, cut] = [step(1, "a", "b"), step(2, "b", "c")];
    expect(lastStanding([first, cut], now("b"))?.step).toBe(first);
    expect(lastStanding([first, cut, step(3, "b", "d")], now("d"))?.step.number).toBe(3);
    const unchanged = step(2, "b", "b");
    expect(lastStanding([first, unchanged], now("b"))?.step).toBe(unchanged);
  });
});

test("a file is changed by other means when its digests do not follow each other", () => {
  const [first, second] = [step(1, "a", "b"), step(2, "b", "c")];
  const changed = (steps: readonly KeptStep[], digest: string) => changedSince(first, steps, now(digest)).length > 0;
  expect(changed([first], "b")).toBe(false);
  expect(changed([first], "a")).toBe(false);
  expect(changed([first], "x")).toBe(true);
  expect(changed([first, second], "c")).toBe(false);
  expect(changed([first, second], "b")).toBe(false);
  expect(changed([first, second], "a")).toBe(true);
  expect(changed([first, step(2, "x", "c")], "c")).toBe(true);
  expect(changed([step(0, "x", "y"), first], "b")).toBe(false);
});
