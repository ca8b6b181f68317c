import { z } from 'zod';

/** What the SDK's error handler writes: the thrown error's properties as JSON, stack included. */
const told = z.object({ message: z.string(), name: z.string().optional() });

/** The message alone of what the SDK's error handler logs; the text itself when it is something else. */
export function problemText(text: string): string {
  try {
    const { name, message } = told.parse(JSON.parse(text));
    return name === undefined ? message : `${name}: ${message}`;
  } catch {
    return text;
  }
}
