import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { makeNameMatcher } from "../../../apps-script/core/evidence/match-names.ts";
import { collectSources } from "../../../node-tools/evidence/collect-sources.ts";
import { FactsCache } from "../../../node-tools/evidence/facts-cache.ts";
import { readMaterials } from "../../../node-tools/evidence/read-materials.ts";
import { makeAward } from "../../core/award-builder.ts";
import { temporaryFolder } from "../run-casebook.ts";

const { submissions } = makeAward({ submissions: [{ id: "A001" }, { id: "A002" }] });
const match = makeNameMatcher(submissions);

function put(folder: string, ...names: string[]): void {
  for (const name of names) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), "课");
  }
}

describe("the files of each submission", () => {
  test("lie in folders, archives and files named by number, by unit or not", async () => {
    const folder = temporaryFolder();
    put(
      folder,
      "A001/a.txt",
      "A001/深/b.txt",
      "兴庆区教育局/A002.zip",
      "兴庆区教育局/别的.txt",
      "A002.mp4",
      "说明.txt",
      "空/x.txt",
    );
    put(folder, ".DS_Store", "A001/Thumbs.db", "A001/~$a.docx");
    const found = await collectSources(folder, match);
    expect(found.sources.map(({ name, ownName, submission }) => [submission.id, name, ownName])).toEqual([
      ["A001", "A001/a.txt", "A001/a.txt"],
      ["A001", "A001/深/b.txt", "A001/深/b.txt"],
      ["A002", "A002.mp4", "A002.mp4"],
      ["A002", "兴庆区教育局/A002.zip", "A002.zip"],
    ]);
    expect(found.unmatched.map(({ name }) => name)).toEqual(["兴庆区教育局/别的.txt", "空", "说明.txt"]);
    expect(found.skipped).toEqual([]);
  });

  test("links, pipes and endless depth are reported and not entered", async () => {
    const folder = temporaryFolder();
    put(folder, "A001/a.txt", `A002/${"深/".repeat(25)}b.txt`);
    symlinkSync("/", join(folder, "A001", "根"));
    symlinkSync(join(folder, "A001"), join(folder, "A001", "圈"));
    symlinkSync("/etc/passwd", join(folder, "A002.txt"));
    execFileSync("mkfifo", [join(folder, "A001", "pipe")]);
    const { sources, skipped } = await collectSources(folder, match);
    expect(sources.map(({ name }) => name)).toEqual(["A001/a.txt"]);
    expect(skipped.map(({ reason }) => /符号链接|不是普通文件|层以上/.exec(reason)?.[0]).sort()).toEqual([
      "不是普通文件",
      "层以上",
      "符号链接",
      "符号链接",
      "符号链接",
    ]);
  });

  test("folders twenty deep are entered, deeper ones are not", async () => {
    const folder = temporaryFolder();
    put(folder, `A001/${"深/".repeat(19)}a.txt`, `A002/${"深/".repeat(20)}b.txt`);
    const { sources, skipped } = await collectSources(folder, match);
    expect(sources.map(({ submission }) => submission.id)).toEqual(["A001"]);
    expect(skipped.map(({ reason }) => reason)).toEqual([expect.stringContaining("20 层以上")]);
  });

  test("10,000 files and names of 255 bytes", async () => {
    const folder = temporaryFolder();
    const long = `${"长".repeat(83)}.txt`;
    put(folder, `A001/${"夹".repeat(85)}/${long}`, ...Array.from({ length: 10_000 }, (_, i) => `A002/${i}.txt`));
    const { sources, skipped } = await collectSources(folder, match);
    expect(sources).toHaveLength(10_001);
    expect(skipped).toEqual([]);
  });

  test("a file that vanishes before it is read is reported, the rest is read", async () => {
    const folder = temporaryFolder();
    put(folder, "A001/a.txt", "A001/b.txt", "A002/c.txt");
    const { sources } = await collectSources(folder, match);
    rmSync(join(folder, "A001", "a.txt"));
    const cache = new FactsCache(join(folder, "cache.jsonl"), "1");
    onTestFinished(() => cache.close());
    const problems = new Map<string, string | undefined>();
    const begun: number[] = [];
    const options: Parameters<typeof readMaterials>[1] = {
      pool: {
        read: async () => ({ facts: { kind: "text", pieces: [], paragraphs: [] }, failed: false }),
        close: async () => {},
      },
      cache,
      workFolder: folder,
      atOnce: 2,
      progress: async (number) => void begun.push(number),
      take: (source, entries) => problems.set(source.name, entries[0]?.facts.problem),
    };
    expect(await readMaterials(sources, options)).toEqual({ read: 3, remembered: 0 });
    begun.length = 0;
    expect(await readMaterials(sources, { ...options, atOnce: 1 })).toEqual({ read: 1, remembered: 2 });
    expect(begun).toEqual([1, 2, 3]);
    expect(problems.get("A001/a.txt")).toContain("不在原处");
    expect([problems.get("A001/b.txt"), problems.get("A002/c.txt")]).toEqual([undefined, undefined]);
  });
});
