import type { Box } from "../documents/boxes.ts";
import type { ByteSource } from "../documents/byte-source.ts";
import { cleanIcc } from "./clean-icc.ts";
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

/** A colour profile in a `colr`, which may also say its colours by numbers. */
export async function withoutProfileWords(source: ByteSource, { inner, end }: Box): Promise<Change[]> {
  const kind = (await source.read(inner, 4)).toString("latin1");
  if (kind !== "prof" && kind !== "rICC") return [];
  const [at, length] = [inner + 4, end - inner - 4];
  return [{ at, length, bytes: cleanIcc(await source.read(at, length)) }];
}
