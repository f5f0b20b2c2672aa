import type { Submission } from "../award/award.ts";
import { submissionIdentity } from "../rules/identity.ts";
import { hasText, sections } from "../rules/text/sections.ts";
import { nameSubmissionFor } from "../rules/wording.ts";
import { foldForComparison } from "../text/clean.ts";
import { findNearDuplicates } from "../text/similarity.ts";
import type { Materials } from "./assess-materials.ts";
import { type EvidenceFinding, findingOf, showName } from "./evidence-finding.ts";

/** One text of a submission: a document, or what stands in 正文. */
export interface ComparedText {
  readonly submission: Submission;
  /** File name, or "" for 正文. */
  readonly file: string;
  readonly text: string;
}

export interface DuplicatePair {
  readonly a: ComparedText;
  readonly b: ComparedText;
  /** Jaccard similarity of the shingles of eight characters, 0…1. */
  readonly similarity: number;
}

/** Shorter texts are lists and captions, which are alike everywhere. */
const shortestText = 300;

/** Rounded down, so that only equal texts show 100%. */
export const percent = (similarity: number): string => `${Math.floor(similarity * 100 + 1e-9)}%`;

function textsOf({ submission, files }: Materials): ComparedText[] {
  const texts: ComparedText[] = [];
  const seen = new Set<string>();
  const add = (file: string, text: string) => {
    const bare = foldForComparison(text);
    if (bare.length < shortestText || seen.has(bare)) return;
    seen.add(bare);
    texts.push({ submission, file, text });
  };
  const { text } = submission;
  for (const file of files) {
    if (!file.text) continue;
    // The sections alone: the headings and hints of the form are the same in every document.
    const parts = file.text.sections.size > 0 ? [...file.text.sections.values()] : [file.text.whole];
    add(file.name, parts.join("\n"));
  }
  if (hasText(text)) add("", sections.map(({ key }) => text[key]).join("\n"));
  return texts;
}

/** Texts of different submissions that are alike, the most alike first; of two submissions the most similar texts only. */
export function findDuplicates(materials: readonly Materials[], threshold: number): DuplicatePair[] {
  const texts = materials.flatMap(textsOf);
  const best = new Map<string, DuplicatePair>();
  for (const { a, b, similarity } of findNearDuplicates(
    texts.map(({ text }) => text),
    threshold,
  )) {
    const [one, two] = [texts[a], texts[b]];
    if (!one || !two || submissionIdentity(one.submission) === submissionIdentity(two.submission)) continue;
    const key = [one, two]
      .map(({ submission }) => submission.record.row)
      .sort((x, y) => x - y)
      .join(" ");
    if ((best.get(key)?.similarity ?? 0) < similarity) best.set(key, { a: one, b: two, similarity });
  }
  return [...best.values()].sort((p, q) => q.similarity - p.similarity);
}

export const nameText = ({ file }: ComparedText): string => (file === "" ? "“正文”表" : showName(file));

/** TEXT-DUPLICATE at both submissions of each pair. */
export function reportDuplicates(pairs: readonly DuplicatePair[]): EvidenceFinding[] {
  return pairs.flatMap(({ a, b, similarity }) =>
    [
      { own: a, other: b },
      { own: b, other: a },
    ].map(({ own, other }) =>
      findingOf(own.submission, {
        file: own.file,
        place: own.file === "" ? "“正文”表" : "",
        kind: "TEXT-DUPLICATE",
        severity: "warning",
        message: `与 ${nameSubmissionFor(own.submission, other.submission)} 的“${nameText(other)}”相近，相似度 ${percent(similarity)}`,
        remedy: "对照雷同报告中并排的段落，判断是否抄袭或重复申报。",
      }),
    ),
  );
}
