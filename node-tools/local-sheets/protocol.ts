/** What the page in the browser and the server beside it say to each other; plain JSON. */
import type { AlertButtons, Button, MenuEntry, ShownPage } from "./local-google.ts";

export interface UserView {
  readonly email: string;
  /** `管理员`, `区县 · 兴庆区教育局`, `专家 · 某某`. */
  readonly label: string;
}

export interface FileView {
  readonly id: string;
  readonly name: string;
  readonly kind: "shared" | "review" | "spreadsheet" | "file";
  readonly right: "owner" | "edit" | "view";
  /** Bytes; absent for spreadsheets. */
  readonly size?: number;
}

export interface MailView {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/** Everything of the account but the cells. */
export interface AccountView {
  readonly users: readonly UserView[];
  /** Files that the acting user may open. */
  readonly files: readonly FileView[];
  /** `YYYY-MM-DD HH:mm:ss` of the local account's clock. */
  readonly clock: string;
  readonly triggers: readonly { readonly functionName: string; readonly due: string }[];
  readonly mails: readonly MailView[];
  /** Shown in the top bar: `已保存 09:31:02`. */
  readonly saved: string;
}

export interface SheetView {
  readonly name: string;
  readonly hidden: boolean;
  /** `#RRGGBB` or "". */
  readonly tabColor: string;
  readonly rows: number;
  readonly columns: number;
  readonly frozenRows: number;
  readonly frozenColumns: number;
  /** Pixels by column where a width is set; 0 for a hidden column. */
  readonly widths: Readonly<Record<number, number>>;
  /** Pixels by row where a height is set. */
  readonly heights: Readonly<Record<number, number>>;
  readonly merges: readonly {
    readonly top: number;
    readonly left: number;
    readonly bottom: number;
    readonly right: number;
  }[];
}

export interface SpreadsheetView {
  readonly id: string;
  readonly name: string;
  readonly canEdit: boolean;
  readonly menus: readonly MenuEntry[];
  readonly sheets: readonly SheetView[];
  readonly selection: { readonly sheet: string; readonly row: number; readonly column: number };
}

/** One cell as it is shown; absent members have the usual value. */
export interface CellView {
  /** What the cell shows. */
  readonly t?: string;
  /** What the formula bar shows, when it is something else. */
  readonly i?: string;
  /** Index in `WindowView.styles`. */
  readonly s?: number;
  readonly note?: string;
  /** Index in `WindowView.lists` of the entries of its drop-down. */
  readonly list?: number;
  /** The acting user may not write here. */
  readonly locked?: true;
  readonly link?: string;
  /** Numbers and dates stand at the right. */
  readonly right?: true;
}

export interface WindowView {
  /** Inline CSS by index. */
  readonly styles: readonly string[];
  readonly lists: readonly (readonly string[])[];
  /** Cells by row, then by column. */
  readonly rows: Readonly<Record<number, Readonly<Record<number, CellView>>>>;
}

export interface ShownPageEvent extends ShownPage {
  readonly kind: "modal" | "modeless" | "sidebar";
}

/** From the server to one page. */
export type PageEvent =
  | { readonly type: "changed"; readonly file: string }
  | { readonly type: "show"; readonly file: string; readonly page: ShownPageEvent }
  | {
      readonly type: "ask";
      readonly number: number;
      readonly kind: "alert" | "prompt";
      readonly title: string;
      readonly message: string;
      readonly buttons: AlertButtons;
    }
  | { readonly type: "asked"; readonly number: number }
  | { readonly type: "toast"; readonly title: string; readonly message: string }
  | { readonly type: "log"; readonly line: string }
  | { readonly type: "saved"; readonly text: string };

export interface Answer {
  readonly button: Button;
  readonly text: string;
}

/** Requests by name: what the page sends, what it gets. */
export interface Requests {
  account: { ask: { user: string }; get: AccountView };
  open: { ask: { file: string; user: string }; get: SpreadsheetView };
  /** As `open`, without running onOpen again. */
  look: { ask: { file: string; user: string }; get: SpreadsheetView };
  cells: { ask: { file: string; user: string; sheet: string; top: number; bottom: number }; get: WindowView };
  edit: {
    ask: { file: string; user: string; sheet: string; row: number; column: number; values: string[][] };
    /** What stood there, to type it again. */
    get: { before: string[][] };
  };
  note: { ask: { file: string; user: string; sheet: string; row: number; column: number; note: string }; get: null };
  select: { ask: { file: string; user: string; sheet: string; row: number; column: number }; get: null };
  run: { ask: { file: string; user: string; functionName: string; args: unknown[] }; get: { result: unknown } };
  advance: { ask: { milliseconds: number | null }; get: null };
  save: { ask: Record<string, never>; get: null };
  /** A .csv or .xlsx for 云端硬盘. */
  upload: { ask: { name: string; base64: string }; get: null };
  text: { ask: { file: string; user: string }; get: { text: string } };
}

export type RequestName = keyof Requests;
