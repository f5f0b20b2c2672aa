import type { AwardData, Submission } from "../award/award.ts";
import { chooseCaseText, chooseVideo } from "./choose-files.ts";
import type { EvidenceFinding } from "./evidence-finding.ts";
import { findDifferences } from "./find-differences.ts";
import { findGaps } from "./find-gaps.ts";
import { type JudgedMaterials, judgeFiles } from "./judge-files.ts";
import type { SubmittedFile } from "./submitted-file.ts";

/** A submission with everything that was handed in for it. */
export interface Materials {
  readonly submission: Submission;
  readonly files: readonly SubmittedFile[];
}

export interface AssessedMaterials extends Materials, JudgedMaterials {}

/** Which document and which video are meant, what the files lack, what they break, and what they contradict. */
export function assessMaterials(
  award: AwardData,
  materials: readonly Materials[],
): { readonly assessed: readonly AssessedMaterials[]; readonly findings: readonly EvidenceFinding[] } {
  const assessed = materials.map(
    ({ submission, files }): AssessedMaterials => ({
      submission,
      files,
      text: chooseCaseText(files),
      video: chooseVideo(submission, files),
    }),
  );
  const findings = assessed.flatMap(({ submission, text, video, files }) => [
    ...findGaps(award.settings.notice, submission, text, video, files),
    ...findDifferences(submission, text, video),
  ]);
  return { assessed, findings: [...findings, ...judgeFiles(award, assessed)] };
}
