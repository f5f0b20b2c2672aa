import { expertsSheet, textsSheet } from "../schema/application.ts";
import { comparableText, isVacant } from "../workbook/fingerprint.ts";
import type { CellValue } from "../workbook/port.ts";
import { stageOfGroupRow } from "./above-grid.ts";
import type { RecognisedTable } from "./recognise.ts";

type RowNature =
  | { readonly kind: "row" }
  /** 小学组: the rows below belong to this stage. */
  | { readonly kind: "group"; readonly stage: string }
  /** Empty, a number without an entry, a note of the form, the header once more. */
  | { readonly kind: "skip" }
  /** Holds something, but no record; to be reported. */
  | { readonly kind: "odd" };

const NOTE_ROW =
  /^(?:注|备注|说明|填表|填报|审核|负责人|经办|联系|推荐单位|单位(?:盖章|[（(])|盖章|日期|合计|共计|总计|共\s*\d|制表|导出|以上)/;
/** An entry above or below a grid, whatever stands beside it: 填表人：, 推荐单位（盖章）： */
export const GRID_ENTRY =
  /^\s*(?:推荐单位|报送单位|填报单位|填表人|填报人|经办人|负责人|审核人|联系电话)\s*(?:[（(][^）)]*[）)])?\s*[:：]/;
/** What a form holds before anybody has filled in the row. */
const presetKeys = new Set(["no", "nominator", "status"]);
const NUMBERING = /^[\d.、]+$/;
/** A sentence of more characters that stands alone in a row is a note, whatever column it was merged into. */
const LONGEST_LONE_ENTRY = 30;

/** Tells the rows of a grid from the rows between and below them. */
export function makeRowJudge(
  table: RecognisedTable,
  stages: readonly string[],
): (cells: readonly CellValue[]) => RowNature {
  const { sheet } = table.kind;
  const headers = new Map([...table.columns.values()].flat().map((c) => [c.index, comparableText(c.header)]));
  const indexesOf = (chosen: (key: string) => boolean) =>
    new Set([...table.columns].filter(([key]) => chosen(key)).flatMap(([, columns]) => columns.map((c) => c.index)));
  const isPreset = (key: string) => presetKeys.has(key) || (key === "stage" && sheet === expertsSheet);
  const typed = indexesOf((key) => !isPreset(key));
  const numbers = indexesOf((key) => key === "no");
  const stageColumns = indexesOf((key) => key === "stage");
  const others = new Set(table.others.map((c) => c.index));
  const groupStage = (index: number, text: string) =>
    sheet === expertsSheet && !stageColumns.has(index) ? stageOfGroupRow(text, stages) : undefined;
  return (cells) => {
    const filled: number[] = [];
    for (let index = 0; index < cells.length; index++) if (!isVacant(cells[index] ?? null)) filled.push(index);
    const [first] = filled;
    if (first === undefined) return { kind: "skip" };
    const textAt = (index: number) => comparableText(cells[index] ?? null);
    if (filled.every((index) => headers.get(index) === textAt(index))) return { kind: "skip" };
    if (GRID_ENTRY.test(textAt(first))) return { kind: "skip" };
    if (!filled.some((index) => typed.has(index))) {
      const text = textAt(first);
      const stage = groupStage(first, text);
      if (stage !== undefined) return { kind: "group", stage };
      const isPrepared = (index: number) =>
        numbers.has(index) ? NUMBERING.test(textAt(index)) : table.headed.has(index) && !others.has(index);
      const saysNothing = NOTE_ROW.test(text) || filled.every((i) => isPrepared(i) || NUMBERING.test(textAt(i)));
      return saysNothing ? { kind: "skip" } : { kind: "odd" };
    }
    if (filled.length > 2) return { kind: "row" };
    const text = textAt(first);
    if (filled.length === 1) {
      const stage = groupStage(first, text);
      if (stage !== undefined) return { kind: "group", stage };
    }
    if (NOTE_ROW.test(text)) return { kind: "skip" };
    const isLoneSentence = filled.length === 1 && text.length > LONGEST_LONE_ENTRY && sheet !== textsSheet;
    return isLoneSentence ? { kind: "odd" } : { kind: "row" };
  };
}
