/** An award run by menu in the local Sheets, as an administrator, officers and experts would. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import type { Notice } from "../../../apps-script/core/notice/notice.ts";
import { expertsSheet } from "../../../apps-script/core/schema/application.ts";
import { scoreSheet } from "../../../apps-script/core/schema/review.ts";
import { readTable } from "../../../apps-script/core/tables/table.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import type { SheetSnapshot, WorkbookPatch } from "../../../apps-script/core/workbook/port.ts";
import { inventScores } from "../../../node-tools/example/invent-scores.ts";
import type { ScriptProject } from "../../../node-tools/local-sheets/local-google.ts";
import {
  createLocalGoogle,
  type LocalGoogleWorld,
} from "../../../node-tools/local-sheets/runtime/create-local-google.ts";
import { readWorkbookAsPatch } from "../../../node-tools/office-files/workbook.ts";
import { agreeable, testedDoubts } from "./platform.ts";

export const administrator = "admin@example.org";
const builtBundles = () => fileURLToPath(new URL("../../../dist/sheets/", import.meta.url));

/** @param bundles the folder with `shared/` and `review/` */
export function readProject(name: "shared" | "review", bundles = builtBundles()): ScriptProject {
  const folder = join(bundles, name);
  const html = readdirSync(folder).filter((file) => file.endsWith(".html"));
  return {
    code: readFileSync(join(folder, "Code.js"), "utf8"),
    html: new Map(html.map((file) => [file.replace(".html", ""), readFileSync(join(folder, file), "utf8")])),
    manifest: JSON.parse(readFileSync(join(folder, "appsscript.json"), "utf8")),
  };
}

export interface LocalAward {
  readonly google: LocalGoogleWorld;
  readonly shared: string;
  readonly review: string;
  /** What alerts said, newest last. */
  readonly told: string[];
  /** Answers to the next prompts, first come first served. */
  readonly answers: string[];
}

/** The same award once more, in which somebody agrees to everything. */
export function copyAward({ google, told, answers, ...ids }: LocalAward): LocalAward {
  const copy = { google: google.copy(), told: [...told], answers: [...answers], ...ids };
  copy.google.surroundings = agreeable(copy.told, copy.answers);
  return copy;
}

const empty: WorkbookPatch = { sheets: [{ name: "工作表1", createBefore: null }] };

/** Two workbooks with their scripts, empty unless `application` is given, the clock inside the review window. */
export function newLocalAward(now = new Date(2025, 10, 3, 9, 0, 0), application: WorkbookPatch = empty): LocalAward {
  const told: string[] = [];
  const answers: string[] = [];
  const google = createLocalGoogle({ now, doubts: testedDoubts });
  google.surroundings = agreeable(told, answers);
  const shared = google.addSpreadsheet("申报工作簿", administrator, application);
  const review = google.addSpreadsheet("评审工作簿", administrator, empty);
  google.bindScript(shared, readProject("shared"));
  google.bindScript(review, readProject("review"));
  return { google, shared, review, told, answers };
}

/** A menu item of the shared workbook, run by the administrator. */
export const runShared = ({ google, shared }: LocalAward, name: string, ...args: unknown[]) =>
  google.run(shared, administrator, name, args);

export const runReview = ({ google, review }: LocalAward, name: string, ...args: unknown[]) =>
  google.run(review, administrator, name, args);

/** Lets the clock run until no trigger is left. @throws Error when the job does not end */
export function finishJob({ google }: LocalAward): void {
  for (let n = 0; n < 500 && google.triggers().length > 0; n++) google.advance(60_000);
  if (google.triggers().length > 0) throw new Error("the job does not end");
}

export function sheetOf({ google }: LocalAward, id: string, name: string): SheetSnapshot {
  const sheet = google.modelOf(id).snapshotOfSheet(name);
  if (!sheet) throw new Error(`no sheet ${name}`);
  return sheet;
}

/** Puts files into the administrator's Drive and imports them by menu. */
export async function importFolder(award: LocalAward, folder: string): Promise<void> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const id = name.endsWith(".xlsx")
      ? award.google.addSpreadsheet(name, administrator, readWorkbookAsPatch(path))
      : award.google.addFile(name, administrator, readFileSync(path), "text/csv");
    award.answers.push(id);
    runReview(award, "importDriveFile");
  }
}

/** Types an e-mail address for every expert of the shared workbook. */
export function giveExpertsAddresses(award: LocalAward): void {
  const table = readTable(award.google.snapshotOf(award.shared), expertsSheet, [expertsSheet.label]);
  const column = table.positions.get("email") ?? 0;
  const last = Math.max(...table.rows.filter((row) => row.text("name") !== "").map((row) => row.row));
  const values = Array.from({ length: last - table.headerRow }, (_, i) => [`zj${i + 1}@example.org`]);
  award.google.edit(award.shared, administrator, { sheet: table.name, row: table.headerRow + 1, column, values });
}

export function connect(award: LocalAward): void {
  award.answers.push(award.shared);
  runReview(award, "connectApplication");
}

export function assign(award: LocalAward): void {
  runReview(award, "assignExperts");
  const view = runReview(award, "loadAssignmentPreview") as { token: string };
  runReview(award, "applyAssignment", view.token);
}

const scoreSheetName = /^评分表-E\d+$/;

/** The online score sheets by name. */
export function scoreSheets({ google }: LocalAward): Map<string, { id: string; expert: string }> {
  return new Map(
    google
      .files()
      .filter((file) => scoreSheetName.test(file.name) && !file.trashed)
      .map((file) => [
        file.name,
        { id: file.id, expert: [...file.editors, ...file.viewers].find((user) => user !== administrator) ?? "" },
      ]),
  );
}

/** Every expert types invented scores into the rows that are still empty. */
export function fillInScores(award: LocalAward, notice: Notice = ningxia2025): void {
  for (const [name, { id, expert }] of scoreSheets(award)) {
    const table = readTable(award.google.snapshotOf(id), scoreSheet(notice), [scoreSheet(notice).label]);
    const rows = table.rows.filter((row) => row.text("reviewId") !== "");
    const invented = inventScores(
      notice.defaults.seed,
      name,
      rows.map((row) => row.text("reviewId")),
      notice.rubric.items,
    );
    const columns = notice.rubric.items.map((item) => table.positions.get(`item.${item.key}`) ?? 0);
    rows.forEach((row, i) => {
      if (cellText(row.raw(`item.${notice.rubric.items[0]?.key}`)) !== "") return;
      const values = [notice.rubric.items.map((item) => String(invented[i]?.[item.key] ?? ""))];
      award.google.edit(id, expert, { sheet: table.name, row: row.row, column: Math.min(...columns), values });
    });
  }
}

/** From two empty workbooks to the shortlist. */
export async function runUntilShortlist(award: LocalAward, inputs: string): Promise<void> {
  runShared(award, "initializeWorkbook");
  connect(award);
  await importFolder(award, inputs);
  runShared(award, "checkAll");
  award.answers.push("2025-10-20");
  runShared(award, "recommendByFirstScore");
  runShared(award, "checkAll");
  giveExpertsAddresses(award);
}

/** From the shortlist to a ranking. */
export function runReviewRound(award: LocalAward, notice: Notice = ningxia2025): void {
  assign(award);
  runReview(award, "makeScoreSheets");
  finishJob(award);
  fillInScores(award, notice);
  runReview(award, "collectScores");
  finishJob(award);
  runReview(award, "rankSubmissions");
}
