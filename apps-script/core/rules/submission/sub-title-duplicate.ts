import { groupRepeated } from "../../text/group-by.ts";
import { titleKey } from "../../text/identity.ts";
import { distinctSubmissions, submissionIdentity } from "../identity.ts";
import { atSubmission, defineRule, noticeIsSilent } from "../rule.ts";
import { listSome, nameLookAlikes, nameSubmissionFor } from "../wording.ts";

export const subTitleDuplicate = defineRule({
  code: "SUB-TITLE-DUPLICATE",
  name: "案例名称重复",
  severity: "warning",
  finds: "两个或多个案例名称相同（不计全半角、繁简、空格和标点）；每一个都会指出。",
  remedy: "核对是否重复申报；不是的，请修改其中一个名称以便区分。",
  article: noticeIsSilent,
  live: "要不计标点、繁简逐一比对名称，公式做不到。",
  *check(context) {
    for (const rows of groupRepeated(context.submissions, (s) => titleKey(s.title)).values()) {
      const distinct = distinctSubmissions(rows);
      if (distinct.length < 2) continue;
      for (const submission of rows) {
        const others = distinct
          .filter((other) => submissionIdentity(other) !== submissionIdentity(submission))
          .map((other) => {
            const alike = nameLookAlikes(submission.title, other.title);
            return `${nameSubmissionFor(submission, other)}${alike && `（写法不同：${alike}）`}`;
          });
        const message = `案例名称“${submission.title}”与别的案例相同：${listSome(others)}；请核对是否重复申报，不是的请修改名称以便区分。`;
        yield atSubmission(context, submission, "title", message);
      }
    }
  },
});
