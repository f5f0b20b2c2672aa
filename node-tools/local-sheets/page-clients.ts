import type { ServerResponse } from "node:http";
import type { Answer, PageEvent } from "./protocol.ts";

type Question = Extract<PageEvent, { type: "ask" }>;

/** A page that is being loaded again comes back within this time. */
const graceMilliseconds = 5_000;
const keepAliveMilliseconds = 20_000;

/** The pages that listen to what scripts show. */
export class PageClients {
  readonly #streams = new Map<string, ServerResponse>();
  readonly #answer: (answer: Answer) => void;
  /** What a script waits at, and whose page shows it. */
  #open: { readonly client: string; readonly question: Question } | undefined;
  #closed = false;

  constructor(answer: (answer: Answer) => void) {
    this.#answer = answer;
  }

  listen(client: string, response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(": ready\n\n");
    this.#streams.get(client)?.end();
    this.#streams.set(client, response);
    const keepAlive = setInterval(() => response.write(": on\n\n"), keepAliveMilliseconds);
    response.on("close", () => {
      clearInterval(keepAlive);
      if (this.#streams.get(client) !== response) return;
      this.#streams.delete(client);
      this.#giveUpLater();
    });
    if (this.#open?.client === client) send(response, this.#open.question);
  }

  tell(client: string, event: PageEvent): void {
    if (event.type === "ask") {
      this.#open = { client, question: event };
      if (this.#closed) this.#giveUp();
      else if (!this.#streams.has(client)) this.#giveUpLater();
    }
    if (event.type === "asked") this.#open = undefined;
    const forAll = client === "" || event.type === "changed" || event.type === "saved";
    for (const [each, stream] of this.#streams) if (forAll || each === client) send(stream, event);
  }

  answered(client: string, { number, button, text }: Answer & { number: number }): void {
    if (this.#open?.client !== client || this.#open.question.number !== number) return;
    this.#open = undefined;
    this.#answer({ button, text });
  }

  /** Ends all pages; whatever a script asks from now on is closed at once. */
  close(): void {
    this.#closed = true;
    this.#giveUp();
    for (const stream of this.#streams.values()) stream.end();
  }

  #giveUpLater(): void {
    const open = this.#open;
    if (!open) return;
    setTimeout(() => {
      if (this.#open === open && !this.#streams.has(open.client)) this.#giveUp();
    }, graceMilliseconds).unref();
  }

  #giveUp(): void {
    if (!this.#open) return;
    this.#open = undefined;
    this.#answer({ button: "CLOSE", text: "" });
  }
}

function send(stream: ServerResponse, event: PageEvent): void {
  stream.write(`data: ${JSON.stringify(event)}\n\n`);
}
