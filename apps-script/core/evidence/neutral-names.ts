/** What the experts get the files of a case as: 正文, 视频, 附件1 …, whatever they were called. */
import type { Submission } from "../award/award.ts";
import { compareText } from "../text/compare.ts";
import { chooseCaseText, chooseVideo } from "./choose-files.ts";
import { baseName, type SubmittedFile } from "./submitted-file.ts";

/** Words in the name of a document that is the case itself, where its headings do not tell. */
const namesCase = /正文|案例/;

/** The document that is the case: by its sections, else by its name where only one document bears such a name. */
function findText(files: readonly SubmittedFile[]): SubmittedFile | undefined {
  const told = chooseCaseText(files)?.file;
  if (told) return told;
  const named = files.filter(({ kind, name }) => (kind === "docx" || kind === "pdf") && namesCase.test(baseName(name)));
  return named.length === 1 ? named[0] : undefined;
}

/** A neutral name without extension for each file, by the file. */
export function neutralNames(submission: Submission, files: readonly SubmittedFile[]): Map<SubmittedFile, string> {
  const names = new Map<SubmittedFile, string>();
  const text = findText(files);
  if (text) names.set(text, "正文");
  const video = chooseVideo(submission, files);
  for (const [i, file] of (video ? [video.file, ...video.others] : []).entries())
    names.set(file, i === 0 ? "视频" : `视频${i + 1}`);
  const rest = files.filter((file) => !names.has(file)).sort((a, b) => compareText(a.name, b.name));
  for (const [i, file] of rest.entries()) names.set(file, `附件${i + 1}`);
  return names;
}
