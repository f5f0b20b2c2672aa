/** 裁定 in a form: what a ruling would change is seen before it is written. */
import { noticeOf } from "../../../apps-script/core/award/notice-sheet.ts";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import type { Notice } from "../../../apps-script/core/notice/notice.ts";
import { choicesOf } from "../../../apps-script/core/schema/choice-lists.ts";
import { decisionsSheet, reviewSheetOrder } from "../../../apps-script/core/schema/review.ts";
import { readTable, type TableRow } from "../../../apps-script/core/tables/table.ts";
import { parseCivilDate } from "../../../apps-script/core/text/civil-date.ts";
import { isSameText } from "../../../apps-script/core/text/clean.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import type { CellValue, WorkbookPatch, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { logAction, releaseWorkbooks, requireReview, reviewPath, saveAll } from "../../award-files/award-files.ts";
import { readBytes } from "../../disk/disk.ts";
import { InputError } from "../../errors.ts";
import { readWorkbookBytes } from "../../office-files/workbook.ts";
import { memoryDisk } from "../host.ts";
import type { Ruling, RulingDesk, RulingEffect } from "../protocol.ts";
import { run, type Turn } from "../run.ts";

const corner = ".试裁";
const trial = `${corner}/评案簿.xlsx`;

const keys = ["id", "decision", "kind", "reason", "date", "recorder", "award"] as const;

const readRulings = (review: WorkbookSnapshot) => readTable(review, decisionsSheet, reviewSheetOrder);

function noticeAt(path: string): { readonly application: WorkbookSnapshot; readonly notice: Notice } {
  const application = readWorkbookBytes(`/${path}`, readBytes(`/${path}`), "input").snapshot;
  return { application, notice: noticeOf(application) };
}

function rulingIn(row: TableRow<(typeof keys)[number]>): Ruling {
  const text = (key: (typeof keys)[number]) => cellText(row.raw(key));
  return {
    id: text("id"),
    decision: text("decision"),
    kind: text("kind"),
    reason: text("reason"),
    date: text("date"),
    recorder: text("recorder"),
    award: text("award"),
  };
}

/** @throws InputError where there is no review workbook yet */
export function openRulings(path: string): RulingDesk {
  const { application, notice } = noticeAt(path);
  const whole = reviewPath(`/${path}`);
  const review = readWorkbookBytes(whole, readBytes(whole), "input").snapshot;
  return {
    cases: readAward(application, notice)
      .submissions.filter(({ recommended }) => recommended)
      .map(({ id, title, nominator }) => ({ id, title, nominator })),
    rulings: readRulings(review)
      .rows.map(rulingIn)
      .filter(({ id }) => id !== ""),
    decisions: choicesOf("decisions", notice),
    kinds: choicesOf("cancellationKinds", notice),
    awards: choicesOf("awards", notice),
  };
}

function cellOf(ruling: Ruling, key: (typeof keys)[number]): CellValue {
  if (ruling[key] === "") return null;
  const date = key === "date" ? parseCivilDate(ruling.date) : undefined;
  return date === undefined ? ruling[key] : { kind: "date", iso: date };
}

/** The row of 裁定 that is about this submission, or the first below. */
function rulingPatch(review: WorkbookSnapshot, ruling: Ruling): WorkbookPatch {
  const table = readRulings(review);
  const row = rowOf(table.rows, ruling)?.row ?? Math.max(table.headerRow, ...table.rows.map((each) => each.row)) + 1;
  const edits = keys.flatMap((key) => {
    const column = table.positions.get(key);
    return column === undefined ? [] : [{ row, column, value: cellOf(ruling, key) }];
  });
  return { sheets: [{ name: table.name, edits }] };
}

const rowOf = <Row extends TableRow<"id">>(rows: readonly Row[], { id }: Ruling): Row | undefined =>
  rows.find((row) => isSameText(row.text("id"), id));

/** As much as is needed here of what `casebook rank --json` says. */
interface Ranked {
  readonly groups?: readonly {
    readonly ranking: readonly { readonly id: string; readonly rank: number; readonly award: string }[];
  }[];
  readonly cancelled?: readonly string[];
  readonly unappliedRulings?: readonly { readonly id: string; readonly reason: string }[];
}

function standingsIn({ groups = [], cancelled = [] }: Ranked): Map<string, string> {
  const standings = new Map<string, string>();
  for (const { ranking } of groups)
    for (const { id, rank, award } of ranking) standings.set(id, `第 ${rank} 名 ${award === "" ? "未获奖" : award}`);
  for (const id of cancelled) standings.set(id, "取消资格");
  return standings;
}

/** Ranks a copy of both workbooks. @param change what is done to the review workbook before */
async function rankCopy(
  path: string,
  change: (review: WorkbookSnapshot) => WorkbookPatch | undefined,
  turn: Turn,
): Promise<Ranked> {
  for (const { path: old } of [...memoryDisk.files("/")]) if (old.startsWith(`/${corner}/`)) memoryDisk.unlink(old);
  memoryDisk.put(`/${trial}`, readBytes(`/${path}`));
  const original = reviewPath(`/${path}`);
  const review = readWorkbookBytes(original, readBytes(original), "edit");
  const patch = change(review.snapshot);
  if (patch) review.apply(patch);
  memoryDisk.put(reviewPath(`/${trial}`), review.toBuffer());
  const { code, warned, result } = await run("rank", [trial], {}, turn);
  if (code > 1) throw new InputError(`/${path}`, warned.join("\n"));
  return result as Ranked;
}

export async function tryRuling(path: string, ruling: Ruling, turn: Turn): Promise<RulingEffect> {
  const before = standingsIn(await rankCopy(path, () => undefined, turn));
  const ranked = await rankCopy(path, (review) => rulingPatch(review, ruling), turn);
  const after = standingsIn(ranked);
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [was, is] = [before.get(id) ?? "待评", after.get(id) ?? "待评"];
    return was === is ? [] : [{ id, before: was, after: is }];
  });
  const refused = ranked.unappliedRulings?.find((each) => isSameText(each.id, ruling.id))?.reason ?? "";
  return { changes, refused };
}

/** As a command writes: with its row in 日志, and what was there kept for undo. */
export async function writeRuling(path: string, ruling: Ruling, turn: Turn): Promise<RulingDesk> {
  const { notice } = noticeAt(path);
  const quiet = {
    say: () => {},
    warn: () => {},
    json: () => {},
    clear: () => {},
    show: () => {},
    step: async (name: string) => turn.tell(name),
  };
  try {
    const review = requireReview(`/${path}`, notice);
    const { snapshot } = review.workbook;
    const earlier = rowOf(readRulings(snapshot).rows, ruling);
    review.workbook.apply(rulingPatch(snapshot, ruling));
    logAction(review, {
      action: decisionsSheet.label,
      parameters: describe(ruling),
      outcome: earlier ? `代替原来的“${describe(rulingIn(earlier))}”` : "新写一行",
      inputs: [review.digest],
    });
    await saveAll({ operands: [`/${path}`], options: {}, terminal: quiet }, [review]);
  } finally {
    releaseWorkbooks();
  }
  return openRulings(path);
}

const describe = ({ id, decision, kind, award, reason }: Ruling) =>
  [id, decision, kind, award, reason].filter((part) => part !== "").join("，");
