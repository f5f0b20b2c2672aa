import type { ExpectedFinding } from "./answers.ts";
import { composeSection, countPlainWords } from "./prose.ts";
import type { DraftSubmission, SubmissionSource } from "./submissions.ts";

export interface Planting {
  readonly source: SubmissionSource;
  readonly expected: ExpectedFinding[];
  readonly allowed: ExpectedFinding[];
  /** A submission that nothing was planted in, or undefined when none is left. */
  take(fits?: (s: DraftSubmission) => boolean): DraftSubmission | undefined;
}

/** Every victim is expected under the code; an error makes it unfit for recommendation. */
export function expectFinding(
  planting: Planting,
  code: string,
  victims: readonly DraftSubmission[],
  severity?: "error" | "warning",
) {
  for (const victim of victims) {
    planting.expected.push({ code, id: victim.id, ...(severity ? { severity } : {}) });
    if (severity !== "warning") victim.dirty = true;
  }
}

export type Change = (victim: DraftSubmission, planting: Planting) => void;

export const ofBureau = (s: DraftSubmission) => s.unit.kind === "bureau";
export const ofSchool = (s: DraftSubmission) => s.unit.kind === "school";
export const ofDistrict = (s: DraftSubmission) => ofBureau(s) && /[县区]$/.test(s.unit.place);
export const first = (s: DraftSubmission) => s.authors[0] as DraftSubmission["authors"][number];

/** Words inside a section, as running text; the section keeps clear of its limit. */
export function insertInto(section: keyof DraftSubmission["text"], words: (s: DraftSubmission) => string): Change {
  return (s, { source }) => {
    const half = Math.floor(
      Math.min(countPlainWords(s.text[section]), source.notice.text.sections[section].value * 0.7) / 2,
    );
    s.text[section] = composeSection(source.random, half) + words(s) + composeSection(source.random, half);
  };
}
