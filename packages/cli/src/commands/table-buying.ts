import type { OperationCommand } from './operation-command.ts';

/** What buyers and box offices do: from the price to the door. */
export const buying = {
  'availability.get': {
    command: 'availability',
    summary: 'Show what can be bought of an event now',
    subject: 'eventId',
    examples: ['ticketi availability evt_…'],
  },
  'availability.explain': {
    command: 'availability explain',
    summary: 'Explain why so much can be had, and what would change it',
    subject: 'eventId',
    examples: [
      'ticketi availability explain evt_…',
      'ticketi availability explain evt_… --at 2027-07-01T10:00:00.000Z',
    ],
  },
  'holds.create': {
    command: 'hold create',
    summary: 'Take places and their price until the hold expires',
    examples: [
      'ticketi hold create --event evt_… --item typ_…=2 --code EARLY',
      'ticketi hold create --event evt_… --item typ_…=2@stalls-C-12,stalls-C-13',
      'ticketi hold create --event evt_… --item typ_…=1:25.00   # what the buyer wants to pay',
    ],
  },
  'holds.get': {
    command: 'hold show',
    aliases: ['get'],
    summary: 'Show one hold',
    subject: 'holdId',
    examples: ['ticketi hold show hld_…'],
  },
  'holds.extend': {
    command: 'hold extend',
    summary: 'Keep a hold 5 minutes longer, once',
    subject: 'holdId',
    examples: ['ticketi hold extend hld_…'],
  },
  'holds.change': {
    command: 'hold change',
    summary: 'Make a hold one for other tickets',
    subject: 'holdId',
    examples: ['ticketi hold change hld_… --item typ_…=3 --item typ_…=1'],
  },
  'holds.release': {
    command: 'hold release',
    summary: 'Give the places of a hold back',
    subject: 'holdId',
    examples: ['ticketi hold release hld_…'],
  },
  'holds.sweep': {
    command: 'hold sweep',
    summary: 'Take back the places of expired holds',
    examples: ['ticketi hold sweep'],
  },
  'orders.place': {
    command: 'order place',
    summary: 'Turn a hold into an order',
    examples: [
      'ticketi order place --hold hld_… --buyer-name "Ada Byron" \\\n      --buyer-email ada@example.com --provider sandbox',
      'ticketi order place --hold hld_… --buyer-name "Ada Byron" \\\n      --buyer-email ada@example.com --gift-card -   # the code comes on stdin',
    ],
  },
  'orders.sell': {
    command: 'order sell',
    summary: 'Sell at the box office: hold, order, money, tickets',
    subject: 'eventId',
    examples: [
      'ticketi order sell --event evt_… --item typ_…=2 --buyer-name "Ada Byron" \\\n      --buyer-email ada@example.com --method cash --tendered 100.00',
      'ticketi order sell --event evt_… --item typ_…=1 --buyer-name "Ada Byron" \\\n      --buyer-email ada@example.com --method card_terminal --reference 4711',
    ],
  },
  'orders.giveAway': {
    command: 'order give-away',
    summary: 'Give complimentary tickets to somebody',
    subject: 'eventId',
    examples: [
      'ticketi order give-away --event evt_… --item typ_…=2 --recipient-name "Ada Byron" \\\n      --recipient-email ada@example.com --reason Press',
    ],
  },
  'orders.pay': {
    command: 'order pay',
    summary: 'Pay an order; its tickets are there when the money is',
    subject: 'orderId',
    examples: [
      'ticketi order pay ord_… --provider sandbox',
      'ticketi order pay ord_… --provider sandbox --method declines',
    ],
  },
  'orders.get': {
    command: 'order show',
    aliases: ['get'],
    summary: 'Show one order',
    subject: 'orderId',
    examples: ['ticketi order show ord_…'],
  },
  'orders.list': {
    command: 'order list',
    summary: 'List orders',
    examples: [
      'ticketi order list --event evt_…',
      'ticketi order list --event evt_… --all --format csv',
      'ticketi order list --organizer org_… --query byron --state paid',
    ],
  },
  'orders.cancel': {
    command: 'order cancel',
    summary: 'Cancel an order that is not paid',
    subject: 'orderId',
    examples: ['ticketi order cancel ord_…'],
  },
  'orders.expire': {
    command: 'order expire',
    summary: 'Write down which unpaid orders have expired',
    examples: ['ticketi order expire'],
  },
  'orders.addNote': {
    command: 'order note',
    summary: 'Write something down about an order, for members',
    subject: 'orderId',
    examples: ['ticketi order note ord_… --text "Called: comes with a guide dog"'],
  },
  'orders.sendAccess': {
    command: 'order send-access',
    summary: 'Have the links to somebody’s orders sent to their address',
    examples: ['ticketi order send-access --event evt_… --email ada@example.com'],
  },
  'tickets.get': {
    command: 'ticket show',
    aliases: ['get'],
    summary: 'Show one ticket',
    subject: 'ticketId',
    examples: ['ticketi ticket show tkt_…'],
  },
  'tickets.list': {
    command: 'ticket list',
    summary: 'List tickets',
    examples: [
      'ticketi ticket list --order ord_…',
      'ticketi ticket list --event evt_… --state valid',
    ],
  },
  'tickets.code': {
    command: 'ticket code',
    aliases: ['qr'],
    summary: 'Show the QR of a ticket, and its text',
    subject: 'ticketId',
    examples: ['ticketi ticket code tkt_…', 'ticketi ticket code tkt_… --quiet'],
  },
  'tickets.setAttendee': {
    command: 'ticket set-attendee',
    summary: 'Say who comes with a ticket',
    subject: 'ticketId',
    examples: [
      'ticketi ticket set-attendee tkt_… --name "Ada Byron" --email ada@example.com',
      'ticketi ticket set-attendee tkt_… --answers \'{"shirt_size":"M"}\'',
    ],
  },
  'tickets.reissue': {
    command: 'ticket reissue',
    summary: 'Give a ticket another code; the old one admits nobody any more',
    subject: 'ticketId',
    examples: ['ticketi ticket reissue tkt_… --reason "Phone was stolen"'],
  },
  'tickets.custody': {
    command: 'ticket custody',
    aliases: ['history'],
    summary: 'Show whose a ticket was, first to last',
    subject: 'ticketId',
    examples: ['ticketi ticket custody tkt_…'],
  },
  'tickets.void': {
    command: 'ticket void',
    summary: 'Make a ticket worthless and free its place',
    subject: 'ticketId',
    irreversible: true,
    examples: ['ticketi ticket void tkt_… --confirm tkt_…'],
  },
  'tickets.setCodePolicy': {
    command: 'ticket set-code-policy',
    summary: 'Have codes that change every 15 seconds, or codes that stay',
    subject: 'eventId',
    examples: [
      'ticketi ticket set-code-policy evt_… --rotating',
      'ticketi ticket set-code-policy evt_… --rotating --new-door-key   # a device was lost',
    ],
  },
  'tickets.getCodePolicy': {
    command: 'ticket code-policy',
    aliases: ['get-code-policy'],
    summary: 'Show whether the codes of an event change',
    subject: 'eventId',
    examples: ['ticketi ticket code-policy evt_…'],
  },
  'tickets.revocations': {
    command: 'ticket revocations',
    summary: 'List the codes of an event that no door may admit any more',
    subject: 'eventId',
    examples: [
      'ticketi ticket revocations evt_…',
      'ticketi ticket revocations evt_… --after 120 --json   # what came since',
    ],
  },
  'tickets.numberRevocations': {
    command: 'ticket number-revocations',
    summary: 'Give revocations their numbers (the worker does it too)',
    examples: ['ticketi ticket number-revocations'],
  },
  'checkin.scan': {
    command: 'checkin scan',
    summary: 'Scan codes at the door',
    examples: [
      'ticketi checkin scan --event evt_… --gate North --code -   # or no --code: a scanner types, line by line',
      'ticketi ticket code tkt_… --quiet | ticketi checkin scan --event evt_… --code -',
    ],
  },
  'checkinLists.create': {
    command: 'checkin-list create',
    summary: 'Add a check-in list to an event',
    examples: [
      'ticketi checkin-list create --event evt_… --name Festival --entries once_a_day --exits --reentry',
      'ticketi checkin-list create --event evt_… --name VIP --gates "Back door"',
    ],
  },
  'checkinLists.update': {
    command: 'checkin-list update',
    summary: 'Change a check-in list',
    subject: 'listId',
    examples: ['ticketi checkin-list update ckl_… --entries unlimited'],
  },
  'checkinLists.get': {
    command: 'checkin-list get',
    summary: 'Show a check-in list',
    subject: 'listId',
    examples: ['ticketi checkin-list get ckl_…'],
  },
  'checkinLists.list': {
    command: 'checkin-list list',
    summary: 'List the check-in lists of an event',
    subject: 'eventId',
    examples: ['ticketi checkin-list list --event evt_…'],
  },
  'checkinLists.archive': {
    command: 'checkin-list archive',
    summary: 'Put a check-in list away',
    subject: 'listId',
    examples: ['ticketi checkin-list archive ckl_…'],
  },
  'checkin.undo': {
    command: 'checkin undo',
    summary: 'Take back a scan that let somebody in by mistake',
    subject: 'scanId',
    examples: ['ticketi checkin undo scn_… --reason "The wrong person"'],
  },
  'checkin.attendance': {
    command: 'checkin attendance',
    summary: 'Who came, is inside and is still expected',
    subject: 'eventId',
    examples: ['ticketi checkin attendance --event evt_… --bucket-minutes 15'],
  },
  'checkin.bundle': {
    command: 'checkin bundle',
    summary: 'What a device needs to scan without a connection',
    subject: 'eventId',
    examples: ['ticketi checkin bundle --event evt_… --json > door.json'],
  },
  'checkin.merge': {
    command: 'checkin merge',
    summary: 'Take in what a device decided without a connection',
    examples: [
      'ticketi checkin merge --log south.jsonl          # written by ticketi checkin offline',
      'ticketi checkin merge --input door-log.json',
    ],
  },
  'checkin.list': {
    command: 'checkin list',
    summary: 'List the scans of an event',
    subject: 'eventId',
    examples: ['ticketi checkin list --event evt_…'],
  },
} as const satisfies Record<string, OperationCommand>;
