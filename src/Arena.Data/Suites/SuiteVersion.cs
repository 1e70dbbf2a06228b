using Arena.Data.Ids;

namespace Arena.Data.Suites;

/// <summary>An immutable version of a suite: the same content is the same version.</summary>
public sealed class SuiteVersion
{
    public SuiteVersionId Id { get; init; }

    public SuiteId SuiteId { get; init; }

    public Suite? Suite { get; init; }

    /// <summary>1, 2, 3 … within the suite.</summary>
    public int Number { get; init; }

    /// <summary>SHA-256 over the content (paths and bytes), lower-case hexadecimal.</summary>
    public required string Checksum { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>The task family, for example <c>classification</c>.</summary>
    public required string Family { get; init; }

    /// <summary>suite.yaml, word for word.</summary>
    public required string Manifest { get; init; }

    /// <summary>SHA-256 of the blob that holds the whole folder as a zip.</summary>
    public required string ArchiveSha256 { get; init; }

    /// <summary>The input tensors' blobs, by input name: a JSON object of SHA-256s.</summary>
    public required IReadOnlyDictionary<string, string> InputBlobs { get; init; }

    public int SampleCount { get; init; }

    public DateTimeOffset PublishedAt { get; init; }

    public DateTimeOffset? RetiredAt { get; set; }
}
