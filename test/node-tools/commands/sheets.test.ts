import { expect, test } from "vitest";
import { browserCommand } from "../../../node-tools/commands/sheets.ts";

test.for([
  { platform: "win32", command: ["cmd", "/c", "start", ""] },
  { platform: "darwin", command: ["open"] },
  { platform: "linux", command: ["xdg-open"] },
  { platform: "freebsd", command: ["xdg-open"] },
] as const)("what opens an address on $platform", ({ platform, command }) =>
  expect(browserCommand(platform)).toEqual(command),
);
