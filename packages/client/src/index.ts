export { type Client, type ClientOptions, createClient, type Token } from './client.ts';
export { isTicketiError, TicketiError } from './error.ts';
