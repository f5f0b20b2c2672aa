import type { DailyUse } from "../runtime/daily-limits.ts";
import type { Execution } from "../runtime/execution.ts";
import { refuseUnsupported } from "./unsupported.ts";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

const maxBodyBytes = 200 * 1024;

export function createMailApp(execution: Execution, use: DailyUse, send: (mail: Mail) => void) {
  const service: Pick<GoogleAppsScript.Mail.MailApp, "sendEmail" | "getRemainingDailyQuota"> = {
    sendEmail(...args: unknown[]) {
      execution.call("MailApp.sendEmail");
      if (args.length < 3 || typeof args[0] !== "string" || typeof args[3] === "string") {
        throw new Error("MailApp.sendEmail(message) is not supported by the local Sheets");
      }
      const [to, subject, body] = args.slice(0, 3).map(String) as [string, string, string];
      const recipients = to.split(",").map((address) => address.trim());
      if (recipients.some((address) => !/^[^\s@]+@[^\s@]+$/.test(address))) throw new Error(`Invalid email: ${to}`);
      if (Buffer.byteLength(body) > maxBodyBytes) throw new Error("Limit Exceeded: Email Body Size.");
      if (use.left("mailRecipients", execution.user) < recipients.length) {
        throw use.exceeded("email");
      }
      use.use("mailRecipients", execution.user, recipients.length);
      send({ to, subject, body });
    },
    getRemainingDailyQuota() {
      execution.call("MailApp.getRemainingDailyQuota");
      return use.left("mailRecipients", execution.user);
    },
  };
  return refuseUnsupported("MailApp", service);
}
