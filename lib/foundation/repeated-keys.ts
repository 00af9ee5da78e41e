/** What begins a string, which may hold anything, and what gives a JSON text its structure. */
const TOKENS = /["{}[\],]/g;

/**
 * The keys that stand twice in one object of a JSON text, each as `the key "cidr" twice (line 3)`. JSON.parse takes the last
 * of them without a word.
 *
 * @param json a text that JSON.parse accepts
 */
export function repeatedKeys(json: string): string[] {
  const found: string[] = [];
  // The keys of the objects around the present place; undefined stands for a list.
  const open: (Set<string> | undefined)[] = [];
  let atKey = false;
  let line = 1;
  let counted = 0;
  TOKENS.lastIndex = 0;
  for (let match = TOKENS.exec(json); match !== null; match = TOKENS.exec(json)) {
    const { index } = match;
    const token = match[0] === '"' ? json.slice(index, endOfString(json, index)) : match[0];
    TOKENS.lastIndex = index + token.length;
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : undefined);
    if (token === '}' || token === ']') open.pop();
    const keys = open.at(-1);
    if (token.startsWith('"')) {
      if (!atKey || keys === undefined) continue;
      // As JSON reads it: "\\u0061" is "a".
      const key = JSON.parse(token) as string;
      if (keys.has(key)) {
        // Only what is new is counted: a hostile text repeats a key very often.
        line += json.slice(counted, index).split('\n').length - 1;
        counted = index;
        found.push(`the key ${JSON.stringify(key)} twice (line ${line})`);
      }
      keys.add(key);
      atKey = false;
    } else {
      atKey = token === '{' || (token === ',' && keys !== undefined);
    }
  }
  return found;
}

/** The place behind the quote that ends the string; a loop, because strings may be longer than a regular expression's stack. */
function endOfString(json: string, start: number): number {
  for (let quote = json.indexOf('"', start + 1); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (json[quote - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return quote + 1;
  }
  return json.length;
}
