/** A column as ClickHouse's DESCRIBE shows it: its name and its type. */
export type Column = readonly [name: string, type: string];
