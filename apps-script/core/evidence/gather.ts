/** Takes in what was read, file by file and in any order, and keeps of it what the report needs. */

import type { AwardData, Submission } from "../award/award.ts";
import { addToGroup } from "../text/group-by.ts";
import { type Applicants, applicantsOf } from "./applicants.ts";
import { type AssessedMaterials, assessMaterials, type Materials } from "./assess-materials.ts";
import { type EvidenceFinding, findingOf, nominatorName, sortFindings, splitRemedy } from "./evidence-finding.ts";
import type { FileFacts, TextPiece } from "./file-facts.ts";
import { type DuplicatePair, findDuplicates, reportDuplicates } from "./find-duplicates.ts";
import { findLeaks, namePieces } from "./find-leaks.ts";
import type { FileValues } from "./plan-fill.ts";
import { readValues } from "./read-values.ts";
import { type SubmittedFile, summariseFile } from "./submitted-file.ts";

export interface ReadFile {
  /** With all folders and archives, for people. */
  readonly name: string;
  /** Names that were handed in with it: `FOLDER/…/FILE`; "" inside an archive, whose names are among its own pieces. */
  readonly ownName: string;
  readonly facts: FileFacts;
}

export interface GatheredEvidence {
  readonly assessed: readonly AssessedMaterials[];
  readonly findings: readonly EvidenceFinding[];
  readonly pairs: readonly DuplicatePair[];
  /** What the files say, for the cells that are empty. */
  readonly values: readonly FileValues[];
  /** Submissions for which nothing was handed in. */
  readonly missing: readonly Submission[];
}

export class EvidenceGatherer {
  private readonly files = new Map<Submission, SubmittedFile[]>();
  private readonly findings: EvidenceFinding[] = [];
  private readonly applicantsBySubmission = new Map<Submission, Applicants>();
  private readonly lookedAt = new Map<Submission, Set<string>>();

  constructor(private readonly award: AwardData) {}

  take(submission: Submission, { name, ownName, facts }: ReadFile): void {
    const file = summariseFile(name, facts);
    addToGroup(this.files, submission, file);
    for (const leak of findLeaks(
      [...this.freshNames(submission, ownName), ...facts.pieces],
      this.applicants(submission),
    )) {
      const { code, severity, place, message, text, remedy } = leak;
      this.findings.push(findingOf(submission, { file: name, place, kind: code, severity, message, text, remedy }));
    }
    if (facts.problem !== undefined)
      this.findings.push(
        findingOf(submission, {
          file: name,
          kind: "FILE-UNREADABLE",
          severity: "warning",
          ...splitRemedy(facts.problem, "请人工打开核对，必要时重新提交。"),
        }),
      );
  }

  private applicants(submission: Submission): Applicants {
    const known = this.applicantsBySubmission.get(submission) ?? applicantsOf(this.award, submission);
    this.applicantsBySubmission.set(submission, known);
    return known;
  }

  /** The file's name, and those of its folders that have not been looked at yet. */
  private freshNames(submission: Submission, ownName: string): TextPiece[] {
    const looked = this.lookedAt.get(submission) ?? new Set();
    this.lookedAt.set(submission, looked);
    const pieces = namePieces(ownName);
    return pieces.filter((_, i) => {
      const path = pieces
        .slice(0, i + 1)
        .map(({ text }) => text)
        .join("/");
      if (looked.has(path)) return false;
      looked.add(path);
      return true;
    });
  }

  /** @param isHandedIn whether something was there for a submission, readable or not */
  finish(isHandedIn: (submission: Submission) => boolean): GatheredEvidence {
    const byName = (a: SubmittedFile, b: SubmittedFile) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
    const materials = this.award.submissions.flatMap((submission): Materials[] => {
      const files = this.files.get(submission);
      return files ? [{ submission, files: files.sort(byName) }] : [];
    });
    const { assessed, findings } = assessMaterials(this.award, materials);
    const { nearDuplicate } = this.award.settings;
    // What stands in 正文 is compared as well where nothing was handed in: it may be copied from a file.
    const everyone = this.award.submissions.map((submission) => ({
      submission,
      files: this.files.get(submission) ?? [],
    }));
    const pairs = findDuplicates(everyone, nearDuplicate);
    const missing = this.award.submissions.filter(
      (submission) => submission.id !== "" && !submission.cancelled && !isHandedIn(submission),
    );
    const missingFindings = missing.map((submission) =>
      findingOf(submission, {
        kind: "FILE-MISSING",
        severity: "warning",
        message: `没有找到 ${submission.id}（${nominatorName(submission)}）的材料文件夹或压缩包`,
        remedy: "请把材料放进名称含案例编号的文件夹或 .zip，再运行一次。",
      }),
    );
    return {
      assessed,
      findings: sortFindings([...this.findings, ...findings, ...reportDuplicates(pairs), ...missingFindings]),
      pairs,
      values: assessed.map(({ submission, text, video }) => ({ submission, values: readValues(text, video) })),
      missing,
    };
  }
}
