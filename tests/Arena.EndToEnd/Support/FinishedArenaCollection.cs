using Xunit;

namespace Arena.EndToEnd.Support;

[CollectionDefinition(FinishedArena.Collection)]
public sealed class FinishedArenaCollection : ICollectionFixture<FinishedArena>;
