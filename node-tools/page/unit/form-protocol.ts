/** What the unit's desk knows of a 填报表: its cases, its people, what was found, what is changed. */
import type { UnitKind } from "../../../apps-script/core/notice/notice.ts";
import type { ColumnKind } from "../../../apps-script/core/schema/sheet-spec.ts";

/** Sheets of a 填报表 that are filled in row by row; a case has its text of 正文 in its row of 案例. */
export type FormSheet = "submissions" | "experts" | "liaisons";

/** A column of a 填报表 as a field. */
export interface FormField {
  readonly sheet: FormSheet | "texts";
  readonly key: string;
  readonly label: string;
  readonly kind: ColumnKind;
  readonly choices: readonly string[];
  readonly help: string;
  /** 字数 at most, of a section; 0 for none. */
  readonly mostWords: number;
  /** In characters, as the sheet has it. */
  readonly width: number;
  /** Is filled in already and stays as it is. */
  readonly isLocked: boolean;
}

export interface FormFinding {
  readonly severity: "error" | "warning" | "info";
  readonly code: string;
  /** What the rule is called. */
  readonly name: string;
  readonly message: string;
  readonly article: string;
  /** Label of the sheet, row and label of the column; 0 and "" for a finding about no row or no column. */
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
}

/** A row of a 填报表 that is filled in. */
export interface FormRow {
  /** 1-based. */
  readonly row: number;
  /** As it stands in the cells, by key of the field. */
  readonly values: Readonly<Record<string, string>>;
  readonly findings: readonly FormFinding[];
}

export interface UnitCase extends FormRow {
  readonly id: string;
  readonly title: string;
  /** 字数 of the sections, by key. */
  readonly words: Readonly<Record<string, number>>;
  /** The parts of 人工核对: labels of questions that 案例 has no column for, and what the unit wrote there itself. */
  readonly lookedAt: readonly string[];
}

/** 专家 or 联络员 of a unit. */
export interface PeopleTable {
  readonly sheet: FormSheet;
  readonly label: string;
  readonly fields: readonly FormField[];
  readonly rows: readonly FormRow[];
  /** The first row below those that are filled in. */
  readonly nextRow: number;
}

/** How a unit stands with what the notice asks of it. */
export interface UnitStanding {
  /** A group a row; track is "" at a direct school. */
  readonly quotas: readonly {
    readonly field: string;
    readonly track: string;
    readonly recommended: number;
    readonly quota: number;
    /** Clean cases, recommended or not. */
    readonly eligible: number;
    /** 未满, 已满, 超额 n. */
    readonly state: string;
  }[];
  /** Experts of a stage (of all stages at a direct school) and liaisons: how many there are and have to be. */
  readonly people: readonly { readonly label: string; readonly count: number; readonly wanted: number }[];
  /** In Chinese, without a full stop; `due` as `YYYY-MM-DD`, "" where the notice names no day. */
  readonly missing: readonly { readonly message: string; readonly due: string }[];
}

/** What has to be looked at by eye; with the field and its right answer where 案例 has one. */
export interface ManualQuestion {
  readonly label: string;
  readonly column?: { readonly key: string; readonly right: string };
}

/** A unit's 填报表. */
export interface UnitDesk {
  readonly path: string;
  readonly unit: string;
  readonly kind: UnitKind;
  readonly fields: readonly FormField[];
  readonly cases: readonly UnitCase[];
  readonly people: readonly PeopleTable[];
  /** About no case and no person: what is missing. */
  readonly others: readonly FormFinding[];
  readonly standing: UnitStanding;
  /** Another number each time that a file is opened: what is known of one file is not known of the next of its name. */
  readonly opening: number;
  readonly questions: readonly ManualQuestion[];
  /** The row for a new case. */
  readonly nextRow: number;
  /** What 撤销 takes back and 重做 does again, in words; "" for nothing. */
  readonly undoable: string;
  readonly redoable: string;
}

const checkPrefix = "manualChecks ";

/** The field of one question in 人工核对, a column that the form gets when it is first changed: any text ticks it, "" does not. */
export const checkField = (label: string) => `${checkPrefix}${label}`;

/** The label of such a field; undefined for every other. */
export const checkedLabel = (field: string): string | undefined =>
  field.startsWith(checkPrefix) ? field.slice(checkPrefix.length) : undefined;

/** A cell of a form; a section of a case's text is put where 正文 has it, or in a new row there. */
export interface FormChange {
  readonly sheet: FormSheet;
  readonly row: number;
  readonly field: string;
  readonly value: string;
  /** Of a proposal: written only while the row bears this 案例编号 and its cell of this field says this. */
  readonly found?: { readonly id: string; readonly field: string; readonly value: string };
}

/** Which cases a unit might recommend, as far as its own rows tell. */
export interface Shortlist {
  readonly cases: readonly {
    /** In 案例. */
    readonly row: number;
    readonly isProposed: boolean;
    /** Why it is proposed or not. */
    readonly reason: string;
  }[];
  /** Equal scores at the end of a quota, a line each. */
  readonly ties: readonly string[];
}

/** A cell that says beyond doubt what it should hold. */
export interface FormCorrection {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** What can be made of a 填报表 alone; several files come as one .zip. */
export const papers = ["推荐案例汇总表", "附件6（Word）", "附件6（Excel）", "附件5（Word）", "检查报告"] as const;
export type Paper = (typeof papers)[number];

export interface MadePaper {
  /** Name of the file. */
  readonly name: string;
  readonly bytes: Uint8Array;
}
