import { expect, test } from "vitest";
import { findNonsense } from "../../../apps-script/core/schema/notice-sense.ts";
import { notice as built } from "../review-fixture.ts";

const notice = { ...built, id: "other" };
const { rubric, fields, tracks, roles, cancellation, defaults, windows, keywords, video, limits } = notice;
const twice = <T>([first, ...rest]: readonly T[], change: (first: T, second: T | undefined) => T): T[] =>
  rest
    .map((each, i) => (i === 0 && first !== undefined ? change(first, each) : each))
    .concat(first === undefined ? [] : [first]);

test.for<{ name: string; change: object; says: string | undefined }>([
  { name: "nothing", change: {}, says: undefined },
  {
    name: "the id of the one that is built in",
    change: { id: built.id },
    says: `通知编号（id）${built.id} 是随程序附带的通知`,
  },
  {
    name: "a window of one day",
    change: { windows: { ...windows, review: { value: { from: "2025-11-01", to: "2025-11-01" } } } },
    says: undefined,
  },
  {
    name: "as many keywords at least as at most",
    change: { keywords: { ...keywords, value: { min: 4, max: 4 } } },
    says: undefined,
  },
  {
    name: "a video of no length",
    change: { video: { ...video, minutes: { value: { min: 20, max: 15 } } } },
    says: "视频时长（video.minutes）的最少 20 大于最多 15。",
  },
  {
    name: "as many led as taken part in",
    change: { limits: { ...limits, firstAuthored: { value: 3 }, participations: { value: 3 } } },
    says: undefined,
  },
  {
    name: "awards for everybody",
    change: { defaults: { ...defaults, awards: [0.1, 0.2, 0.7].map((share) => ({ label: `${share}`, share })) } },
    says: undefined,
  },
  {
    name: "awards for more than everybody",
    change: { defaults: { ...defaults, awards: [0.1, 0.2, 0.7001].map((share) => ({ label: `${share}`, share })) } },
    says: "现在是 1.0001。",
  },
  {
    name: "one award twice",
    change: { defaults: { ...defaults, awards: [0.1, 0.2].map((share) => ({ label: "一等奖", share })) } },
    says: "奖项（defaults.awards）里重复出现“一等奖”，请改成不同的。",
  },
  {
    name: "one field key twice",
    change: { fields: twice(fields, (first, second) => ({ ...(second ?? first), key: first.key })) },
    says: "领域（fields）的代号里重复出现“teaching”",
  },
  {
    name: "one name of a track for two, in another width",
    change: { tracks: tracks.map((track, i) => ({ ...track, aliases: [["Ａ区"], ["a 区"]][i] ?? [] })) },
    says: "赛道（tracks）的名称和其他写法里重复出现“a区”",
  },
  {
    name: "one name of a role for two",
    change: { roles: roles.map((role) => ({ ...role, aliases: ["同一"] })) },
    says: "身份（roles）的名称和其他写法里重复出现“同一”",
  },
  {
    name: "one kind twice",
    change: { cancellation: { ...cancellation, kinds: [...cancellation.kinds, ...cancellation.kinds.slice(0, 1)] } },
    says: "取消类别（cancellation.kinds）里重复出现",
  },
  {
    name: "one item key twice",
    change: {
      rubric: { ...rubric, items: twice(rubric.items, (first, second) => ({ ...(second ?? first), key: first.key })) },
    },
    says: "评分项（rubric.items）的代号里重复出现“concept”",
  },
  {
    name: "one dimension twice in the order of ties",
    change: { rubric: { ...rubric, tieOrder: ["effectiveness", "effectiveness"] } },
    says: "同分时比较的维度（rubric.tieOrder）里重复出现“effectiveness”",
  },
  {
    name: "no order of ties",
    change: { rubric: { ...rubric, tieOrder: [] } },
    says: undefined,
  },
])("$name", ({ change, says }) => {
  const faults = findNonsense({ ...notice, ...change }).map(({ message }) => message);
  if (says === undefined) expect(faults).toEqual([]);
  else expect(faults.join("\n")).toContain(says);
});
