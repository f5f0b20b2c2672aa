/** Filled-in 案例模板 documents into 正文, and what else they state into 案例. */

import type { CleanedEntry } from "../award/import-record.ts";
import { identityOf } from "../award/row-key.ts";
import { submissionsSheet, textsSheet } from "../schema/application.ts";
import { columnOf } from "../schema/sheet-spec.ts";
import { foldForComparison } from "../text/clean.ts";
import { addToGroup } from "../text/group-by.ts";
import { comparableText, isVacant } from "../workbook/fingerprint.ts";
import type { CellValue } from "../workbook/port.ts";
import { type CleaningContext, cleanCell } from "./clean-cell.ts";
import { type Place, sectionKeys } from "./count-texts.ts";
import { type FormPlace, findSubmission, indexSubmissions } from "./find-submission.ts";
import type { FormDocument } from "./form-document.ts";
import { mergeRow } from "./merge-row.ts";
import type { RowOutcome } from "./merge-table.ts";
import { MOST_CHARACTERS, type RejectedRow, type Remark, shorten } from "./read-rows.ts";
import { addRow, type ModelRow, rememberRow, type SheetModel, textOf } from "./sheet-model.ts";

interface FormDraft extends FormPlace {
  readonly form: FormDocument;
  readonly counts: Record<RowOutcome, number>;
  readonly kept: Remark[];
  readonly rejected: RejectedRow[];
  readonly replaced: Remark[];
}

/** A document counts as one row. */
const ROW = 1;
/** What identifies the submission is never changed by a document. */
const identifying = new Set(["id", "nominator", "title"]);
const originals = new Set(
  [...submissionsSheet.columns, ...textsSheet.columns].map((c): string => c.key).filter((key) => !identifying.has(key)),
);

interface Cleaned {
  readonly cells: Map<string, CellValue>;
  readonly cleaned: CleanedEntry[];
}

function cleanInto(
  target: Cleaned,
  sheet: typeof submissionsSheet | typeof textsSheet,
  key: string,
  text: string,
  draft: FormDraft,
  context: CleaningContext,
): void {
  const spec = columnOf(sheet, key);
  const cell = cleanCell(spec, text === "" ? null : text, context);
  target.cells.set(key, cell.value);
  if (cell.was !== undefined) {
    const entry = { c: key, w: cell.was, i: comparableText(cell.value), ...(cell.formula && { f: 1 as const }) };
    target.cleaned.push(shorten(entry));
  }
  if (cell.remark !== undefined) draft.kept.push({ row: 0, column: spec.label, reason: cell.remark });
}

/** {段落}: a tag of our own template, which somebody took for the form to be filled in. */
const TAG = /\{[#/]?[\u4e00-\u9fff]{1,20}\}/;

function refuseContent({ form }: FormDraft): string | undefined {
  const texts = [...form.sections];
  if (texts.every(([, text]) => text === "" || TAG.test(text)) && texts.some(([, text]) => text !== "")) {
    return "这是程序用的模板（里面是花括号标签），不是填写用的表。请用 casebook export 加 --form 附件5 输出案例模板，填写后再导入。";
  }
  if (texts.every(([, text]) => text.trim() === "")) {
    return "案例模板的各个部分都是空的，没有可以导入的正文。请确认选对了填好的文件后重新导入。";
  }
  const long = texts.find(([, text]) => text.length > MOST_CHARACTERS);
  if (!long) return undefined;
  const label = columnOf(textsSheet, long[0]).label;
  return `“${label}”有 ${long[1].length} 个字符，超过单元格能存的 ${MOST_CHARACTERS} 个。请精简后重新导入。`;
}

/** Two documents of one submission that differ: which one is meant, nobody can say. */
function refuseRivals(found: ReadonlyMap<ModelRow, FormDraft[]>): void {
  const content = ({ form }: FormDraft) => JSON.stringify([[...form.facts], [...form.sections]]);
  for (const [row, drafts] of found) {
    if (new Set(drafts.map(content)).size < 2) continue;
    for (const draft of drafts) {
      const others = drafts.filter((other) => other !== draft).map((other) => `“${nameOf(other)}”`);
      draft.rejected.push({
        row: ROW,
        reason: `${others.join("、")}也是案例 ${textOf(row, "id")} 的案例模板，内容却不同，无法判断用哪一份。请只保留一份后重新导入。`,
      });
    }
  }
}

const nameOf = ({ file, folders }: FormPlace) =>
  file.includes("/") ? file : [folders[0], file].filter((part) => part !== undefined).join("/");

/**
 * Merges the documents by the rules of every import (DESIGN §6). A document adds no submission: whose row is not there is
 * rejected, so that the order of files changes nothing but what has to be imported again.
 *
 * @param touched gets the submissions whose 字数 must be counted anew
 */
export function takeForms(
  models: { readonly submissions: SheetModel; readonly texts: SheetModel },
  drafts: readonly FormDraft[],
  context: CleaningContext,
  touched: Map<string, Place | undefined>,
): void {
  if (drafts.length === 0) return;
  const index = indexSubmissions(models.submissions);
  const found = new Map<ModelRow, FormDraft[]>();
  for (const draft of drafts) {
    const reason = refuseContent(draft);
    const result = reason === undefined ? findSubmission(draft.form, draft, index, context.unitName) : { reason };
    if ("reason" in result) draft.rejected.push({ row: ROW, reason: result.reason });
    else addToGroup(found, result.row, draft);
  }
  refuseRivals(found);
  const textRows = new Map<string, ModelRow>();
  const identityOfRow = (model: SheetModel, row: ModelRow) => identityOf(model.sheet, (key) => textOf(row, key));
  for (const row of models.texts.rows) {
    const identity = identityOfRow(models.texts, row);
    if (!textRows.has(identity)) textRows.set(identity, row);
  }
  for (const [row, told] of found) {
    for (const draft of told) {
      if (draft.rejected.length > 0) continue;
      const identity = identityOfRow(models.submissions, row);
      const textRow = textRows.get(identity);
      const target = textRow ?? addRow(models.texts, identity);
      textRows.set(identity, target);
      const changedText = mergeTexts(models.texts, target, row, draft, context);
      const changedFacts = mergeFacts(models.submissions, row, draft, context);
      draft.counts[textRow === undefined ? "added" : changedText || changedFacts ? "updated" : "unchanged"]++;
      touched.set(identity, { row: ROW, keep: (remark) => draft.kept.push(remark) });
    }
  }
}

function mergeTexts(
  model: SheetModel,
  target: ModelRow,
  submission: ModelRow,
  draft: FormDraft,
  context: CleaningContext,
): boolean {
  const incoming: Cleaned = { cells: new Map(), cleaned: [] };
  for (const key of identifying) {
    // What stands in 正文 already was matched; people may have written it in their own way.
    if (textOf(target, key) === "") incoming.cells.set(key, textOf(submission, key) || null);
  }
  for (const key of sectionKeys) {
    const text = draft.form.sections.get(key);
    const { label } = columnOf(textsSheet, key);
    if (text !== undefined) cleanInto(incoming, textsSheet, key, text, draft, context);
    if (text === undefined)
      draft.kept.push({
        row: 0,
        column: label,
        reason: `文件里没有“${label}”这一部分的标题，此格未改；如果写了，请核对是否并入了别的部分`,
      });
    else if (text.trim() === "") draft.kept.push({ row: 0, column: label, reason: `文件里“${label}”这一部分是空的` });
  }
  return mergeInto(model, target, submission, incoming, draft);
}

function mergeFacts(model: SheetModel, target: ModelRow, draft: FormDraft, context: CleaningContext): boolean {
  const incoming: Cleaned = { cells: new Map(), cleaned: [] };
  for (const [key, text] of draft.form.facts) {
    if (!identifying.has(key) || (key === "title" && textOf(target, "title") === "")) {
      cleanInto(incoming, submissionsSheet, key, text, draft, context);
    }
  }
  const title = draft.form.facts.get("title") ?? "";
  const current = textOf(target, "title");
  if (title !== "" && current !== "" && foldForComparison(title) !== foldForComparison(current)) {
    const { label } = columnOf(submissionsSheet, "title");
    draft.kept.push({
      row: 0,
      column: label,
      reason: `表中现为“${current}”，文件中为“${title}”；案例名称以表为准，已保留`,
    });
  }
  if ([...incoming.cells.values()].every(isVacant)) return false;
  return mergeInto(model, target, target, incoming, draft);
}

/** @param submission the row of 案例 that the document is about */
function mergeInto(model: SheetModel, target: ModelRow, submission: ModelRow, incoming: Cleaned, draft: FormDraft) {
  const { sheet } = model;
  const readId = (key: string) => textOf(submission, key);
  const record = target.record ?? rememberRow(model, target, identityOf(sheet, readId));
  return mergeRow(
    sheet,
    target,
    record,
    { row: ROW, ...incoming },
    {
      file: draft.file,
      keep: (remark) => draft.kept.push(remark),
      replace: (remark) => draft.replaced.push(remark),
      original: originals,
    },
  );
}
