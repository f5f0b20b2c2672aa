/** What the dialogs show: plain data, so that it survives the way from the script to the page. */

export interface FindingView {
  readonly severity: "error" | "warning" | "info";
  /** Code of the rule. */
  readonly code: string;
  readonly sheet: string;
  /** 1-based; 0 for a finding about no row. */
  readonly row: number;
  /** 1-based position; 0 for a finding about a whole row. */
  readonly column: number;
  readonly columnLabel: string;
  readonly id: string;
  readonly nominator: string;
  readonly message: string;
  readonly article: string;
}

/** 检查结果. */
export interface FindingsView {
  /** The only unit that is shown, "" for all. */
  readonly unit: string;
  /** When it was checked, `YYYY-MM-DD HH:mm:ss`. */
  readonly checkedAt: string;
  readonly counts: { readonly error: number; readonly warning: number; readonly info: number };
  readonly findings: readonly FindingView[];
  /** What each rule that found something is called, what it looks for, and what to do about it, by its code. */
  readonly rules: Readonly<Record<string, { readonly name: string; readonly finds: string; readonly remedy: string }>>;
  /** Findings left out because there are too many to show. */
  readonly left: number;
}

/** 帮助. */
export interface HelpView {
  /** Above the steps: `怎么填`. */
  readonly title: string;
  readonly steps: readonly string[];
  /** What colours and signs in the sheets mean, each drawn in its style. */
  readonly marks: readonly { readonly style: string; readonly term: string; readonly meaning: string }[];
  readonly advice: readonly string[];
  /** About what to call whom, as the notice has it, and whom about the rest. */
  readonly ask: { readonly about: string; readonly contact: string; readonly otherwise: string };
}

/** 分派预览: what `分派专家` will do. */
export interface AssignmentView {
  /** Given back when the plan is confirmed; a plan for data that has changed since is refused. */
  readonly token: string;
  readonly reviews: number;
  readonly seed: number;
  readonly submissions: number;
  readonly experts: number;
  /** Pairs kept, newly made, and taken away. */
  readonly kept: number;
  readonly added: number;
  readonly moved: number;
  /** Experts by the number of submissions they get, a series for each stage. */
  readonly loads: readonly {
    readonly stage: string;
    readonly bars: readonly { readonly load: number; readonly experts: number }[];
  }[];
  /** Why experts are missing and the least change that would help, a text for each cause. */
  readonly shortages: readonly string[];
  readonly unfilled: readonly { readonly submission: string; readonly missing: number; readonly reason: string }[];
  /** Pairs kept apart on suspicion alone. */
  readonly suspected: number;
  /** What that comes to, how to let one pass, and which pairs. */
  readonly suspicion: readonly string[];
  /** How good the plan is: proof of optimality, how evenly experts meet, how few fields they have. */
  readonly quality: readonly string[];
  readonly notes: readonly string[];
}

/** How far an expert's reviews have come. */
export interface ExpertView {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly assigned: number;
  readonly scored: number;
  /** Whether there is an online score sheet; absent where experts get files. */
  readonly sheet?: "online" | "none";
}

/** 进度 of the long action that runs, or ran last. */
export interface ProgressView {
  /** "" when none ever ran. */
  readonly title: string;
  readonly state: "none" | "running" | "paused" | "done" | "cancelled" | "failed";
  readonly done: number;
  readonly total: number;
  /** What is being done or what became of it. */
  readonly message: string;
  /** What went wrong with single items; the rest went on. */
  readonly problems: readonly string[];
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly experts: readonly ExpertView[];
}

/** 催交文字 in 进度: whom to remind, and what to paste into a chat. */
export interface RemindersView {
  readonly units: readonly ReminderView[];
  readonly experts: readonly ReminderView[];
}

export interface ReminderView {
  /** `兴庆区教育局`, `E012 郝翊` */
  readonly name: string;
  /** What is owed, in Chinese. */
  readonly about: string;
  /** Whom to ask for: liaisons, or the expert's unit and phone; "" where nobody is known. */
  readonly contact: string;
  readonly text: string;
}

/** 排名. */
export interface RankingView {
  readonly groups: readonly {
    readonly field: string;
    readonly track: string;
    readonly ranked: number;
    readonly winners: number;
    /** Lowest final score with an award; null without one. */
    readonly awardLine: number | null;
    /** Scores in `from` ≤ score < `to`. */
    readonly histogram: readonly { readonly from: number; readonly to: number; readonly count: number }[];
    /** The submissions next to the award line, best first. */
    readonly nearLine: readonly {
      readonly rank: number;
      readonly id: string;
      readonly title: string;
      readonly score: number;
      readonly award: string;
      /** Of an award, 0…1; null where it cannot be computed. */
      readonly probability: number | null;
    }[];
  }[];
  readonly pending: readonly string[];
  readonly arbitration: readonly { readonly id: string; readonly range: number }[];
  /** How each submission that got 复评 came to its score, in Chinese. */
  readonly arbitrated: readonly { readonly id: string; readonly explanation: string }[];
  /** What has to be decided before anything is published, in Chinese. */
  readonly open: readonly string[];
  /** What the calibration did, in Chinese. */
  readonly calibration: string;
  /** Submissions whose award is not the same under all methods. */
  readonly methodDependent: readonly string[];
  /** Submissions for which one more review is proposed. */
  readonly proposal: readonly { readonly id: string; readonly probability: number }[];
  /** The experts whose severity was estimated, the most severe first; points, positive for lenient. */
  readonly severities: readonly {
    readonly expert: string;
    readonly severity: number;
    readonly error: number;
    readonly noteworthy: boolean;
  }[];
  /** The experts with something to look into, and what it is. */
  readonly noteworthy: readonly { readonly expert: string; readonly status: string }[];
  /** How many others only had their sheets in late. */
  readonly late: number;
  readonly notes: readonly string[];
}

/** What the page has to show of a command's result. */
export type ShownView =
  | { readonly page: "findings"; readonly view: FindingsView }
  | { readonly page: "assignment"; readonly view: AssignmentView; readonly isWritten: boolean }
  | { readonly page: "ranking"; readonly view: RankingView }
  | { readonly page: "reminders"; readonly view: RemindersView }
  | { readonly page: "experts"; readonly view: readonly ExpertView[] };
