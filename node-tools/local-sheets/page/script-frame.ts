import { make } from "./dom.ts";

/** Calls of a dialog's script, as they come through postMessage. */
type FrameMessage =
  | { readonly type: "run"; readonly number: number; readonly functionName: string; readonly args: unknown[] }
  | { readonly type: "close" | "focus" }
  | { readonly type: "size"; readonly width?: number; readonly height?: number };

export interface FrameHost {
  run(functionName: string, args: unknown[]): Promise<unknown>;
  close(): void;
  resize(size: { width?: number; height?: number }): void;
}

/**
 * `google.script` as the platform gives it to dialogs. It runs inside the frame, which is sandboxed and of an origin of
 * its own, so all it can do is to ask the page around it.
 */
function installGoogleScript(): void {
  type Handler = ((value: unknown, userObject: unknown) => void) | undefined;
  const waiting = new Map<number, { success: Handler; failure: Handler; userObject: unknown }>();
  let number = 0;
  const post = (message: unknown) => window.parent.postMessage(message, "*");
  const runner = (success: Handler, failure: Handler, userObject: unknown): unknown =>
    new Proxy(
      {},
      {
        get(_, name) {
          if (typeof name !== "string") return undefined;
          if (name === "withSuccessHandler") return (handler: Handler) => runner(handler, failure, userObject);
          if (name === "withFailureHandler") return (handler: Handler) => runner(success, handler, userObject);
          if (name === "withUserObject") return (value: unknown) => runner(success, failure, value);
          return (...args: unknown[]) => {
            number += 1;
            waiting.set(number, { success, failure, userObject });
            post({ type: "run", number, functionName: name, args: JSON.parse(JSON.stringify(args)) });
          };
        },
      },
    );
  window.addEventListener("message", ({ data, source }) => {
    if (source !== window.parent) return;
    const call = waiting.get(data.number);
    waiting.delete(data.number);
    if (!call) return;
    if ("error" in data) {
      const error = new Error(data.error);
      error.name = "ScriptError";
      if (call.failure) call.failure(error, call.userObject);
      else console.error(error);
    } else call.success?.(data.result, call.userObject);
  });
  const google = {
    script: {
      run: runner(undefined, undefined, undefined),
      host: {
        close: () => post({ type: "close" }),
        setWidth: (width: number) => post({ type: "size", width }),
        setHeight: (height: number) => post({ type: "size", height }),
        editor: { focus: () => post({ type: "focus" }) },
      },
    },
  };
  Object.assign(window, { google });
}

/** A frame with the HTML that a script shows. */
export function makeScriptFrame(title: string, html: string, host: FrameHost): HTMLIFrameElement {
  const frame = make("iframe", { class: "script-frame", attributes: { title, sandbox: "allow-scripts allow-forms" } });
  const shim = `<script>(${installGoogleScript.toString()})()</script>`;
  const head = /<head[^>]*>/i.exec(html);
  frame.srcdoc = head
    ? html.slice(0, head.index + head[0].length) + shim + html.slice(head.index + head[0].length)
    : `<!DOCTYPE html><meta charset="utf-8">${shim}${html}`;
  const hear = ({ source, data }: MessageEvent<FrameMessage>) => {
    if (!frame.isConnected) {
      window.removeEventListener("message", hear);
      return;
    }
    if (source !== frame.contentWindow) return;
    if (data.type === "close") host.close();
    if (data.type === "focus") window.focus();
    if (data.type === "size") host.resize(data);
    if (data.type !== "run") return;
    const { number } = data;
    host.run(String(data.functionName), data.args).then(
      (result) => frame.contentWindow?.postMessage({ number, result }, "*"),
      (error: Error) => frame.contentWindow?.postMessage({ number, error: error.message }, "*"),
    );
  };
  window.addEventListener("message", hear);
  return frame;
}
