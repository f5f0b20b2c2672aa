import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { disk } from "../../../node-tools/disk/disk.ts";
import { unzipParts, zipParts } from "../../../node-tools/office-files/zip.ts";
import { excelLock } from "../disk/excel-lock.ts";
import { makeDocx, paragraph } from "../documents/make-docx.ts";
import { readRecords, runCasebook, runJson, temporaryFolder } from "../run-casebook.ts";
import { makePackage } from "../xlsx/package-fixture.ts";
import { writeSmallAward } from "./small-award.ts";

/** An award with its experts assigned, made once; each test gets a copy. */
let made: string;

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "casebook-"));
  await writeSmallAward(join(made, "inputs"));
  const file = join(made, "评案.xlsx");
  for (const words of [
    ["init", file],
    ["import", file, join(made, "inputs")],
    ["recommend", file],
    ["assign", file],
  ]) {
    const { code, err, out } = await runCasebook(...words);
    if (code !== 0) throw new Error(`casebook ${words.join(" ")}: ${err}${out}`);
  }
}, 60_000);

afterAll(() => rmSync(made, { recursive: true }));

const untouched = { ...disk };
afterEach(() => Object.assign(disk, untouched));

interface Desk {
  readonly folder: string;
  readonly file: string;
  readonly review: string;
}

function desk(): Desk {
  const folder = temporaryFolder();
  for (const name of ["评案.xlsx", "评案.评审.xlsx"]) copyFileSync(join(made, name), join(folder, name));
  return { folder, file: join(folder, "评案.xlsx"), review: join(folder, "评案.评审.xlsx") };
}

/** Everything in a folder by name and content. */
const contentsOf = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(folder, name)).toString("base64")]),
  );

/** What a command is called with besides the file. */
const callOf: Readonly<Record<string, (desk: Desk) => string[]>> = {
  import: () => [join(made, "inputs")],
  check: () => [],
  recommend: () => [],
  forms: ({ folder }) => ["--out", join(folder, "填报表")],
  export: ({ folder }) => ["--out", join(folder, "名单"), "--draft"],
  evidence: () => ["--files", join(made, "inputs")],
  undo: () => [],
  assign: () => [],
  packets: ({ folder }) => ["--out", join(folder, "评分表")],
  collect: () => [join(made, "inputs")],
  rank: () => [],
};
const ofTheShared = ["import", "check", "recommend", "forms", "export", "evidence", "undo"];
const ofTheReview = ["assign", "packets", "collect", "rank", "export"];

/** Runs a command that must refuse; nothing may have changed by it. */
async function expectRefusal(command: string, desk: Desk, code = 3): Promise<string> {
  const before = contentsOf(desk.folder);
  const { err, ...run } = await runCasebook(command, desk.file, ...(callOf[command]?.(desk) ?? []));
  expect(run.code).toBe(code);
  expect(contentsOf(desk.folder)).toEqual(before);
  return err;
}

describe("a workbook that Excel holds", () => {
  test.for(ofTheShared)("%s: the shared one", async (command) => {
    const own = desk();
    writeFileSync(join(own.folder, "~$评案.xlsx"), excelLock("马老师"));
    expect(await expectRefusal(command, own)).toMatch(
      /「评案\.xlsx」正被 Excel 或 WPS 打开（马老师）.*关闭后再试.*「~\$评案\.xlsx」/,
    );
  });

  test.for(ofTheReview)("%s: the review workbook", async (command) => {
    const own = desk();
    writeFileSync(join(own.folder, "~$评案.评审.xlsx"), excelLock("马老师"));
    expect(await expectRefusal(command, own)).toContain("「评案.评审.xlsx」正被 Excel 或 WPS 打开（马老师）");
  });

  test("opened while the command runs: nothing is written over it", async () => {
    const own = desk();
    const { readFile } = disk;
    disk.readFile = (path) => {
      if (path === own.file) writeFileSync(join(own.folder, "~$评案.xlsx"), excelLock("马老师"));
      return readFile(path);
    };
    const before = readFileSync(own.file);
    const { code, err } = await runCasebook("check", own.file);
    expect(code).toBe(3);
    expect(err).toContain("正被 Excel 或 WPS 打开");
    expect(readFileSync(own.file)).toEqual(before);
    expect(existsSync(join(own.folder, "评案.备份"))).toBe(false);
  });

  test.for(["replay", "schema"])("%s only reads, and may", async (command) => {
    const own = desk();
    for (const name of ["评案", "评案.评审"]) writeFileSync(join(own.folder, `~$${name}.xlsx`), excelLock("马老师"));
    expect((await runCasebook(command, own.file)).err).not.toContain("打开");
  });

  test.for([
    { call: "readFile" as const, says: /无法读取「评案\.xlsx」：文件正被别的程序使用.*Excel、WPS/ },
    { call: "rename" as const, says: /无法写入「评案\.xlsx」：文件正被别的程序使用.*原有文件没有改动/ },
  ])("without a lock file, by the system alone: $call", async ({ call, says }) => {
    const own = desk();
    const before = contentsOf(own.folder);
    const busy = (path: string) => {
      if (path === own.file) throw Object.assign(new Error("busy"), { code: "EBUSY" });
    };
    const { readFile, rename } = disk;
    if (call === "readFile")
      disk.readFile = (path) => {
        busy(path);
        return readFile(path);
      };
    else
      disk.rename = (from, to) => {
        busy(String(to));
        return rename(from, to);
      };
    const { code, err } = await runCasebook("check", own.file);
    Object.assign(disk, untouched);
    expect({ code, told: says.test(err) }, err).toEqual({ code: 3, told: true });
    expect(readFileSync(own.file).toString("base64")).toBe(before["评案.xlsx"]);
    expect(readdirSync(own.folder).filter((name) => /casebook-lock|\.tmp$/.test(name))).toEqual([]);
  });
});

describe("a workbook that another run works on", () => {
  const lockOf = (path: string) => `${path}.casebook-lock`;
  const held = `${process.ppid} ${hostname()} 0a0b 2025-11-01T00:00:00.000Z\n`;

  test.for([
    ...ofTheShared.map((command) => ({ command, book: "评案.xlsx" })),
    ...ofTheReview.map((command) => ({ command, book: "评案.评审.xlsx" })),
  ])("$command: $book", async ({ command, book }) => {
    const own = desk();
    writeFileSync(lockOf(join(own.folder, book)), held);
    expect(await expectRefusal(command, own)).toContain(
      `另一个评案簿程序正在处理「${book}」（电脑 ${hostname()}，进程 ${process.ppid}）`,
    );
    expect(readFileSync(lockOf(join(own.folder, book)), "utf8")).toBe(held);
  });

  test.for(["check", "export"])("%s leaves no lock behind", async (command) => {
    const own = desk();
    await runCasebook(command, own.file, ...(callOf[command]?.(own) ?? []));
    expect(readdirSync(own.folder).filter((name) => /casebook-lock|\.tmp$/.test(name))).toEqual([]);
  });

  test("nor does one that fails", async () => {
    const own = desk();
    expect((await runCasebook("collect", own.file, join(own.folder, "nowhere"))).code).toBe(3);
    expect(readdirSync(own.folder).sort()).toEqual(["评案.xlsx", "评案.评审.xlsx"].sort());
  });
});

/** The workbook with a part more, or with a part changed. */
function withPart(bytes: Buffer, name: string, change: (xml: string) => string): Buffer {
  const parts = unzipParts(bytes);
  const part = parts.find((each) => each.name === name);
  const content = Buffer.from(change(part?.content.toString("utf8") ?? ""));
  return zipParts([...parts.filter((each) => each !== part), { name, content }], { compress: true });
}

const withDoctype = (xml: string) => xml.replace(/^(<\?xml[^>]*\?>)?/, '$1<!DOCTYPE a [<!ENTITY b "c">]>');
const encrypted = Buffer.concat([
  Buffer.from("d0cf11e0a1b11ae1", "hex"),
  Buffer.alloc(504),
  Buffer.from("EncryptedPackage", "utf16le"),
]);

describe("a workbook that no change may touch, or that is dangerous", () => {
  test.for([
    { name: "DOCTYPE", change: (b: Buffer) => withPart(b, "xl/workbook.xml", withDoctype), says: /DOCTYPE.*没有读取/ },
    {
      name: "macros",
      change: (b: Buffer) => withPart(b, "xl/vbaProject.bin", () => "x"),
      says: /含有宏（\.xlsm）.*没有做任何改动.*另存为/,
    },
    {
      name: "a digital signature",
      change: (b: Buffer) => withPart(b, "_xmlsignatures/sig1.xml", () => "<Signature/>"),
      says: /带有数字签名.*没有做任何改动.*删除签名/,
    },
    { name: "a password", change: () => encrypted, says: /设有打开密码/ },
    { name: "a zip bomb", change: () => bomb(), says: /解压后过大/ },
    { name: "too many parts", change: () => manyParts(), says: /解压后过大/ },
  ])("$name", async ({ change, says }) => {
    const own = desk();
    writeFileSync(own.file, change(readFileSync(own.file)));
    expect(await expectRefusal("check", own)).toMatch(says);
  });

  test("a review workbook with a signature is not saved over either", async () => {
    const own = desk();
    const signed = withPart(readFileSync(own.review), "_xmlsignatures/sig1.xml", () => "<Signature/>");
    writeFileSync(own.review, signed);
    expect(await expectRefusal("rank", own)).toMatch(/「评案\.评审\.xlsx」.*数字签名/);
  });

  test.for(["a.xlsm", "a.xls", "a.csv", "a"])("%s is no name of an award", async (name) => {
    const own = desk();
    copyFileSync(own.file, join(own.folder, name));
    const { code, err } = await runCasebook("check", join(own.folder, name));
    expect(code).toBe(2);
    expect(err).toContain(`应以 .xlsx 结尾，收到的是“${name}”`);
  });
});

/** Unpacks to 65 MiB of nothing. */
function bomb(): Buffer {
  return makePackage({ parts: { "xl/media/a.xml": "\0".repeat(65 * 1024 * 1024) } });
}

function manyParts(): Buffer {
  return makePackage({ parts: Object.fromEntries(Array.from({ length: 5_001 }, (_, i) => [`a/${i}.txt`, ""])) });
}

describe("inputs of import", () => {
  const table = '<row r="1"><c r="A1" t="inlineStr"><is><t>案例编号</t></is></c></row>';
  test.for([
    { file: "a.xlsx", bytes: withPart(makePackage(), "xl/worksheets/sheet1.xml", withDoctype), says: /DOCTYPE/ },
    { file: "a.docx", bytes: makeDocx(paragraph("案例"), { before: "<!DOCTYPE a>" }), says: /文档类型声明（DTD）/ },
    { file: "a.xlsx", bytes: encrypted, says: /设有打开密码/ },
    { file: "a.docx", bytes: encrypted, says: /设有打开密码/ },
    { file: "a.xlsx", bytes: bomb(), says: /解压后过大/ },
    { file: "a.docx", bytes: manyParts(), says: /解压后过大/ },
    { file: "a.csv", bytes: "案例编号,案例名称\nA1,课\0堂\n", says: /不是文字表格/ },
    { file: "a.xlsx", bytes: makePackage({ sheets: [{ name: "a", rows: `${table}\0` }] }), says: /无法解读/ },
  ])("$file: $says", async ({ file, bytes, says }) => {
    const own = desk();
    const outside = temporaryFolder();
    writeFileSync(join(outside, file), bytes);
    const before = contentsOf(own.folder);
    const alone = await runCasebook("import", own.file, join(outside, file));
    expect({ code: alone.code, told: says.test(alone.err) }, alone.err).toEqual({ code: 3, told: true });
    expect(contentsOf(own.folder)).toEqual(before);
  });

  test("among others they are reported one by one, and the others are taken", async () => {
    const own = desk();
    const outside = temporaryFolder();
    writeFileSync(join(outside, "a.docx"), makeDocx(paragraph("案例"), { before: "<!DOCTYPE a>" }));
    writeFileSync(join(outside, "b.xlsx"), encrypted);
    copyFileSync(join(made, "inputs", "单位名册.csv"), join(outside, "单位名册.csv"));
    const { code, json } = await runJson("import", own.file, outside);
    expect(code).toBe(1);
    const entries: { file: string; sheet: string; rejected: { reason: string }[] }[] = json.inputs;
    expect(entries.map(({ file, sheet }) => `${file} ${sheet}`).sort()).toEqual([
      "a.docx ",
      "b.xlsx ",
      "单位名册.csv 单位",
    ]);
    expect(entries.flatMap(({ rejected }) => rejected.map(({ reason }) => reason)).join()).toMatch(/DTD.*打开密码/);
  });

  test("a workbook with macros or a signature is only read, and may be", async () => {
    const own = desk();
    const outside = temporaryFolder();
    const rows = ["单位代码,单位名称,类别,别名,上级单位", "640105,金凤区教育局,教育局,金凤区,自治区"];
    const cells = rows.map(
      (row, i) =>
        `<row r="${i + 1}">${row
          .split(",")
          .map((text, c) => `<c r="${"ABCDE"[c]}${i + 1}" t="inlineStr"><is><t>${text}</t></is></c>`)
          .join("")}</row>`,
    );
    const parts = { "xl/vbaProject.bin": "x", "_xmlsignatures/sig1.xml": "<Signature/>" };
    writeFileSync(join(outside, "单位.xlsm"), makePackage({ sheets: [{ name: "a", rows: cells.join("") }], parts }));
    expect((await runCasebook("import", own.file, outside)).code).toBe(0);
    expect((await readRecords(own.file, "单位")).map((unit) => unit.单位代码)).toContain("640105");
  });
});

describe("a name that the system does not take", () => {
  test.for([
    { what: "NUL", name: "a\0.xlsx", says: "文件名里有不能使用的字符" },
    { what: "too long with what is put before and behind it", name: `${"长".repeat(82)}.xlsx`, says: "文件名太长" },
  ])("$what: the workbook", async ({ name, says }) => {
    const file = join(temporaryFolder(), name);
    if (!name.includes("\0")) copyFileSync(join(made, "评案.xlsx"), file);
    const { code, err } = await runCasebook("check", file);
    expect({ code, told: err.includes(says) }, err).toEqual({ code: 3, told: true });
  });

  test("NUL: an input", async () => {
    const own = desk();
    const { code, err } = await runCasebook("import", own.file, join(own.folder, "b\0.csv"));
    expect({ code, told: err.includes("文件名里有不能使用的字符") }, err).toEqual({ code: 3, told: true });
  });
});

test("a notice.json of more than a megabyte is not read", async () => {
  const folder = join(temporaryFolder(), "大通知");
  mkdirSync(folder);
  writeFileSync(join(folder, "notice.json"), `{"id":"大通知","x":"${"长".repeat(400_000)}"}`);
  const file = join(folder, "a.xlsx");
  const { code, err } = await runCasebook("init", file, "--notice", folder);
  expect(code).toBe(3);
  expect(err).toContain("不像一份通知");
  expect(existsSync(file)).toBe(false);
});

test("check ends with 1 once there is an error, and with 0 before", async () => {
  const own = desk();
  expect((await runCasebook("check", own.file)).code).toBe(0);
  const input = join(own.folder, "缺.csv");
  writeFileSync(input, "案例编号,案例名称,推荐单位,领域,赛道\nX1,,兴庆区教育局,教学革新,城市\n");
  await runCasebook("import", own.file, input);
  expect((await runCasebook("check", own.file)).code).toBe(1);
});

test("a command that gets too few or too many words says how it is used", async () => {
  for (const words of [["check"], ["check", "a.xlsx", "b.xlsx"], ["import", "a.xlsx"]]) {
    const { code, err } = await runCasebook(...words);
    expect({ code, told: err.includes(`用法：casebook ${words[0]} `) }, words.join(" ")).toEqual({
      code: 2,
      told: true,
    });
  }
});
