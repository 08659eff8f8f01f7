import { runCode, type CodeCase } from './run-code.js';
import type { Task } from './task.js';

const ASK =
  'Answer with one JavaScript code block that holds this function alone, without imports, input or output.';

const FUNCTIONS: readonly (readonly [name: string, what: string, cases: readonly CodeCase[]])[] = [
  [
    'romanOf',
    'romanOf(n) gives the Roman numeral of a whole number from 1 to 3999.',
    [
      [[4], 'IV'],
      [[1994], 'MCMXCIV'],
      [[3999], 'MMMCMXCIX'],
      [[58], 'LVIII'],
    ],
  ],
  [
    'isBalanced',
    'isBalanced(text) tells whether the brackets ()[]{} in the text are balanced and nested; other characters do not matter.',
    [
      [['a(b)[c]{d}'], true],
      [['([)]'], false],
      [['('], false],
      [[''], true],
      [[')('], false],
    ],
  ],
  [
    'mergeSpans',
    'mergeSpans(spans) takes an array of [start, end] pairs of numbers in any order and gives those that overlap or touch merged into one, in ascending order.',
    [
      [
        [
          [
            [1, 3],
            [2, 6],
            [8, 10],
          ],
        ],
        [
          [1, 6],
          [8, 10],
        ],
      ],
      [
        [
          [
            [5, 6],
            [1, 2],
            [2, 4],
          ],
        ],
        [
          [1, 4],
          [5, 6],
        ],
      ],
      [[[]], []],
    ],
  ],
  [
    'countWords',
    'countWords(text) gives an object of each word in lower case with how often it occurs; words are runs of the letters a to z.',
    [
      [['The cat, the dog'], { the: 2, cat: 1, dog: 1 }],
      [[''], {}],
    ],
  ],
  [
    'primesBelow',
    'primesBelow(n) gives all prime numbers below n in ascending order.',
    [
      [[20], [2, 3, 5, 7, 11, 13, 17, 19]],
      [[2], []],
      [[3], [2]],
    ],
  ],
  [
    'parseDuration',
    'parseDuration(text) gives the seconds of a duration like "1h30m", "45s" or "2d4h", and null for a text that is no such duration.',
    [
      [['1h30m'], 5_400],
      [['45s'], 45],
      [['2d4h'], 187_200],
      [['soon'], null],
      [[''], null],
    ],
  ],
  [
    'flatten',
    'flatten(list) gives the elements of arrays nested to any depth in one array, in order.',
    [
      [[[1, [2, [3, [4]]], 5]], [1, 2, 3, 4, 5]],
      [[[]], []],
    ],
  ],
  [
    'distance',
    'distance(a, b) gives the Levenshtein distance of two strings.',
    [
      [['kitten', 'sitting'], 3],
      [['', 'abc'], 3],
      [['same', 'same'], 0],
      [['flaw', 'lawn'], 2],
    ],
  ],
  [
    'isLeapYear',
    'isLeapYear(year) tells whether a year of the Gregorian calendar is a leap year.',
    [
      [[2000], true],
      [[1900], false],
      [[2024], true],
      [[2023], false],
    ],
  ],
  [
    'rotate',
    'rotate(matrix) gives a matrix, an array of rows, turned clockwise by 90 degrees, and leaves the given one as it is.',
    [
      [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
        [
          [3, 1],
          [4, 2],
        ],
      ],
      [[[[1, 2, 3]]], [[1], [2], [3]]],
    ],
  ],
];

export const CODE_TASKS: readonly Task[] = FUNCTIONS.map(([name, what, cases]) => ({
  id: name,
  kind: 'code',
  prompt: `Write a JavaScript function: ${what} ${ASK}`,
  passes: `${name} gives what is expected in ${cases.length} cases, run apart with no rights`,
  check: (text) => runCode(codeIn(text), name, cases),
}));

/** The last fenced block, or all of it where there is none. */
export function codeIn(text: string): string {
  const blocks = [...text.matchAll(/```[a-zA-Z]*\r?\n([^]*?)```/g)];
  return (blocks.at(-1)?.[1] ?? text).replace(/^\s*export\s+(default\s+)?/gm, '');
}
