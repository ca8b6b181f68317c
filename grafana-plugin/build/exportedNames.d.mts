export function exportedNames(name: string, from: string): ReadonlySet<string>;
