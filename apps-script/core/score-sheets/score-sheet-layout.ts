import type { Field, Notice } from "../notice/notice.ts";
import type { SheetSpec } from "../schema/sheet-spec.ts";
import { hintStyle, titleStyle } from "../tables/heading-styles.ts";
import { rowHeight } from "../tables/row-height.ts";
import { columnLetters } from "../workbook/addresses.ts";
import type { Area, CellStyle, SheetLayout, Validation } from "../workbook/port.ts";
import { bodySize, fontName, palette } from "../workbook/theme.ts";

/** Where things stand on 评分 of a score sheet. */
export interface ScoreSheetPlace {
  readonly spec: SheetSpec & { readonly frozenColumns: number };
  readonly headerRow: number;
  readonly firstRow: number;
  readonly lastRow: number;
  /** The field of each row from `firstRow` on. */
  readonly fields: readonly Field[];
}

export const scoreStates = { untouched: "未评", partial: "未完成", done: "已完成", wrong: "有误" } as const;

/** Narrower than on our own sheets: all of it has to fit a screen of 1366 pixels and the width of an A4 page. */
const widths: Readonly<Record<string, number>> = {
  reviewId: 9,
  state: 8,
  total: 6,
  title: 20,
  field: 12.6,
  stage: 5,
  material: 10,
  comment: 17,
  conflict: 10,
};
/** Words of four or five characters stand over the maximum in brackets, of three beside it: so no program parts a bracket. */
const itemWidth = (label: string) => [14, 8.8, 10.8][Math.max(0, Math.min(2, label.indexOf("（") - 3))] ?? 14;

export function columnOfKey(place: Pick<ScoreSheetPlace, "spec">, key: string): number {
  return place.spec.columns.findIndex((column) => column.key === key) + 1;
}

function itemColumns(place: ScoreSheetPlace, notice: Notice): { first: number; last: number } {
  const first = place.spec.columns.findIndex(({ key }) => key.startsWith("item.")) + 1;
  return { first, last: first + notice.rubric.items.length - 1 };
}

/** True for a cell that holds something other than a score. */
function wrongCell(cell: string, max: number): string {
  return `IF(LEN(TRIM(${cell}))=0,0,IF(ISNUMBER(${cell}),IF(AND(${cell}>=0,${cell}<=${max},MOD(${cell}*2,1)=0),0,1),1))`;
}

/** 总分: empty until something is scored. */
export function totalFormula(place: ScoreSheetPlace, notice: Notice, row: number): string {
  const { first, last } = itemColumns(place, notice);
  const items = `${columnLetters(first)}${row}:${columnLetters(last)}${row}`;
  return `IF(COUNT(${items})=0,"",SUM(${items}))`;
}

/** 状态: 回避 without its reason is 未完成, with it 已完成. */
export function stateFormula(place: ScoreSheetPlace, notice: Notice, row: number): string {
  const { first, last } = itemColumns(place, notice);
  const items = `${columnLetters(first)}${row}:${columnLetters(last)}${row}`;
  const conflict = `TRIM(${columnLetters(columnOfKey(place, "conflict"))}${row})`;
  const wrong = notice.rubric.items
    .map((item, i) => wrongCell(`${columnLetters(first + i)}${row}`, item.max))
    .join("+");
  const scored = `IF((${wrong})>0,"${scoreStates.wrong}",IF(COUNT(${items})=0,"${scoreStates.untouched}",IF(COUNT(${items})=${notice.rubric.items.length},"${scoreStates.done}","${scoreStates.partial}")))`;
  return `IF(OR(${conflict}="",${conflict}="否",${conflict}="无"),${scored},IF(${conflict}="是","${scoreStates.partial}","${scoreStates.done}"))`;
}

/** What fits into the prompt that Excel shows beside a cell. */
const longestPrompt = 255;

/** What the notice asks of an item, in each field of the rows. */
export function criteriaOf(fields: readonly Field[], item: string): string[] {
  const own = [...new Set(fields)];
  const text = (field: Field) => field.criteria.value[item] ?? "";
  const [only] = own;
  return own.length === 1 && only ? [text(only)] : own.map((field) => `${field.label}：${text(field)}`);
}

const base: CellStyle = { font: { name: fontName, size: bodySize, color: palette.ink }, vertical: "middle" };
const header: CellStyle = {
  font: { name: fontName, size: bodySize, bold: true, color: palette.headerInk },
  fill: palette.headerRequired,
  horizontal: "center",
  vertical: "middle",
  wrap: true,
  border: "thin",
  borderColor: palette.line,
};
export const bodyStyle: CellStyle = { ...base, border: "thin", borderColor: palette.line, wrap: true };
/** Cells that lead to another sheet. */
export const linkFont = { color: palette.title } as const;

const print = (footer: string): NonNullable<SheetLayout["print"]> => ({
  landscape: true,
  margins: { top: 12, bottom: 14, left: 10, right: 10 },
  footer,
});

/** 评分: everything locked but the items, 评语 and 回避. */
export function scoresLayout(
  place: ScoreSheetPlace,
  notice: Notice,
  titles: readonly string[],
  footer: string,
): SheetLayout {
  const { spec, headerRow, firstRow, lastRow } = place;
  const right = spec.columns.length;
  const { first, last } = itemColumns(place, notice);
  const column = (key: string) => columnOfKey(place, key);
  const down = (left: number, to = left): Area => ({ top: firstRow, left, bottom: lastRow, right: to });
  const state = `$${columnLetters(column("state"))}${firstRow}`;
  const whole = down(1, right);
  const input: CellStyle = { fill: palette.input, locked: false };
  const rubric = notice.rubric.items;
  const validations = rubric.map((item, i) => {
    const cell = `${columnLetters(first + i)}${firstRow}`;
    const range = `“${item.label}”请填 0—${item.max} 之间的数，以 0.5 为一档。`;
    const whole = [range, ...criteriaOf(place.fields, item.key)].join("\n");
    const validation: Validation = {
      kind: "custom",
      formula: `AND(ISNUMBER(${cell}),${cell}>=0,${cell}<=${item.max},MOD(${cell}*2,1)=0)`,
      message: whole.length > longestPrompt ? `${range}评分依据见表头批注。` : whole,
    };
    return { area: down(first + i), validation };
  });
  const wrongItems = rubric.map((item, i) => ({
    area: down(first + i),
    formula: `${wrongCell(`${columnLetters(first + i)}${firstRow}`, item.max)}=1`,
    style: { fill: palette.errorFill, font: { color: palette.errorInk, bold: true } },
  }));
  const byState = (label: string, fill: string, color: string, area: Area = whole) => ({
    area,
    formula: `${state}="${label}"`,
    style: { fill, font: { color } },
  });
  return {
    tabColor: palette.title,
    widths: spec.columns.map((c, i) => ({ column: i + 1, width: widths[c.key] ?? itemWidth(c.label) })),
    heights: [
      { row: 1, height: 30 },
      { row: 2, height: 80 },
      { row: headerRow, height: 44 },
      ...titles.map((title, i) => ({ row: firstRow + i, height: rowHeight(title, widths.title ?? 20, 30) })),
    ],
    frozen: { rows: headerRow, columns: spec.frozenColumns },
    filter: { top: headerRow, left: 1, bottom: lastRow, right },
    merges: [
      { top: 1, left: 1, bottom: 1, right },
      { top: 2, left: 1, bottom: 2, right },
    ],
    styles: [
      { area: { top: 1, left: 1, bottom: 1, right }, style: titleStyle },
      { area: { top: 2, left: 1, bottom: 2, right }, style: hintStyle },
      { area: { top: headerRow, left: 1, bottom: headerRow, right }, style: header },
      { area: whole, style: bodyStyle },
      ...["reviewId", "field", "stage", "total", "state"].map((key) => ({
        area: down(column(key)),
        style: { horizontal: "center" as const },
      })),
      ...["reviewId", "field"].map((key) => ({ area: down(column(key)), style: { font: linkFont } })),
      { area: down(first, last), style: { ...input, horizontal: "center", numberFormat: "0.0" } },
      { area: down(column("comment"), column("conflict")), style: { ...input, numberFormat: "@" } },
      { area: down(column("total")), style: { numberFormat: "0.0", font: { bold: true } } },
      { area: down(column("state")), style: { font: { bold: true } } },
    ],
    validations,
    conditionalFormats: [
      ...wrongItems,
      byState(scoreStates.wrong, palette.errorFill, palette.errorInk, down(column("state"))),
      byState(scoreStates.partial, palette.warningFill, palette.warningInk),
      byState(scoreStates.done, palette.goodFill, palette.goodInk),
    ],
    protected: true,
    print: { ...print(footer), titleRows: [headerRow, headerRow], area: { top: 1, left: 1, bottom: lastRow, right } },
  };
}

/** A sheet that is only read: title, hint, header, rows that wrap. */
export function readingLayout(options: {
  readonly widths: readonly number[];
  readonly headerRow: number;
  readonly lastRow: number;
  readonly heights: NonNullable<SheetLayout["heights"]>;
  readonly styles: NonNullable<SheetLayout["styles"]>;
  readonly tabColor: string;
  readonly footer: string;
  readonly filtered: boolean;
}): SheetLayout {
  const right = options.widths.length;
  const table = { top: options.headerRow, left: 1, bottom: Math.max(options.lastRow, options.headerRow + 1), right };
  return {
    tabColor: options.tabColor,
    widths: options.widths.map((width, i) => ({ column: i + 1, width })),
    heights: options.heights,
    frozen: { rows: options.headerRow, columns: 0 },
    ...(options.filtered ? { filter: table } : {}),
    merges: [1, 2].map((row) => ({ top: row, left: 1, bottom: row, right })),
    styles: [
      { area: { top: 1, left: 1, bottom: 1, right }, style: titleStyle },
      { area: { top: 2, left: 1, bottom: 2, right }, style: hintStyle },
      { area: { ...table, bottom: options.headerRow }, style: header },
      { area: { ...table, top: options.headerRow + 1 }, style: bodyStyle },
      ...options.styles,
    ],
    protected: true,
    print: {
      ...print(options.footer),
      titleRows: [options.headerRow, options.headerRow],
      area: { top: 1, left: 1, bottom: table.bottom, right },
    },
  };
}
