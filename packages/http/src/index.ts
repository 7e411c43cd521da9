export { type Authenticate, bearerToken } from './auth.ts';
export type { CorsOptions } from './cross-origin.ts';
export { createHandler, type Handler, type HandlerOptions } from './handler.ts';
export { type JwtAuthOptions, jwtAuth } from './jwt-auth.ts';
export { type NodeHandler, toNodeHandler } from './node-handler.ts';
export { openApiDocument } from './openapi/document.ts';
export type { OpenApiDocument } from './openapi/types.ts';
