import type { Answer, PageEvent, RequestName, Requests } from "../protocol.ts";

/** A request that the server did not do; the message is for the person. */
export class RequestFailure extends Error {
  readonly refused: boolean;

  constructor(message: string, refused: boolean) {
    super(message);
    this.refused = refused;
  }
}

/** A reloaded page is the same client: it gets the alert again that a script waits at. */
const client = sessionStorage.getItem("client") ?? crypto.randomUUID();
sessionStorage.setItem("client", client);

async function post(path: string, ask: unknown): Promise<unknown> {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client, ask }),
  }).catch(() => {
    throw new RequestFailure("本地表格已经结束。请在终端里重新运行 casebook sheets，再刷新网页。", true);
  });
  const body = (await response.json()) as { message?: string; refused?: boolean } | null;
  if (!response.ok) throw new RequestFailure(body?.message ?? "", body?.refused ?? false);
  return body;
}

export function request<Name extends RequestName>(
  name: Name,
  ask: Requests[Name]["ask"],
): Promise<Requests[Name]["get"]> {
  return post(name, ask) as Promise<Requests[Name]["get"]>;
}

export function answerQuestion(number: number, answer: Answer): void {
  void post("answer", { number, ...answer });
}

export function listen(hear: (event: PageEvent) => void): Promise<void> {
  const source = new EventSource(`events?client=${encodeURIComponent(client)}`);
  source.onmessage = ({ data }) => hear(JSON.parse(data as string) as PageEvent);
  return new Promise((resolve) => {
    source.onopen = () => resolve();
  });
}
