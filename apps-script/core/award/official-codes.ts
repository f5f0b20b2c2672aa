/** Administrative codes of the cities of Ningxia (GB/T 2260); a county's begins with the first four digits of its city's. */
const cityNames: Readonly<Record<string, string>> = {
  "640100": "银川市",
  "640200": "石嘴山市",
  "640300": "吴忠市",
  "640400": "固原市",
  "640500": "中卫市",
};

/** The code of the city that a county's 单位代码 lies in, and the city's name where it is one of Ningxia. */
export function cityOfCode(code: string): { readonly code: string; readonly name: string | undefined } | undefined {
  if (!/^\d{6}$/.test(code) || code.endsWith("00")) return undefined;
  const city = `${code.slice(0, 4)}00`;
  return { code: city, name: cityNames[city] };
}
