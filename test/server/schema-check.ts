/** Checks a value against as much of JSON Schema as our description uses. Gives what is wrong. */
type Schema = Record<string, unknown>;

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;

const fits = (wanted: unknown, value: unknown): boolean => {
  const types = Array.isArray(wanted) ? wanted : [wanted];
  return types.includes(typeOf(value)) || (typeof value === 'number' && types.includes('number'));
};

export function wrongIn(value: unknown, schema: Schema, all: Record<string, Schema>, at = 'answer'): string[] {
  if (typeof schema.$ref === 'string') return wrongIn(value, all[schema.$ref.split('/').at(-1) ?? ''], all, at);
  if (schema.type && !fits(schema.type, value)) return [`${at} is ${typeOf(value)}, not ${schema.type}`];
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return [`${at} is ${JSON.stringify(value)}`];
  if (
    typeof value === 'number' &&
    (value < Number(schema.minimum ?? -Infinity) || value > Number(schema.maximum ?? Infinity))
  )
    return [`${at} is ${value}`];
  if (Array.isArray(value))
    return value.flatMap((item, i) => wrongIn(item, schema.items as Schema, all, `${at}[${i}]`));
  if (typeof value !== 'object' || value === null) return [];
  const { properties = {}, required = [] } = schema as { properties?: Record<string, Schema>; required?: string[] };
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`);
  const wrong = Object.entries(value).flatMap(([name, inside]) => {
    if (properties[name]) return wrongIn(inside, properties[name], all, `${at}.${name}`);
    return schema.additionalProperties === false ? [`${at}.${name} is not described`] : [];
  });
  return [...missing, ...wrong];
}
