import { afterEach, describe, expect, it, vi } from 'vitest';
import { cameraError, mediaDevices, screenError } from './camera-error';
import { SourceError } from './frame';

const refusal = (name: string, message = '') => new DOMException(message, name);

afterEach(() => vi.unstubAllGlobals());

describe('cameraError', () => {
  it.each([
    ['NotAllowedError', 'permission-denied', /address bar.*Allow/],
    ['NotFoundError', 'no-camera', /plug one in/],
    ['NotReadableError', 'camera-in-use', /close other programs/],
    ['AbortError', 'camera-in-use', /close other programs/],
    ['TypeError', 'unsupported', /reload the page/],
  ])('%s becomes %s', (name, code, help) => {
    const cause = refusal(name);
    const error = cameraError(cause, false);
    expect(error).toBeInstanceOf(SourceError);
    expect(error).toMatchObject({ code, cause });
    expect(error.message).toMatch(help);
  });

  it('tells a refusal by the system and a closed question from one by the user', () => {
    expect(cameraError(refusal('NotAllowedError', 'Permission denied by system'), false).message).toMatch(
      /privacy settings/,
    );
    expect(cameraError(refusal('NotAllowedError', 'Permission dismissed'), false).message).toMatch(
      /closed without an answer/,
    );
  });

  it('says that the chosen camera is missing', () => {
    expect(cameraError(refusal('OverconstrainedError'), true)).toMatchObject({
      code: 'no-camera',
      message: expect.stringMatching(/chosen camera is not connected/),
    });
  });

  it('takes anything that was thrown', () => {
    expect(cameraError('odd', false)).toMatchObject({ code: 'unsupported', message: expect.stringContaining('odd') });
  });
});

describe('screenError', () => {
  it.each([
    ['NotAllowedError', 'permission-denied', /choose a screen, window or tab/],
    ['NotReadableError', 'camera-in-use', /choose another one/],
    ['InvalidStateError', 'unsupported', /use a camera or a video file/],
  ])('%s becomes %s', (name, code, help) => {
    const error = screenError(refusal(name));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(help);
  });
});

describe('mediaDevices', () => {
  it('explains an insecure page, where there are none', () => {
    vi.stubGlobal('navigator', {});
    expect(() => mediaDevices()).toThrow(/https or from localhost/);
  });
});
