import type { Submission } from "../award/award.ts";

const listed = 6;

/** `A、B、C`, cut after a few: `A、B、C、D、E、F 等 12 个`. */
export function listSome(entries: readonly string[], unit = "个"): string {
  const shown = entries.slice(0, listed).join("、");
  return entries.length > listed ? `${shown} 等 ${entries.length} ${unit}` : shown;
}

/** How a message names a submission: its 案例编号, or the row when it has none. */
export function nameSubmission(submission: Submission): string {
  return submission.id === "" ? `第 ${submission.record.row} 行` : submission.id;
}

/** Like `nameSubmission`, with the unit where it is not the reader's own. */
export function nameSubmissionFor(reader: Submission, other: Submission): string {
  const name = nameSubmission(other);
  return other.nominator === "" || other.nominator === reader.nominator ? name : `${name}（${other.nominator}）`;
}
