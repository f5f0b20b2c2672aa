import type { Submission } from "../award/award.ts";
import { ruleName } from "../rules/index.ts";
import type { Severity } from "../rules/rule.ts";
import { removeInvisible, replaceSpaces } from "../text/characters.ts";
import { compareText } from "../text/compare.ts";

/** One thing that the files of a submission show. */
export interface EvidenceFinding {
  readonly id: string;
  readonly nominator: string;
  /** Within the submission's folder; "" where it is about the submission. */
  readonly file: string;
  /** Where in the file, in words; "" where it is about the file. */
  readonly place: string;
  /** A code: that of a rule of the check, where one judges the same. */
  readonly kind: string;
  readonly severity: Severity;
  readonly message: string;
  /** The words found; "" where there are none. */
  readonly text: string;
  /** What to do. */
  readonly remedy: string;
}

/** What people call the findings that only files show; the others are called as the rule of the check is. */
export const fileKindNames: Readonly<Record<string, string>> = {
  "VIDEO-MISMATCH": "视频与所填不一致",
  "VIDEO-UNREADABLE": "视频没有画面",
  "VIDEO-SEVERAL": "视频不止一个",
  "TEXT-SEVERAL": "案例文本不止一份",
  "TEXT-SECTION-MISSING": "缺一部分文本",
  "ANON-ACCOUNT": "出现教育云账号",
  "ANON-PHONE": "出现电话号码",
  "ANON-POSITION": "带有拍摄位置",
  "FILE-UNREADABLE": "文件打不开",
  "FILE-MISSING": "缺材料",
};

/** `出现作者姓名（ANON-NAME）` */
export const describeKind = (kind: string): string => `${fileKindNames[kind] ?? ruleName(kind)}（${kind}）`;

export const nominatorName = (submission: Submission): string => submission.unit?.name ?? submission.nominator;

/** A finding about a submission; `file` and the rest may be left out. */
export function findingOf(
  submission: Submission,
  finding: Pick<EvidenceFinding, "kind" | "severity" | "message" | "remedy"> & Partial<EvidenceFinding>,
): EvidenceFinding {
  return { id: submission.id, nominator: nominatorName(submission), file: "", place: "", text: "", ...finding };
}

/** `不完整；请重新上传。` as what is wrong and what to do. */
export function splitRemedy(text: string, otherwise: string): Pick<EvidenceFinding, "message" | "remedy"> {
  const at = text.lastIndexOf("；请");
  return at < 0 ? { message: text, remedy: otherwise } : { message: text.slice(0, at), remedy: text.slice(at + 1) };
}

const longestName = 160;

/** A file name that somebody else chose, safe to print and to put into a cell. */
export function showName(name: string): string {
  const plain = replaceSpaces(removeInvisible(name), " ").trim();
  return plain.length > longestName ? `${plain.slice(0, longestName - 40)}…${plain.slice(-39)}` : plain;
}

const severityOrder: readonly Severity[] = ["error", "warning", "info"];

/** By unit and submission, errors first. */
export function sortFindings(findings: readonly EvidenceFinding[]): EvidenceFinding[] {
  return [...findings].sort(
    (a, b) =>
      compareText(a.nominator, b.nominator) ||
      compareText(a.id, b.id) ||
      severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity) ||
      compareText(a.file, b.file) ||
      compareText(a.kind, b.kind),
  );
}
