using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Arena.Evaluation.Suites;

/// <summary>Identity of a suite's content: SHA-256 over one line per file, "sha256  path\n", sorted by the bytes of
/// the path, which is what <c>sha256sum</c> prints for the sorted list of files.</summary>
public static class SuiteChecksum
{
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Compute(IEnumerable<SuiteFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Sha256}  {file.Path}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    internal static ImmutableArray<SuiteFile> ListFiles(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> contents) =>
        [.. contents
            .OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => new SuiteFile(c.Key, c.Value.Length, Convert.ToHexStringLower(SHA256.HashData(c.Value.Span))))];
}
