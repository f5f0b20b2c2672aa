/** What the platform says in English, as the Chinese page says it. */
const translations: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [
    /trying to edit a protected cell or object/,
    () => "这个单元格受保护，您不能修改。如果需要修改，请联系这个表格的所有者（管理员）。",
  ],
  [
    /data you entered in cell (\w+) violates the data validation rules/,
    ([, cell = ""]) => `您在单元格 ${cell} 填写的内容不符合它的数据验证规则。请从下拉列表中选择，或按提示填写。`,
  ],
  [/more than the maximum of 50000 characters/, () => "一个单元格最多放 50,000 个字符，请缩短或分开填写。"],
  [/Exceeded maximum execution time/, () => "脚本运行超过了时间上限（6 分钟），已被中止。"],
  [/Specified permissions are not sufficient/, () => "脚本没有做这件事的授权。"],
];

export function localizeMessage(message: string): string {
  for (const [pattern, say] of translations) {
    const match = pattern.exec(message);
    if (match) return say(match);
  }
  return message.replace(/^(Exception|Error|ScriptError): /, "");
}
