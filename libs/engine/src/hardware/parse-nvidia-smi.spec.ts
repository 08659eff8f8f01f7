import { describe, expect, it } from '@jest/globals';
import { OLD_QUERY_FIELDS, parseNvidiaSmi } from './parse-nvidia-smi.js';
import { parseTopology } from './parse-topology.js';

const MIB = 2 ** 20;
const uuid = (digit: number): string => `GPU-${String(digit).repeat(8)}-0000-0000-0000-000000000000`;

describe('parseNvidiaSmi', () => {
  it('reads two cards without ECC and MIG', () => {
    const output = [0, 1]
      .map(
        (index) =>
          `${index}, ${uuid(index)}, NVIDIA GeForce RTX 4090 D, 24564, ${index * 609}, 8.9, 550.144.03, 354, [N/A], [N/A]`,
      )
      .join('\n');
    const { gpus, notes } = parseNvidiaSmi(`${output}\n`);
    expect(notes).toEqual([]);
    expect(gpus).toEqual([
      {
        index: 0,
        uuid: uuid(0),
        name: 'NVIDIA GeForce RTX 4090 D',
        memory: (24_564 - 354) * MIB,
        used: 0,
        capability: 8.9,
        driver: '550.144.03',
      },
      expect.objectContaining({ index: 1, used: 609 * MIB }),
    ]);
  });

  it('leaves out a card that is divided by MIG, one that is lost and what is no card, and says so', () => {
    const { gpus, notes } = parseNvidiaSmi(
      [
        `0, ${uuid(0)}, NVIDIA H100 80GB HBM3, 81559, [N/A], 9.0, 570.1, 551, Enabled, Enabled`,
        `1, ${uuid(1)}, NVIDIA H100 80GB HBM3, [Unknown Error], [Unknown Error], 9.0, 570.1, [N/A], Disabled, Enabled`,
        `2, ${uuid(2)}, NVIDIA H100 80GB HBM3, 81559, 4, 9.0, 570.1, 551, Disabled, Enabled`,
        'Unable to determine the device handle for GPU3: 0000:C1:00.0: Unknown Error',
      ].join('\r\n'),
    );
    expect(gpus.map(({ index }) => index)).toEqual([2]);
    expect(notes).toEqual([
      expect.stringContaining('Card 0 is divided by MIG'),
      expect.stringContaining('Card 1 does not tell its memory'),
      expect.stringContaining('Unable to determine'),
    ]);
  });

  it('takes what an old driver tells, and estimates what it keeps for itself', () => {
    const { gpus } = parseNvidiaSmi(`0, ${uuid(0)}, Tesla T4, 15360, [Not Supported]`, OLD_QUERY_FIELDS);
    expect(gpus).toEqual([
      expect.objectContaining({
        memory: (15_360 - 360) * MIB,
        used: 0,
        capability: undefined,
        driver: undefined,
      }),
    ]);
  });

  it('is empty for an empty answer', () => {
    expect(parseNvidiaSmi('\n')).toEqual({ gpus: [], notes: [] });
  });
});

describe('parseTopology', () => {
  const matrix = (cell: string): string =>
    `\u001b[4m \tGPU0\tGPU1\t\u001b[0m\n GPU0\tX\t${cell}\t\n GPU1\t${cell}\tX\t\n\nLegend:\n\n  X    = Self\n  OK   = Status Ok\n  CNS  = Chipset not supported\n`;

  it('is true only where each pair is OK', () => {
    expect(parseTopology(matrix('OK'), [0, 1])).toBe(true);
    for (const cell of ['CNS', 'GNS', 'TNS', 'NS', 'U', 'NA'])
      expect(parseTopology(matrix(cell), [0, 1])).toBe(false);
  });

  it('is false where one direction is missing, or a card, or everything', () => {
    expect(parseTopology(matrix('OK').replace('GPU1\tOK', 'GPU1\tCNS'), [0, 1])).toBe(false);
    expect(parseTopology(matrix('OK'), [0, 2])).toBe(false);
    expect(parseTopology('', [0, 1])).toBe(false);
  });

  it('looks only at the cards that are used', () => {
    const three = ' \tGPU0\tGPU1\tGPU2\n GPU0\tX\tCNS\tOK\n GPU1\tCNS\tX\tCNS\n GPU2\tOK\tCNS\tX\n';
    expect(parseTopology(three, [0, 2])).toBe(true);
    expect(parseTopology(three, [0, 1, 2])).toBe(false);
  });
});
