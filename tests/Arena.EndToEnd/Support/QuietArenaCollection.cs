using Xunit;

namespace Arena.EndToEnd.Support;

[CollectionDefinition(QuietArena.Collection)]
public sealed class QuietArenaCollection : ICollectionFixture<QuietArena>;
