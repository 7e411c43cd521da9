import { library } from '../../tsup.base.ts';

export default library({ sqlite: 'src/sqlite.ts', postgres: 'src/postgres.ts' });
