export const MISSING_IN_12_4: Readonly<Record<string, string>>;
