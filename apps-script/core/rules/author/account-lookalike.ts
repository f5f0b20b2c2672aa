import type { Expert, Submission, SubmissionKey } from "../../award/award.ts";
import { groupByFilledKey, groupRepeated } from "../../text/group-by.ts";
import { identifierKey, nameAndUnitKey } from "../../text/identity.ts";
import { atExpert, atSubmission, defineRule, type FindingDraft, type RuleContext } from "../rule.ts";

type Entry = {
  readonly account: string;
  /** Equal for people of one name and unit. */
  readonly key: string;
} & (
  | { readonly submission: Submission; readonly column: SubmissionKey }
  | { readonly submission?: undefined; readonly expert: Expert }
);

/** An account as the eye takes it, and as a spreadsheet leaves it: `.0` behind a number, zeros gone before it. */
function lookOf(account: string): string {
  return identifierKey(account)
    .replace(/^['‘’`]/, "")
    .replace(/^(\d+)\.0+$/, "$1")
    .replace(/o/g, "0")
    .replace(/[il|]/g, "1")
    .replace(/^0+(?=\d+$)/, "");
}

function entriesOf({ submissions, experts }: RuleContext): Entry[] {
  const entries: Entry[] = [];
  for (const submission of submissions) {
    for (const { account, name, unit, shared, columns } of submission.authors) {
      if (account === "" || name === "" || unit === "" || shared) continue;
      entries.push({ account, key: nameAndUnitKey(name, unit), submission, column: columns.account });
    }
  }
  for (const expert of experts) {
    const { account, name, ownUnit } = expert;
    if (account === "" || name === "" || ownUnit === "") continue;
    entries.push({ account, key: nameAndUnitKey(name, ownUnit), expert });
  }
  return entries;
}

function placeOf({ tables }: RuleContext, entry: Entry): string {
  const [table, { row }] = entry.submission
    ? [tables.submissions, entry.submission.record]
    : [tables.experts, entry.expert.record];
  return `“${table.name}”表第 ${row} 行`;
}

const at = (context: RuleContext, entry: Entry, message: string): FindingDraft =>
  entry.submission
    ? atSubmission(context, entry.submission, entry.column, message)
    : atExpert(context, entry.expert, "account", message);

export const accountLookalike = defineRule({
  code: "ACCOUNT-LOOKALIKE",
  name: "账号相近",
  severity: "info",
  finds:
    "姓名、单位都相同的两处，教育云账号只差看起来一样的字符（字母 O 与数字 0，字母 l、I 与数字 1），或只差末尾的“.0”、开头的 0 或单引号：检查把它们当作两个人，很可能是同一个人。",
  remedy: "对照原件核对两处账号，把填错的改正。",
  article: (notice) => notice.limits.participations.article,
  live: "提示不在即时检查里显示。",
  *check(context) {
    for (const namesakes of groupRepeated(entriesOf(context), ({ key }) => key).values()) {
      for (const alike of groupByFilledKey(namesakes, ({ account }) => lookOf(account)).values())
        for (const entry of alike) {
          const other = alike.find((each) => identifierKey(each.account) !== identifierKey(entry.account));
          if (!other) continue;
          yield at(
            context,
            entry,
            `教育云账号“${entry.account}”与${placeOf(context, other)}的“${other.account}”看起来一样或只差末尾的“.0”、开头的 0，两处姓名和单位都相同，但按两个人计算；请对照原件核对，把填错的改正。`,
          );
        }
    }
  },
});
