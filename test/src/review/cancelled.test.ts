import { expect, test } from "vitest";
import {
  administrator,
  finishJob,
  type LocalAward,
  runReview,
  scoreSheets,
} from "../../node-tools/local-sheets/local-award.ts";
import { assigned, handedOut, newReview } from "./review-desk.ts";

const small = () => newReview({}, 1);

const roster = (award: LocalAward) =>
  award.google.addFile(
    "单位.csv",
    administrator,
    new TextEncoder().encode("单位代码,单位名称,类别\n640205,惠农区教育局,教育局"),
    "text/csv",
  );

const actions: { name: string; open: () => LocalAward; asked: string }[] = [
  { name: "connectApplication", open: small, asked: "请粘贴申报工作簿的网址" },
  { name: "setFirstReview", open: small, asked: "请填写单位名称" },
  { name: "takeOverExperts", open: small, asked: "将把它们移到评审工作簿" },
  { name: "fillReviewMaterials", open: assigned, asked: "请写出网址的样子" },
  { name: "makeScoreSheets", open: assigned, asked: "将为 3 名专家新建在线评分表" },
  { name: "remindReviewers", open: handedOut, asked: "将给 3 名专家各发一封邮件" },
  { name: "collectScores", open: handedOut, asked: "将读取 3 份在线评分表" },
];

/** Whatever is asked is closed; a question that comes before is answered with `typed`. */
function close(award: LocalAward, typed?: string): void {
  const { surroundings } = award.google;
  surroundings.alert = (title, message) => {
    award.told.push(`${title}\n${message}`);
    return "CANCEL";
  };
  surroundings.prompt = (title, message) => {
    award.told.push(`${title}\n${message}`);
    return typed === undefined ? { button: "CLOSE", text: "兴庆区教育局" } : { button: "OK", text: typed };
  };
  award.told.length = 0;
}

const stateOf = ({ google, shared, review }: LocalAward) => [
  ...[shared, review].map((id) => google.snapshotOf(id).sheets.map(({ name, rows }) => [name, rows])),
  google.files().map(({ name }) => name),
  google.triggers(),
  google.mails.length,
];

test.for(actions)("$name, its question closed: nothing happens", ({ name, open, asked }) => {
  const award = open();
  close(award);
  const before = stateOf(award);
  runReview(award, name);
  expect(award.told).toEqual([expect.stringContaining(asked)]);
  expect(stateOf(award)).toEqual(before);
});

test("importDriveFile, what would be written refused: nothing happens; the same where no address is given", () => {
  const award = small();
  close(award, roster(award));
  const before = stateOf(award);
  runReview(award, "importDriveFile");
  expect(award.told.at(-1)).toContain("将写入申报工作簿“申报工作簿”");
  expect(stateOf(award)).toEqual(before);
  close(award);
  runReview(award, "importDriveFile");
  expect(award.told).toHaveLength(1);
  expect(stateOf(award)).toEqual(before);
});

test("a second mail on one day is not even asked about", () => {
  const award = handedOut();
  runReview(award, "remindReviewers");
  finishJob(award);
  expect(award.google.mails).toHaveLength(scoreSheets(award).size);
  runReview(award, "remindReviewers");
  expect(award.told.at(-1)).toContain("欠交的 3 名专家今天都已提醒过");
});
