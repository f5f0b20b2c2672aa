import { describe, expect, test } from "vitest";
import type { ProgressView } from "../../../apps-script/dialogs/views.ts";
import {
  assign,
  finishJob,
  type LocalAward,
  runReview,
  scoreSheets,
} from "../../node-tools/local-sheets/local-award.ts";
import { cellsOf, newReview } from "./review-desk.ts";

/** Two submissions, their score sheets handed out; nobody has scored. */
function handedOut(): LocalAward {
  const award = newReview({}, 2);
  assign(award);
  runReview(award, "makeScoreSheets");
  finishJob(award);
  return award;
}

const remind = (award: LocalAward) => {
  runReview(award, "remindReviewers");
  finishJob(award);
};

const recipients = ({ google }: LocalAward) => google.mails.map((mail) => mail.to);

/** Ends the execution by force once these calls have been made, one after the other. */
function endAfter(award: LocalAward, ...calls: readonly string[]): void {
  const { surroundings } = award.google;
  let [made, isEnding] = [0, false];
  surroundings.beforeCall = ({ name }) => {
    if (isEnding) throw new Error("Exceeded maximum execution time");
    if (name === calls[made]) made++;
    isEnding = made === calls.length;
  };
  try {
    runReview(award, "remindReviewers");
  } catch {
    // On the platform nobody hears of it.
  }
  delete surroundings.beforeCall;
  expect(isEnding).toBe(true);
}

describe("催交提醒 that ended by force", () => {
  test("after a mail and before the note of it: that expert gets no second one and is named, the others get theirs", () => {
    const award = handedOut();
    endAfter(award, "MailApp.sendEmail", "MailApp.sendEmail");
    expect(award.google.mails).toHaveLength(2);
    const [, uncertain = ""] = recipients(award);
    finishJob(award);
    remind(award);
    expect([...recipients(award)].sort()).toEqual([...new Set(recipients(award))].sort());
    expect(award.google.mails).toHaveLength(scoreSheets(award).size);
    const online = cellsOf(award, award.review, "在线评分表");
    const reviewers = cellsOf(award, award.review, "评审专家");
    const expert = reviewers.find((row) => row.includes(uncertain))?.[0];
    expect(online.find((row) => row[0] === expert)?.join()).toContain("正在发送 2025-11-03");
    const { problems } = runReview(award, "loadProgress") as ProgressView;
    expect(problems).toEqual([`${expert}：发送提醒时中断，不能确定是否已发出；为免重复，今天不再发送。`]);
  });

  test("after the note and before the record of the job: nobody gets a second mail, and nobody is in doubt", () => {
    const award = handedOut();
    endAfter(award, "MailApp.sendEmail", "Range.setValues");
    expect(award.google.mails).toHaveLength(1);
    finishJob(award);
    expect(new Set(recipients(award)).size).toBe(award.google.mails.length);
    expect(award.google.mails).toHaveLength(scoreSheets(award).size);
    expect((runReview(award, "loadProgress") as ProgressView).problems).toEqual([]);
  });

  test("the next day everybody who still owes scores is reminded again, once", () => {
    const award = handedOut();
    endAfter(award, "MailApp.sendEmail");
    finishJob(award);
    award.google.advance(24 * 3_600_000);
    const before = award.google.mails.length;
    remind(award);
    expect(award.google.mails.length - before).toBe(scoreSheets(award).size);
  });
});

test("a mail that Google refuses twice is told, and the expert counts as not reminded", () => {
  const award = handedOut();
  let refused = 2;
  award.google.surroundings.beforeCall = ({ name }) => {
    if (name === "MailApp.sendEmail" && refused-- > 0) throw new Error("Invalid email");
  };
  remind(award);
  const others = scoreSheets(award).size - 1;
  expect(award.google.mails).toHaveLength(others);
  const { problems, message, state } = runReview(award, "loadProgress") as ProgressView;
  expect(problems).toHaveLength(1);
  expect(message).toMatch(new RegExp(`^有 1 项没有做成.*发出 ${others} 封提醒。`));
  expect(state).toBe("failed");
  delete award.google.surroundings.beforeCall;
  remind(award);
  expect(award.google.mails).toHaveLength(scoreSheets(award).size);
});
