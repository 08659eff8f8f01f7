import { describe, expect, it } from '@jest/globals';
import { NoHardware, readHardware } from './read-hardware.js';
import { runProgram, type ProgramResult, type RunProgram } from './run-program.js';

const ended = (stdout: string, code = 0): ProgramResult => ({ outcome: 'ended', code, stdout, stderr: '' });
const cards =
  '0, GPU-a, NVIDIA GeForce RTX 4090 D, 24564, 1, 8.9, 550.1, 354, [N/A], [N/A]\n1, GPU-b, NVIDIA GeForce RTX 4090 D, 24564, 1, 8.9, 550.1, 354, [N/A], [N/A]\n';
const answering =
  (query: ProgramResult, topology: ProgramResult = ended('')): RunProgram =>
  (_file, parameters) =>
    Promise.resolve(parameters[0] === 'topo' ? topology : query);
const read = (run: RunProgram) => readHardware({ run, timeoutMs: 1000 });

describe('readHardware', () => {
  it('finds the cards and their peer-to-peer', async () => {
    const topology = ended(' \tGPU0\tGPU1\n GPU0\tX\tOK\n GPU1\tOK\tX\n');
    expect(await read(answering(ended(cards), topology))).toMatchObject({
      gpus: [{ index: 0 }, { index: 1 }],
      peerToPeer: true,
      notes: [],
    });
  });

  it('takes cards to have no peer-to-peer when nobody can say', async () => {
    const found = await read(answering(ended(cards), { outcome: 'timeout' }));
    expect(found).toMatchObject({ peerToPeer: false, notes: [expect.stringContaining('peer-to-peer')] });
  });

  it('asks an old driver for less', async () => {
    const asked: string[] = [];
    const found = await read((_file, [query = '']) => {
      asked.push(query);
      if (query.includes('compute_cap'))
        return Promise.resolve(ended('Field "compute_cap" is not a valid field to query.', 2));
      return Promise.resolve(ended('0, GPU-a, Tesla T4, 15360, 0\n'));
    });
    expect(asked).toHaveLength(2);
    expect(found).toMatchObject({ gpus: [{ name: 'Tesla T4' }] });
  });

  it.each([
    ['missing', { outcome: 'missing' } as const, 'NO_NVIDIA_SMI', /no nvidia-smi here/],
    ['hanging', { outcome: 'timeout' } as const, 'NVIDIA_SMI_TIMEOUT', /no answer within 1 s/],
    [
      'failing',
      ended("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.", 9),
      'NVIDIA_SMI_FAILED',
      /exit code 9.*communicate/,
    ],
    ['lying', ended('No devices were found\n'), 'NO_USABLE_GPU', /no card that can be used/],
  ])('says so when nvidia-smi is %s', async (_name, result, code, sentence) => {
    const found = await read(answering(result));
    expect(found).toBeInstanceOf(NoHardware);
    expect(found).toMatchObject({
      code,
      sentences: expect.arrayContaining([expect.stringMatching(sentence)]),
    });
  });
});

describe('runProgram', () => {
  it('returns what the program said', async () => {
    const result = await runProgram(
      process.execPath,
      ['-e', 'console.log(1);console.error(2);process.exit(3)'],
      { timeoutMs: 20_000 },
    );
    expect(result).toEqual({ outcome: 'ended', code: 3, stdout: '1\n', stderr: '2\n' });
  });

  it('does not wait for a program that hangs, nor for one that is not there', async () => {
    const hanging = ['-e', 'process.on("SIGTERM",()=>{});setInterval(()=>{},1000)'];
    expect(await runProgram(process.execPath, hanging, { timeoutMs: 200 })).toEqual({ outcome: 'timeout' });
    expect(await runProgram('no-such-program-here', [], { timeoutMs: 1000 })).toEqual({ outcome: 'missing' });
    const stopped = runProgram(process.execPath, hanging, {
      timeoutMs: 20_000,
      signal: AbortSignal.timeout(100),
    });
    await expect(stopped).rejects.toThrow(/timeout/i);
  });
});
