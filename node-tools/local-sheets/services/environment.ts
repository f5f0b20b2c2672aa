import type { Doubts } from "../runtime/doubts.ts";
import type { SpreadsheetModel } from "./spreadsheet/model.ts";
import type { FileRight } from "./spreadsheet/protection-model.ts";

export type { FileRight };

/** The spreadsheets of the drive and who may do what with them. */
export interface FileTable {
  spreadsheet(id: string): SpreadsheetModel | undefined;
  rightOf(id: string, user: string): FileRight | undefined;
  create(name: string, owner: string): { readonly id: string; readonly model: SpreadsheetModel };
  share(id: string, user: string, right: "edit" | "view" | "none"): void;
  rename(id: string, name: string): void;
  /** @throws Error as the platform does for an address that it cannot share with */
  requireAccount(email: string): void;
  info(id: string):
    | {
        readonly name: string;
        readonly owner: string;
        readonly editors: readonly string[];
        readonly viewers: readonly string[];
      }
    | undefined;
}

/** What the spreadsheet services need of the execution that they belong to. */
export interface SpreadsheetEnvironment {
  /**
   * Every public method of a service begins with it; it counts, lets time pass, and may throw.
   *
   * @param cells how many cells move, when known
   */
  call(name: string, movesCells?: boolean, cells?: number): void;
  /** E-mail of the user whose rights hold. */
  actor(): string;
  /** The spreadsheet that the script is bound to. */
  readonly activeId: string;
  readonly doubts: Pick<
    Doubts,
    "copiedProtections" | "apostrophesStay" | "clearTakesValidations" | "oldOffsetsAreRounded" | "plainMetadataIsShared"
  >;
  now(): number;
  readonly files: FileTable;
  /** What `SpreadsheetApp.getUi()` answers. */
  ui(): unknown;
  /** Of a file's user, as `getOwner` and `getEditors` answer. */
  user(email: string): GoogleAppsScript.Base.User;
  toast(message: string, title: string): void;
}
