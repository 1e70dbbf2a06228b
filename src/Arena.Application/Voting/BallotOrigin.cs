using System.Runtime.InteropServices;
using Arena.Data.Voting;

namespace Arena.Application.Voting;

/// <summary>From where a ballot comes.</summary>
/// <param name="Source">By which way.</param>
/// <param name="Network">The network prefix (/24 or /48) as text; kept only as a digest whose key is thrown away. Null when unknown.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BallotOrigin(BallotSource Source, string? Network);
