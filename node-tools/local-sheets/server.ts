import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { PageClients } from "./page-clients.ts";
import type { Answer, RequestName, Requests } from "./protocol.ts";
import { RequestError, WorldThread } from "./world-thread.ts";

export interface SheetsServerOptions {
  /** The shared workbook; made with the first change when it is missing. */
  readonly path: string;
  /** The folder with the bundles of both scripts. */
  readonly bundles: string;
  /** The bundled worker. */
  readonly worker: URL;
  /** The page, one HTML file. */
  readonly page: string;
  /** 0 for any free port. */
  readonly port: number;
}

export interface SheetsServer {
  readonly url: string;
  /** Saves and ends; scripts that wait for an answer get none. @throws Error when the files cannot be written */
  end(): Promise<void>;
}

const host = "127.0.0.1";
const longestBody = 32 * 1024 * 1024;

/** Dialogs are frames with scripts of their own, which inherit this; nothing may be loaded from anywhere else. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const requestNames: Record<RequestName, true> = {
  account: true,
  open: true,
  look: true,
  cells: true,
  edit: true,
  note: true,
  select: true,
  run: true,
  advance: true,
  save: true,
  upload: true,
  text: true,
};

/**
 * Serves the page on this computer alone. The address bears a random word, and requests of other sites or under
 * another host name are refused, so that no web page that the person visits can reach the files.
 * @throws InputError when a file cannot be read
 */
export async function startSheetsServer(options: SheetsServerOptions): Promise<SheetsServer> {
  const clients = new PageClients((answer) => thread.answer(answer));
  const thread = await WorldThread.start(options.worker, options, (client, event) => clients.tell(client, event));
  const token = randomBytes(18).toString("base64url");
  let authority = "";

  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => {
      const status = error instanceof HttpError ? error.status : error instanceof RequestError ? 409 : 500;
      const refused = error instanceof RequestError && error.refused;
      sendJson(response, status, { message: error.message, refused });
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { host: named, origin } = request.headers;
    if (named !== authority && named !== authority.replace(host, "localhost"))
      throw new HttpError(403, "forbidden host");
    if (origin !== undefined && origin !== `http://${named}`) throw new HttpError(403, "forbidden origin");
    const url = new URL(request.url ?? "/", `http://${authority}`);
    const [, word, ...rest] = url.pathname.split("/");
    if (word !== token) throw new HttpError(404, "not found");
    const path = rest.join("/");
    if (request.method === "GET" && path === "") return sendPage(response, options.page);
    if (request.method === "GET" && path === "events")
      return clients.listen(url.searchParams.get("client") ?? "", response);
    if (request.method !== "POST") throw new HttpError(404, "not found");
    if (request.headers["content-type"] !== "application/json") throw new HttpError(415, "JSON only");
    const body = JSON.parse(await readBody(request)) as { client?: unknown; ask?: unknown };
    const client = String(body.client ?? "");
    if (path === "answer") {
      clients.answered(client, body.ask as Answer & { number: number });
      return sendJson(response, 200, null);
    }
    if (!Object.hasOwn(requestNames, path)) throw new HttpError(404, "not found");
    const name = path as RequestName;
    sendJson(response, 200, await thread.request(client, name, body.ask as Requests[typeof name]["ask"]));
  }

  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(options.port, host, resolve);
    });
  } catch (error) {
    await thread.end();
    throw error;
  }
  authority = `${host}:${(server.address() as AddressInfo).port}`;

  return {
    url: `http://${authority}/${token}/`,
    async end() {
      clients.close();
      server.close();
      try {
        await thread.request("", "save", {});
      } finally {
        server.closeAllConnections();
        await thread.end();
      }
    },
  };
}

class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const commonHeaders = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

function sendPage(response: ServerResponse, page: string): void {
  response.writeHead(200, {
    ...commonHeaders,
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": contentPolicy,
  });
  response.end(page);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  if (response.headersSent) return;
  response.writeHead(status, { ...commonHeaders, "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(value));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > longestBody) throw new HttpError(413, "粘贴的内容太多，请分几次粘贴");
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}
