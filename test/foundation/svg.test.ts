import * as fc from 'fast-check';
import { element, HUES, hueOf, INK, svgDocument } from '../../lib/foundation/svg';

const LOOK = { width: 10, height: 10, style: [], darkStyle: [], definitions: element('defs', {}) };

test('whatever a text or an attribute holds, it means itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { svg } = element('text', { class: text, x: 1 }, text);
      const [, attribute = '', content = ''] =
        /^<text class="([^"<>]*)" x="1"(?:\/>|>([^<>"]*)<\/text>)$/.exec(svg) ?? [];
      const shown = text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\uFFFD');
      expect(unescape(attribute)).toBe(shown);
      expect(unescape(content)).toBe(shown);
    }),
  );
});

test('numbers are rounded to a hundredth, and what is undefined is left out', () => {
  expect(element('rect', { x: 1 / 3, y: 2, class: undefined }).svg).toBe('<rect x="0.33" y="2"/>');
});

test('elements nest, and texts beside them are escaped', () => {
  expect(element('g', {}, element('title', {}, 'a < b'), '&').svg).toBe('<g><title>a &lt; b</title>&amp;</g>');
});

test('a document says what it shows, and keeps the title from being markup', () => {
  const svg = svgDocument({ ...LOOK, title: '<dev>', description: '"all"' }, element('rect', {}));
  expect(svg).toContain('<title id="title">&lt;dev&gt;</title>\n<desc id="desc">&quot;all&quot;</desc>');
});

test('hues begin again behind the last', () => {
  expect(hueOf(HUES.length)).toBe(HUES[0]);
});

/** Contrast by WCAG 2.2, "relative luminance" and "contrast ratio": 4.5 for text, 3 for the parts of a picture. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function linear(hex: string): number[] {
  return [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
}

test.each(HUES)('white text is legible on %s, and it stands out from light ground', (hue) => {
  expect(contrast(hue, '#ffffff')).toBeGreaterThanOrEqual(4.5);
});

test.each(Object.entries(INK))('text and notes are legible on %s ground', (_, { ground, text, note }) => {
  expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(note, ground)).toBeGreaterThanOrEqual(4.5);
});

test.each(HUES)('%s stands out from dark ground', (hue) => {
  expect(contrast(hue, INK.dark.ground)).toBeGreaterThanOrEqual(3);
});

function unescape(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}
