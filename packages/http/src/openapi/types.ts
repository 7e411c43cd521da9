import type { JsonSchema } from '../json-schema.ts';

/** OpenAPI 3.1, as far as our document goes. https://spec.openapis.org/oas/v3.1.1 */
export interface OpenApiDocument {
  openapi: '3.1.1';
  info: {
    title: string;
    version: string;
    summary: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, PathItem>;
  /** What is sent to the addresses of others, by type. */
  webhooks: Record<string, { post: WebhookOperation }>;
  components: {
    schemas: Readonly<Record<string, JsonSchema>>;
    examples: Record<string, Example>;
    parameters: Record<string, Parameter>;
    headers: Record<string, Header>;
    securitySchemes: Record<string, object>;
  };
}

export type PathItem = Partial<Record<'get' | 'post' | 'put' | 'patch' | 'delete', ApiOperation>>;

export interface ApiOperation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters: (Parameter | Reference)[];
  requestBody?: { required: boolean; content: Record<string, MediaType> };
  responses: Record<string, Response>;
}

/** A request that we make. */
export interface WebhookOperation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security: [];
  parameters: Reference[];
  requestBody: { required: true; content: Record<string, MediaType> };
  responses: Record<string, { description: string }>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
  example?: unknown;
}

export interface Response {
  description: string;
  headers: Record<string, Header | Reference>;
  content?: Record<string, MediaType>;
}

export interface MediaType {
  schema: JsonSchema;
  example?: unknown;
  examples?: Record<string, Reference>;
}

interface Header {
  description: string;
  schema: JsonSchema;
}

export interface Example {
  summary: string;
  value: unknown;
}

export interface Reference {
  $ref: string;
}
