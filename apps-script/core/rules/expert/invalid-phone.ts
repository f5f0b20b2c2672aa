export function invalidPhone(who: string, phone: string): string {
  return `${who}的联系电话“${phone}”不是有效的号码；请改为 11 位手机号，或带区号的固定电话（如 0951-1234567）。`;
}
