import { holdsPlaceholder } from "../../award/identifying-cell.ts";
import { authorNumbers } from "../../award/read-authors.ts";
import { submissionsSheet } from "../../schema/application.ts";
import { personNameKey } from "../../text/identity.ts";
import { quoteEach } from "../../text/list.ts";
import { isDitto } from "../../text/placeholder.ts";
import { quote } from "../../workbook/formula.ts";
import { participationsByPerson } from "../identity.ts";
import { allOf, anyOf, named, together } from "../live.ts";
import { missingCell } from "../missing-cell.ts";
import { atSubmission, defineRule } from "../rule.ts";

export const authorIdentity = defineRule({
  code: "AUTHOR-IDENTITY",
  name: "作者身份存疑",
  severity: "warning",
  finds:
    "同一教育云账号用了不同姓名（涉及的案例都会指出），或合作作者没有可用的教育云账号（“无”“/”之类只是占位），或合作作者的姓名、单位填的是“无”“同上”之类。",
  remedy: "核对姓名和账号；缺账号的补填。",
  article: (notice) => notice.limits.participations.article,
  live: {
    problems({ isMissing, isOnePerson, isRuined, compute }) {
      const [, ...coAuthors] = authorNumbers;
      const missing = coAuthors.map((n) => {
        const key = `author${n}.account` as const;
        const isUnusable = anyOf(isMissing(key), isRuined(key));
        return `IF(${allOf(isOnePerson(n), isUnusable)},${quote(named(key))},"")`;
      });
      const accounts = compute("缺账号", together(...missing));
      return `IF(${accounts}="","","；未填"&${accounts})`;
    },
    leaves: "同一账号的不同姓名；姓名、单位的占位；少见的姓名写法。",
  },
  *check(context) {
    for (const participations of participationsByPerson(context).values()) {
      const entries = participations.filter(({ author }) => author.account !== "" && author.name !== "");
      if (entries.length < 2) continue;
      const names = new Map(entries.map(({ author }) => [personNameKey(author.name), author.name]));
      if (names.size < 2) continue;
      for (const { submission, author } of entries) {
        const others = [...names.values()].filter((name) => personNameKey(name) !== personNameKey(author.name));
        const message = `教育云账号 ${author.account} 在这里是“${author.name}”，在别处是${quoteEach(others)}；一个账号只能是一个人，请核对姓名和账号。`;
        yield atSubmission(context, submission, author.columns.account, message);
      }
    }
    for (const submission of context.submissions) {
      for (const author of submission.authors) {
        // 其他作者 has no place for an account, and AUTHOR-COUNT speaks of it.
        if (author.position === 1 || author.columns.account === author.columns.name) continue;
        const who = `作者${author.position}${author.name === "" ? "" : `“${author.name}”`}`;
        for (const key of [author.columns.name, author.columns.unit]) {
          const isSaid = key === author.columns.unit && !isDitto(submission.record.text(key));
          if (isSaid || !holdsPlaceholder(submissionsSheet, submission.record, key)) continue;
          const missing = missingCell(submissionsSheet, submission.record, key);
          yield atSubmission(context, submission, key, `${who}的${missing}，认不出是谁；请补填。`);
        }
        // Whose the account of a shared cell is cannot be told (AUTHOR-CELL).
        if (author.account !== "" || author.shared) continue;
        const state = author.accountRuined
          ? "的教育云账号已损坏"
          : holdsPlaceholder(submissionsSheet, submission.record, author.columns.account)
            ? `的${missingCell(submissionsSheet, submission.record, author.columns.account) ?? "教育云账号显示为错误值"}`
            : "没有教育云账号";
        const message = `${who}${state}，只能按姓名和单位辨认，可能与同名的人混淆；请补填账号。`;
        yield atSubmission(context, submission, author.columns.account, message);
      }
    }
  },
});
