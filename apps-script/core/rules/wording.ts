import type { Submission } from "../award/award.ts";
import { findLookAlikes } from "../text/look-alikes.ts";

const listed = 6;
const named = 3;

/** What the look-alikes in a text are, `“⽅”（U+2F45）即“方”（U+65B9）`; "" where `right` is written the same. */
export function nameLookAlikes(text: string, right: string): string {
  const alike = findLookAlikes(text, right);
  const shown = alike
    .slice(0, named)
    .map(
      ({ character, standard }) => `“${character}”（${codePoint(character)}）即“${standard}”（${codePoint(standard)}）`,
    );
  return shown.join("、") + (alike.length > named ? ` 等 ${alike.length} 个字` : "");
}

const codePoint = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

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

/** Characters of a message; several stand in a note, which holds some 32,000. */
const longestMessage = 3_000;
const keptEnd = 500;

/** A message that quotes a very long value keeps its beginning and its end, which says what to do. */
export function cutLong(message: string): string {
  if (message.length <= longestMessage) return message;
  const begin = message.slice(0, longestMessage - keptEnd).replace(/[\ud800-\udbff]$/, "");
  return `${begin}……${message.slice(-keptEnd).replace(/^[\udc00-\udfff]/, "")}`;
}
