import type { Submission } from "../award/award.ts";
import { foldForComparison } from "../text/clean.ts";
import type { VideoFacts } from "./file-facts.ts";
import { baseName, type SubmittedFile, type SubmittedText } from "./submitted-file.ts";

export interface CaseText {
  readonly file: SubmittedFile;
  readonly text: SubmittedText;
  /** Further documents with as many sections. */
  readonly others: readonly SubmittedFile[];
}

export interface CaseVideo {
  readonly file: SubmittedFile;
  readonly video: VideoFacts;
  readonly others: readonly SubmittedFile[];
}

const documentKinds = ["docx", "pdf", "text"];

/** The document that is the case itself: the one with most sections of 附件5, .docx before .pdf before .txt. */
export function chooseCaseText(files: readonly SubmittedFile[]): CaseText | undefined {
  const ranked = files
    .filter((file) => file.text && file.text.sections.size > 0 && documentKinds.includes(file.kind))
    .sort(
      (a, b) =>
        (b.text?.sections.size ?? 0) - (a.text?.sections.size ?? 0) ||
        documentKinds.indexOf(a.kind) - documentKinds.indexOf(b.kind) ||
        (a.name < b.name ? -1 : 1),
    );
  const [file, ...rest] = ranked;
  if (!file?.text) return undefined;
  const { size } = file.text.sections;
  return { file, text: file.text, others: rest.filter((other) => other.text?.sections.size === size) };
}

/** The video that the row names, else the longest. */
export function chooseVideo(submission: Submission, files: readonly SubmittedFile[]): CaseVideo | undefined {
  const stated = foldForComparison(baseName(submission.record.text("videoFile")));
  const isNamed = (file: SubmittedFile) => foldForComparison(baseName(file.name)) === stated;
  const ranked = files
    .filter((file) => file.video)
    .sort(
      (a, b) =>
        Number(isNamed(b)) - Number(isNamed(a)) ||
        (b.video?.seconds ?? 0) - (a.video?.seconds ?? 0) ||
        (a.name < b.name ? -1 : 1),
    );
  const [file, ...others] = ranked;
  return file?.video && { file, video: file.video, others };
}
