using System.Globalization;
using System.Text;
using DuckDB.NET.Data;

namespace Arena.Cli.Rank.Input;

/// <summary>Parquet through DuckDB, which sees one file and nothing else: no other file, no network, no extension to load.</summary>
internal sealed class ParquetRows : RowReader
{
    private readonly string _file;
    private readonly DuckDBConnection _connection;
    private readonly List<string> _types = [];
    private HashSet<int> _needed = [];
    private DuckDBCommand? _command;
    private DuckDBDataReader? _reader;
    private long _row;

    private ParquetRows(string file)
    {
        _file = file;
        _connection = new DuckDBConnection("DataSource=:memory:");
        try
        {
            Open();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    protected override string At => string.Create(CultureInfo.InvariantCulture, $"row {_row}");

    /// <summary>Copies the stream to a file of its own, which goes away with the reader: Parquet is read from its end.</summary>
    public static ParquetRows From(Stream stream, string name)
    {
        string file = Path.GetTempFileName();
        try
        {
            using (var copy = new FileStream(file, FileMode.Create, FileAccess.Write))
            {
                stream.CopyTo(copy);
            }

            stream.Dispose();
            return new ParquetRows(file) { Name = name };
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }

    public override void Need(IReadOnlyCollection<int> columns) => _needed = [.. columns];

    public override void Dispose()
    {
        _reader?.Dispose();
        _command?.Dispose();
        _connection.Dispose();
        File.Delete(_file);
        base.Dispose();
    }

    protected override bool ReadRow()
    {
        try
        {
            _reader ??= Query();
            if (!_reader.Read())
            {
                return false;
            }

            _row++;
            for (int k = 0; k < Columns.Count; k++)
            {
                if (_reader.IsDBNull(k))
                {
                    continue;
                }

                string value = _reader.GetString(k);
                value.CopyTo(Room(value.Length));
                Set(k, value.Length);
            }

            return true;
        }
        catch (DuckDBException e)
        {
            throw Damaged(e);
        }
    }

    private void Open()
    {
        try
        {
            _connection.Open();
            Execute($"SET allowed_paths=['{Quoted(_file, '\'')}']");
            Execute("SET enable_external_access=false");
            Execute("SET lock_configuration=true");
            using DuckDBCommand describe = _connection.CreateCommand();
            describe.CommandText = $"DESCRIBE SELECT * FROM read_parquet('{Quoted(_file, '\'')}')";
            using DuckDBDataReader columns = describe.ExecuteReader();
            while (columns.Read())
            {
                AddColumn(columns.GetString(0));
                _types.Add(columns.GetString(1));
            }
        }
        catch (DuckDBException e)
        {
            throw Damaged(e);
        }

        _needed = [.. Enumerable.Range(0, Columns.Count)];
    }

    private DuckDBDataReader Query()
    {
        var sql = new StringBuilder("SELECT ");
        for (int k = 0; k < Columns.Count; k++)
        {
            string column = $"\"{Quoted(Columns[k], '"')}\"";
            bool nested = _types[k].EndsWith(']') || _types[k].StartsWith("STRUCT", StringComparison.Ordinal) || _types[k].StartsWith("MAP", StringComparison.Ordinal);
            string value = !_needed.Contains(k) ? "NULL" : nested ? $"to_json({column})" : column;
            sql.Append(k > 0 ? ", " : "").Append("CAST(").Append(value).Append(" AS VARCHAR)");
        }

        sql.Append(" FROM read_parquet('").Append(Quoted(_file, '\'')).Append("')");
        _command = _connection.CreateCommand();
        _command.UseStreamingMode = true;
        _command.CommandText = sql.ToString();
        return _command.ExecuteReader();
    }

    private void Execute(string sql)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Quoted(string text, char quote) => text.Replace(quote.ToString(), new string(quote, 2), StringComparison.Ordinal);

    private static RefusedException Damaged(DuckDBException e) => new($"The Parquet file cannot be read: {e.Message.Split('\n')[0].TrimEnd('.')}.");
}
