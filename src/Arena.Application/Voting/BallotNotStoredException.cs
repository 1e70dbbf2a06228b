namespace Arena.Application.Voting;

/// <summary>A ballot is not known to be stored. Sending it again is safe: a battle has one ballot.</summary>
public sealed class BallotNotStoredException(string message, Exception? inner) : Exception(message, inner);
