using Arena.Data;
using Npgsql;

namespace Arena.Tests.Data;

public sealed class DatabaseTroubleTests
{
    [Fact]
    public void Is_WhatNpgsqlAndEfThrowWhileTheServerIsAway_True()
    {
        Assert.True(DatabaseTrouble.Is(new NpgsqlException("away")));
        Assert.True(DatabaseTrouble.Is(new InvalidOperationException("likely due to a transient failure", new NpgsqlException("away"))));
        Assert.True(DatabaseTrouble.Is(new TimeoutException()));
    }

    [Fact]
    public void Is_AMistakeOfOurs_False() => Assert.False(DatabaseTrouble.Is(new InvalidOperationException("a mistake", new FormatException())));
}
