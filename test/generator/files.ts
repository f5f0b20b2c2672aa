import type { CellValue } from "../../apps-script/core/workbook/port.ts";

export type FileFormat =
  | { readonly kind: "xlsx" }
  | {
      readonly kind: "csv";
      readonly encoding: "gb18030" | "utf-8" | "utf-8-bom" | "utf-16le";
      readonly delimiter: "," | "\t";
      readonly lineEnd: "\r\n" | "\n";
    };

export interface GeneratedSheet {
  readonly name: string;
  readonly rows: readonly (readonly CellValue[])[];
  /** 1-based rows whose first cell is merged across the table. */
  readonly mergedRows?: readonly number[];
}

/** An input file as rows; `encodeFile` makes the bytes. */
export interface GeneratedFile {
  readonly name: string;
  readonly format: FileFormat;
  readonly sheets: readonly GeneratedSheet[];
}
