import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { disk } from "../../../node-tools/disk/disk.ts";
import type { Disk } from "../../../node-tools/host/port.ts";
import { readWorkbookBytes } from "../../../node-tools/office-files/workbook.ts";
import { MemoryDisk } from "../../../node-tools/page/memory-disk.ts";
import { isThorough } from "../../sweep.ts";
import { writeSmallAward } from "../commands/small-award.ts";
import { runCasebook, temporaryFolder } from "../run-casebook.ts";

const real = { ...disk };
const book = "/评案簿.xlsx";
const calls = Object.keys(real) as (keyof Disk)[];

/** The commands work in this folder from now on; the nth call fails. @returns how many calls there were */
function workIn(memory: MemoryDisk, failing = Number.POSITIVE_INFINITY): () => number {
  let count = 0;
  for (const name of calls) {
    const call = (memory[name] as (...parameters: unknown[]) => unknown).bind(memory);
    Object.assign(disk, {
      [name]: (...parameters: unknown[]) => {
        count += 1;
        if (count === failing) throw Object.assign(new Error(`EIO: ${name}`), { code: "EIO" });
        return call(...parameters);
      },
    });
  }
  return () => count;
}

let bytes: Buffer;
beforeEach(async () => {
  Object.assign(disk, real);
  const folder = temporaryFolder();
  const path = join(folder, "评案簿.xlsx");
  const inputs = join(folder, "来件");
  await writeSmallAward(inputs);
  await runCasebook("init", path);
  await runCasebook("import", path, inputs);
  bytes = readFileSync(path);
});
afterEach(() => {
  Object.assign(disk, real);
});

function fresh(): MemoryDisk {
  const memory = new MemoryDisk();
  memory.put(book, new Uint8Array(bytes));
  return memory;
}

const isWhole = (data: Buffer) =>
  readWorkbookBytes(book, data, "input").snapshot.sheets.some(({ name }) => name === "检查");

describe("a command in a folder in memory", () => {
  test("does what it does on a disk, and leaves nothing of its own", async () => {
    const memory = fresh();
    workIn(memory);
    expect((await runCasebook("check", book)).code).toBeLessThan(2);
    const left = [...memory.files()].map(({ path }) => path);
    expect(left).toContain(book);
    expect(left.filter((path) => path.includes("casebook") || path.endsWith(".tmp"))).toEqual([]);
  });

  test("whichever call fails once, the file is the old one or the new one, and the command can be run again", async () => {
    const memory = fresh();
    const countCalls = workIn(memory);
    await runCasebook("check", book);
    const total = countCalls();
    expect(total).toBeGreaterThan(20);
    for (let n = 1; n <= total; n += isThorough ? 1 : 9) {
      const folder = fresh();
      workIn(folder, n);
      const { code } = await runCasebook("check", book);
      workIn(folder);
      const now = folder.readFile(book);
      expect({ n, isWhole: isWhole(now), isOld: code > 1 ? now.equals(bytes) : true }).toEqual({
        n,
        isWhole: true,
        isOld: true,
      });
      expect({ n, again: (await runCasebook("check", book)).code < 2 }).toEqual({ n, again: true });
    }
  });
});
