import type { Area } from "../../../../apps-script/core/workbook/port.ts";
import { dayMs, epochSerial, kindOfFormat } from "../../../xlsx/cell-values.ts";
import { instantOf, offsetAt } from "../../runtime/zone.ts";
import type { SpreadsheetEnvironment } from "../environment.ts";
import { sizeOf } from "./areas.ts";
import type { SpreadsheetModel } from "./model.ts";
import { ProtectedError } from "./protected-error.ts";
import type { SheetModel } from "./sheet-model.ts";
import { readTyped, type TypedValue } from "./typed-value.ts";

type ScriptRange = GoogleAppsScript.Spreadsheet.Range;
type ScriptSheet = GoogleAppsScript.Spreadsheet.Sheet;
type ScriptSpreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/** Makes the objects that scripts hold, so that their classes need not know one another. */
export interface Factory {
  range(home: Home, sheet: SheetModel, area: Area): ScriptRange;
  sheet(home: Home, sheet: SheetModel): ScriptSheet;
  spreadsheet(home: Home): ScriptSpreadsheet;
}

/** One spreadsheet as one execution uses it. */
export interface Home {
  readonly environment: SpreadsheetEnvironment;
  readonly make: Factory;
  readonly id: string;
  readonly model: SpreadsheetModel;
}

export interface Cells {
  readonly home: Home;
  readonly sheet: SheetModel;
  readonly areas: readonly Area[];
}

/** What lies behind a range, sheet or rule that a script holds; scripts themselves cannot reach it. */
export class Registry<T> {
  readonly #known = new WeakMap<object, T>();
  readonly #type: string;

  constructor(type: string) {
    this.#type = type;
  }

  add<Shown extends object>(shown: Shown, behind: T): Shown {
    this.#known.set(shown, behind);
    return shown;
  }

  /** @throws Error for anything else than an object of this type */
  get(shown: unknown): T {
    const behind = typeof shown === "object" && shown !== null ? this.#known.get(shown) : undefined;
    if (behind === undefined)
      throw new Error(`The parameters (${typeof shown}) don't match: a ${this.#type} is needed.`);
    return behind;
  }
}

export const ranges = new Registry<Cells>("Range");
export const sheets = new Registry<SheetModel>("Sheet");

export const cellCount = ({ areas }: Pick<Cells, "areas">): number =>
  areas.reduce((sum, area) => sum + sizeOf(area), 0);

export function guardCells({ home, sheet, areas }: Cells): void {
  home.model.guardCells(sheet, areas, home.environment.actor());
}

/** For what only whoever may edit the spreadsheet may do. */
export function guardSpreadsheet({ model, environment }: Home): void {
  if (!model.mayEdit(environment.actor())) throw new ProtectedError();
}

const minuteMs = 60_000;
/** About when zones took whole minutes for offsets. */
const standardTimes = Date.UTC(1901, 0, 1);

/** What a script gets of a cell: dates as the instant at which clocks in the spreadsheet's zone show them. */
export function scriptValue(
  { model, environment }: Home,
  sheet: SheetModel,
  row: number,
  column: number,
): string | number | boolean | Date {
  const value = model.valueOf(sheet, row, column);
  if (value === null) return "";
  if (typeof value === "object") return value.error;
  if (typeof value !== "number") return value;
  const kind = kindOfFormat(sheet.looks.get(row, column)?.numberFormat);
  if (kind === "number") return value;
  const wall = Math.round((value - epochSerial) * dayMs);
  const instant = instantOf(model.timeZone, wall);
  if (!environment.doubts.oldOffsetsAreRounded || instant > standardTimes) return new Date(instant);
  return new Date(wall - Math.round(offsetAt(model.timeZone, instant) / minuteMs) * minuteMs);
}

/** Dates of a script belong to its own context, where they are instances of another `Date`. */
const isDate = (value: object): value is Date => Object.prototype.toString.call(value) === "[object Date]";

/** What a cell becomes for a value that a script writes into it. */
export function readArgument(
  { model, environment }: Home,
  value: unknown,
  numberFormat: string | undefined,
): TypedValue {
  if (value === null || value === undefined) return { content: undefined };
  if (typeof value === "string") {
    if (environment.doubts.apostrophesStay && numberFormat === "@" && value.startsWith("'")) return { content: value };
    return readTyped(value, numberFormat, () => new Date(model.now()).getFullYear());
  }
  if (typeof value === "boolean") return { content: value };
  if (typeof value === "number" && Number.isFinite(value)) return { content: value };
  if (typeof value === "object" && isDate(value)) {
    const instant = Date.prototype.getTime.call(value);
    if (Number.isNaN(instant))
      throw new Error("An invalid Date as a cell's value is not supported by the local Sheets");
    const serial = (instant + offsetAt(model.timeZone, instant)) / dayMs + epochSerial;
    return { content: serial, numberFormat: Number.isInteger(serial) ? "yyyy-mm-dd" : "yyyy-mm-dd hh:mm:ss" };
  }
  throw new Error(`A cell's value ${String(value)} is not supported by the local Sheets`);
}

/** @throws Error with the message of the platform for a table of the wrong size */
export function checkSize(table: readonly (readonly unknown[])[], rows: number, columns: number): void {
  const refuse = (what: string, has: number, wants: number): never => {
    throw new Error(
      `The number of ${what} in the data does not match the number of ${what} in the range. ` +
        `The data has ${has} but the range has ${wants}.`,
    );
  };
  if (table.length !== rows) refuse("rows", table.length, rows);
  for (const cells of table) if (cells.length !== columns) refuse("columns", cells.length, columns);
}
