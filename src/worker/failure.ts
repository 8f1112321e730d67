/** What can go wrong in the engine, and what the page hears of it. */
import { SourceError } from '../media/frame';

/** A call that does not fit the engine's state; a mistake of the page, not of the user. */
export class OrderError extends Error {
  override name = 'OrderError';
}

/** Name and sentence of an error as the page gets them: a SourceError's code is its name. */
export function toFailure(error: unknown): { name: string; message: string } {
  if (error instanceof SourceError) return { name: error.code, message: error.message };
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}
