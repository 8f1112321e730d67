import { describe, expect, it } from 'vitest';
import { Mailbox } from './mailbox';

function letterbox() {
  const discarded: string[] = [];
  return { discarded, mailbox: new Mailbox<string>((letter) => discarded.push(letter)) };
}

describe('Mailbox', () => {
  it('keeps the newest item, discards and counts the older ones', async () => {
    const { mailbox, discarded } = letterbox();
    for (const letter of ['a', 'b', 'c']) mailbox.put(letter);
    expect(await mailbox.take()).toBe('c');
    expect(discarded).toEqual(['a', 'b']);
    expect(mailbox.dropped).toBe(2);
  });

  it('hands an item straight to a waiting taker', async () => {
    const { mailbox } = letterbox();
    const taken = mailbox.take();
    mailbox.put('a');
    mailbox.put('b');
    expect(await taken).toBe('a');
    expect(await mailbox.take()).toBe('b');
    expect(mailbox.dropped).toBe(0);
  });

  it('gives the last item before it ends', async () => {
    const { mailbox, discarded } = letterbox();
    mailbox.put('last');
    mailbox.end();
    mailbox.put('too late');
    expect(await mailbox.take()).toBe('last');
    expect(await mailbox.take()).toBeNull();
    expect(discarded).toEqual(['too late']);
    expect(mailbox.dropped).toBe(0);
  });

  it('gives the last item before its error, and the error to a waiting taker', async () => {
    const { mailbox } = letterbox();
    mailbox.put('last');
    mailbox.end(new Error('unplugged'));
    expect(await mailbox.take()).toBe('last');
    await expect(mailbox.take()).rejects.toThrow('unplugged');

    const waiting = letterbox().mailbox;
    const taken = waiting.take();
    waiting.end(new Error('unplugged'));
    await expect(taken).rejects.toThrow('unplugged');
  });

  it('empties: discards what is inside and wakes the taker with null', async () => {
    const { mailbox, discarded } = letterbox();
    mailbox.put('a');
    mailbox.empty();
    expect(discarded).toEqual(['a']);
    expect(await mailbox.take()).toBeNull();

    const waiting = letterbox().mailbox;
    const taken = waiting.take();
    waiting.empty();
    expect(await taken).toBeNull();
  });

  it('forgets its error when it is emptied', async () => {
    const { mailbox } = letterbox();
    mailbox.end(new Error('unplugged'));
    mailbox.empty();
    expect(await mailbox.take()).toBeNull();
  });

  it('refuses a second taker', async () => {
    const { mailbox } = letterbox();
    const first = mailbox.take();
    await expect(mailbox.take()).rejects.toThrow('one consumer');
    mailbox.empty();
    await first;
  });
});
