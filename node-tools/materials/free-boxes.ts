import type { Box } from "../documents/boxes.ts";
import { type Change, latin } from "./cleaned.ts";

/** Turns a box into one that players pass over, of the same size and without content. */
export const freed = ({ start, inner, end }: Box): Change[] => [
  { at: start + 4, length: 4, bytes: latin("free") },
  { at: inner, length: end - inner },
];

/** Bytes from its version on until its name begins: version, pre-defined, type of handler, reserved. */
const beforeHandlerName = 24;

/** The name of a handler: `柳知远的视频` as well as `VideoHandler`. */
export const unnamedHandler = ({ inner, end }: Box): Change[] =>
  end > inner + beforeHandlerName ? [{ at: inner + beforeHandlerName, length: end - inner - beforeHandlerName }] : [];
