import { notPassed, PASSED, type Task } from './task.js';

const ASK = 'Work it out, then give the result on a last line of the form "Answer: number", without a unit.';

const QUESTIONS: readonly (readonly [id: string, question: string, answer: number])[] = [
  ['product', 'What is 387 times 46?', 17_802],
  ['remainder', 'What is the remainder of 2 to the power of 20 divided by 7?', 4],
  [
    'percent',
    'A price of 240 is raised by 15 percent and then lowered by 10 percent. What is it then?',
    248.4,
  ],
  [
    'trains',
    'Two trains 300 km apart travel towards each other at 70 km/h and 80 km/h. After how many minutes do they meet?',
    120,
  ],
  ['divisors', 'How many positive divisors does 360 have?', 24],
  ['equation', 'Solve for x: 3(x − 4) + 5 = 2x + 11.', 18],
  [
    'handshakes',
    'Each of 14 people shakes hands once with each other one. How many handshakes are there?',
    91,
  ],
  ['triangle', 'A right triangle has legs of 20 and 21. How long is its hypotenuse?', 29],
  ['sum', 'What is the sum of all whole numbers from 1 to 200 that are divisible by 3?', 6_633],
  [
    'tank',
    'One pipe fills a tank in 6 hours, another in 3 hours. How many minutes do both take together?',
    120,
  ],
  [
    'leave',
    'Someone has 30 days of leave a year, started on 1 May, and leave is granted by twelfths for each month worked until the end of December. How many days are that?',
    20,
  ],
  ['binary', 'What is the binary number 110101 in decimal?', 53],
];

export const MATHEMATICS_TASKS: readonly Task[] = QUESTIONS.map(([id, question, answer]) => ({
  id,
  kind: 'mathematics',
  prompt: `${question} ${ASK}`,
  passes: `the number after the last "Answer:" is ${answer}`,
  check: (text) => {
    const found = answerIn(text);
    if (found === undefined) return notPassed('no line "Answer: number"');
    return Math.abs(found - answer) < 1e-9 ? PASSED : notPassed(`${found} in place of ${answer}`);
  },
}));

/** The number after the last "Answer:", whatever markup stands around it. */
export function answerIn(text: string): number | undefined {
  const at = text.toLowerCase().lastIndexOf('answer:');
  if (at < 0) return undefined;
  const found = /-?\d[\d,\u00a0\u202f]*(?:\.\d+)?/.exec(text.slice(at + 7).replace(/−/g, '-'));
  return found ? Number(found[0].replace(/[,\u00a0\u202f]/g, '')) : undefined;
}
