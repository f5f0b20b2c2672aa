import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mp4Options, writeMp4 } from "../../generator/make-mp4.ts";
import { composeSection } from "../../generator/prose.ts";
import { makeRandom } from "../../generator/random.ts";
import { makeDocx, paragraph } from "../documents/make-docx.ts";
import { readRecords, readSheet, temporaryFolder } from "../run-casebook.ts";
import { type CaseRow, type EvidenceRun, runEvidence, writeWorkbook } from "./evidence-award.ts";
import { makeRawZip } from "./raw-zip.ts";

const fixtures = new URL("../../fixtures/evidence/", import.meta.url);
const random = makeRandom(7);
const labels = ["1.案例概要", "2.案例的特色与创新点", "3.案例的研究和实践过程", "4.案例的应用情况及推广价值"];
type Sections = readonly [string, string, string, string];

const compose = (counts: readonly number[]) =>
  counts.map((count) => composeSection(random, count)) as unknown as Sections;

function caseDocument(sections: Sections): Buffer {
  const lines = sections.flatMap((text, i) => [`${labels[i]}（限 500 字以内）`, text]);
  return makeDocx(["案例模板", ...lines, "二、支撑材料清单", "课例视频"].map(paragraph).join(""));
}

const goodFilm: Mp4Options = { width: 1920, height: 1080, seconds: 1050, createdOn: "2025-06-01" };
const honest: CaseRow = {
  视频文件: "show.mp4",
  视频分辨率: "1920*1080",
  视频时长: "00:17:30",
  视频录制日期: "2025-05-20",
};

function handIn(folder: string, name: string, sections: Sections | undefined, film: Mp4Options | undefined): string {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  if (sections) writeFileSync(join(own, "案例.docx"), caseDocument(sections));
  if (film) writeMp4(join(own, "show.mp4"), film);
  return own;
}

const told = ({ json }: EvidenceRun, id: string): string[] =>
  // biome-ignore lint/suspicious/noExplicitAny: as the command prints it
  json.findings.filter((f: any) => f.id === id).map((f: any) => `${f.severity} ${f.kind}`);

describe("casebook evidence", () => {
  let folder: string;
  let files: string;
  let workbook: string;
  let first: EvidenceRun;
  const copied = compose([300, 300, 1500, 300]);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "casebook-"));
    files = join(folder, "materials");
    workbook = await writeWorkbook(folder, [
      { 案例编号: "A001", ...honest },
      { 案例编号: "A002" },
      { 案例编号: "A003", ...honest },
      { 案例编号: "A004", ...honest },
      { 案例编号: "A005", ...honest },
      {
        案例编号: "A006",
        ...honest,
        推荐单位: "沙坡头区教育局",
        第一作者: "丁霏",
        第一作者教育云账号: "nx1",
        第一作者单位: "沙坡头区示例学校",
      },
      { 案例编号: "A007" },
    ]);
    // Clean in every way, in a folder of its unit.
    handIn(join(files, "兴庆区教育局"), "A001", compose([300, 300, 1500, 300]), goodFilm);
    handIn(join(files, "兴庆区教育局"), "A002", compose([310, 320, 1530, 340]), { ...goodFilm, subtitles: true });
    // Every fact of the video is another than typed, and a section too long.
    handIn(files, "A003-终稿", compose([520, 300, 1500, 300]), {
      ...goodFilm,
      width: 640,
      height: 360,
      seconds: 700,
      createdOn: "2024-01-05",
    });
    const leaky = handIn(files, "A004", undefined, undefined);
    cpSync(new URL("leaky/", fixtures), leaky, { recursive: true });
    // Half of A006 is that of A005, which comes as an archive packed on Windows.
    const gbkName = Buffer.from([0xb0, 0xb8, 0xc0, 0xfd, 0x2e, 0x64, 0x6f, 0x63, 0x78]);
    writeFileSync(
      join(files, "A005.zip"),
      makeRawZip([
        { name: gbkName, flags: 0, content: caseDocument(copied) },
        { name: "../逃走.docx", content: caseDocument(copied) },
      ]),
    );
    handIn(files, "A006", [copied[0], copied[1], copied[2], compose([300])[0]], goodFilm);
    writeFileSync(join(files, "说明.txt"), "给管理员");
    symlinkSync("/etc", join(files, "A004", "外面"));
    first = await runEvidence(workbook, "--files", files);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("the clean submission has no finding, the others each what was planted", () => {
    expect(first.err).toBe("");
    expect(told(first, "A001")).toEqual([]);
    expect(told(first, "A002")).toEqual([]);
    expect(told(first, "A003").sort()).toEqual([
      "error TEXT-SECTION",
      "error VIDEO-DURATION",
      "error VIDEO-RECENCY",
      "error VIDEO-RESOLUTION",
      "warning VIDEO-MISMATCH",
      "warning VIDEO-MISMATCH",
      "warning VIDEO-MISMATCH",
    ]);
    expect(new Set(told(first, "A004"))).toEqual(
      new Set([
        ...["ANON-NAME", "ANON-UNIT", "ANON-REGION", "ANON-ACCOUNT", "ANON-PHONE"].map((kind) => `error ${kind}`),
        ...[
          "error VIDEO-DURATION",
          "warning VIDEO-MISMATCH",
          "warning TEXT-MISSING",
          "warning ANON-POSITION",
          "warning FILE-UNREADABLE",
        ],
      ]),
    );
    expect(told(first, "A005").sort()).toEqual([
      "error VIDEO-MISSING",
      "warning FILE-UNREADABLE",
      "warning FILE-UNREADABLE",
      "warning TEXT-DUPLICATE",
    ]);
    expect(told(first, "A006")).toEqual(["warning TEXT-DUPLICATE"]);
    expect(told(first, "A007")).toEqual(["warning FILE-MISSING"]);
    expect(first.code).toBe(1);
  });

  test("every leaky file is reported with its place", () => {
    const leaks = first.json.findings.filter(
      (f: { id: string; kind: string }) => f.id === "A004" && f.kind.startsWith("ANON-"),
    );
    const names = new Set(leaks.map((f: { file: string }) => f.file));
    for (const name of readdirSync(new URL("leaky/", fixtures))) expect(names).toContain(`A004/${name}`);
    for (const leak of leaks) for (const part of [leak.place, leak.text, leak.remedy]) expect(part).not.toBe("");
  });

  test("what lies outside or beside is reported and not followed", () => {
    expect(first.json.unmatched.map((u: { name: string }) => u.name)).toEqual(["说明.txt"]);
    expect(first.json.skipped).toEqual([{ name: "A004/外面", reason: expect.stringContaining("符号链接") }]);
    expect(readdirSync(files)).not.toContain("逃走.docx");
    expect(readdirSync(folder)).not.toContain("逃走.docx");
  });

  test("empty cells are filled from the files, typed ones stay", async () => {
    const rows = await readRecords(workbook, "案例");
    const row = (id: string) => rows.find((r) => r.案例编号 === id) ?? {};
    expect(row("A002")).toMatchObject({
      视频文件: "show.mp4",
      视频分辨率: "1920*1080",
      视频时长: "00:17:30",
      视频录制日期: "2025-06-01",
      视频字幕: "有",
    });
    const { 概要字数, 特色字数, 过程字数, 应用字数, 总字数 } = row("A002") as Record<string, string>;
    expect([概要字数, 特色字数, 过程字数, 应用字数].map(Number)).toEqual([310, 320, 1530, 340]);
    expect(Number(总字数)).toBe(2500);
    expect(row("A003")).toMatchObject({
      视频分辨率: "1920*1080",
      视频时长: "00:17:30",
      视频录制日期: "2025-05-20",
      概要字数: "520",
    });
    expect(row("A001")).toMatchObject({ 视频字幕: "" });
    const log = await readRecords(workbook, "日志");
    expect(log.at(-1)).toMatchObject({ 操作: "核查材料" });
  });

  test("the report has every finding, a list for each unit, and one page for the likes", async () => {
    const findings = await readRecords(first.json.report, "核查结果");
    expect(findings).toHaveLength(first.json.findings.length);
    const list = await readSheet(first.json.report, "人工核对-兴庆区教育局");
    const shown = JSON.stringify(list.rows);
    for (const part of ["A001", "片头显示案例名称", "全程配有字幕", "政治性", "□是", "签字"])
      expect(shown).toContain(part);
    const page = readFileSync(first.json.page, "utf8");
    expect(page).toContain(`<mark>${copied[0].slice(0, 20)}`);
    expect(page).not.toMatch(/<script|https?:/);
    expect(first.json.duplicates).toEqual([{ a: "A005", b: "A006", similarity: expect.closeTo(0.77, 1) }]);
  });

  test("a value that was filled in follows the file that takes its place, and nobody is told of a difference", async () => {
    const own = temporaryFolder();
    const book = await writeWorkbook(own, [{ 案例编号: "A001", 视频时长: "", 视频文件: "" }]);
    const film = join(own, "files", "A001");
    mkdirSync(film, { recursive: true });
    writeMp4(join(film, "first.mp4"), goodFilm);
    await runEvidence(book, "--files", join(own, "files"));
    rmSync(join(film, "first.mp4"));
    writeMp4(join(film, "second.mp4"), { ...goodFilm, seconds: 960 });
    const { json } = await runEvidence(book, "--files", join(own, "files"));
    expect(json.filled.map(({ column, value }: { column: string; value: string }) => [column, value])).toEqual([
      ["视频文件", "second.mp4"],
      ["视频时长", "00:16:00"],
    ]);
    expect(json.findings.filter(({ kind }: { kind: string }) => kind === "VIDEO-MISMATCH")).toEqual([]);
  });

  test("a second run reads only what has changed", async () => {
    const again = await runEvidence(workbook, "--files", files);
    expect(again.json).toMatchObject({ read: 0, remembered: first.json.read, filled: [] });
    expect(again.json.findings).toEqual(first.json.findings);
    writeMp4(join(files, "A006", "show.mp4"), { ...goodFilm, seconds: 1100 });
    utimesSync(join(files, "A006", "show.mp4"), 1_760_000_000, 1_760_000_000);
    const third = await runEvidence(workbook, "--files", files);
    expect(third.json).toMatchObject({ read: 1, remembered: first.json.read - 1 });
    expect(told(third, "A006")).toContain("warning VIDEO-MISMATCH");
  });

  test("the clean twins of the leaky files have no leak", async () => {
    const own = temporaryFolder();
    const twin = await writeWorkbook(own, [{ 案例编号: "A001" }]);
    mkdirSync(join(own, "m"));
    cpSync(new URL("clean/", fixtures), join(own, "m", "A001"), { recursive: true });
    expect(told(await runEvidence(twin, "--files", join(own, "m")), "A001")).toEqual([
      "error VIDEO-DURATION",
      "warning TEXT-MISSING",
    ]);
  });

  test("names of folders and files are read as well, once each", async () => {
    const own = temporaryFolder();
    const named = await writeWorkbook(own, [{ 案例编号: "A001" }]);
    const inner = handIn(join(own, "m"), "A001 柳知远", compose([300, 300, 1500, 300]), goodFilm);
    writeFileSync(join(inner, "梧桐.txt"), "课堂");
    const run = await runEvidence(named, "--files", join(own, "m"));
    expect(run.json.findings.map((f: { place: string; kind: string }) => `${f.kind} ${f.place}`)).toEqual([
      "ANON-NAME 文件夹名",
    ]);
  });

  test("without the folder nothing is written", async () => {
    const own = temporaryFolder();
    const path = await writeWorkbook(own, [{ 案例编号: "A001" }]);
    const before = readFileSync(path);
    const run = await runEvidence(path, "--files", join(own, "nowhere"));
    expect(run.code).toBe(3);
    expect(run.err).toMatch(/nowhere/);
    expect(readFileSync(path)).toEqual(before);
  });
});
