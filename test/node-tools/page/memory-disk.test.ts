import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { host } from "../../../node-tools/host/node-host.ts";
import type { Disk } from "../../../node-tools/host/port.ts";
import { MemoryDisk } from "../../../node-tools/page/memory-disk.ts";

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

const paths = ["/a", "/b", "/a/c", "/a/d", "/a/c/e", "/b/f"];
const path = fc.constantFrom(...paths);

/** One call, on whichever disk. */
type Call =
  | { readonly name: "write" | "append"; readonly path: string; readonly content: string }
  | { readonly name: "mkdir"; readonly path: string; readonly recursive: boolean }
  | { readonly name: "link" | "rename"; readonly path: string; readonly to: string }
  | {
      readonly name: "readFile" | "readdir" | "rmdir" | "stat" | "unlink" | "realpath" | "access";
      readonly path: string;
    };

const call: fc.Arbitrary<Call> = fc.oneof(
  fc.record({ name: fc.constantFrom("write" as const, "append" as const), path, content: fc.string({ maxLength: 5 }) }),
  fc.record({ name: fc.constant("mkdir" as const), path, recursive: fc.boolean() }),
  fc.record({ name: fc.constantFrom("link" as const, "rename" as const), path, to: path }),
  fc.record({
    name: fc.constantFrom("readFile", "readdir", "rmdir", "stat", "unlink", "realpath", "access" as const),
    path,
  }) as fc.Arbitrary<Call>,
);

function carryOut(disk: Disk, place: (path: string) => string, each: Call): unknown {
  const at = place(each.path);
  switch (each.name) {
    case "write": {
      const descriptor = disk.open(at, "wx");
      const bytes = Buffer.from(each.content);
      for (let offset = 0; offset < bytes.length; ) offset += disk.write(descriptor, bytes, offset);
      disk.fsync(descriptor);
      disk.close(descriptor);
      return undefined;
    }
    case "append": {
      const descriptor = disk.open(at, "a+");
      const bytes = Buffer.from(each.content);
      for (let offset = 0; offset < bytes.length; ) offset += disk.write(descriptor, bytes, offset);
      const read = Buffer.alloc(20);
      const length = disk.read(descriptor, read, 1);
      disk.close(descriptor);
      return read.toString("utf8", 0, length);
    }
    case "mkdir":
      disk.mkdir(at, { recursive: each.recursive });
      return undefined;
    case "link":
    case "rename":
      disk[each.name](at, place(each.to));
      return undefined;
    case "readFile":
      return disk.readFile(at).toString();
    case "readdir":
      return disk.readdir(at).sort();
    case "stat": {
      const status = disk.stat(at);
      return { isFolder: status.isDirectory(), size: status.isDirectory() ? 0 : status.size };
    }
    case "realpath":
      return disk.realpath(at) === at;
    default:
      disk[each.name](at);
      return undefined;
  }
}

function outcomeOf(work: () => unknown): unknown {
  try {
    return { value: work() };
  } catch (error) {
    return { code: (error as { code?: string }).code };
  }
}

describe("a folder in memory", () => {
  test("answers any calls as the disk does, with its errors", () => {
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 25 }), (calls) => {
        const root = mkdtempSync(join(tmpdir(), "casebook-disk-"));
        roots.push(root);
        const memory = new MemoryDisk();
        for (const each of calls) {
          const wanted = outcomeOf(() => carryOut(host.disk, (name) => join(root, name), each));
          expect({ each, outcome: outcomeOf(() => carryOut(memory, (name) => name, each)) }).toEqual({
            each,
            outcome: wanted,
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  test("tells of what comes, changes and goes", () => {
    const told: string[] = [];
    const memory = new MemoryDisk((changed) => told.push(changed));
    memory.put("/名单/甲.csv", Buffer.from("甲"));
    memory.rename("/名单/甲.csv", "/名单/乙.csv");
    memory.unlink("/名单/乙.csv");
    expect(told).toEqual(["/名单/甲.csv", "/名单/甲.csv", "/名单/乙.csv", "/名单/乙.csv"]);
    expect([...memory.files()]).toEqual([]);
  });
});
