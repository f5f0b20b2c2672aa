/** What the page asks of its worker, where the commands run and the files lie. */

import type { LeftOut } from "../../apps-script/core/evidence/left-out.ts";
import type { StatisticsView } from "../../apps-script/core/exports/forms/statistics-report.ts";
import type { Notice, UnitKind } from "../../apps-script/core/notice/notice.ts";
import type { OpenMatter } from "../../apps-script/core/ranking/open-matters.ts";
import type { ShownView } from "../../apps-script/dialogs/views.ts";
import type { PrintedFile } from "./print-protocol.ts";
import type {
  FormChange,
  FormCorrection,
  FormFinding,
  MadePaper,
  Paper,
  Shortlist,
  UnitDesk,
} from "./unit/form-protocol.ts";

/** Where somebody works, or chooses where. */
export type Desk = "start" | "administrator" | "unit" | "expert";

/** Which desk a file belongs to. */
export type FileKind = "application" | "review" | "scoreSheet" | "unitForm" | "other";

export interface KeptFile {
  /** From the work folder, `/` between folders, without one at the beginning. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly mtimeMs: number;
  readonly kind: FileKind;
}

/** What a command has said, and its result as `--json` prints it. */
export interface CommandResult {
  /** As DESIGN §6 has it: 0 done, 1 something was found, 2 wrong words, 3 nothing could be read. */
  readonly code: number;
  readonly said: readonly string[];
  readonly warned: readonly string[];
  readonly result: unknown;
  /** What there is to show of it, as the dialogs show it. */
  readonly shown: ShownView | undefined;
  /** Files that are new or have another content, as in `KeptFile`. */
  readonly written: readonly string[];
}

export interface UndoableStep {
  readonly action: string;
  /** `2026-03-05 14:30:00` */
  readonly time: string;
}

export interface ScoreItem {
  readonly label: string;
  readonly max: number;
  /** What the notice asks, as it stands at the head of the column. */
  readonly criterion: string;
}

/** What stands in the cell of one item: a number, or what was typed that is none. */
export type TypedScore = number | string | null;

export interface ScoreCase {
  /** 1-based, in the sheet. */
  readonly row: number;
  readonly reviewId: string;
  readonly title: string;
  readonly field: string;
  readonly stage: string;
  readonly material: string;
  readonly texts: readonly { readonly part: string; readonly content: string }[];
  readonly scores: readonly TypedScore[];
  /** Of each item what is wrong with it; "" for none. */
  readonly wrong: readonly string[];
  /** undefined while an item is missing or wrong. */
  readonly total: number | undefined;
  readonly comment: string;
  readonly conflict: string;
  readonly standsAside: boolean;
}

/** One expert's score sheet. */
export interface ScoreDesk {
  readonly path: string;
  /** 专家编号; "" where the sheet does not say. */
  readonly expert: string;
  readonly items: readonly ScoreItem[];
  readonly cases: readonly ScoreCase[];
}

/** A change to one row of a score sheet. */
export interface ScoreChange {
  readonly row: number;
  readonly item?: { readonly index: number; readonly value: TypedScore };
  readonly comment?: string;
  readonly conflict?: string;
}

/** A row of 裁定, by the keys of its columns. */
export interface Ruling {
  readonly id: string;
  readonly decision: string;
  readonly kind: string;
  readonly reason: string;
  readonly date: string;
  readonly recorder: string;
  readonly award: string;
}

export interface RulingDesk {
  /** What waits for a ruling. */
  readonly open: readonly OpenMatter[];
  /** Submissions that a ruling can be about. */
  readonly cases: readonly { readonly id: string; readonly title: string; readonly nominator: string }[];
  readonly rulings: readonly Ruling[];
  readonly decisions: readonly string[];
  readonly kinds: readonly string[];
  readonly awards: readonly string[];
}

/** What a ruling would change. */
export interface RulingEffect {
  /** Submissions of which rank or award would be another: `第 3 名 优秀案例`. */
  readonly changes: readonly {
    readonly id: string;
    readonly before: string;
    readonly after: string;
    /** Not the rank alone. */
    readonly isAward: boolean;
  }[];
  /** Why it would have no effect; "" where it has. */
  readonly refused: string;
  /** What would still wait for a ruling about this submission. */
  readonly left: readonly OpenMatter[];
}

export interface FoundCase {
  readonly id: string;
  readonly title: string;
  readonly nominator: string;
  /** Of the authors. */
  readonly names: string;
}

export interface FoundCases {
  /** Those to be listed, in the order of 案例. */
  readonly cases: readonly FoundCase[];
  /** How many were left out. */
  readonly more: number;
}

/** What one sheet has of a case: its columns that hold anything, and a row for each of its rows about the case. */
export interface CaseTable {
  readonly sheet: string;
  readonly labels: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What one unit has sent for one column of the award. */
export interface UnitCell {
  /** A count, or a word; "" where there is nothing to tell yet. */
  readonly text: string;
  /** In Chinese, what is missing; "" for nothing. */
  readonly lacks: string;
}

export interface UnitRow {
  readonly unit: string;
  /** One a column of the overview. */
  readonly cells: readonly UnitCell[];
  /** Nothing at all has come. */
  readonly silent: boolean;
  /** People to ask, with their phones. */
  readonly liaisons: readonly string[];
  /** To be pasted into a chat; "" where nothing is missing. */
  readonly reminder: string;
}

/** Points; null where it is not known. */
export interface ExpertRow {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly stage: string;
  readonly phone: string;
  readonly withdrawn: boolean;
  readonly assigned: number;
  readonly scored: number;
  /** 状态, 待核实 and 迟交 as 专家情况 has them. */
  readonly status: string;
  readonly doubts: string;
  readonly late: number;
  readonly mean: number | null;
  readonly spread: number | null;
  /** Positive for lenient. */
  readonly severity: number | null;
  readonly severityError: number | null;
  /** To be pasted into a chat; "" where nothing is missing. */
  readonly reminder: string;
}

export interface GroupRow {
  /** `教学革新 · 城市` */
  readonly name: string;
  readonly pending: number;
  /** Final scores, the highest first. */
  readonly scores: readonly number[];
  /** Scores in `from` ≤ score < `to`. */
  readonly histogram: readonly { readonly from: number; readonly to: number; readonly count: number }[];
  /** The highest award first; `line` is its lowest score, null where nobody has it by rank. */
  readonly awards: readonly { readonly label: string; readonly awarded: number; readonly line: number | null }[];
}

/** How far everybody is, and what the scores look like. */
export interface AwardOverview {
  /** Of the table of units, each with the stage of the award it belongs to. */
  readonly columns: readonly { readonly stage: string; readonly label: string }[];
  readonly units: readonly UnitRow[];
  /** Of 评审专家; empty before there are any. */
  readonly experts: readonly ExpertRow[];
  /** That anybody stands in; empty before anything was assigned. */
  readonly groups: readonly GroupRow[];
  /** What the calibration did, or why it did nothing, in Chinese; "" before anything was assigned. */
  readonly calibration: string;
}

/** A table of figures as it is read. */
export interface FigureTable {
  readonly title: string;
  readonly labels: readonly string[];
  /** Labels of the columns that are aligned at the right. */
  readonly numbers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** What the report of figures tells. */
export interface ReportFigures extends Omit<StatisticsView, "tables"> {
  readonly tables: readonly FigureTable[];
}

/** All about one expert. */
export interface ExpertPage {
  /** What 评审专家 and 专家情况 have of the expert. */
  readonly tables: readonly CaseTable[];
  /** Names of the nine items. */
  readonly items: readonly string[];
  /** By 评审编号, those that the expert stands aside from included. */
  readonly cases: readonly {
    readonly reviewId: string;
    /** 案例编号. */
    readonly id: string;
    readonly title: string;
    readonly field: string;
    readonly round: string;
    readonly status: string;
    /** Points, one an item; null where there is none. */
    readonly scores: readonly (number | null)[];
    /** Points; null while the review is not complete. */
    readonly total: number | null;
    /** Mean of the others on the same case. */
    readonly others: number | null;
    readonly late: boolean;
    readonly comment: string;
  }[];
}

/** Next year's notice as it is being written. */
export interface NoticeDesk {
  /** This year's: what changes are marked against. */
  readonly now: Notice;
  /** As it was left, right or wrong; undefined where nothing has been typed yet. */
  readonly draft: unknown;
}

/** A file to be handed over. */
export interface GivenFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A file that came where another content bears its name. */
export interface RenamedFile {
  /** As it was called. */
  readonly name: string;
  /** As it is called here. */
  readonly path: string;
  /** Digest of what bore its name when it came: what has been done to that since is not lost. */
  readonly other: string;
}

/** A file of the materials, by its path from the chosen folder on; it stays where it is. */
export interface GivenMaterial {
  readonly path: string;
  readonly file: File;
}

export interface GivenFolder {
  /** How many files. */
  readonly count: number;
  /** Files and folders in it that cannot be read. */
  readonly skipped: readonly string[];
}

/** A file that was made and lies in no work folder; its path begins with a slash. */
export interface MadeFile {
  readonly path: string;
  readonly file: Blob;
}

/** What reads materials, packed and in base64 as it lies in the page. */
export interface PackedReaders {
  readonly reader: string;
  /** As WebAssembly. */
  readonly mediaInfo: string;
}

/** As `casebook evidence --json` gives it. */
export interface MaterialFinding {
  readonly id: string;
  /** From the folder of the materials on; "" for one about the whole case. */
  readonly file: string;
  readonly place: string;
  /** A code, called as `ruleNames` says. */
  readonly kind: string;
  readonly severity: FormFinding["severity"];
  readonly message: string;
  readonly text: string;
  readonly remedy: string;
}

/** What was not looked into, and why, with the remedy. */
export interface PassedMaterial {
  readonly name: string;
  readonly reason: string;
}

/** What the files of one unit say. */
export interface FormMaterials {
  /** Files that were read, those in archives as well. */
  readonly files: number;
  readonly findings: readonly MaterialFinding[];
  /** Labels of 材料概况. */
  readonly labels: readonly string[];
  /** Of each case with files a row of 材料概况. */
  readonly cases: readonly { readonly id: string; readonly facts: readonly string[] }[];
  readonly unmatched: readonly PassedMaterial[];
  readonly skipped: readonly PassedMaterial[];
  /** Empty cells of 案例 that the files have an answer to. */
  readonly fills: readonly MaterialFill[];
}

export interface MaterialFill extends FormChange {
  readonly found: NonNullable<FormChange["found"]>;
  /** Of the column. */
  readonly label: string;
}

export interface WorkerCalls {
  /** Brings back what the browser has kept of a former visit; whether there was anything. */
  restoreKept(): Promise<boolean>;
  /** Removes everything that the browser keeps of this page, and empties the work folder. */
  forget(): Promise<void>;
  /**
   * Works in a folder on the disk from now on, and writes it in place; forms that were open are open no longer.
   * @param loses whether somebody has said that what cannot be kept of the present work may be lost
   * @returns files that are too large or cannot be read
   */
  attachFolder(folder: FileSystemDirectoryHandle, loses?: boolean): Promise<readonly string[]>;
  list(): Promise<readonly KeptFile[]>;
  /** Says who works here: stands in 日志 from now on. @param name "" for nobody in particular */
  workAs(name: string): Promise<void>;
  /** Takes files in; one whose name another content bears gets a new name. Returns those that got one. */
  put(files: readonly GivenFile[]): Promise<readonly RenamedFile[]>;
  /** Puts such files in the place of those that bear their names, whose contents stay as `NAME.bak.EXT`. @throws InputError */
  replace(files: readonly RenamedFile[]): Promise<void>;
  putExample(): Promise<readonly RenamedFile[]>;
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Every file of the work folder as one .zip. */
  zip(): Promise<Uint8Array<ArrayBuffer>>;
  /** What each rule is called, by its code. */
  ruleNames(): Promise<Readonly<Record<string, string>>>;
  run(
    command: string,
    operands: readonly string[],
    options: Readonly<Record<string, readonly string[]>>,
  ): Promise<CommandResult>;
  openScores(path: string): Promise<ScoreDesk>;
  changeScore(path: string, change: ScoreChange): Promise<ScoreCase>;
  /**
   * Makes the 填报表 of a unit that has none yet, with what the files say of it: a platform export, filled-in 附件5 and 附件6.
   * @returns its path, and what was said of each file
   */
  makeForm(
    owner: { readonly name: string; readonly kind: UnitKind },
    files: readonly GivenFile[],
  ): Promise<{ readonly path: string | undefined; readonly said: readonly string[] }>;
  /** @param kind of the unit, where somebody has said so */
  openForm(path: string, kind?: UnitKind): Promise<UnitDesk>;
  /** Whom to call, as the notice of a 填报表 has it. */
  readContact(path: string): Promise<string>;
  /**
   * Writes all of them or none, as one step to be undone.
   * @param doing what is done, before the cell or the number of cells: 修改, 粘贴
   */
  changeForm(path: string, changes: readonly FormChange[], doing: string): Promise<UnitDesk>;
  undoForm(path: string): Promise<UnitDesk>;
  redoForm(path: string): Promise<UnitDesk>;
  /** Nothing is written. */
  proposeShortlist(path: string): Promise<Shortlist>;
  makePaper(path: string, paper: Paper): Promise<MadePaper>;
  /** Cases with this text in number, title, unit or an author's name. @param path of the shared workbook */
  findCases(path: string, text: string): Promise<FoundCases>;
  /** All that both workbooks have of the cases with this 案例编号, sheet by sheet. */
  readCase(path: string, id: string): Promise<readonly CaseTable[]>;
  /** Who has sent what, and what the scores look like. @param path of the shared workbook */
  readOverview(path: string): Promise<AwardOverview>;
  /** What 撤销上一步 would take back; undefined for nothing. @param path of the shared workbook */
  stepToUndo(path: string): Promise<UndoableStep | undefined>;
  /** The figures of the report; undefined where there is no case yet. @param path of the shared workbook */
  readStatistics(path: string): Promise<ReportFigures | undefined>;
  /** @param id 专家编号 */
  readExpert(path: string, id: string): Promise<ExpertPage>;
  /** @param path of the shared workbook that has this year's notice; undefined where there is none yet */
  openNotice(path: string | undefined): Promise<NoticeDesk>;
  /** Keeps what has been typed so far, right or wrong. */
  keepNoticeDraft(draft: unknown): Promise<void>;
  /** Writes a sound notice with its forms into a folder, which `init` takes. Returns the folder. */
  saveNotice(notice: Notice, now: Notice): Promise<string>;
  /** @param path of the shared workbook */
  openRulings(path: string): Promise<RulingDesk>;
  /** Ranks a copy with the ruling and one without; nothing is written. */
  tryRuling(path: string, ruling: Ruling): Promise<RulingEffect>;
  /**
   * Writes the ruling into 裁定, in place of one about the same submission, as a step that 日志 tells of and undo takes
   * back; ranking is another step.
   */
  writeRuling(path: string, ruling: Ruling): Promise<RulingDesk>;
  /**
   * What a workbook or a document looks like on paper, or each of them in a .zip.
   * @param bytes what it holds, where it is no file of the work folder
   */
  readForPrint(path: string, bytes?: Uint8Array): Promise<readonly PrintedFile[]>;
  /** Before materials are read for the first time. */
  unpackReaders(packed: PackedReaders): Promise<void>;
  /** Takes a folder of materials, in place of an earlier one; its files are read when they are wanted. */
  giveMaterials(folder: readonly GivenMaterial[] | FileSystemDirectoryHandle): Promise<GivenFolder>;
  /** Writes beside files that were left out of the anonymous materials that the experts are to get them. @throws InputError */
  keepLeftOut(list: string, files: readonly Pick<LeftOut, "reviewId" | "file">[]): Promise<void>;
  /** What was made for the experts and is too large for the work folder: it is kept as long as the page is open. */
  madeFiles(folders: readonly string[]): Promise<readonly MadeFile[]>;
  /** Reads the materials of the cases of a 填报表. @throws InputError also when it is cancelled */
  readFormMaterials(path: string): Promise<FormMaterials>;
  proposeCorrections(path: string): Promise<readonly FormCorrection[]>;
  /** Carries out those that still stand as they were proposed. */
  correctForm(path: string, chosen: readonly FormCorrection[]): Promise<UnitDesk>;
}

export interface CallMessage {
  readonly id: number;
  readonly name: keyof WorkerCalls;
  readonly parameters: readonly unknown[];
}

/** Is heard while a call waits or is answered, between its steps. */
export interface CancelMessage {
  /** Number of the call. */
  readonly cancel: number;
}

export type WorkerMessage =
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly message: string }
  /** What was done after an answer has failed. */
  | { readonly kind: "trouble"; readonly message: string }
  /** What a call does now. */
  | { readonly kind: "step"; readonly id: number; readonly name: string }
  /** Whether a form has changes that are not written yet. */
  | { readonly kind: "unsaved"; readonly unsaved: boolean };

/** What lies in the page beside its scripts, in base64 by path. */
export interface Supplies {
  readonly templates: Readonly<Record<string, string>>;
  readonly example: Readonly<Record<string, string>>;
  /** The script of the worker that packs. */
  readonly packer?: string;
}
