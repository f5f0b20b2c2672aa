import type { Command } from "../command-line/command.ts";
import { commandsOnAnyHost } from "./on-any-host.ts";
import { sheets } from "./sheets.ts";

/** In the order of a working award. */
export const commands: readonly Command[] = [...commandsOnAnyHost, sheets];
