using System.Runtime.InteropServices;
using Arena.Data.Voting;

namespace Arena.Application.Voting;

/// <summary>Who votes, as far as it is known.</summary>
/// <param name="Key">What the cookie holds, or the account's id.</param>
/// <param name="Kind">How it is known.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct VoterIdentity(Guid Key, VoterKind Kind);
