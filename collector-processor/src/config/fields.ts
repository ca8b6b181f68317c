import { z } from 'zod';
import { parseAddress } from './address';

/** Text that must say something. */
export const text = (maxLength = 4096) =>
  z.string().min(1, 'must not be empty').max(maxLength, `must not be longer than ${maxLength}`);

/** A whole number of something, `min` or more. */
export const whole = (min = 1, max = Number.MAX_SAFE_INTEGER) =>
  z
    .number()
    .int('must be a whole number')
    .min(min, `must be ${min} or more`)
    .max(max, `must be ${max} or less`);

/** Milliseconds; the upper bound is the longest delay a Node timer takes. */
export const milliseconds = (min = 1) => whole(min, 2_147_483_647);

export const bytes = () => whole(1);

export const port = () => whole(0, 65_535);

/** `host:port`; port 0 lets the system choose. */
export const address = () =>
  z
    .string()
    .refine(
      (value) => parseAddress(value) !== undefined,
      'must be host:port, for example 127.0.0.1:4317',
    );

/** An http or https URL. Credentials in it would end up in logs and error messages, so they are refused. */
export const httpUrl = () =>
  z.string().superRefine((value, context) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
      context.addIssue({
        code: 'custom',
        message: 'must be a URL that starts with http:// or https://',
      });
    } else if (url.username !== '' || url.password !== '') {
      context.addIssue({
        code: 'custom',
        message: 'must not hold a user or password: they have keys of their own',
      });
    }
  });
