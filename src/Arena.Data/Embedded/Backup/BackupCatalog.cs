using Npgsql;

namespace Arena.Data.Embedded.Backup;

/// <summary>What schema <c>public</c> holds, read from PostgreSQL's own catalog.</summary>
internal sealed class BackupCatalog(NpgsqlConnection connection)
{
    private const string History = "__EFMigrationsHistory";

    public async Task<IReadOnlyList<(string Name, IReadOnlyList<BackupColumn> Columns)>> TablesAsync(CancellationToken cancellationToken)
    {
        // generated columns are computed again by the server that restores
        var rows = await ReadAsync("""
            select c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> $1
              and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
            order by c.relname, a.attnum
            """, reader => (Table: reader.GetString(0), Column: new BackupColumn(reader.GetString(1), reader.GetString(2))), cancellationToken, History);
        return [.. rows.GroupBy(row => row.Table, StringComparer.Ordinal).Select(group => (group.Key, (IReadOnlyList<BackupColumn>)[.. group.Select(row => row.Column)]))];
    }

    public async Task<IReadOnlyList<string>> MigrationsAsync(CancellationToken cancellationToken)
    {
        var exists = await ReadAsync("select 1 from pg_class where relnamespace = 'public'::regnamespace and relname = $1", reader => reader.GetInt32(0), cancellationToken, History);
        return exists.Count == 0 ? [] : await ReadAsync($"select * from public.{Quote(History)} order by 1", reader => reader.GetString(0), cancellationToken);
    }

    public async Task<IReadOnlyList<BackupSequence>> SequencesAsync(CancellationToken cancellationToken)
    {
        List<BackupSequence> sequences = [];
        foreach (var name in await ReadAsync("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S' order by relname", reader => reader.GetString(0), cancellationToken))
        {
            sequences.AddRange(await ReadAsync($"select last_value, is_called from public.{Quote(name)}", reader => new BackupSequence(name, reader.GetInt64(0), reader.GetBoolean(1)), cancellationToken));
        }

        return sequences;
    }

    /// <summary>Foreign keys as (table, name, definition).</summary>
    public Task<IReadOnlyList<(string Table, string Name, string Definition)>> ForeignKeysAsync(CancellationToken cancellationToken) => ReadAsync("""
        select c.relname, k.conname, pg_get_constraintdef(k.oid)
        from pg_constraint k join pg_class c on c.oid = k.conrelid
        where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        order by 1, 2
        """, reader => (reader.GetString(0), reader.GetString(1), reader.GetString(2)), cancellationToken);

    /// <summary>Names of tables, views and sequences in schema public that belong to no extension.</summary>
    public Task<IReadOnlyList<string>> RelationsAsync(CancellationToken cancellationToken) => ReadAsync("""
        select c.relname from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
          and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
        order by 1
        """, reader => reader.GetString(0), cancellationToken);

    /// <summary>Statements that remove whatever schema public holds, tables first.</summary>
    public Task<IReadOnlyList<string>> DropStatementsAsync(CancellationToken cancellationToken) => ReadAsync("""
        select statement from (
            select 1 as step, format('drop table if exists public.%I cascade', c.relname) as statement, c.oid from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
            union all
            select 2, format('drop sequence if exists public.%I cascade', c.relname), c.oid from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
            union all
            select 3, format('drop routine if exists %s cascade', p.oid::regprocedure), p.oid from pg_proc p where p.pronamespace = 'public'::regnamespace) s
        where not exists (select from pg_depend d where d.objid = s.oid and d.deptype = 'e')
        order by step
        """, reader => reader.GetString(0), cancellationToken);

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>Column list and table for a COPY.</summary>
    public static string CopyTarget(string table, IEnumerable<BackupColumn> columns) => $"public.{Quote(table)} ({string.Join(", ", columns.Select(column => Quote(column.Name)))})";

    /// <summary>One connection out of no pool, without time limits; values are written alike whatever the server's settings.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0, Timezone = "UTC" }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await new BackupCatalog(connection).ExecuteAsync(
                "set datestyle = 'ISO, YMD'; set intervalstyle = postgres; set extra_float_digits = 3; set bytea_output = hex; set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0; set row_security = off", cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params string[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
