import { identityOf } from "../award/row-key.ts";
import { countWords } from "../text/count-words.ts";
import { addToGroup } from "../text/group-by.ts";
import { cellText } from "../workbook/cell-text.ts";
import { isVacant } from "../workbook/fingerprint.ts";
import { setDerived, wordColumns } from "./merge-row.ts";
import type { Remark } from "./read-rows.ts";
import { cellOf, holdsDerived, type ModelRow, rememberRow, type SheetModel, textOf } from "./sheet-model.ts";

export const sectionKeys = Object.keys(wordColumns) as (keyof typeof wordColumns)[];

/** Where to report what was kept. */
export interface Place {
  readonly row: number;
  readonly keep: (remark: Remark) => void;
}

/** Fills the 字数 columns of the submissions that this import touched from the texts that now stand in 正文. */
export function countTexts(
  models: { readonly submissions: SheetModel; readonly texts: SheetModel },
  touched: ReadonlyMap<string, Place | undefined>,
): void {
  const identityOfRow = (model: SheetModel, row: ModelRow) => identityOf(model.sheet, (key) => textOf(row, key));
  const textsOf = new Map<string, ModelRow[]>();
  for (const row of models.texts.rows) {
    const identity = identityOfRow(models.texts, row);
    if (touched.has(identity)) addToGroup(textsOf, identity, row);
  }
  const turns = new Map<string, number>();
  for (const row of models.submissions.rows) {
    const identity = identityOfRow(models.submissions, row);
    const texts = textsOf.get(identity);
    if (!texts) continue;
    const turn = turns.get(identity) ?? 0;
    turns.set(identity, turn + 1);
    const text = texts[Math.min(turn, texts.length - 1)];
    if (text) countText(models.submissions, row, text, identity, touched.get(identity));
  }
}

function countText(model: SheetModel, row: ModelRow, text: ModelRow, identity: string, place: Place | undefined): void {
  const filled = sectionKeys.filter((key) => !isVacant(cellOf(text, key)));
  if (filled.length === 0) return;
  const isCounted = [...filled.map((key) => wordColumns[key]), "wordsTotal"].every((key) => holdsDerived(row, key));
  if (isCounted && !sectionKeys.some((key) => text.changes.has(key))) return;
  if (!row.record) rememberRow(model, row, identity);
  let total = 0;
  for (const key of filled) {
    const { low } = countWords(cellText(cellOf(text, key)));
    total += low;
    setDerived(model.sheet, row, wordColumns[key], low, place);
  }
  setDerived(model.sheet, row, "wordsTotal", total, place);
}
