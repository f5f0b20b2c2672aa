import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ningxia2025 as notice } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { newReviewWorkbook } from "../../../apps-script/core/review-book/review-workbook.ts";
import { archiveFolder, listArchived, readArchived } from "../../../node-tools/award-files/archive.ts";
import {
  createWorkbook,
  logAction,
  openForEditing,
  openForReading,
  openReview,
  releaseWorkbooks,
  requireReview,
  requireReviewToRead,
  reviewPath,
  saveAll,
} from "../../../node-tools/award-files/award-files.ts";
import { reportKept, withoutOverwriting } from "../../../node-tools/award-files/outgoing.ts";
import { requireSettings } from "../../../node-tools/award-files/settings-guard.ts";
import type { CommandCall } from "../../../node-tools/command-line/command.ts";
import { makeTerminal } from "../../../node-tools/command-line/terminal.ts";
import { listSteps } from "../../../node-tools/disk/backups.ts";
import { InputError } from "../../../node-tools/errors.ts";
import { zipParts } from "../../../node-tools/office-files/zip.ts";
import { makeSnapshot } from "../../core/award-builder.ts";
import { temporaryFolder } from "../run-casebook.ts";

const terminal = makeTerminal(false, { out: () => {}, err: () => {}, interactive: false });
let folder: string;
let path: string;
let call: CommandCall;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, "a.xlsx");
  call = { operands: [path], options: {}, terminal };
});
afterEach(releaseWorkbooks);

const action = (name: string) => ({ action: name, parameters: "", outcome: "", inputs: [] });
async function createAward(): Promise<void> {
  const book = createWorkbook(path);
  // Smaller than a shared workbook, with a 日志 all the same.
  book.workbook.apply(newReviewWorkbook(notice));
  await saveAll(call, [book]);
}

test("where the workbooks of an award lie", () => {
  expect(reviewPath(join("x", "a.xlsx"))).toBe(join("x", "a.评审.xlsx"));
  expect(reviewPath(join("x", "a.xlsx"), { name: "兴庆区/教育局" })).toMatch(/a\.初评-兴庆区.教育局\.xlsx$/);
  expect(archiveFolder(join("x", "a.评审.xlsx"))).toBe(join("x", "a.档案"));
  expect(archiveFolder(join("x", "a.初评-兴庆区教育局.xlsx"))).toBe(join("x", "a.初评-兴庆区教育局.档案"));
});

test("only .xlsx is opened or made", async () => {
  const csv = join(folder, "a.csv");
  writeFileSync(csv, "");
  for (const open of [openForEditing, openForReading]) expect(() => open(csv)).toThrow(/以 \.xlsx 结尾/);
  expect(() => createWorkbook(csv)).toThrow(/以 \.xlsx 结尾/);
});

describe("saving", () => {
  test("keeps what stood there, under the words of 日志", async () => {
    await createAward();
    expect(readdirSync(folder)).toEqual(["a.xlsx"]);
    const before = readFileSync(path);
    const book = openForEditing(path, { kind: "review" });
    logAction(book, action("导入"));
    const kept = await saveAll(call, [book], [], 7);
    expect(readFileSync(join(String(kept), "a.xlsx")).equals(before)).toBe(true);
    expect(readFileSync(join(folder, "a.bak.xlsx")).equals(before)).toBe(true);
    expect(listSteps(path)).toMatchObject([{ number: 1, action: "导入", undoes: 7, files: [{ name: "a.xlsx" }] }]);
    expect(listSteps(path)[0]?.actor).not.toBe("");
  });

  test("files of the award go with undo, others do not", async () => {
    await createAward();
    const others = ["档.json", "表.txt"].map((name) => ({ path: join(folder, name), data: name }));
    await saveAll(call, [openForEditing(path, { kind: "review" })], [{ ...others[0]!, isOfAward: true }, others[1]!]);
    expect(listSteps(path)[0]?.files.map(({ name }) => name)).toEqual(["档.json", "a.xlsx"]);
    expect(existsSync(join(folder, "表.txt"))).toBe(true);
  });

  test("over what another program has saved meanwhile is refused, and leaves no backup", async () => {
    await createAward();
    const book = openForEditing(path, { kind: "review" });
    writeFileSync(path, "别的程序");
    await expect(saveAll(call, [book])).rejects.toThrow(/被别的程序保存/);
    expect(readFileSync(path, "utf8")).toBe("别的程序");
    expect(readdirSync(join(folder, "a.备份"))).toEqual([]);
  });

  test("a new workbook where one has appeared is refused", async () => {
    const book = createWorkbook(path);
    book.workbook.apply(newReviewWorkbook(notice));
    writeFileSync(path, "别的");
    await expect(saveAll(call, [book])).rejects.toThrow(/新建过/);
  });
});

describe("the review workbook", () => {
  test("is asked for by the command that makes it", async () => {
    expect(openReview(path, notice)).toBeUndefined();
    expect(() => requireReview(path, notice)).toThrow(/先运行 casebook assign \S*a\.xlsx 分派/);
    const unit = { name: "兴庆区教育局" };
    expect(() => requireReviewToRead(path, notice, unit)).toThrow(
      /a\.初评-兴庆区教育局\.xlsx.*casebook assign \S*a\.xlsx --unit 兴庆区教育局 分派/,
    );
  });

  test("of another notice is refused", async () => {
    const review = createWorkbook(reviewPath(path));
    review.workbook.apply(newReviewWorkbook(notice));
    await saveAll(call, [review]);
    expect(requireReviewToRead(path, notice).path).toBe(reviewPath(path));
    const other = { ...notice, id: "example-2031" };
    expect(() => requireReviewToRead(path, other)).toThrow(/example-2031.*不是同一次征集/);
    expect(() => requireReview(path, other)).toThrow(/不是同一次征集/);
  });

  test("has an archive of JSON alone, whose files are named by digests", () => {
    const review = reviewPath(path);
    expect(listArchived(review)).toBeUndefined();
    mkdirSync(archiveFolder(review));
    for (const name of ["b.json", "说明.txt", "a.json"]) writeFileSync(join(archiveFolder(review), name), "");
    expect(listArchived(review)).toEqual(["a.json", "b.json"]);
    expect(readArchived(review, "../a")).toBeUndefined();
    expect(readArchived(review, "0".repeat(64))).toBeUndefined();
  });
});

test("nothing runs on a wrong value in 参数", () => {
  expect(requireSettings(path, makeSnapshot()).reviews).toBeGreaterThan(0);
  const wrong = makeSnapshot({ settings: { 每案评审专家数: "很多" } });
  expect(() => requireSettings(path, wrong)).toThrow(/参数有误[\s\S]*每案评审专家数/);
});

test("what goes out never replaces what is there with another content", () => {
  const place = (name: string) => join(folder, name);
  for (const [name, content] of [
    ["同.xlsx", "同"],
    ["改.xlsx", "填好"],
    ["改.旧1.xlsx", "更早"],
  ] as const)
    writeFileSync(place(name), content);
  const writes = ["同", "改", "新"].map((name) => ({ path: place(`${name}.xlsx`), data: name }));
  const result = withoutOverwriting(writes);
  expect(result.kept).toEqual(["改.旧2.xlsx"]);
  expect(result.writes.map((write) => [write.path, String(write.data)])).toEqual([
    [place("改.旧2.xlsx"), "填好"],
    [place("改.xlsx"), "改"],
    [place("新.xlsx"), "新"],
  ]);
  const parts = [{ name: "a.xml", content: Buffer.from("同") }];
  writeFileSync(place("包.xlsx"), zipParts(parts, { compress: true }));
  const repacked = zipParts(parts, { compress: false });
  expect(withoutOverwriting([{ path: place("包.xlsx"), data: repacked }])).toEqual({ writes: [], kept: [] });
  const lines: string[] = [];
  const say = (line: string) => lines.push(line);
  for (const kept of [[], result.kept]) reportKept({ ...call, terminal: { ...terminal, say } }, kept);
  expect(lines).toEqual([expect.stringMatching(/原有 1 个同名文件，已改名保留，如 改\.旧2\.xlsx/)]);
  mkdirSync(place("夹.xlsx"));
  expect(() => withoutOverwriting([{ path: place("夹.xlsx"), data: "" }])).toThrow(InputError);
});
