/** What a yearly notice lays down. Every value that may differ next year stands here, with its article. */

/** A value and the place of the notice it comes from. */
export interface Cited<T> {
  readonly value: T;
  readonly article: string;
}

export type UnitKind = "bureau" | "school";
export type TrackKey = "urban" | "rural";
export type SectionKey = "summary" | "innovation" | "process" | "application";

export interface Field {
  readonly key: string;
  readonly label: string;
  /** Every other spelling of the same field. */
  readonly longLabels: readonly string[];
  /** Labels of the roles that may apply. */
  readonly roles: Cited<readonly string[]>;
  /** Whether the limit of the whole text is strict (error) or 原则上 (warning). */
  readonly totalWordsStrict: Cited<boolean>;
  /** The wording of the criteria, by item key. */
  readonly criteria: Cited<Readonly<Record<string, string>>>;
}

export interface RubricItem {
  readonly key: string;
  readonly label: string;
  /** Key of the dimension it counts towards. */
  readonly dimension: string;
  readonly max: number;
}

interface Dimension {
  readonly key: string;
  readonly label: string;
}

/** A window of civil dates, both ends included. */
export interface DateWindow {
  readonly from: string;
  readonly to: string;
}

export interface Award {
  readonly label: string;
  /** Share of a ranking group, 0…1. */
  readonly share: number;
}

export interface Notice {
  readonly id: string;
  readonly title: string;
  readonly year: number;
  readonly fields: readonly Field[];
  readonly tracks: readonly { readonly key: TrackKey; readonly label: string; readonly aliases: readonly string[] }[];
  /** Stages in which bureaus recommend experts. */
  readonly stages: readonly string[];
  /** The stage of a submission that fits none of them; any expert may review it. */
  readonly otherStage: string;
  /** Label of a role → its other spellings. */
  readonly roles: readonly { readonly label: string; readonly aliases: readonly string[] }[];
  readonly limits: {
    readonly authors: Cited<number>;
    readonly firstAuthored: Cited<number>;
    readonly participations: Cited<number>;
  };
  readonly quotas: {
    readonly bureau: Readonly<Record<TrackKey, Cited<number>>>;
    readonly school: Cited<number>;
  };
  readonly text: {
    readonly sections: Readonly<Record<SectionKey, Cited<number>>>;
    readonly total: Cited<number>;
  };
  readonly keywords: Cited<{ readonly min: number; readonly max: number }>;
  readonly video: {
    readonly extension: Cited<string>;
    readonly resolution: Cited<{ readonly width: number; readonly height: number }>;
    readonly minutes: Cited<{ readonly min: number; readonly max: number }>;
    readonly recencyYears: Cited<number>;
    readonly subtitles: Cited<true>;
    readonly titleCard: Cited<true>;
    readonly brand: Cited<false>;
  };
  readonly windows: {
    readonly submission: Cited<DateWindow>;
    readonly recommendation: Cited<DateWindow>;
    readonly review: Cited<DateWindow>;
    readonly results: Cited<DateWindow>;
  };
  readonly expertDeadline: Cited<string>;
  readonly experts: { readonly bureauPerStage: Cited<number>; readonly school: Cited<number> };
  readonly liaisons: Cited<number>;
  /** Telephone number for questions. */
  readonly contact: Cited<string>;
  readonly anonymity: { readonly article: string };
  readonly cancellation: {
    readonly article: string;
    /** Kinds of cancellation, and whether the notice names them in a circular (通报). */
    readonly kinds: readonly { readonly label: string; readonly circular: boolean }[];
  };
  readonly rubric: {
    readonly dimensions: readonly Dimension[];
    readonly items: readonly RubricItem[];
    /** Keys of the dimensions that decide between equal final scores, the first one first. */
    readonly tieOrder: readonly string[];
    readonly article: string;
  };
  /** Not laid down by the notice: defaults that 参数 may change. */
  readonly defaults: {
    readonly reviews: number;
    readonly arbitrationRange: number;
    readonly awards: readonly Award[];
    readonly nearDuplicate: number;
    readonly seed: number;
  };
}

/** 2025年全区教育数字化创新应用案例: the award's name without the word for collecting. */
export function awardName(notice: Notice): string {
  return notice.title.replace(/征集$/, "");
}
