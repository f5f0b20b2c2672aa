const svgSpace = "http://www.w3.org/2000/svg";
/** An SVG element, with a text node where `text` is given. */
export function shape(name, attributes, text = "") {
  const made = document.createElementNS(svgSpace, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  if (text !== "") made.textContent = text;
  return made;
}
