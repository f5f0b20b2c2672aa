import { removeInvisible } from "./characters.ts";

/** Characters that a file system or a chat program refuses become full-width ones. */
export function safeFileName(name: string): string {
  return removeInvisible(name)
    .replace(/[\\/:*?"<>|]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
    .replace(/^[. ]+|[. ]+$/g, "");
}
