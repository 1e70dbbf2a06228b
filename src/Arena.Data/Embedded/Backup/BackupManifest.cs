using System.Text.Json;

namespace Arena.Data.Embedded.Backup;

/// <summary>What a backup holds: <c>manifest.json</c>, the last entry of the file.</summary>
/// <param name="Format">Version of the backup's own form; 1.</param>
/// <param name="PostgresVersion">Of the server that was read.</param>
/// <param name="Migrations">EF migrations that were applied, oldest first.</param>
public sealed record BackupManifest(
    int Format,
    DateTimeOffset CreatedAt,
    string PostgresVersion,
    IReadOnlyList<string> Migrations,
    IReadOnlyList<BackupTable> Tables,
    IReadOnlyList<BackupSequence> Sequences,
    IReadOnlyList<BackupFile> Files)
{
    internal const int CurrentFormat = 1;
    internal const string Entry = "manifest.json";

    /// <summary>null when the database was not made by migrations.</summary>
    internal string? LastMigration => Migrations is [.., var last] ? last : null;

    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };
}

/// <summary>One table as PostgreSQL's text COPY, which every major version reads.</summary>
/// <param name="Bytes">Length of the text, uncompressed.</param>
/// <param name="Sha256">Of the text, lower-case hexadecimal.</param>
public sealed record BackupTable(string Name, IReadOnlyList<BackupColumn> Columns, long Rows, long Bytes, string Sha256)
{
    internal string Entry => $"tables/{Name}.copy";
}

/// <param name="Type">As PostgreSQL writes it, for example <c>timestamp with time zone</c>.</param>
public sealed record BackupColumn(string Name, string Type);

/// <summary>Where a sequence stood; identity columns have one each.</summary>
public sealed record BackupSequence(string Name, long LastValue, bool IsCalled);

/// <summary>A file of the data folder.</summary>
/// <param name="Path">Relative to the data folder, with forward slashes; begins with <c>blobs/</c> or <c>keys/</c>.</param>
public sealed record BackupFile(string Path, long Bytes, string Sha256);
