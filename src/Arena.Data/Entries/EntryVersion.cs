using Arena.Data.Ids;

namespace Arena.Data.Entries;

/// <summary>An immutable version of an entry. Never erased once scored: it can be retired.</summary>
public sealed class EntryVersion
{
    public EntryVersionId Id { get; init; }

    public EntryId EntryId { get; init; }

    public Entry? Entry { get; init; }

    /// <summary>1, 2, 3 … within the entry.</summary>
    public int Number { get; init; }

    /// <summary>SHA-256 of the artifact's blob, lower-case hexadecimal.</summary>
    public required string ArtifactSha256 { get; init; }

    /// <summary>The one of the suite's preprocessing variants that it wants; empty where nothing is run.</summary>
    public required string Preprocessing { get; init; }

    /// <summary>The name of the output that counts.</summary>
    public required string OutputName { get; init; }

    /// <summary>How that output is read: <c>scores</c>, <c>label</c>, <c>image</c> or <c>text</c>.</summary>
    public required string OutputKind { get; init; }

    public required ModelCard Card { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RetiredAt { get; set; }
}
