/** The award as the rules see it: units, submissions, people, experts, read from the shared workbook. */
import type { Field, TrackKey, UnitKind } from "../notice/notice.ts";
import type { expertsSheet, liaisonsSheet, submissionsSheet, textsSheet, unitsSheet } from "../schema/application.ts";
import type { KeyOf } from "../schema/sheet-spec.ts";
import type { Table, TableRow } from "../tables/table.ts";
import type { SettingProblem, Settings } from "./settings.ts";

export type SubmissionKey = KeyOf<typeof submissionsSheet>;
export type TextKey = KeyOf<typeof textsSheet>;
export type ExpertKey = KeyOf<typeof expertsSheet>;
export type LiaisonKey = KeyOf<typeof liaisonsSheet>;
export type UnitKey = KeyOf<typeof unitsSheet>;

export interface Unit {
  readonly record: TableRow<UnitKey>;
  readonly code: string;
  readonly name: string;
  readonly kind: UnitKind | undefined;
  readonly aliases: readonly string[];
  readonly parent: string;
}

/** One entry in a submission's list of authors. */
export interface Author {
  /** 1 = first author; 6 and more stand in 其他作者. */
  readonly position: number;
  readonly name: string;
  readonly unit: string;
  /** Of a 同上 that was typed by hand, the unit above: enough to keep a pair apart, no more. "" elsewhere. */
  readonly unitAbove: string;
  /** Cleaned; "" when empty, a placeholder, or nobody's for certain. */
  readonly account: string;
  /** The account cell holds something that a spreadsheet has ruined; it identifies nobody. */
  readonly accountRuined: boolean;
  readonly role: string;
  /** The name cell holds other people too (AUTHOR-CELL): whose account it is cannot be known. */
  readonly shared: boolean;
  /** Who this is: equal for entries of one person (DESIGN §3, Who is who). */
  readonly person: string;
  /** The cells this entry stands in, for findings. */
  readonly columns: {
    readonly name: SubmissionKey;
    readonly unit: SubmissionKey;
    readonly account: SubmissionKey;
    readonly role: SubmissionKey;
  };
}

export interface SubmissionText {
  readonly record: TableRow<TextKey>;
  readonly nominator: string;
  readonly id: string;
  /** That of the submission it belongs to. */
  readonly key: string;
  readonly summary: string;
  readonly innovation: string;
  readonly process: string;
  readonly application: string;
}

export interface Submission {
  readonly record: TableRow<SubmissionKey>;
  readonly id: string;
  readonly title: string;
  /** 推荐单位 as typed, cleaned. */
  readonly nominator: string;
  /** The unit that 推荐单位 names, by whichever of its names. */
  readonly unit: Unit | undefined;
  readonly field: Field | undefined;
  readonly track: TrackKey | undefined;
  /** 小学 / 初中 / 高中 / 其他, or undefined when the cell holds none of them. */
  readonly stage: string | undefined;
  readonly authors: readonly Author[];
  readonly firstAuthor: Author | undefined;
  /** 推荐单位 + 案例编号: rows that share it count once in the author limits. */
  readonly sharedKey: string;
  /** The same, but for the second and later rows that share it: no two rows have one key. */
  readonly key: string;
  readonly text: SubmissionText | undefined;
  /** 推荐 is 是. */
  readonly recommended: boolean;
  /** 状态 is 取消资格. */
  readonly cancelled: boolean;
  /** 0…100, or undefined when empty or invalid. */
  readonly firstScore: number | undefined;
}

export interface Expert {
  readonly record: TableRow<ExpertKey>;
  readonly nominator: string;
  readonly unit: Unit | undefined;
  /** 、-separated where the cell holds several people (EXPERT-CELL). */
  readonly name: string;
  readonly people: readonly string[];
  readonly account: string;
  readonly accountRuined: boolean;
  /** The expert's own unit 单位. */
  readonly ownUnit: string;
  /** Of a 同上 that was typed by hand, the unit above: enough to keep a pair apart, no more. "" elsewhere. */
  readonly unitAbove: string;
  readonly phone: string;
  readonly stage: string;
  readonly fields: readonly string[];
  readonly conflicts: readonly string[];
  readonly withdrawn: boolean;
  /** The same identity as an author's `person`. */
  readonly person: string;
}

export interface Liaison {
  readonly record: TableRow<LiaisonKey>;
  readonly nominator: string;
  /** The unit of this 单位名称, or that bore it once; an alias is none. */
  readonly unit: Unit | undefined;
  /** 、-separated where the cell holds several people (LIAISON-CELL). */
  readonly name: string;
  readonly people: readonly string[];
  readonly phone: string;
}

/** What import changed in one cell, from 导入记录. */
export interface CleanedCell {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly id: string;
  readonly nominator: string;
  readonly was: string;
  readonly is: string;
  /** Whether the original would have been run by a spreadsheet program and was kept as text. */
  readonly formula: boolean;
}

/** A cell of which two files of one import say different things, while nobody has settled it; from 导入记录. */
export interface DisputedCell {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly id: string;
  readonly nominator: string;
  /** `FILE 第 5 行` and the value there, in the order of the names. */
  readonly told: readonly (readonly [source: string, value: string])[];
}

export interface AwardTables {
  readonly settings: Table<"item" | "value" | "unit" | "note" | "article">;
  readonly units: Table<UnitKey>;
  readonly submissions: Table<SubmissionKey>;
  readonly texts: Table<TextKey>;
  readonly experts: Table<ExpertKey>;
  readonly liaisons: Table<LiaisonKey>;
}

export interface AwardData {
  readonly tables: AwardTables;
  readonly settings: Settings;
  readonly settingProblems: readonly SettingProblem[];
  readonly units: readonly Unit[];
  readonly submissions: readonly Submission[];
  readonly texts: readonly SubmissionText[];
  readonly experts: readonly Expert[];
  readonly liaisons: readonly Liaison[];
  readonly disputed: readonly DisputedCell[];
  /** Resolves a unit's name, alias, code, longer official form or earlier name, when it names exactly one unit. */
  readonly resolveUnit: (text: string) => Unit | undefined;
  /** The unit that bore this name once. */
  readonly formerUnit: (text: string) => Unit | undefined;
  /** The key of the submission that this 推荐单位, by whichever of its names, and this 案例编号 mean. */
  readonly keyOf: (nominator: string, id: string) => string;
}
