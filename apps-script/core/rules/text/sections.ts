import type { Submission, SubmissionKey, SubmissionText } from "../../award/award.ts";
import type { SectionKey } from "../../notice/notice.ts";
import { textsSheet } from "../../schema/application.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { countWords } from "../../text/count-words.ts";
import { perCase } from "../per-award.ts";

export const sections = [
  { key: "summary", countColumn: "wordsSummary" },
  { key: "innovation", countColumn: "wordsInnovation" },
  { key: "process", countColumn: "wordsProcess" },
  { key: "application", countColumn: "wordsApplication" },
] as const satisfies readonly { key: SectionKey; countColumn: SubmissionKey }[];

export const sectionLabel = (key: SectionKey): string => labelOf(textsSheet, key);

export function hasText(text: SubmissionText | undefined): text is SubmissionText {
  return text !== undefined && sections.some(({ key }) => text[key].trim() !== "");
}

export interface WordCount {
  readonly low: number;
  readonly high: number;
}

export interface TextCounts {
  readonly text: SubmissionText;
  readonly sections: Readonly<Record<SectionKey, WordCount>>;
  readonly total: WordCount;
}

/** 字数 of the sections in 正文; undefined for a case that has no text there. */
export const textCounts = perCase(({ text }: Submission): TextCounts | undefined => {
  if (!hasText(text)) return undefined;
  const bySection = {
    summary: countWords(text.summary),
    innovation: countWords(text.innovation),
    process: countWords(text.process),
    application: countWords(text.application),
  };
  const all = Object.values(bySection);
  const sum = (bound: keyof WordCount) => all.reduce((total, count) => total + count[bound], 0);
  return { text, sections: bySection, total: { low: sum("low"), high: sum("high") } };
});
