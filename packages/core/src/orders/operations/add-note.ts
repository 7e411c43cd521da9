import * as z from 'zod';
import { actorName, notFound, write } from '../../kernel/index.ts';
import { membersOfOrder } from '../access.ts';
import { noteResource, OrderNote, type OrderNoteRecord } from '../note.ts';
import { OrderId } from '../order.ts';

export const addNote = write({
  name: 'orders.addNote',
  summary: 'Writes something down about an order, for members only. Notes stay as they are.',
  input: z.strictObject({ orderId: OrderId, text: z.string().trim().min(1).max(5000) }),
  output: OrderNote,
  allow: membersOfOrder('look_up'),
  run: async ({ tx, ids, now, actor, emit }, { orderId, text }) => {
    const order = await tx.orders.orders.find(orderId);
    if (order === undefined) return notFound({ kind: 'order', id: orderId });
    const { organizerId, eventId } = order;
    const author = actorName(actor);
    const note: OrderNoteRecord = {
      id: ids.next('nte'),
      organizerId,
      eventId,
      orderId,
      text,
      author,
      createdAt: now,
    };
    await tx.orders.notes.insert([note]);
    // The text stays here: who listens to events need not be a member.
    const { id: noteId } = note;
    emit({
      type: 'order.note_added',
      organizerId,
      eventId,
      subject: orderId,
      data: { noteId, orderId, author, createdAt: now },
    });
    return noteResource(note);
  },
});
