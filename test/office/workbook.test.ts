import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  newApplicationWorkbook,
  refreshApplicationLayout,
} from "../../apps-script/core/application-book/application-book.ts";
import { buildUnitForms } from "../../apps-script/core/application-book/unit-form.ts";
import { readAward } from "../../apps-script/core/award/read-award.ts";
import { ningxia2025 } from "../../apps-script/core/notice/ningxia-2025.ts";
import { runRules } from "../../apps-script/core/rules/index.ts";
import { quotaSheet, submissionsSheet } from "../../apps-script/core/schema/application.ts";
import { readSheetTable } from "../../apps-script/core/tables/table.ts";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import type { SheetSnapshot, WorkbookPatch, WorkbookSnapshot } from "../../apps-script/core/workbook/port.ts";
import { newWorkbook, readWorkbook } from "../../node-tools/office-files/workbook.ts";
import {
  date,
  directSchool,
  inventedName,
  makeSnapshot,
  type SubmissionRow,
  tongxin,
  xingqing,
} from "../core/award-builder.ts";
import { applyPatch } from "../core/in-memory-workbook.ts";

/** Rules of which 即时检查 speaks; the others compare texts, names and regions, which formulas cannot. */
const liveErrors = new Set([
  "SUB-REQUIRED",
  "SUB-ID-DUPLICATE",
  "SUB-VALUE",
  "SUB-NOMINATOR",
  "SUB-ELIGIBILITY",
  "SUB-WINDOW",
  "SUB-KEYWORDS",
  "SUB-PRIOR-AWARD",
  "TEXT-SECTION",
  "TEXT-TOTAL",
  "VIDEO-MISSING",
  "VIDEO-FORMAT",
  "VIDEO-RESOLUTION",
  "VIDEO-DURATION",
  "VIDEO-RECENCY",
  "VIDEO-SUBTITLES",
  "VIDEO-TITLE-CARD",
  "VIDEO-BRAND",
  "AUTHOR-CELL",
  "AUTHOR-COUNT",
  "AUTHOR-FIRST-LIMIT",
  "AUTHOR-TOTAL-LIMIT",
  "AUTHOR-REPEATED",
  "QUOTA-TRACK",
  "QUOTA-SCHOOL",
  "QUOTA-WINDOW",
  "DATA-PRECISION",
]);
const liveWarnings = new Set(["TEXT-TOTAL", "TEXT-MISSING", "VIDEO-UNKNOWN", "SUB-TRACK", "AUTHOR-IDENTITY"]);

const co = (
  n: 2 | 3 | 4 | 5,
  i: number,
  account: string | null = `nx2024${String(i).padStart(5, "0")}`,
): SubmissionRow => ({
  [`author${n}.name`]: inventedName(900 + i),
  [`author${n}.unit`]: "兴庆区第三小学",
  [`author${n}.account`]: account,
  [`author${n}.role`]: "教师",
});
const first = (i: number, more: SubmissionRow = {}): SubmissionRow => ({
  "author1.name": inventedName(900 + i),
  "author1.unit": "兴庆区第三小学",
  "author1.account": `nx2024${String(i).padStart(5, "0")}`,
  ...more,
});
const school: SubmissionRow = { nominator: "厅直属第一示例学校", track: null };
const quotaRow = (score: number | null, more: SubmissionRow = {}): SubmissionRow => ({
  field: "评价改革",
  recommended: "是",
  firstScore: score,
  ...more,
});

const cases: readonly SubmissionRow[] = [
  {},
  ...(
    [
      "title",
      "field",
      "track",
      "stage",
      "nominator",
      "author1.name",
      "author1.unit",
      "author1.account",
      "author1.role",
    ] as const
  ).map((key): SubmissionRow => ({ [key]: null })),
  { id: null },
  { submittedOn: null },
  { id: "DUP-1" },
  { id: "dup-1", nominator: "同心县教育局" },
  { field: "劳动教育" },
  { field: "数字化赋能评价改革", "author1.role": "教育管理人员" },
  { track: "郊区" },
  { stage: "幼儿园" },
  { nominator: "吴忠市教育局" },
  { ...school },
  { ...school, track: "城市" },
  { recommended: "对", priorAward: "没有", status: "作废", statusKind: "别的" },
  { videoSubtitles: "是" },
  { firstScore: 100 },
  { firstScore: 100.5 },
  { firstScore: "优" },
  { submittedOn: date("2025-07-14") },
  { submittedOn: date("2025-07-15"), videoRecordedOn: date("2024-07-15") },
  { submittedOn: date("2025-10-15"), videoRecordedOn: date("2024-10-14") },
  { submittedOn: date("2025-10-16") },
  { submittedOn: "2025年9月1日" },
  { submittedOn: "九月" },
  { submittedOn: date("2025-09-01"), videoRecordedOn: date("2025-09-02") },
  { keywords: null },
  { keywords: "一课、二课" },
  { keywords: "一课，二课，三课" },
  { keywords: "一课、二课、三课、四课、五课" },
  { keywords: "一课、二课、三课、四课、五课、六课" },
  { priorAward: "是" },
  { wordsSummary: 500, wordsInnovation: 500, wordsProcess: 2000, wordsApplication: 500, wordsTotal: 3500 },
  { wordsSummary: 501 },
  { wordsInnovation: 501 },
  { wordsProcess: 2001 },
  { wordsApplication: 501 },
  { wordsTotal: 3501 },
  { field: "评价改革", wordsTotal: 3501 },
  { wordsSummary: null, wordsInnovation: null, wordsProcess: null, wordsApplication: null, wordsTotal: null },
  { videoFile: null },
  { videoFile: null, videoResolution: "640*480", videoSubtitles: null },
  { videoFile: "展示.MP4" },
  { videoFile: "展示.avi" },
  { videoResolution: "1280*720" },
  { videoResolution: "1280×719" },
  { videoResolution: "720x1280" },
  { videoResolution: "1080P" },
  { videoResolution: "480P" },
  { videoResolution: "高清" },
  { videoDuration: "00:15:00" },
  { videoDuration: "00:14:59" },
  { videoDuration: "20:00" },
  { videoDuration: "00:20:01" },
  { videoDuration: "17分30秒" },
  { videoDuration: { kind: "time", seconds: 17 * 3600 + 30 * 60 } },
  { videoDuration: { kind: "time", seconds: 21 * 60 } },
  { videoSubtitles: "无", videoTitleCard: "无", videoBrand: "有" },
  {
    videoResolution: null,
    videoDuration: null,
    videoRecordedOn: null,
    videoSubtitles: null,
    videoTitleCard: null,
    videoBrand: null,
  },
  { "author1.role": "教育行政部门工作人员" },
  { field: "教育治理升级", "author1.role": "教育行政部门工作人员" },
  { "author1.role": "学生" },
  { "author1.account": "6.40104E+17" },
  { "author1.account": 6.4010420250001e17 },
  { "author1.account": "640104202500010000" },
  { "author1.account": "640104202500010001" },
  { "author1.account": "640104202500010002" },
  { phone: "1.39E+10" },
  { ...co(2, 1), ...co(3, 2), ...co(4, 3), ...co(5, 4) },
  { ...co(2, 5), ...co(3, 6), ...co(4, 7), ...co(5, 8), otherAuthors: "赖甲" },
  { ...co(2, 9), ...co(3, 9) },
  { ...co(2, 10, null) },
  { ...first(20) },
  { ...first(20), status: "取消资格" },
  // Fourth participation, once as first author.
  { ...first(21) },
  { ...co(2, 21) },
  { ...co(5, 21) },
  { ...co(3, 21), nominator: "同心县教育局" },
  // Three are allowed.
  { ...co(2, 22) },
  { ...co(3, 22) },
  { ...co(4, 22) },
  // The same person with and without an account.
  { ...co(2, 23) },
  { ...co(2, 23, null) },
  { ...co(3, 23) },
  { ...co(2, 23, null) },
  // Namesakes of one school under different accounts.
  { ...first(24) },
  { ...first(24, { "author1.account": "other-24" }) },
  // Placeholders, and several people in one cell.
  { "author1.account": "无" },
  { "author1.account": "无" },
  { "author1.account": 0 },
  { "author1.unit": "同上" },
  { "author1.name": "——" },
  { title: "待定" },
  { title: "0" },
  { ...co(2, 25, "/"), otherAuthors: "无" },
  { "author2.name": "无", "author2.unit": "/", "author2.account": "-", "author2.role": "无" },
  { "author1.name": "张三丰、李四光" },
  { "author2.name": "张三丰\n李四光", "author2.unit": "兴庆区第三小学", "author2.role": "教师" },
  { "author1.name": "买买提·艾力" },
  { "author1.name": "赵六安/教师" },
  quotaRow(90),
  quotaRow(80, { id: "Q-2" }),
  quotaRow(80, { id: "Q-1" }),
  quotaRow(80, { id: "Q-3" }),
  quotaRow(null, { id: "Q-4" }),
  quotaRow(null, { id: "Q-0" }),
  quotaRow(70, { track: "乡村" }),
  quotaRow(70, { ...school, id: "S-1" }),
  quotaRow(71, { ...school, id: "S-2" }),
  { recommendedOn: date("2025-10-15") },
  { recommendedOn: date("2025-10-16") },
  { recommendedOn: date("2025-10-31") },
];

const settings = { 教育局城市赛道名额: 3, 厅直属学校名额: 1 };
const units = [xingqing, tongxin, directSchool];
const home = mkdtempSync(join(tmpdir(), "casebook-live-"));
afterAll(() => rmSync(home, { recursive: true }));

/** The values of a snapshot as if typed into a workbook that `init` made, in place of what stood there when `anew`. */
function typedIn(snapshot: WorkbookSnapshot, anew: boolean): WorkbookPatch {
  const typed = ["参数", "单位", "案例"];
  return {
    sheets: snapshot.sheets
      .filter((s) => typed.includes(s.name))
      .map((s) => ({
        name: s.name,
        ...(anew ? { clearFrom: 1 } : {}),
        edits: s.rows.flatMap((cells, r) =>
          cells.flatMap((value, c) => (value === null ? [] : [{ row: r + 1, column: c + 1, value }])),
        ),
      })),
  };
}

async function recalculate(name: string, patches: readonly WorkbookPatch[]): Promise<WorkbookSnapshot> {
  const workbook = newWorkbook();
  for (const patch of patches) workbook.apply(patch);
  writeFileSync(join(home, name), workbook.toBuffer());
  const profile = `-env:UserInstallation=file://${join(home, "profile")}`;
  const out = join(home, "out");
  const args = [
    profile,
    "--headless",
    "--convert-to",
    "xlsx:Calc MS Excel 2007 XML",
    "--outdir",
    out,
    join(home, name),
  ];
  execFileSync("soffice", args, { stdio: "ignore" });
  return readWorkbook(join(out, name)).snapshot;
}

function reverseColumns(snapshot: WorkbookSnapshot): WorkbookSnapshot {
  const width = submissionsSheet.columns.length;
  const reversed = (s: SheetSnapshot): SheetSnapshot => ({
    ...s,
    rows: s.rows.map((cells) => Array.from({ length: width }, (_, i) => cells[width - 1 - i] ?? null)),
  });
  return { sheets: snapshot.sheets.map((s) => (s.name === submissionsSheet.label ? reversed(s) : s)) };
}

const sheetOf = (snapshot: WorkbookSnapshot, name: string) => snapshot.sheets.find((s) => s.name === name)!;
const names = (text: string) => [...text.matchAll(/「([^」]+)」/g)].map((m) => m[1] ?? "").sort();

/** Row → columns that 即时检查 names, errors and warnings apart. */
function liveColumns(snapshot: WorkbookSnapshot): Map<number, { errors: string[]; warnings: string[] }> {
  const { positions, rows } = readSheetTable(sheetOf(snapshot, submissionsSheet.label), submissionsSheet);
  expect(positions.size).toBe(submissionsSheet.columns.length);
  return new Map(
    // Ready rows of a form hold 推荐单位 alone and have no verdict.
    rows.flatMap((row) => {
      const verdict = cellText(row.raw("liveCheck"));
      if (verdict === "") return [];
      const [errors = "", warnings = ""] = verdict.split("提醒：");
      return [[row.row, { errors: [...new Set(names(errors))], warnings: [...new Set(names(warnings))] }] as const];
    }),
  );
}

function ruledColumns(snapshot: WorkbookSnapshot): Map<number, { errors: string[]; warnings: string[] }> {
  const award = readAward(snapshot, ningxia2025);
  const findings = runRules(award).filter((f) => f.sheet === submissionsSheet.label);
  const columns = (row: number, severity: string, codes: ReadonlySet<string>) =>
    [
      ...new Set(
        findings.filter((f) => f.row === row && f.severity === severity && codes.has(f.code)).map((f) => f.column),
      ),
    ].sort();
  return new Map(
    award.submissions.map(({ record: { row } }) => [
      row,
      { errors: columns(row, "error", liveErrors), warnings: columns(row, "warning", liveWarnings) },
    ]),
  );
}

const laid = makeSnapshot({ units, submissions: cases, settings, experts: [], liaisons: [] });

describe.for([
  { name: "laid after the rows came in", snapshot: laid, refreshed: true },
  { name: "rows typed into a new workbook", snapshot: laid, refreshed: false },
  { name: "columns in another order", snapshot: reverseColumns(laid), refreshed: true },
])("即时检查: $name", ({ snapshot, refreshed, name }) => {
  let recalculated: WorkbookSnapshot;
  beforeAll(async () => {
    const patches = [newApplicationWorkbook(ningxia2025), typedIn(snapshot, refreshed)];
    if (refreshed) patches.push(refreshApplicationLayout(snapshot, ningxia2025));
    recalculated = await recalculate(`${name}.xlsx`, patches);
  }, 300_000);

  test("names the columns that the rules name, row by row", () => {
    const live = liveColumns(recalculated);
    const ruled = ruledColumns(snapshot);
    // An account counts for itself, and until the workbook is laid again a group has no quota row.
    const later = new Set(withAndWithoutAccount(snapshot));
    const described = (rows: typeof live) =>
      [...rows].map(([row, { errors, warnings }]) => {
        const shown = refreshed ? errors : errors.filter((column) => column !== "推荐");
        return { row, given: cases[row - 2], errors: later.has(row) ? [] : shown, warnings };
      });
    expect(described(live)).toEqual(described(ruled));
  });

  test("is empty below the last row", () => {
    const column =
      sheetOf(recalculated, submissionsSheet.label).rows[0]?.findIndex((v) => cellText(v) === "即时检查") ?? -1;
    const below = sheetOf(recalculated, submissionsSheet.label).rows.slice(cases.length + 1);
    expect(below.map((row) => cellText(row[column] ?? null)).filter((text) => text !== "")).toEqual([]);
  });

  // A new workbook has no units yet, hence no quota rows.
  test("配额 counts what the rules count", () => {
    if (!refreshed) {
      expect(cellText(sheetOf(recalculated, quotaSheet.label).rows[1]?.[0] ?? null)).toContain("请先");
      return;
    }
    const award = readAward(snapshot, ningxia2025);
    const rows = readSheetTable(sheetOf(recalculated, quotaSheet.label), quotaSheet).rows.filter(
      (r) => r.text("nominator") !== "合计",
    );
    expect(rows).toHaveLength(20);
    for (const row of rows) {
      const counted = award.submissions.filter(
        (s) =>
          s.recommended &&
          s.unit?.name === row.text("nominator") &&
          s.field?.label === row.text("field") &&
          (s.unit.kind === "school" || s.record.text("track") === row.text("track")),
      ).length;
      const quota = row.text("track") === "城市" ? 3 : row.text("track") === "乡村" ? 15 : 1;
      const state = counted > quota ? `超额 ${counted - quota}` : counted === quota ? "已满" : "未满";
      const shown = ["quota", "recommended", "remaining", "state"].map((key) => row.text(key as "quota"));
      expect(shown, row.text("field")).toEqual([quota, counted, Math.max(0, quota - counted), state].map(String));
    }
  });
});

/** Rows of people who stand there with and without an account. */
function withAndWithoutAccount(snapshot: WorkbookSnapshot): number[] {
  const name = inventedName(923);
  return readAward(snapshot, ningxia2025)
    .submissions.filter((s) => s.authors.some((a) => a.name === name))
    .map((s) => s.record.row);
}

describe("a unit form", () => {
  test("says within the unit what the shared workbook says", async () => {
    const own = makeSnapshot({
      units,
      submissions: cases.filter((c) => c.nominator === undefined),
      settings,
      experts: [],
      liaisons: [],
    });
    const form = buildUnitForms(own, ningxia2025).find((f) => f.unit === "兴庆区教育局")!;
    const recalculated = await recalculate("form.xlsx", [form.patch]);
    const later = withAndWithoutAccount(own);
    const others = (rows: ReturnType<typeof liveColumns>) => [...rows].filter(([row]) => !later.includes(row));
    expect(others(liveColumns(recalculated))).toEqual(others(ruledColumns(own)));
  });
});

describe("a new workbook", () => {
  test("keeps every value when LibreOffice saves it", async () => {
    const patch = newApplicationWorkbook(ningxia2025);
    const saved = await recalculate("new.xlsx", [patch]);
    const made = applyPatch({ sheets: [] }, patch);
    for (const sheet of made.sheets.filter((s) => s.name !== "即时计算" && s.name !== "案例" && s.name !== "配额")) {
      expect(
        sheetOf(saved, sheet.name).rows.map((row) => row.map(cellText)),
        sheet.name,
      ).toEqual(sheet.rows.map((row) => row.map(cellText)));
    }
  });
});
