import { z } from 'zod';
import { PROBLEM_KINDS, PROBLEM_TYPE, problemTypeOf } from './problem';
import { methodOf, type Route } from './route';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> => {
  const made: Record<string, unknown> = {
    ...z.toJSONSchema(schema, { target: 'draft-2020-12', io }),
  };
  // OpenAPI 3.1 says the dialect once, for all schemas.
  delete made.$schema;
  return made;
};

/** Each field of an object as a parameter. */
const parametersOf = (schema: z.ZodObject | undefined, place: 'path' | 'query') => {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema: property,
  }));
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'The same key and body again get the first answer; the same key with another body is refused.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'message'],
  properties: {
    type: { type: 'string', enum: PROBLEM_KINDS.map(problemTypeOf) },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    message: { type: 'string', description: 'The same as detail.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'in', 'message'],
        properties: {
          field: { type: 'string', description: 'JSON pointer' },
          in: { type: 'string', enum: ['body', 'query', 'path', 'header'] },
          message: { type: 'string' },
          value: { type: ['string', 'number', 'boolean', 'null'] },
        },
      },
    },
  },
};

const problemAnswer = {
  description: 'A problem after RFC 9457',
  content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
};

const doneOf = (answer: z.ZodType) =>
  answer instanceof z.ZodNull
    ? { 204: { description: 'Done; there is nothing to say' } }
    : {
        200: {
          description: 'Done',
          content: { 'application/json': { schema: schemaOf(answer, 'output') } },
        },
      };

function operationOf(route: Route): Record<string, unknown> {
  const { operationId, summary, description, role, answer } = route;
  const parameters =
    route.kind === 'read'
      ? [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')]
      : route.kind === 'write'
        ? [IDEMPOTENCY_KEY]
        : [];
  return {
    operationId,
    summary,
    ...(description !== undefined && { description }),
    'x-plumbline-role': role,
    ...(parameters.length > 0 && { parameters }),
    ...(route.kind !== 'read' && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
      },
    }),
    responses: { ...doneOf(answer), default: problemAnswer },
  };
}

/** The OpenAPI 3.1 description, made of the schemas that requests are checked with. */
export function createOpenApi(routes: readonly Route[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    (paths[route.path] ??= {})[methodOf(route).toLowerCase()] = operationOf(route);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Plumbline',
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            "A token of api.tokens; or api.grafana.token together with the header X-Grafana-Id, as Grafana's plugin proxy sends it.",
        },
      },
      schemas: { Problem: PROBLEM },
    },
  };
}
