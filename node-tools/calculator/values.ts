/** What a cell can hold and how a spreadsheet turns one kind into another. */

export interface CellError {
  readonly error: string;
}

/** null is an empty cell. Dates and times are serial numbers (days since 1899-12-30). */
export type Scalar = string | number | boolean | null | CellError;

/** A rectangle of values, row by row. */
export class Matrix {
  constructor(
    readonly rows: number,
    readonly columns: number,
    readonly values: readonly Scalar[],
  ) {}

  at(row: number, column: number): Scalar {
    return this.values[row * this.columns + column] ?? null;
  }
}

/** A rectangle of cells that has not been read; bounds 1-based and inclusive. */
export class Reference {
  private name: string | undefined;

  constructor(
    readonly sheet: string,
    readonly top: number,
    readonly left: number,
    readonly bottom: number,
    readonly right: number,
  ) {}

  get rows(): number {
    return this.bottom - this.top + 1;
  }

  get columns(): number {
    return this.right - this.left + 1;
  }

  /** Equal for equal rectangles. */
  get key(): string {
    this.name ??= `${this.sheet}!${this.top}:${this.left}:${this.bottom}:${this.right}`;
    return this.name;
  }
}

export type Value = Scalar | Matrix | Reference;

const known = new Map<string, CellError>();

export function errorOf(code: string): CellError {
  const error = known.get(code) ?? Object.freeze({ error: code });
  known.set(code, error);
  return error;
}

export const errors = {
  divide: errorOf("#DIV/0!"),
  name: errorOf("#NAME?"),
  notAvailable: errorOf("#N/A"),
  number: errorOf("#NUM!"),
  reference: errorOf("#REF!"),
  syntax: errorOf("#ERROR!"),
  value: errorOf("#VALUE!"),
} as const;

export function isError(value: unknown): value is CellError {
  return typeof value === "object" && value !== null && "error" in value;
}

/** A number as a text shows it: 15 significant digits, an exponent where Sheets shows one. */
export function numberToText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const [mantissa = "", exponent = "0"] = value.toExponential(14).split("e");
  const power = Number(exponent);
  if (power >= 15 || power < -5) {
    const digits = String(Number(mantissa));
    return `${digits}E${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  const text = value.toFixed(Math.min(100, Math.max(0, 14 - power)));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

export function toText(value: Exclude<Scalar, CellError>): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberToText(value);
  return value ? "TRUE" : "FALSE";
}

/** Text is a number for `IF` only when it spells a truth value. */
export function toBoolean(value: Scalar): boolean | CellError {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0;
  if (value === null) return false;
  if (typeof value !== "string") return value;
  const word = value.toUpperCase();
  return word === "TRUE" ? true : word === "FALSE" ? false : errors.value;
}

const rank = (value: Scalar): number => (typeof value === "number" ? 0 : typeof value === "string" ? 1 : 2);

/** An empty cell as the other side of a comparison sees it. */
function emptyAs(other: Scalar): Scalar {
  return typeof other === "string" ? "" : typeof other === "boolean" ? false : 0;
}

/** Below, at or above 0; numbers < texts < truth values, texts without regard to case. Neither may be an error. */
export function compare(a: Scalar, b: Scalar): number {
  const left = a === null ? emptyAs(b) : a;
  const right = b === null ? emptyAs(a) : b;
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (typeof left === "string" && typeof right === "string") {
    if (left === right) return 0;
    if (left === "" || right === "") return left === "" ? -1 : 1;
    const l = left.toLowerCase();
    const r = right.toLowerCase();
    return l === r ? 0 : l < r ? -1 : 1;
  }
  if (typeof left === "boolean" && typeof right === "boolean") return Number(left) - Number(right);
  return rank(left) - rank(right);
}
