import { theBooks } from './books.ts';
import { atTheDoor } from './door.ts';
import { moneyBack } from './money-back.ts';
import { openingUp } from './opening.ts';
import { passingOn } from './passing-on.ts';
import { type DemoReport, judge } from './report.ts';
import { reselling } from './reselling.ts';
import { firstSales, sellingOut } from './selling.ts';
import type { Stage } from './stage.ts';
import { offered, waiting } from './waiting.ts';

/** The whole story, through the public operations, and what came of it. */
export async function tellStory(
  stage: Stage,
  database: DemoReport['database'],
): Promise<DemoReport> {
  const catalogue = await openingUp(stage);
  const first = await firstSales(stage, catalogue);
  const { fay, dan, dansTickets, ...sold } = await sellingOut(stage, catalogue);
  const waiter = await waiting(stage, catalogue);
  const resale = await reselling(stage, first, fay);
  const { halsCode, custodyLinks } = await passingOn(stage, dan, dansTickets);
  const back = await moneyBack(stage, catalogue, first.bens);
  const offer = await offered(stage, catalogue, waiter);
  const codes = { oldCode: first.code, newCode: resale.code };
  const scans = await atTheDoor(stage, catalogue, { ...codes, halsCode });
  const { overCapRefused, listingsSold } = resale;
  return judge({
    database,
    ...(await theBooks(stage, catalogue)),
    listingsSold,
    ...sold,
    overCapRefused,
    custodyLinks,
    ...back,
    ...offer,
    ...codes,
    ...scans,
  });
}
