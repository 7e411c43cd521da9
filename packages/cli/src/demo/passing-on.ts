import type { Ticket } from '@ticketi/core';
import { type Person, person, type Stage } from './stage.ts';

/** Chapter five: Dan gives one of his tickets away, and its code changes hands like a sold one. */
export async function passingOn({ ticketi, tell }: Stage, dan: Person, tickets: readonly Ticket[]) {
  tell.chapter('A present');
  const [ticket] = tickets;
  if (ticket === undefined) throw new Error('Dan has no ticket.');
  const hal = person(ticketi, 'Hal');
  const transfer = await dan.as.transfers.offer({
    ticketIds: [ticket.id],
    to: { userId: 'hal' },
    message: 'See you there!',
  });
  tell.done('Dan offers Hal one of his four tickets.');
  const accepted = await hal.as.transfers.accept({
    transferId: transfer.id,
    holder: { name: hal.name, email: hal.email },
  });
  const [ticketId = ''] = accepted.acceptedTicketIds ?? [];
  const { code } = await hal.as.tickets.code({ ticketId });
  const old = await ticketi.tickets.get({ ticketId: ticket.id });
  const { links } = await ticketi.tickets.custody({ ticketId });
  tell.done('Hal accepts, and has a code of his own.');
  tell.fact("Dan's ticket", `${old.state} (${old.voidReason})`);
  tell.fact('Whose it was', links.map(({ holder }) => holder?.name ?? '?').join(', then '));
  const picture = await hal.as.documents.qr({ ticketId, image: 'png' });
  const calendar = await hal.as.documents.calendar({ ticketId });
  const files = [picture, calendar].map(({ contentType }) => contentType.split(';')[0]);
  tell.fact('To take along', files.join(', '));
  return { halsCode: code, custodyLinks: links.length };
}
