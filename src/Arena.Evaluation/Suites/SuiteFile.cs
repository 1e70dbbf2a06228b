namespace Arena.Evaluation.Suites;

/// <summary>One file of a suite.</summary>
/// <param name="Path">From the suite's folder, with forward slashes.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record SuiteFile(string Path, long Length, string Sha256);
