export { type StripeOptions, stripeProvider } from './provider.ts';
