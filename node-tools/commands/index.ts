import type { Command } from "../command-line/command.ts";
import { evidence } from "./evidence.ts";
import { importInputs } from "./import.ts";
import { commandsOnAnyHost } from "./on-any-host.ts";
import { sheets } from "./sheets.ts";

/** In the order of a working award. */
export const commands: readonly Command[] = [
  ...commandsOnAnyHost.flatMap((command) => (command === importInputs ? [command, evidence] : [command])),
  sheets,
];
