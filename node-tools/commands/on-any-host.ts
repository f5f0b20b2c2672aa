import type { Command } from "../command-line/command.ts";
import { assign } from "./assign.ts";
import { check } from "./check.ts";
import { collect } from "./collect.ts";
import { evidence } from "./evidence.ts";
import { exportLists } from "./export.ts";
import { fix } from "./fix.ts";
import { forms } from "./forms.ts";
import { importInputs } from "./import.ts";
import { init } from "./init.ts";
import { materials } from "./materials.ts";
import { packets } from "./packets.ts";
import { rank } from "./rank.ts";
import { recommend } from "./recommend.ts";
import { remind } from "./remind.ts";
import { replay } from "./replay.ts";
import { schema } from "./schema.ts";
import { status } from "./status.ts";
import { undo } from "./undo.ts";

/** The commands that need no more of their host than `#host` has, in the order of a working award. */
export const commandsOnAnyHost: readonly Command[] = [
  init,
  forms,
  importInputs,
  evidence,
  check,
  fix,
  recommend,
  assign,
  materials,
  packets,
  collect,
  rank,
  status,
  remind,
  exportLists,
  replay,
  undo,
  schema,
];
