/** What is sent to those who still owe something: texts to paste into a chat, and mails. */
import type { Notice } from "../notice/notice.ts";
import { listSome } from "../rules/wording.ts";
import { packetName } from "../score-sheets/packets.ts";
import { chineseDate, daysBetween } from "../text/civil-date.ts";
import { groupBy } from "../text/group-by.ts";
import type { AwardProgress } from "./award-progress.ts";
import type { ExpertProgress } from "./expert-progress.ts";
import type { UnitProgress } from "./unit-progress.ts";

/** `请在2025年10月15日前（还有 3 天）`, `截止日期2025年10月15日已过，请尽快`; `请尽快` where there is no day. */
function askBy(due: string, today: string): string {
  if (due === "") return "请尽快";
  const left = daysBetween(today, due);
  if (left < 0) return `截止日期${chineseDate(due)}已过，请尽快`;
  return `请在${chineseDate(due)}前（${left === 0 ? "就是今天" : `还有 ${left} 天`}）`;
}

/** To a unit, about all that it still has to send; it names no expert. */
export function remindUnit({ unit, missing }: UnitProgress, notice: Notice, today: string): string {
  const byDue = groupBy(missing, ({ due }) => due);
  const asked = [...byDue].map(
    ([due, things]) =>
      `${things.map(({ message }) => message.replace(/，请(补报|核减)$/, "")).join("；")}。${askBy(due, today)}办理`,
  );
  const lines = asked.length === 1 ? asked : asked.map((line, i) => `${i + 1}. ${line}`);
  return [
    `${unit.name}的老师，您好！`,
    `“${notice.title}”还有下面的内容没有报齐，请安排：`,
    ...lines.map((line, i) => `${line}${i < lines.length - 1 ? "；" : "。"}`),
    "填好填报表（或《专家推荐表》、平台导出的表格）发给我就可以，盖章件发扫描件。已经报过的，请告诉我一声，我来核对。",
    `有不清楚的请打 ${notice.contact.value}。谢谢！`,
  ].join("\n");
}

/** Whom a reminder is for, and what it is about; nothing in it tells an author. */
export interface Debt extends Pick<ExpertProgress, "expert" | "name" | "open"> {
  /** Address of the online score sheet; absent for a file. */
  readonly link?: string;
}

/** To an expert, about the reviews that are open: numbers of the score sheet, nothing else of the submissions. */
export function remindExpert({ expert, name, open, link }: Debt, notice: Notice, today: string): string {
  const { to } = notice.windows.review.value;
  const how =
    link === undefined
      ? `打开评分表（${packetName(expert)}），把这几行浅黄色的格子填齐，“状态”变为“已完成”后保存，发回给我`
      : "用收到邮件的谷歌账号打开评分表，把这几行浅黄色的格子填齐；填好即自动保存，不必另行提交";
  return [
    `${name}老师，您好！感谢您担任“${notice.title}”的评审专家。`,
    `您的评分表（专家编号 ${expert}）还有 ${open.length} 个案例没有评完：${listSome(open.map(({ reviewId }) => reviewId))}。`,
    `${askBy(to, today)}${how}。`,
    ...(link === undefined ? [] : [link]),
    "与案例有关联、需要回避的，在“回避”列写“是”和原因就可以，不必打分。已经评完的，请告诉我一声，我来核对。谢谢！",
  ].join("\n");
}

export interface Mail {
  readonly subject: string;
  readonly body: string;
}

/** The mail to an expert with an online score sheet. */
export function mailExpert(debt: Debt & { readonly link: string }, notice: Notice, today: string): Mail {
  const { to } = notice.windows.review.value;
  return { subject: `请在 ${to} 前完成案例评分（${debt.expert}）`, body: remindExpert(debt, notice, today) };
}

/** Everybody who still owes something, with the text to paste into a chat; those who owe most first. */
export interface Reminders {
  readonly units: readonly { readonly unit: UnitProgress; readonly text: string }[];
  readonly experts: readonly { readonly expert: ExpertProgress; readonly text: string }[];
}

/** @param linkOf address of the online score sheet of an expert; undefined for a file */
export function listReminders(
  { notice, today, units, review }: AwardProgress,
  linkOf: (expert: string) => string | undefined = () => undefined,
): Reminders {
  const lacking = units.filter(({ missing }) => missing.length > 0);
  const late = review?.experts.filter(({ open, withdrawn }) => open.length > 0 && !withdrawn) ?? [];
  return {
    units: lacking.map((unit) => ({ unit, text: remindUnit(unit, notice, today) })),
    experts: late.map((expert) => {
      const link = linkOf(expert.expert);
      return { expert, text: remindExpert(link === undefined ? expert : { ...expert, link }, notice, today) };
    }),
  };
}
