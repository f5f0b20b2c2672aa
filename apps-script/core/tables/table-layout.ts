import type { Notice } from "../notice/notice.ts";
import { choicesOf } from "../schema/choice-lists.ts";
import { type ColumnKind, type ColumnSpec, helpOf, type SheetSpec } from "../schema/sheet-spec.ts";
import type { Area, CellEdit, CellStyle, NoteEdit, SheetLayout, Validation } from "../workbook/port.ts";
import { bodySize, fontName, palette } from "../workbook/theme.ts";

/** Column key → 1-based position. */
export type Positions = ReadonlyMap<string, number>;

export interface TableLayoutOptions {
  /** Where the columns stand; as the sheet specification orders them when absent. */
  readonly positions?: Positions;
  /** 1 when absent. */
  readonly headerRow?: number;
  /** Rightmost labelled column, where people have added columns of their own. */
  readonly lastColumn?: number;
  /** Last row that is ready to be typed in: formats, drop-downs and unlocked cells reach down to it. */
  readonly readyRow?: number;
  /** Needed for drop-downs that come from the notice. */
  readonly notice?: Notice;
  /** Reference to the unit names, such as `单位!$B$2:$B$60`. */
  readonly unitNames?: string;
  /** Keys of the columns that must be filled in; their headers are darker. */
  readonly required?: readonly string[];
  /** Leaves the widths and the frozen panes alone, for a sheet that people have arranged already. */
  readonly keepWidths?: boolean;
  /** Rightmost column that is printed, for a table too wide for a page. */
  readonly printThrough?: string;
  readonly conditionalFormats?: SheetLayout["conditionalFormats"];
}

/** Longest inline list that Excel takes, separators included. */
const inlineListLimit = 255;
const textFormat = "@";

const numberFormats: Partial<Record<ColumnKind, string>> = {
  text: textFormat,
  identifier: textFormat,
  name: textFormat,
  choice: textFormat,
  list: textFormat,
  longText: textFormat,
  // As text, because a spreadsheet reads 17:30 as half past five in the afternoon.
  duration: textFormat,
  resolution: textFormat,
  date: "yyyy-mm-dd",
  dateTime: "yyyy-mm-dd hh:mm:ss",
};

const centred: ReadonlySet<ColumnKind> = new Set(["choice", "date", "dateTime", "duration", "resolution", "number"]);
const wrapped: ReadonlySet<ColumnKind> = new Set(["longText"]);
/** Choices of more than a few characters read better from the left. */
const leftAlignedChoices: ReadonlySet<string> = new Set(["unitNames", "roles", "cancellationKinds"]);

/** Positions of the columns in the order of the specification. */
export function defaultPositions(spec: SheetSpec): Positions {
  return new Map(spec.columns.map((column, i) => [column.key, i + 1]));
}

export function headerEdits(spec: SheetSpec, headerRow = 1): CellEdit[] {
  return spec.columns.map((column, i) => ({ row: headerRow, column: i + 1, value: column.label }));
}

/** The help of each column as a note on its header. */
export function headerNotes(
  spec: SheetSpec,
  notice: Notice | undefined,
  headerRow = 1,
  positions: Positions = defaultPositions(spec),
): NoteEdit[] {
  return spec.columns.flatMap((column) => {
    const position = positions.get(column.key);
    const text = helpOf(column, notice);
    return text === undefined || position === undefined ? [] : [{ row: headerRow, column: position, text }];
  });
}

export function columnArea(column: number, top: number, bottom: number): Area {
  return { top, left: column, bottom, right: column };
}

/** Columns that nobody types in: computed ones, and all of a generated sheet but those named. */
function isLocked(spec: SheetSpec, column: ColumnSpec): boolean {
  if (spec.generated) return !spec.generated.editable.includes(column.key);
  return column.kind === "computed";
}

function bodyStyle(spec: SheetSpec, column: ColumnSpec): CellStyle {
  const numberFormat = numberFormats[column.kind];
  const centre = centred.has(column.kind) && !leftAlignedChoices.has(column.choices ?? "");
  const locked = isLocked(spec, column);
  return {
    horizontal: centre ? "center" : "left",
    locked,
    ...(wrapped.has(column.kind) ? { wrap: true, vertical: "top" as const } : {}),
    ...(numberFormat === undefined ? {} : { numberFormat }),
    ...(locked && !spec.generated ? { fill: palette.computed } : {}),
    ...(!locked && spec.generated ? { fill: palette.input } : {}),
  };
}

function headerFill(spec: SheetSpec, column: ColumnSpec, required: ReadonlySet<string>): string {
  if (required.has(column.key) || spec.generated) return palette.headerRequired;
  return column.kind === "computed" ? palette.headerComputed : palette.header;
}

/**
 * The drop-down of a column. It warns and does not refuse: people paste whole rows with other spellings, and losing
 * what was typed is worse than a finding that names the cell.
 */
function dropDown(column: ColumnSpec, options: TableLayoutOptions): Validation | undefined {
  if (column.choices === undefined) return undefined;
  const message = `“${column.label}”请从下拉列表中选择。`;
  if (column.choices === "unitNames") {
    if (options.unitNames === undefined) return undefined;
    return {
      kind: "list",
      source: options.unitNames,
      strict: false,
      message: `“${column.label}”请写“单位”表里的单位名称。`,
    };
  }
  if (options.notice === undefined) return undefined;
  const source = choicesOf(column.choices, options.notice);
  if (source.join(",").length > inlineListLimit) return undefined;
  return { kind: "list", source, strict: false, message };
}

/**
 * The layout of a sheet that holds one table: header, widths, formats, drop-downs, locks, frozen panes, filter, print.
 *
 * @param lastRow last row that holds data; at least the header row
 */
export function tableLayout(spec: SheetSpec, lastRow: number, options: TableLayoutOptions = {}): SheetLayout {
  const headerRow = options.headerRow ?? 1;
  const positions = options.positions ?? defaultPositions(spec);
  const lastColumn = Math.max(options.lastColumn ?? 1, ...positions.values());
  const top = headerRow + 1;
  const bottom = Math.max(top, lastRow, options.readyRow ?? 0);
  const required = new Set(options.required);
  const placed = spec.columns.flatMap((column) => {
    const position = positions.get(column.key);
    return position === undefined ? [] : [{ column, position }];
  });
  const wholeTable = { top: headerRow, left: 1, bottom, right: lastColumn };
  const font = { name: fontName, size: bodySize };
  const known = new Set(placed.map(({ position }) => position));
  const own = Array.from({ length: lastColumn }, (_, i) => i + 1).filter((column) => !known.has(column));
  const styles: { area: Area; style: CellStyle }[] = [
    ...placed.map(({ column, position }) => ({
      area: columnArea(position, top, bottom),
      style: {
        font,
        vertical: "middle" as const,
        border: "thin" as const,
        borderColor: palette.line,
        ...bodyStyle(spec, column),
      },
    })),
    // Columns that people added look as they made them.
    ...own.map((column) => ({
      area: columnArea(column, top, bottom),
      style: { locked: spec.generated !== undefined },
    })),
    {
      area: { top: headerRow, left: 1, bottom: headerRow, right: lastColumn },
      style: {
        font: { ...font, bold: true, color: palette.headerInk },
        fill: palette.header,
        horizontal: "center",
        vertical: "middle",
        wrap: true,
        border: "thin",
        borderColor: palette.line,
        numberFormat: textFormat,
        locked: spec.generated !== undefined,
      },
    },
    ...placed.map(({ column, position }) => ({
      area: columnArea(position, headerRow, headerRow),
      style: { fill: headerFill(spec, column, required), locked: true },
    })),
  ];
  const hasLocks = placed.some(({ column }) => isLocked(spec, column));
  const validations = placed.flatMap(({ column, position }) => {
    const validation = isLocked(spec, column) ? undefined : dropDown(column, options);
    return validation ? [{ area: columnArea(position, top, bottom), validation }] : [];
  });
  return {
    ...(spec.hidden ? { hidden: true } : {}),
    ...(spec.tabColor ? { tabColor: spec.tabColor } : {}),
    ...(options.keepWidths
      ? {}
      : {
          widths: placed.map(({ column, position }) => ({
            column: position,
            width: column.width,
            ...(column.grouped ? { grouped: true } : {}),
          })),
          frozen: { rows: headerRow, columns: frozenColumns(spec, positions) },
        }),
    heights: [{ row: headerRow, height: 30 }],
    filter: { ...wholeTable, bottom: Math.max(lastRow, top) },
    styles,
    validations,
    conditionalFormats: options.conditionalFormats ?? [],
    protected: hasLocks,
    print: {
      landscape: true,
      titleRows: [headerRow, headerRow],
      area: {
        ...wholeTable,
        bottom: Math.max(lastRow, top),
        right: positions.get(options.printThrough ?? "") ?? lastColumn,
      },
      margins: { top: 15, bottom: 15, left: 10, right: 10 },
      footer: `${spec.label}　第 &P 页，共 &N 页`,
    },
  };
}

/** The columns that stay in view, as long as they still stand at the left. */
function frozenColumns(spec: SheetSpec, positions: Positions): number {
  const wanted = spec.columns.slice(0, spec.frozenColumns ?? 0);
  const inPlace = wanted.every((column, i) => positions.get(column.key) === i + 1);
  return inPlace ? wanted.length : 0;
}
