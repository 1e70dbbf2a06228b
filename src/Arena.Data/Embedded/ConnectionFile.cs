using System.Text.Json;
using Npgsql;

namespace Arena.Data.Embedded;

/// <summary>
/// <c>postgres.json</c> in the data folder (0600): where the running server listens, for commands beside the host, and which socket
/// folder to clear away after a host that was killed. The password lies apart from it.
/// </summary>
/// <param name="SocketFolder">Folder of the Unix socket.</param>
/// <param name="HostProcess">Process id of the host.</param>
internal sealed record ConnectionFile(string SocketFolder, string User, string Database, int HostProcess, string Version)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public Task WriteAsync(DataFolder folder, CancellationToken cancellationToken)
        => PrivateFile.WriteAsync(folder.Connection, JsonSerializer.Serialize(this, Indented) + "\n", cancellationToken);

    /// <returns>null when no host runs or ran on this data, or the file is damaged.</returns>
    public static async Task<ConnectionFile?> ReadAsync(DataFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<ConnectionFile>(await File.ReadAllTextAsync(folder.Connection, cancellationToken), Indented);
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    public string ConnectionString(string password) => new NpgsqlConnectionStringBuilder
    {
        Host = SocketFolder,
        Username = User,
        Password = password,
        Database = Database,
    }.ConnectionString;
}
