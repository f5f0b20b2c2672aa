import { expect, test } from "vitest";
import { ningxia2025 as notice } from "../../../apps-script/core/notice/ningxia-2025.ts";

/** Read from the notice a second time, not from its data. */
test("the numbers of the notice", () => {
  const { limits, quotas, text, keywords, video, windows, expertDeadline, experts, liaisons, fields } = notice;
  expect([limits.authors, limits.firstAuthored, limits.participations].map(({ value }) => value)).toEqual([5, 1, 3]);
  expect([quotas.bureau.urban, quotas.bureau.rural, quotas.school].map(({ value }) => value)).toEqual([35, 15, 5]);
  const { summary, innovation, process, application } = text.sections;
  expect([summary, innovation, process, application, text.total].map(({ value }) => value)).toEqual([
    ...[500, 500, 2000, 500, 3500],
  ]);
  expect(fields.filter(({ totalWordsStrict }) => totalWordsStrict.value).map(({ label }) => label)).toEqual([
    "评价改革",
  ]);
  expect([keywords.value.min, keywords.value.max]).toEqual([3, 5]);
  expect([video.resolution, video.minutes, video.recencyYears].map(({ value }) => value)).toEqual([
    { width: 1280, height: 720 },
    { min: 15, max: 20 },
    1,
  ]);
  expect(Object.values(windows).map(({ value }) => `${value.from} ${value.to}`)).toEqual([
    "2025-07-15 2025-10-15",
    "2025-10-16 2025-10-30",
    "2025-10-31 2025-11-30",
    "2025-12-01 2025-12-30",
  ]);
  expect([expertDeadline, experts.bureauPerStage, experts.school, liaisons].map(({ value }) => value)).toEqual([
    ...["2025-07-18", 5, 2, 2],
  ]);
});

test("the rubric: nine items in four dimensions", () => {
  const { items, dimensions } = notice.rubric;
  const maxima = dimensions.map(({ key, label }) => [
    label,
    items.filter(({ dimension }) => dimension === key).map(({ max }) => max),
  ]);
  expect(maxima).toEqual([
    ["创新性", [10, 10, 10]],
    ["实效性", [15, 15]],
    ["推广价值", [10, 10]],
    ["规范性", [10, 10]],
  ]);
  for (const { criteria } of notice.fields) expect(Object.keys(criteria.value)).toEqual(items.map(({ key }) => key));
  expect(notice.rubric.tieOrder).toEqual(["effectiveness", "innovativeness", "transferability"]);
});

/** What the notice leaves open; a change would rank an award of last year anew. */
test("what is assumed where the notice says nothing", () => {
  expect(notice.defaults).toEqual({
    reviews: 3,
    arbitrationRange: 20,
    awards: [{ label: "优秀案例", share: 0.3 }],
    nearDuplicate: 0.5,
    seed: 2025,
  });
});

test("cancelled for a breach of anonymity is in no circular", () => {
  const kinds = notice.cancellation.kinds.map(({ label, circular }) => [label, circular]);
  expect(kinds).toContainEqual(["抄袭剽窃", true]);
  expect(kinds).toContainEqual(["泄露信息", false]);
});
