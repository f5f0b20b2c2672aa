import type { ServerFunctions } from "../../server-functions.ts";

type Name = keyof ServerFunctions;

/** What a page needs of the host that shows it. */
export interface Server {
  /** Answers with plain data. Rejects with what went wrong, in whatever words the host has for it. */
  call(name: Name, args: readonly unknown[]): Promise<unknown>;
  /** Closes the page. */
  close(): void;
}

let connected: Server | undefined;

/** Every host calls this before the module of the page is run. */
export function connect(server: Server): void {
  connected = server;
}

function server(): Server {
  if (!connected) throw new Error("no host has connected this page");
  return connected;
}

const chineseText = /[\u4e00-\u9fff]/;

/** What to say when a call fails: the host's own words when they are Chinese, else what to do and the reason. */
export function describeFailure(error: unknown): string {
  const raw = error instanceof Error ? error.message : String(error ?? "");
  const message = raw.replace(/^(?:\w*(?:Error|Exception):\s*)+/, "").trim();
  if (chineseText.test(message)) return message;
  return `没有收到结果，请检查网络后再试一次${message === "" ? "。" : `；仍不成功时，请把这句话告诉管理员：${message}`}`;
}

/** Calls a function of the host. @throws Error with a message for people */
export async function callServer<N extends Name>(
  name: N,
  ...args: Parameters<ServerFunctions[N]>
): Promise<ReturnType<ServerFunctions[N]>> {
  try {
    return (await server().call(name, args)) as ReturnType<ServerFunctions[N]>;
  } catch (error) {
    throw new Error(describeFailure(error));
  }
}

export function closePage(): void {
  server().close();
}
