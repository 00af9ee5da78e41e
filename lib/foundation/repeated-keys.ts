/** Strings, which may hold anything, and what gives a JSON text its structure. */
const TOKENS = /"(?:[^"\\]+|\\.)*"|[{}[\],]/g;

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
  for (const { 0: token, index } of json.matchAll(TOKENS)) {
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
