import { describe, expect, it } from 'vitest';
import { folder } from './support/cli.ts';
import { hasTerminals, onTerminal } from './support/terminal.ts';

describe.skipIf(!hasTerminals)('on a terminal', () => {
  it('asks for what is missing', async () => {
    const { code, output } = await onTerminal(['organizer', 'create'], {
      cwd: folder(),
      keys: 'Harbour\r',
      when: '?',
    });
    expect(code).toBe(0);
    expect(output).toMatch(/org_[0-9a-z]{26}/);
  });

  it('ends with 130 when the answer is Ctrl-C', async () => {
    const { code } = await onTerminal(['organizer', 'create'], {
      cwd: folder(),
      keys: '\u0003',
      when: '?',
    });
    expect(code).toBe(130);
  });

  it('does not ask with --no-input', async () => {
    const { code, output } = await onTerminal(['organizer', 'create', '--no-input'], {
      cwd: folder(),
      keys: '',
    });
    expect(code).toBe(3);
    expect(output).toContain('--name is needed');
  });
});
