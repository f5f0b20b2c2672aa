import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { deflateRawSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { unpackLimits, unpackZip } from "../../../node-tools/evidence/unpack-zip.ts";
import { temporaryFolder } from "../run-casebook.ts";
import { makeRawZip, type RawEntry } from "./raw-zip.ts";

interface Unpacked {
  readonly files: Record<string, string>;
  readonly problems: string[];
}

async function unpack(bytes: Buffer): Promise<Unpacked> {
  const folder = temporaryFolder();
  const target = join(folder, "out");
  mkdirSync(target);
  writeFileSync(join(folder, "a.zip"), bytes);
  const unpacked: Unpacked = { files: {}, problems: [] };
  for await (const file of unpackZip(join(folder, "a.zip"), target)) {
    if (file.problem !== undefined) unpacked.problems.push(`${file.name}：${file.problem}`);
    else {
      expect(relative(target, file.path)).not.toMatch(/^\.\./);
      unpacked.files[file.name] = readFileSync(file.path, "utf8");
    }
  }
  // Nothing is left, and nothing lies outside.
  expect(readdirSync(target)).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual(["a.zip", "out"]);
  return unpacked;
}

const gbk = Buffer.from([0xbf, 0xce, 0xbc, 0xfe, 0x2e, 0x74, 0x78, 0x74]);
const zeros = Buffer.alloc(unpackLimits.ratioFrom + 1);

describe("unpacking what was handed in", () => {
  test.for<{ name: string; entries: RawEntry[]; files: string[]; problems: RegExp[] }>([
    { name: "UTF-8", entries: [{ name: "材料/课件.txt" }], files: ["材料/课件.txt"], problems: [] },
    { name: "GBK, as Windows in China packs", entries: [{ name: gbk, flags: 0 }], files: ["课件.txt"], problems: [] },
    {
      name: "out of the folder",
      entries: [{ name: "../../逃.txt" }, { name: "好.txt" }],
      files: ["好.txt"],
      problems: [/逃.*以外的位置/],
    },
    { name: "from the root", entries: [{ name: "/etc/x.txt" }], files: [], problems: [/以外的位置/] },
    { name: "from a drive", entries: [{ name: "C:\\x.txt" }], files: [], problems: [/以外的位置/] },
    { name: "one name twice", entries: [{ name: "A.txt" }, { name: "a.TXT" }], files: ["A.txt"], problems: [/同名/] },
    { name: "a link", entries: [{ name: "link.txt", unixMode: 0o120777 }], files: [], problems: [/符号链接/] },
    {
      name: "a password",
      entries: [{ name: "密.txt", flags: 0x801, content: Buffer.alloc(20), claimedSize: 8 }],
      files: [],
      problems: [/密码/],
    },
    {
      name: "a bomb that says so",
      entries: [{ name: "弹.txt", content: zeros, deflated: deflateRawSync(zeros) }],
      files: [],
      problems: [/压缩炸弹/],
    },
    {
      name: "a bomb that does not",
      entries: [{ name: "弹.txt", content: zeros, deflated: deflateRawSync(zeros), claimedSize: 10 }],
      files: [],
      problems: [/已损坏/],
    },
    {
      name: "a name of 255 bytes",
      entries: [{ name: `${"长".repeat(83)}.txt` }],
      files: [`${"长".repeat(83)}.txt`],
      problems: [],
    },
    { name: "a name of line breaks", entries: [{ name: "a\nb\u0007.txt" }], files: ["a\nb\u0007.txt"], problems: [] },
    { name: "what systems add", entries: [{ name: "__MACOSX/._a" }, { name: "x/Thumbs.db" }], files: [], problems: [] },
  ])("$name", async ({ entries, files, problems }) => {
    const unpacked = await unpack(makeRawZip(entries));
    expect(Object.keys(unpacked.files)).toEqual(files);
    expect(unpacked.problems).toHaveLength(problems.length);
    problems.forEach((pattern, i) => {
      expect(unpacked.problems[i]).toMatch(pattern);
    });
  });

  test("more entries than anybody hands in are not begun", async () => {
    const entries = Array.from({ length: 60_000 }, (_, i) => ({ name: `${i}` }));
    const { files, problems } = await unpack(makeRawZip(entries));
    expect(files).toEqual({});
    expect(problems).toEqual([expect.stringContaining("60000 个文件")]);
  });

  test("a file for which the disk has no room is named and left out, and what is to be done is told", async () => {
    const { spare } = unpackLimits;
    onTestFinished(() => void Object.assign(unpackLimits, { spare }));
    Object.assign(unpackLimits, { spare: Number.MAX_SAFE_INTEGER });
    const { files, problems } = await unpack(makeRawZip([{ name: "课件.txt" }]));
    expect(files).toEqual({});
    expect(problems).toEqual([expect.stringMatching(/^课件.txt：.*磁盘空间不足.*清理磁盘/)]);
  });

  test("of more than 12 GiB in all nothing further is unpacked", async () => {
    const huge = { deflated: deflateRawSync(Buffer.alloc(10)), claimedSize: 2 ** 32 - 2 };
    const entries = ["1", "2", "3"].map((name) => ({ name, ...huge }));
    const { files, problems } = await unpack(makeRawZip([...entries, { name: "4", content: Buffer.alloc(1000) }]));
    expect(files).toEqual({});
    expect(problems).toHaveLength(4);
    expect(problems.at(-1)).toMatch(/内容过大.*从这里起未解压/);
  });

  test("a truncated archive is reported", async () => {
    const whole = makeRawZip([{ name: "a.txt" }]);
    expect((await unpack(whole.subarray(0, whole.length - 30))).problems).toEqual([expect.stringContaining("已损坏")]);
  });

  test("entries that lie over each other are counted once too often, and reported", async () => {
    // Fifield, A better zip bomb, WOOT 2019: many directory records for one body.
    const zip = makeRawZip([{ name: "a.txt", content: Buffer.alloc(5000, 1) }]);
    const start = zip.readUInt32LE(zip.length - 6);
    const record = zip.subarray(start, zip.length - 22);
    const records = Array.from({ length: 30 }, (_, i) => {
      const copy = Buffer.from(record);
      copy.write(String.fromCharCode(98 + (i % 20)), 46, "latin1");
      copy.write(i < 20 ? ".txt" : ".doc", 47, "latin1");
      return copy;
    });
    const end = Buffer.from(zip.subarray(zip.length - 22));
    end.writeUInt16LE(30, 8);
    end.writeUInt16LE(30, 10);
    end.writeUInt32LE(record.length * 30, 12);
    const { files, problems } = await unpack(Buffer.concat([zip.subarray(0, start), ...records, end]));
    expect(Object.keys(files).length).toBeLessThan(3);
    expect(problems.at(-1)).toMatch(/压缩炸弹/);
  });

  test("what is unpacked is for the owner alone", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.zip"), makeRawZip([{ name: "a.txt" }]));
    mkdirSync(join(folder, "out"));
    for await (const file of unpackZip(join(folder, "a.zip"), join(folder, "out")))
      expect(file.problem === undefined && statSync(file.path).mode & 0o077).toBe(0);
  });
});
