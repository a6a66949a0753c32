import { controlsOf, controlsWith } from '../../../src/core/score/control.ts';
import type { ScoreControl } from '../../../src/core/score/secure-score.ts';

const control = (name: string, recommendationKeys: readonly string[]): ScoreControl => ({
  name,
  max: 4,
  healthy: 1,
  unhealthy: 1,
  recommendationKeys,
});

describe('the controls of some scores', () => {
  it('stand there once, by name, each with the recommendations that it has in any score', async () => {
    const controls = await controlsOf([
      { controls: [control('Encrypt data', ['HTTPS']), control('Apply updates', ['patch'])] },
      { controls: [control('Encrypt data', ['https', 'tls'])] },
    ]);
    expect(controls).toEqual([
      { name: 'Apply updates', recommendationKeys: ['patch'] },
      { name: 'Encrypt data', recommendationKeys: ['https', 'tls'] },
    ]);
    expect(controlsWith(controls, 'TLS')).toEqual(['Encrypt data']);
  });
});
