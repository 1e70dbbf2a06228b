using System.Text;

namespace Arena.Data.Embedded.Backup;

/// <summary>
/// The zip file's comment, its very last bytes: a mark and the SHA-256 of everything before the hash. A truncated file has no seal,
/// a changed byte anywhere breaks it.
/// </summary>
internal static class BackupSeal
{
    private const string Mark = "arena-backup sha256:";
    private const int HashLength = 64;

    public static string Blank { get; } = Mark + new string('0', HashLength);

    /// <summary>Puts the hash in place of the blank one.</summary>
    public static async Task WriteAsync(FileStream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var sealedBytes = file.Length - HashLength;
        var tally = await Tally.CopyAsync(file, to: null, cancellationToken, sealedBytes);
        file.Position = sealedBytes;
        await file.WriteAsync(Encoding.ASCII.GetBytes(tally.Sha256), cancellationToken);
    }

    /// <exception cref="ArenaDataException">The file is no backup, was cut short or was changed.</exception>
    public static async Task VerifyAsync(FileStream file, CancellationToken cancellationToken)
    {
        var seal = new byte[Mark.Length + HashLength];
        if (file.Length < seal.Length)
        {
            throw NotWhole(file.Name);
        }

        file.Position = file.Length - seal.Length;
        await file.ReadExactlyAsync(seal, cancellationToken);
        if (!seal.AsSpan(0, Mark.Length).SequenceEqual(Encoding.ASCII.GetBytes(Mark)))
        {
            throw NotWhole(file.Name);
        }

        file.Position = 0;
        var tally = await Tally.CopyAsync(file, to: null, cancellationToken, file.Length - HashLength);
        if (!string.Equals(tally.Sha256, Encoding.ASCII.GetString(seal, Mark.Length, HashLength), StringComparison.Ordinal))
        {
            throw new ArenaDataException($"The backup {file.Name} is damaged: its checksum does not fit its content. Nothing was changed. Use another copy of it.");
        }

        file.Position = 0;
    }

    private static ArenaDataException NotWhole(string name)
        => new($"{name} is no whole Arena backup: the seal at its end is missing, so it was cut short or is another kind of file. Nothing was changed. Use another copy of it.");
}
