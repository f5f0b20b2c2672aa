/** The rules of the check over what the files themselves say, whatever is typed about them. */
import type { AwardData, Submission, SubmissionKey, SubmissionText, TextKey } from "../award/award.ts";
import type { Rule, RuleContext } from "../rules/rule.ts";
import { textSection } from "../rules/text/text-section.ts";
import { textTotal } from "../rules/text/text-total.ts";
import { dateIn } from "../rules/typed-cells.ts";
import { videoDuration } from "../rules/video/video-duration.ts";
import { videoFormat } from "../rules/video/video-format.ts";
import { videoRecency } from "../rules/video/video-recency.ts";
import { videoResolution } from "../rules/video/video-resolution.ts";
import type { TableRow } from "../tables/table.ts";
import { comparableText } from "../workbook/fingerprint.ts";
import type { CaseText, CaseVideo } from "./choose-files.ts";
import { type EvidenceFinding, findingOf, splitRemedy } from "./evidence-finding.ts";
import { readValues } from "./read-values.ts";

export interface JudgedMaterials {
  readonly submission: Submission;
  readonly text: CaseText | undefined;
  readonly video: CaseVideo | undefined;
}

const textRules: readonly Rule[] = [textSection, textTotal];
const videoRules: readonly Rule[] = [videoFormat, videoResolution, videoDuration, videoRecency];
const fromFile: readonly SubmissionKey[] = [
  "wordsSummary",
  "wordsInnovation",
  "wordsProcess",
  "wordsApplication",
  "wordsTotal",
  "videoFile",
  "videoResolution",
  "videoDuration",
  "videoRecordedOn",
];

/** The row as it would be had it been typed from the files. */
function rowFromFiles({ submission, text, video }: JudgedMaterials): TableRow<SubmissionKey> {
  const values = readValues(text, video);
  const submitted = dateIn(submission.record, "submittedOn");
  // A file made after the submission says nothing of the day of recording; that is reported elsewhere.
  if (video?.video.encodedOn !== undefined && submitted !== undefined && video.video.encodedOn > submitted)
    values.delete("videoRecordedOn");
  const { record } = submission;
  return {
    row: record.row,
    raw: (key) => (fromFile.includes(key) ? (values.get(key) ?? null) : record.raw(key)),
    text: (key) => (fromFile.includes(key) ? comparableText(values.get(key) ?? null) : record.text(key)),
  };
}

function textFromFile(record: TableRow<SubmissionKey>, submission: Submission, text: CaseText): SubmissionText {
  const { sections } = text.text;
  return {
    record: record as TableRow<string> as TableRow<TextKey>,
    nominator: submission.nominator,
    id: submission.id,
    key: submission.sharedKey,
    summary: sections.get("summary") ?? "",
    innovation: sections.get("innovation") ?? "",
    process: sections.get("process") ?? "",
    application: sections.get("application") ?? "",
  };
}

/** TEXT-SECTION, TEXT-TOTAL and VIDEO-* with the wording of the check, at the files that they are about. */
export function judgeFiles(award: AwardData, materials: readonly JudgedMaterials[]): EvidenceFinding[] {
  const byRow = new Map(materials.map((m) => [m.submission.record.row, m]));
  const submissions = materials.map((m): Submission => {
    const record = rowFromFiles(m);
    return { ...m.submission, record, text: m.text && textFromFile(record, m.submission, m.text) };
  });
  // Indexes are kept per award by its tables: this one is another.
  const context: RuleContext = {
    ...award,
    tables: { ...award.tables },
    submissions,
    earlier: [],
    cleaned: [],
    prior: [],
  };
  const findings: EvidenceFinding[] = [];
  for (const rule of [...textRules, ...videoRules]) {
    for (const draft of rule.check(context)) {
      const m = byRow.get(draft.row);
      if (!m) continue;
      const file = textRules.includes(rule) ? m.text?.file : m.video?.file;
      if (!file) continue;
      findings.push(
        findingOf(m.submission, {
          file: file.name,
          place: textRules.includes(rule) ? "正文" : "视频",
          kind: rule.code,
          severity: draft.severity ?? rule.severity,
          ...splitRemedy(draft.message, rule.remedy),
        }),
      );
    }
  }
  return findings;
}
