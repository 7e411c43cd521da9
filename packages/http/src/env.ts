/** What every handler of the app gets beside the request. */
export interface Env {
  Bindings: { requestId: string };
}
