/**
 * After Okabe and Ito, whose hues people with any colour vision tell apart, darkened until white text is legible on them
 * (4.5 to 1 and more: a test computes it). They do on light and on dark ground.
 */
export const HUES = ['#0072b2', '#00795a', '#b84e00', '#a8487f', '#8a6100', '#0a7ea4', '#6f54a8', '#6b6b00'] as const;

/** The hue of the n-th of several things, from 0; they begin again behind the last. */
export function hueOf(index: number): string {
  return HUES[index % HUES.length] ?? HUES[0];
}

/** The colours of ground and text, by whether the reader's screen is light or dark. */
export const INK = {
  light: { ground: '#ffffff', text: '#1f2328', note: '#59636e' },
  dark: { ground: '#0d1117', text: '#e6edf3', note: '#9198a1' },
} as const;

/** Width in pixels of a character of the 12-pixel font, roughly. */
export const CHARACTER_WIDTH = 7.3;

/** A piece of SVG. Only the functions of this file make one, so that no text gets in unescaped. */
export interface SvgElement {
  readonly svg: string;
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/**
 * An element. Attributes and texts are escaped, numbers rounded to a hundredth of a pixel; what is undefined is left out.
 *
 * @param name of the element or of an attribute: written in the code, never taken from input
 */
export function element(
  name: string,
  attributes: Attributes,
  ...children: readonly (SvgElement | string)[]
): SvgElement {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escapeXml(value ?? '')}"`)
    .join('');
  const content = children.map((child) => (typeof child === 'string' ? escapeXml(child) : child.svg)).join('');
  return { svg: content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>` };
}

/** Elements beside each other, as one. */
export function together(...elements: readonly SvgElement[]): SvgElement {
  return { svg: elements.map(({ svg }) => svg).join('') };
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What it shows, for those who do not see it. */
  readonly description: string;
  /** Style rules beside those of ground, text and notes: for both, and what differs on dark ground. */
  readonly style: readonly string[];
  readonly darkStyle: readonly string[];
  /** Patterns and markers that the rest refers to. */
  readonly definitions: SvgElement;
}

/** A picture for a file of its own, on its own ground, a line a child. */
export function svgDocument(picture: Picture, ...children: readonly SvgElement[]): string {
  const { width, height, title, description } = picture;
  const box = `viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${box} role="img" aria-labelledby="title desc">`,
    element('title', { id: 'title' }, title).svg,
    element('desc', { id: 'desc' }, description).svg,
    styleOf(picture),
    picture.definitions.svg,
    element('rect', { class: 'ground', width, height }).svg,
    ...children.map(({ svg }) => svg),
    '</svg>',
    '',
  ].join('\n');
}

function styleOf({ style, darkStyle }: Picture): string {
  return [
    '<style>',
    `text { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: ${INK.light.text} }`,
    '.title { font: 600 18px system-ui, sans-serif }',
    `.note { font: 13px system-ui, sans-serif; fill: ${INK.light.note} }`,
    `.ground { fill: ${INK.light.ground} }`,
    ...style,
    '@media (prefers-color-scheme: dark) {',
    `  text { fill: ${INK.dark.text} }`,
    `  .note { fill: ${INK.dark.note} }`,
    `  .ground { fill: ${INK.dark.ground} }`,
    ...darkStyle.map((rule) => `  ${rule}`),
    '}',
    '</style>',
  ].join('\n');
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

/** Text that means itself, in an element or in quotes. XML has no form for some control characters. */
export function escapeXml(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- these are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '\uFFFD')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
  );
}
