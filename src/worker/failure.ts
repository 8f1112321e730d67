/** What the page hears of an error. */
import { SourceError } from '../media/frame';

/** Name and sentence of an error as the page gets them: a SourceError's code is its name. */
export function toFailure(error: unknown): { name: string; message: string } {
  if (error instanceof SourceError) return { name: error.code, message: error.message };
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}
