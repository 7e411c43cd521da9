export { amountText, dateText, Locale, percentText, timeText } from './locale.ts';
export { pdfNotAvailable } from './refusals.ts';
export { newSheet, PAGE, type Sheet } from './sheet.ts';
