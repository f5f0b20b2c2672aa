/** A submitted file as the comparison with the workbook needs it; a host reads the files. */
import { readFormDocument } from "../import/form-document.ts";
import type { SectionKey } from "../notice/notice.ts";
import { countWords } from "../text/count-words.ts";
import type { FileFacts, VideoFacts } from "./file-facts.ts";

export interface SubmittedText {
  /** The sections of 附件5 that stand in the document, in its own order. */
  readonly sections: ReadonlyMap<SectionKey, string>;
  /** All visible text. */
  readonly whole: string;
}

export interface SubmittedFile {
  /** Within the submission's folder or archive, `/` between folders. */
  readonly name: string;
  readonly kind: string;
  readonly text?: SubmittedText;
  readonly video?: VideoFacts;
}

/** As import reads a filled-in 附件5, so that both count the same. */
function sectionsIn(lines: readonly string[]): SubmittedText["sections"] {
  return readFormDocument(lines.map((text) => ({ kind: "paragraph", text })))?.sections ?? new Map();
}

/** What is kept of a file once it has been searched for leaks. */
export function summariseFile(name: string, facts: Pick<FileFacts, "kind" | "paragraphs" | "video">): SubmittedFile {
  const lines = facts.paragraphs.map(({ text }) => text);
  return {
    name,
    kind: facts.kind,
    ...(lines.length > 0 && { text: { sections: sectionsIn(lines), whole: lines.join("\n") } }),
    ...(facts.video && { video: facts.video }),
  };
}

export const baseName = (name: string): string => name.slice(name.lastIndexOf("/") + 1);

export function countSections(text: SubmittedText): ReadonlyMap<SectionKey, { low: number; high: number }> {
  return new Map([...text.sections].map(([key, section]) => [key, countWords(section)]));
}
