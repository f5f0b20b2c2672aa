import { expect, test } from "vitest";
import { formatResolution, parseResolution } from "../../../apps-script/core/text/resolution.ts";

test.for([
  ["1920×1080", "1920*1080"],
  ["1920x1080", "1920*1080"],
  ["1920X1080", "1920*1080"],
  ["1920*1080", "1920*1080"],
  ["1920＊1080", "1920*1080"],
  ["１９２０ｘ１０８０", "1920*1080"],
  ["1920 × 1080 像素", "1920*1080"],
  ["1920×1080（1080P）", "1920*1080"],
  ["720×1280", "720*1280"],
  ["480P", "854*480"],
  ["720p", "1280*720"],
  ["1080P", "1920*1080"],
  ["１０８０Ｐ", "1920*1080"],
  ["1440p", "2560*1440"],
  ["2K", "2560*1440"],
  ["2160P", "3840*2160"],
  ["4k", "3840*2160"],
] as const)("%j is %s", ([typed, expected]) => {
  const resolution = parseResolution(typed);
  expect(resolution && formatResolution(resolution)).toBe(expected);
});

test.for(["", "高清", "1080", "1920", "1920×", "×1080", "1920×1080×3", "3K", "1234p"])("%j is none", (typed) =>
  expect(parseResolution(typed)).toBeUndefined(),
);
