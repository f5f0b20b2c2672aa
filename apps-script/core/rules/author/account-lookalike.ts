import type { TableRow } from "../../tables/table.ts";
import { groupByFilledKey } from "../../text/group-by.ts";
import { identifierKey, nameAndUnitKey } from "../../text/identity.ts";
import { atExpert, atSubmission, defineRule, type FindingDraft, type RuleContext } from "../rule.ts";

interface Entry {
  readonly account: string;
  /** Equal for people of one name and unit. */
  readonly key: string;
  readonly place: () => string;
  readonly at: (message: string) => FindingDraft;
}

/** An account as the eye takes it, and as a spreadsheet leaves it: `.0` behind a number, zeros gone before it. */
function lookOf(account: string): string {
  return identifierKey(account)
    .replace(/^['‘’`]/, "")
    .replace(/^(\d+)\.0+$/, "$1")
    .replace(/o/g, "0")
    .replace(/[il|]/g, "1")
    .replace(/^0+(?=\d+$)/, "");
}

function* entriesOf(context: RuleContext): Iterable<Entry> {
  const { submissions, experts, tables } = context;
  const placeIn =
    (sheet: string, { row }: TableRow) =>
    () =>
      `“${sheet}”表第 ${row} 行`;
  for (const submission of submissions) {
    for (const author of submission.authors) {
      const { account, name, unit, shared, columns } = author;
      if (account === "" || name === "" || unit === "" || shared) continue;
      yield {
        account,
        key: nameAndUnitKey(name, unit),
        place: placeIn(tables.submissions.name, submission.record),
        at: (message) => atSubmission(context, submission, columns.account, message),
      };
    }
  }
  for (const expert of experts) {
    const { account, name, ownUnit, record } = expert;
    if (account === "" || name === "" || ownUnit === "") continue;
    yield {
      account,
      key: nameAndUnitKey(name, ownUnit),
      place: placeIn(tables.experts.name, record),
      at: (message) => atExpert(context, expert, "account", message),
    };
  }
}

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
    for (const namesakes of groupByFilledKey([...entriesOf(context)], ({ key }) => key).values()) {
      if (namesakes.length === 1) continue;
      for (const alike of groupByFilledKey(namesakes, ({ account }) => lookOf(account)).values())
        for (const { account, at } of alike) {
          const other = alike.find((each) => identifierKey(each.account) !== identifierKey(account));
          if (!other) continue;
          yield at(
            `教育云账号“${account}”与${other.place()}的“${other.account}”看起来一样或只差末尾的“.0”、开头的 0，两处姓名和单位都相同，但按两个人计算；请对照原件核对，把填错的改正。`,
          );
        }
    }
  },
});
