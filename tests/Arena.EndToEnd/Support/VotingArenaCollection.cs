using Xunit;

namespace Arena.EndToEnd.Support;

[CollectionDefinition(VotingArena.Collection)]
public sealed class VotingArenaCollection : ICollectionFixture<VotingArena>;
