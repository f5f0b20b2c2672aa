import { toHalfWidth } from "./clean.ts";

/** People's own numbers: e-mail, 证件号, phone, account. */
const CONTACT = new RegExp(
  [
    "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+",
    "\\d{6}[- ]?\\d{8}[- ]?\\d{3}[\\dXx]",
    "1\\d{2}[- ]\\d{4}[- ]\\d{4}",
    "0\\d{2,3}[- ]\\d{7,8}",
    "[A-Za-z]{1,6}[-_]?\\d{5,}[A-Za-z]?",
    "\\d{7,}[Xx]?",
  ].join("|"),
);
const INTRODUCED = new RegExp(
  `(?:联系人[\\u4e00-\\u9fff]{0,4})?(?:联系)?(?:电话|手机号?码?|身份证号?码?|[账帐]号|邮箱|方式)?[:： ]*(?:${CONTACT.source})`,
  "g",
);

/** A text without the numbers by which somebody can be reached or known, and without the brackets around them. */
export function withoutContacts(typed: string): string {
  const text = toHalfWidth(typed);
  if (!CONTACT.test(text)) return typed;
  return text
    .replace(/[([【〔][^()[\]【】〔〕]*[)\]】〕]/g, (bracket) => (CONTACT.test(bracket) ? "" : bracket))
    .replace(INTRODUCED, "")
    .trim();
}
