import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ENGINE_STAGES, ENGINE_STATES, SCANNER_FOLDS } from '@lorekeep/contracts';
import { FOLD_NAMES } from '@lorekeep/kit/matching';
import { NODE_ARGUMENTS } from '../../apps/cli/src/services/node-arguments.js';
import { en } from '../../apps/web/src/locales/en.js';
import { STAGES } from '../../libs/engine/src/log/log-event.js';
import { INSTANCE_STATES } from '../../libs/engine/src/supervise/instance-status.js';
import { VIEW_KINDS } from '../../libs/firewall/src/views/view-kinds.js';

describe('lists that two places keep, for neither may know the other', () => {
  it('folds: contracts and kit', () => {
    expect(SCANNER_FOLDS).toEqual(FOLD_NAMES);
  });

  it('views of a text: the firewall and the texts of the page', () => {
    expect(Object.keys(en.firewall.views).sort()).toEqual([...VIEW_KINDS].sort());
  });

  it('states and stages of a model: contracts and engine', () => {
    expect(ENGINE_STATES).toEqual(INSTANCE_STATES);
    expect(ENGINE_STAGES).toEqual(['checking', ...STAGES]);
  });

  it("Node's arguments of each service: the command line and the images", () => {
    const images = readFileSync('deploy/docker/Dockerfile', 'utf8');
    const started = [...images.matchAll(/^CMD (\[.*\])$/gm)].map(
      ([, words = '']) => JSON.parse(words) as string[],
    );
    expect(started).toEqual([
      ['node', ...NODE_ARGUMENTS.engine, 'apps/engine/dist/main.js'],
      ['node', ...NODE_ARGUMENTS.gateway, 'apps/gateway/dist/main.js'],
    ]);
  });
});
