import type { OperationCommand } from './operation-command.ts';

/** What organizers set up: themselves, events, prices. */
export const organizing = {
  'organizers.create': {
    command: 'organizer create',
    summary: 'Make an organizer with a signing key',
    examples: ['ticketi organizer create --name "Harbour Sounds"'],
  },
  'organizers.get': {
    command: 'organizer show',
    aliases: ['get'],
    summary: 'Show one organizer',
    subject: 'organizerId',
    examples: ['ticketi organizer show org_…'],
  },
  'organizers.list': {
    command: 'organizer list',
    summary: 'List organizers',
    examples: ['ticketi organizer list', 'ticketi organizer list --as user:nora'],
  },
  'organizers.update': {
    command: 'organizer update',
    summary: 'Change an organizer',
    subject: 'organizerId',
    examples: ['ticketi organizer update org_… --name "Harbour Sounds Ltd"'],
  },
  'members.add': {
    command: 'member add',
    summary: 'Give a user a role',
    examples: ['ticketi member add --organizer org_… --user ben --role scanner'],
  },
  'members.list': {
    command: 'member list',
    summary: 'List the members of an organizer',
    subject: 'organizerId',
    examples: ['ticketi member list --organizer org_…'],
  },
  'members.remove': {
    command: 'member remove',
    summary: 'Take a member\u2019s role away',
    examples: ['ticketi member remove mbr_…'],
    subject: 'memberId',
  },
  'signingKeys.list': {
    command: 'signing-key list',
    summary: 'Show the public keys under which tickets verify',
    subject: 'organizerId',
    examples: [
      'ticketi signing-key list org_…',
      'ticketi signing-key list org_… --json > keys.json   # for a door that decides alone',
    ],
  },
  'signingKeys.rotate': {
    command: 'signing-key rotate',
    summary: 'Sign new tickets with a new key; the codes that are out stay good',
    subject: 'organizerId',
    examples: ['ticketi signing-key rotate org_…'],
  },
  'signingKeys.revoke': {
    command: 'signing-key revoke',
    summary: 'Refuse every code under a key, and give its tickets new codes',
    subject: 'keyId',
    irreversible: true,
    examples: ['ticketi signing-key revoke key_… --confirm key_…'],
  },
  'events.create': {
    command: 'event create',
    summary: 'Make a draft event',
    examples: [
      'ticketi event create --organizer org_… --name "Summer Fest" \\\n      --timezone Europe/Berlin --currency EUR \\\n      --session 2027-07-10T18:00/23:00',
      'ticketi event create --input event.yaml',
    ],
  },
  'events.get': {
    command: 'event show',
    aliases: ['get'],
    summary: 'Show one event with its dates',
    subject: 'eventId',
    examples: ['ticketi event show evt_…'],
  },
  'events.list': {
    command: 'event list',
    summary: 'List events',
    examples: ['ticketi event list --organizer org_…', 'ticketi event list --state draft --json'],
  },
  'events.update': {
    command: 'event update',
    summary: 'Change an event',
    subject: 'eventId',
    examples: ['ticketi event update evt_… --venue "Old Harbour" --tag open-air'],
  },
  'events.publish': {
    command: 'event publish',
    summary: 'Open an event to buyers',
    subject: 'eventId',
    examples: ['ticketi event publish evt_…'],
  },
  'events.cancel': {
    command: 'event cancel',
    summary: 'Cancel an event: sales stop, no code is admitted',
    subject: 'eventId',
    irreversible: true,
    examples: ['ticketi event cancel evt_… --reason "Storm" --confirm "Summer Fest"'],
  },
  'sessions.add': {
    command: 'session add',
    summary: 'Add a date to an event',
    examples: [
      'ticketi session add --event evt_… --starts 2027-07-11T18:00 --ends 2027-07-11T23:00',
    ],
  },
  'sessions.addSeries': {
    command: 'session add-series',
    summary: 'Add a series of dates from a recurrence rule',
    examples: [
      'ticketi session add-series --event evt_… --rule "FREQ=WEEKLY;BYDAY=FR,SA;COUNT=20" \\\n      --starts 2027-03-05T19:30 --duration-minutes 150 --doors-before-minutes 60 \\\n      --pool Stalls=300 --ticket Standard=29.00',
    ],
  },
  'sessions.getSeries': {
    command: 'session show-series',
    summary: 'Show the rule of a series',
    subject: 'seriesId',
    examples: ['ticketi session show-series ser_…'],
  },
  'sessions.list': {
    command: 'session list',
    summary: 'List the dates of an event',
    subject: 'eventId',
    examples: [
      'ticketi session list --event evt_…',
      'ticketi session list evt_… --all --format csv',
    ],
  },
  'sessions.update': {
    command: 'session update',
    summary: 'Change a date',
    subject: 'sessionId',
    examples: ['ticketi session update ses_… --doors 2027-07-10T17:00'],
  },
  'sessions.updateSeries': {
    command: 'session update-series',
    summary: 'Change the dates of a series that nobody has tickets for',
    subject: 'sessionId',
    examples: [
      'ticketi session update-series ses_… --scope this_and_following --start-time 20:00',
      'ticketi session update-series ses_… --scope all --shift-days 7',
    ],
  },
  'ticketTypes.create': {
    command: 'ticket-type create',
    summary: 'Add a kind of ticket with its price',
    examples: [
      'ticketi ticket-type create --event evt_… --name Standard --price 49.00 --draw pol_…',
      'ticketi ticket-type create --event evt_… --name Standard --price 49.00 --draw pol_… \\\n      --tier early=39.00@2027-03-01T00:00 --tier first=44.00#200',
      'ticketi ticket-type create --event evt_… --name "Four friends" --price 150.00 --draw pol_…=4 \\\n      --admissions 4',
      'ticketi ticket-type create --event evt_… --name Parking --kind product --price 8.00 \\\n      --requires typ_… --tax-class reduced',
      'ticketi ticket-type create --event evt_… --name "Ticket and parking" --price 55.00 \\\n      --part typ_… --part typ_…=1',
      'ticketi ticket-type create --event evt_… --name Backstage --price 0 --draw pol_… --hidden',
    ],
  },
  'ticketTypes.list': {
    command: 'ticket-type list',
    summary: 'List the ticket types of an event',
    subject: 'eventId',
    examples: ['ticketi ticket-type list --event evt_…'],
  },
  'ticketTypes.update': {
    command: 'ticket-type update',
    summary: 'Change a ticket type',
    subject: 'ticketTypeId',
    currencyFromEvent: true,
    examples: [
      'ticketi ticket-type update typ_… --state off_sale',
      'ticketi ticket-type update typ_… --event evt_… --price 55.00',
    ],
  },
  'seatMaps.create': {
    command: 'seat-map create',
    summary: 'Make a seat map from its sections as JSON (see import for files)',
    examples: [
      `ticketi seat-map create --organizer org_… --name Studio \\\n      --sections '[{"key":"a","rows":[{"name":1,"seats":12}]}]'`,
    ],
  },
  'seatMaps.get': {
    command: 'seat-map get',
    summary: 'Print a seat map with every seat',
    subject: 'seatMapId',
    examples: ['ticketi seat-map get map_… --json'],
  },
  'seatMaps.list': {
    command: 'seat-map list',
    summary: 'List the seat maps of an organizer',
    subject: 'organizerId',
    examples: ['ticketi seat-map list --organizer org_…'],
  },
  'seatMaps.assign': {
    command: 'seat-map assign',
    summary: 'Give a session its seats',
    subject: 'seatMapId',
    examples: ['ticketi seat-map assign map_… --session ses_…'],
  },
  'seatMaps.state': {
    command: 'seat-map show',
    aliases: ['state'],
    summary: 'Show which seats of a session are free',
    subject: 'sessionId',
    examples: ['ticketi seat-map show --session ses_…'],
  },
  'seatMaps.svg': {
    command: 'seat-map svg',
    summary: 'Draw the seats of a session',
    subject: 'sessionId',
    examples: ['ticketi seat-map svg --session ses_… > seats.svg'],
  },
  'pools.create': {
    command: 'pool create',
    summary: 'Add a capacity to an event',
    examples: [
      'ticketi pool create --event evt_… --name Field --capacity 5000',
      'ticketi pool create --event evt_… --name Stream --capacity unlimited',
    ],
  },
  'pools.get': {
    command: 'pool show',
    aliases: ['get'],
    summary: 'Show how full one pool is',
    subject: 'poolId',
    examples: ['ticketi pool show pol_…'],
  },
  'pools.list': {
    command: 'pool list',
    summary: 'Show how full the pools of an event are',
    subject: 'eventId',
    examples: ['ticketi pool list --event evt_…'],
  },
  'pools.update': {
    command: 'pool update',
    summary: 'Change a capacity',
    subject: 'poolId',
    examples: ['ticketi pool update pol_… --capacity 6000'],
  },
  'blocks.create': {
    command: 'block create',
    summary: 'Set units of a pool, or seats of a session, aside',
    examples: [
      'ticketi block create --event evt_… --pool pol_… --units 20 --reason "Guest list"',
      'ticketi block create --event evt_… --session ses_… --seats stalls-C-12 --seats stalls-C-13 --reason Press',
    ],
  },
  'blocks.list': {
    command: 'block list',
    summary: 'List what is set aside of an event',
    subject: 'eventId',
    examples: ['ticketi block list --event evt_… --state active'],
  },
  'blocks.release': {
    command: 'block release',
    summary: 'Put units or seats that are set aside on sale again',
    subject: 'blockId',
    examples: [
      'ticketi block release blk_…',
      'ticketi block release blk_… --units 5',
      'ticketi block release blk_… --seats stalls-C-12',
    ],
  },
  'questions.set': {
    command: 'question set',
    summary: 'Set a question of an event, by its key',
    subject: 'eventId',
    examples: [
      'ticketi question set --event evt_… --key shirt_size --label "Shirt size" \\\n      --type choice --options S --options M --options L --required',
      'ticketi question set --event evt_… --key company --label Company --asked order',
    ],
  },
  'questions.list': {
    command: 'question list',
    summary: 'List what an event asks',
    subject: 'eventId',
    examples: ['ticketi question list --event evt_…'],
  },
  'questions.remove': {
    command: 'question remove',
    summary: 'Ask a question no longer',
    subject: 'questionId',
    examples: ['ticketi question remove qst_…'],
  },
} as const satisfies Record<string, OperationCommand>;
