import type { Notice } from "../notice/notice.ts";

export interface Reminder {
  readonly subject: string;
  readonly body: string;
}

/** The mail to an expert with missing scores: numbers and a link to the sheet, nothing about submissions. */
export function writeReminder(expert: string, missing: number, link: string, notice: Notice): Reminder {
  const { to } = notice.windows.review.value;
  return {
    subject: `请在 ${to} 前完成案例评分（${expert}）`,
    body: [
      "专家您好：",
      "",
      `您的评分表（专家编号 ${expert}）还有 ${missing} 个案例没有评完，评审截止日期是 ${to}。`,
      `请用收到本邮件的谷歌账号打开评分表，填写浅黄色的格子；填好即自动保存，不必另行提交：`,
      link,
      "",
      "与案例有关联、需要回避的，请在“回避”列写“是”和原因。已经评完的请忽略本邮件。",
    ].join("\n"),
  };
}
