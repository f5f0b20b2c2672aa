import type { AwardData, Submission, SubmissionKey, SubmissionText, TextKey } from "../../award/award.ts";
import { submissionsSheet, textsSheet } from "../../schema/application.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { makeSearchable, type SearchableText } from "../../text/find-names.ts";
import { atSubmission, atSubmissionText, type FindingDraft, type Severity } from "../rule.ts";
import { hasText, sections } from "../text/sections.ts";

/** A cell that experts or the public may see, where nothing may tell who applies. */
export interface Place {
  readonly text: SearchableText;
  readonly label: string;
  /** Running text, where two characters in a row may be a word by chance; no list, title or file name. */
  readonly running: boolean;
  readonly at: (award: AwardData, message: string, severity: Severity) => FindingDraft;
}

const cells: readonly SubmissionKey[] = ["title", "keywords", "videoFile", "materials"];

function submissionPlace(submission: Submission, key: SubmissionKey, text: string): Place {
  return {
    text: makeSearchable(text),
    label: labelOf(submissionsSheet, key),
    running: false,
    at: (award, message, severity) => atSubmission(award, submission, key, message, { severity }),
  };
}

function textPlace(
  submission: Submission,
  source: SubmissionText,
  key: TextKey,
  text: string,
  running: boolean,
): Place {
  return {
    text: makeSearchable(text),
    label: labelOf(textsSheet, key),
    running,
    at: (award, message, severity) => atSubmissionText(award, submission, source, key, message, { severity }),
  };
}

/** Title, keywords, the text in 正文, file names and materials of a submission, empty ones left out. */
export function placesOf(submission: Submission): Place[] {
  const places: Place[] = [];
  for (const key of cells) {
    const text = submission.record.text(key);
    if (text !== "") places.push(submissionPlace(submission, key, text));
  }
  const { text } = submission;
  if (!hasText(text)) return places;
  const title = text.record.text("title");
  if (title !== "" && title !== submission.title) places.push(textPlace(submission, text, "title", title, false));
  for (const { key } of sections) {
    if (text[key].trim() !== "") places.push(textPlace(submission, text, key, text[key], true));
  }
  return places;
}
