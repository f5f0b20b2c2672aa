import { describe, expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { readProgress } from "../../../apps-script/core/progress/award-progress.ts";
import { readExpertProgress } from "../../../apps-script/core/progress/expert-progress.ts";
import { listReminders, mailExpert, remindExpert, remindUnit } from "../../../apps-script/core/progress/reminders.ts";
import { readUnitProgress } from "../../../apps-script/core/progress/unit-progress.ts";
import { readReview } from "../../../apps-script/core/review-book/read-review.ts";
import { makeAward, xingqing } from "../award-builder.ts";
import { assigned, notice, shared } from "../review-fixture.ts";

const debt = { expert: "E007", name: "郝翊", open: [{ reviewId: "P10001", id: "A001" }] };

describe("to an expert", () => {
  test.for([
    { today: "2025-11-27", by: "请在2025年11月30日前（还有 3 天）打开评分表（评分表-E007.xlsx）" },
    { today: "2025-11-30", by: "请在2025年11月30日前（就是今天）打开" },
    { today: "2025-12-02", by: "截止日期2025年11月30日已过，请尽快打开" },
  ])("on $today", ({ today, by }) => {
    const text = remindExpert(debt, notice, today);
    expect(text).toContain(by);
    expect(text).toContain("郝翊老师，您好！");
    expect(text).toContain("专家编号 E007）还有 1 个案例没有评完：P10001。");
  });

  test("of many only some are named", () => {
    const open = Array.from({ length: 9 }, (_, i) => ({ reviewId: `P1000${i}`, id: "" }));
    expect(remindExpert({ ...debt, open }, notice, "2025-11-01")).toContain("P10005 等 9 个。");
  });

  test("the mail has its deadline in the subject, the link in a line of its own, and no file", () => {
    const { subject, body } = mailExpert({ ...debt, link: "https://example.org/s" }, notice, "2025-11-01");
    expect(subject).toBe("请在 2025-11-30 前完成案例评分（E007）");
    expect(body.split("\n")).toContain("https://example.org/s");
    expect(body).not.toContain(".xlsx");
  });

  test("nothing of authors, units or 案例编号 is in any text", () => {
    const snapshot = shared();
    const award = readAward(snapshot, notice);
    const texts = readExpertProgress(readReview(assigned(snapshot), notice), notice).map((expert) =>
      remindExpert(expert, notice, "2025-11-01"),
    );
    expect(texts.length).toBeGreaterThan(10);
    const telling = award.submissions.flatMap(({ id, title, nominator, authors, record }) => [
      id,
      title,
      nominator,
      record.text("phone"),
      ...authors.flatMap(({ name, unit, account }) => [name, unit, account]),
    ]);
    for (const text of texts) expect(telling.filter((word) => word !== "" && text.includes(word))).toEqual([]);
  });
});

describe("to a unit", () => {
  const textFor = (parts: Parameters<typeof makeAward>[0], today = "2025-07-10") => {
    const [first] = readUnitProgress(makeAward(parts), today);
    return first ? remindUnit(first, notice, today) : "";
  };

  test("what is missing by the day it is due, each with what to do", () => {
    const text = textFor({ units: [{ ...xingqing, sealedCopy: "否" }], submissions: [], liaisons: [] });
    expect(text.split("\n")).toEqual([
      "兴庆区教育局的老师，您好！",
      "“2025年全区教育数字化创新应用案例征集”还有下面的内容没有报齐，请安排：",
      "1. 案例还没有收到。请在2025年10月15日前（还有 97 天）办理；",
      "2. 《专家推荐表》的盖章扫描件还没有收到。请在2025年7月18日前（还有 8 天）办理；",
      "3. 联络员 0 名，应为 2 名，还差 2 名。请尽快办理。",
      "填好填报表（或《专家推荐表》、平台导出的表格）发给我就可以，盖章件发扫描件。已经报过的，请告诉我一声，我来核对。",
      "有不清楚的请打 0951-5559291。谢谢！",
    ]);
  });

  test("the deadlines are those of 参数", () => {
    const settings = { 提交截止日期: "2025-08-01", 专家推荐截止日期: "2025-07-01" };
    const text = textFor({ units: [{ ...xingqing, sealedCopy: "" }], submissions: [], settings });
    expect(text).toContain("案例还没有收到。请在2025年8月1日前（还有 22 天）");
    expect(text).toContain("截止日期2025年7月1日已过，请尽快");
  });

  test("experts are counted, not named", () => {
    const experts = makeAward().experts.slice(1);
    const rows = experts.map(({ record }) => ({ stage: record.text("stage"), name: record.text("name") }));
    const text = textFor({ experts: rows });
    expect(text).toContain("《专家推荐表》小学专家 4 名，应为 5 名，还差 1 名。");
    for (const { name, phone } of experts) {
      expect(text).not.toContain(name);
      expect(text).not.toContain(phone);
    }
  });
});

describe("to all", () => {
  const snapshot = shared();
  const progress = readProgress(snapshot, assigned(snapshot), notice, "2025-11-01");

  test("every unit that lacks something, every expert who has not sent all", () => {
    const { units, experts } = listReminders(progress);
    expect(units.map(({ unit }) => unit)).toEqual(progress.units.filter(({ missing }) => missing.length > 0));
    expect(experts.map(({ expert }) => expert)).toEqual(progress.review?.experts);
    expect(experts[0]?.text).toContain(`评分表-${experts[0]?.expert.expert}.xlsx`);
  });

  test("an expert with an online score sheet gets its address", () => {
    const [first, second] = listReminders(progress, (expert) =>
      expert === progress.review?.experts[0]?.expert ? "https://example.org/s" : undefined,
    ).experts;
    expect(first?.text.split("\n")).toContain("https://example.org/s");
    expect(second?.text).not.toContain("https:");
  });

  test("nobody who has withdrawn, nobody who has sent all", () => {
    const [first, second, ...rest] = progress.review?.experts ?? [];
    if (!progress.review || !first || !second) throw new Error("no experts");
    const experts = [{ ...first, withdrawn: true }, { ...second, open: [] }, ...rest];
    const { experts: reminded } = listReminders({ ...progress, review: { ...progress.review, experts } });
    expect(reminded.map(({ expert }) => expert)).toEqual(rest);
  });
});
