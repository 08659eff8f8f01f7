import { describe, expect, it } from '@jest/globals';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { keepReferences } from './keep-references.js';

const shown = (text: string) =>
  renderToStaticMarkup(
    createElement(ReactMarkdown, { remarkPlugins: [remarkGfm, keepReferences], children: text }),
  );

describe('keepReferences', () => {
  it.each(['helio&ZeroWidthSpace;trope', 'helio&NoBreak;trope', 'heli&oacute;trope', '&hopf;e', '&#104;e'])(
    'leaves %s as it is',
    (text) => {
      const html = text.replaceAll('&', '&amp;');
      expect(shown(text)).toBe(`<p>${html}</p>`);
      expect(shown(`**${text}**`)).toBe(`<p><strong>${html}</strong></p>`);
      expect(shown(`| ${text} |\n| --- |`)).toContain(`<th>${html}</th>`);
      expect(shown(`![${text}](x)`)).toContain(`alt="${html}"`);
      expect(shown(`[a](https://x.example "${text}")`)).toContain(`title="${html}"`);
    },
  );
});
