import type { Submission, SubmissionText } from "../../award/award.ts";
import { addToGroup } from "../../text/group-by.ts";
import { perObject } from "../../text/per-object.ts";
import { findNearDuplicatesAmong } from "../../text/similarity.ts";
import { submissionIdentity } from "../identity.ts";
import { keepsEachCase } from "../per-award.ts";
import { atSubmissionText, defineRule } from "../rule.ts";
import { listSome, nameSubmissionFor } from "../wording.ts";
import { hasText, sections } from "./sections.ts";

interface Similar {
  readonly other: Submission;
  readonly similarity: number;
}

const whole = (text: SubmissionText) => sections.map(({ key }) => text[key]).join("\n");
const keptWhole = perObject(whole);

/** Rounded down, so that only equal texts show 100%. */
const percent = (similarity: number) => `${Math.floor(similarity * 100 + 1e-9)}%`;

export const textDuplicate = defineRule({
  code: "TEXT-DUPLICATE",
  name: "正文相似",
  severity: "warning",
  finds:
    "正文与另一案例的正文相近：去掉标点和空格后，连续 8 字片段的雅卡尔相似度达到参数“文本雷同阈值”；两个案例都会指出。",
  remedy: "人工比对两个案例，判断是否抄袭或重复申报。",
  article: (notice) => notice.cancellation.article,
  live: "要比对正文，公式做不到。",
  *check(context) {
    const written = context.submissions.filter((s) => hasText(s.text));
    const wholeOf = keepsEachCase(context) ? keptWhole : whole;
    const textOf = ({ text }: Submission) => (text ? wholeOf(text) : "");
    const found = new Map<Submission, Similar[]>();
    const add = (submission: Submission, similar: Similar) => addToGroup(found, submission, similar);
    for (const { a, b, similarity } of findNearDuplicatesAmong(written, textOf, context.settings.nearDuplicate)) {
      const [one, two] = [written[a], written[b]];
      if (!one || !two || submissionIdentity(one) === submissionIdentity(two)) continue;
      add(one, { other: two, similarity });
      add(two, { other: one, similarity });
    }
    for (const submission of written) {
      const similar = found.get(submission);
      if (!similar || !submission.text) continue;
      similar.sort((p, q) => q.similarity - p.similarity);
      const named = similar.map((s) => `${nameSubmissionFor(submission, s.other)}相似度 ${percent(s.similarity)}`);
      const message = `正文与别的案例相近：${listSome(named)}；请人工比对，判断是否抄袭或重复申报。`;
      yield atSubmissionText(context, submission, submission.text, "id", message);
    }
  },
});
