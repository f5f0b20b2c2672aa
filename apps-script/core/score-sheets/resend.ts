/** Score sheets that went out before: which of them no longer say what they should, and to whom new ones go. */
import type { Notice } from "../notice/notice.ts";
import type { ReviewData } from "../review-book/read-review.ts";
import { listSome } from "../rules/wording.ts";
import { reviewersSheet, scoreSheet, scoreSheetLabels } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { layOutPrintedTable } from "../tables/printed-table.ts";
import { cleanCode } from "../text/identity.ts";
import { applyPatch } from "../workbook/apply-patch.ts";
import { emptySnapshot, type SheetSnapshot, type WorkbookPatch, type WorkbookSnapshot } from "../workbook/port.ts";
import type { ScoreSheetFile } from "./packets.ts";
import { type RowFacts, readScoreSheets, recordedTexts, rowFacts } from "./read-score-sheet.ts";

/** What a score sheet tells its expert, whatever the expert has typed into it and however the rows were sorted. */
interface Told {
  readonly facts: ReadonlyMap<string, RowFacts>;
  readonly texts: ReadonlyMap<string, string>;
  /** Labels of items that have no column. */
  readonly missing: readonly string[];
}

function readTold(sheets: readonly SheetSnapshot[], notice: Notice): Told | undefined {
  const found = readScoreSheets(sheets, notice);
  if (found.length === 0) return undefined;
  const rows = found.flatMap((sheet) => sheet.rows).filter(({ reviewId }) => reviewId !== "");
  return {
    facts: new Map(rows.map(({ reviewId, facts }) => [reviewId, facts])),
    texts: recordedTexts(sheets),
    missing: found.flatMap(({ missing }) => missing),
  };
}

/**
 * Why an expert needs a new score sheet instead of an earlier one, in Chinese; nothing where the earlier one still says
 * the same. What the expert has filled in, and how the file looks, is no reason.
 */
export function whyResend(file: ScoreSheetFile, earlier: WorkbookSnapshot, notice: Notice): string[] {
  const before = readTold(earlier.sheets, notice);
  const after = readTold(applyPatch(emptySnapshot, file.patch).sheets, notice);
  if (!before) return ["原来的文件里没有评分表"];
  if (!after) return [];
  const added = [...after.facts.keys()].filter((id) => !before.facts.has(id));
  const gone = [...before.facts.keys()].filter((id) => !after.facts.has(id));
  const stayed = [...after.facts.keys()].filter((id) => before.facts.has(id));
  const tell = (what: string, ids: readonly string[]) => (ids.length === 0 ? [] : [`${what}${listSome(ids)}`]);
  const spec = scoreSheet(notice);
  return [
    ...tell("新增 ", added),
    ...tell("撤去 ", gone),
    ...rowFacts.flatMap((fact) =>
      tell(
        `${labelOf(spec, fact)}有改动：`,
        stayed.filter((id) => before.facts.get(id)?.[fact] !== after.facts.get(id)?.[fact]),
      ),
    ),
    ...tell(
      `${scoreSheetLabels.texts}有改动：`,
      stayed.filter((id) => before.texts.get(id) !== after.texts.get(id)),
    ),
    ...tell("评分项有改动：", before.missing),
  ];
}

/** An expert whose score sheet is another now. */
export interface Resent {
  readonly expert: string;
  readonly name: string;
  readonly unit: string;
  readonly phone: string;
  /** In Chinese. */
  readonly reasons: readonly string[];
  /** "" for an expert who has nothing to review any more. */
  readonly fileName: string;
}

/** Adds to each 专家编号 who that is. */
export function nameResent(
  changed: readonly Pick<Resent, "expert" | "reasons" | "fileName">[],
  { tables }: Pick<ReviewData, "tables">,
): Resent[] {
  const reviewers = new Map(tables.reviewers.rows.map((row) => [cleanCode(row.text("expert")), row]));
  return changed.map(({ expert, reasons, fileName }) => {
    const row = reviewers.get(expert);
    const [name = "", unit = "", phone = ""] = (["name", "unit", "phone"] as const).map((key) => row?.text(key));
    return { expert, name, unit, phone, reasons, fileName };
  });
}

/** 需重发名单: whom new score sheets go to, and why. For administrators alone. @param today `YYYY-MM-DD` */
export function resendList(resent: readonly Resent[], today: string): WorkbookPatch {
  const label = (key: "expert" | "name" | "unit" | "phone") => labelOf(reviewersSheet, key);
  const title = "需重发名单";
  const sheet = layOutPrintedTable({
    sheet: title,
    title,
    landscape: true,
    heading: [`共 ${resent.length} 名专家`, today],
    columns: [
      { label: label("expert"), width: 10 },
      { label: label("name"), width: 12 },
      { label: label("unit"), width: 28, align: "left" },
      { label: label("phone"), width: 16 },
      { label: "为什么", width: 46, align: "left" },
      { label: "发哪份文件", width: 24 },
    ],
    rows: resent.map(({ expert, name, unit, phone, reasons, fileName }) => [
      expert,
      name,
      unit,
      phone,
      reasons.join("；"),
      fileName || "不用发，请告诉本人",
    ]),
    closing: [
      "每份评分表只发给本人。已经收回的分数在新表里；还没有交的，旧表照样可以交，同一案例以先收的为准。",
      "本名单有专家的姓名和电话，只给管理员。",
    ],
  });
  return { sheets: [sheet], properties: { title, creator: "评案簿" } };
}
