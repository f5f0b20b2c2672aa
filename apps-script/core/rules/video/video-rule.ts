import type { Submission, SubmissionKey } from "../../award/award.ts";
import type { Notice } from "../../notice/notice.ts";
import type { Live } from "../live.ts";
import { atSubmission, defineRule, type Rule } from "../rule.ts";

interface VideoRule {
  readonly code: string;
  readonly name: string;
  readonly finds: Rule["finds"];
  readonly remedy: string;
  readonly column: SubmissionKey;
  readonly article: (notice: Notice) => string;
  /** What is wrong with the video and what to do, or undefined. An empty cell is not judged (VIDEO-UNKNOWN). */
  /** The same in formulas, for rows that name a video. */
  readonly live: Live & Required<Pick<Live, "problems">>;
  readonly judge: (submission: Submission, video: Notice["video"]) => string | undefined;
}

/** A rule about the video of a submission that names one; without a file only VIDEO-MISSING speaks. */
export function defineVideoRule({ code, name, finds, remedy, column, article, live, judge }: VideoRule): Rule {
  return defineRule({
    code,
    name,
    severity: "error",
    finds,
    remedy,
    article,
    live: {
      ...live,
      problems(sources) {
        const said = sources.compute(name, live.problems(sources));
        return `IF(${sources.lead("videoFile")}>0,${said},"")`;
      },
    },
    ofEachCase: true,
    *check(context) {
      const { video } = context.settings.notice;
      for (const submission of context.submissions) {
        if (submission.record.text("videoFile") === "" || submission.record.text(column) === "") continue;
        const message = judge(submission, video);
        if (message !== undefined) yield atSubmission(context, submission, column, message);
      }
    },
  });
}
