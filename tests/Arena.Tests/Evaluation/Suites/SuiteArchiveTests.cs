using System.IO.Compression;
using Arena.Evaluation.Suites;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Tests.Evaluation.Suites;

public sealed class SuiteArchiveTests
{
    private static readonly DateTimeOffset SomeTime = new(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);

    [Fact]
    public void Load_WhatPackWrote_IsTheSameSuite()
    {
        var suite = new SmallSuite().Load();

        var back = Assert.IsType<SuiteLoad.Loaded>(SuiteArchive.Load(Pack(suite))).Suite;

        Assert.Equal(suite.Checksum, back.Checksum);
        Assert.Equal(suite.Files.AsEnumerable(), back.Files);
        Assert.All(suite.Files, f => Assert.True(suite.Read(f.Path).Span.SequenceEqual(back.Read(f.Path).Span), f.Path));
    }

    [Fact]
    public void Pack_SameContent_GivesTheSameBytes() =>
        Assert.Equal(Pack(new SmallSuite().Load()).ToArray(), Pack(new SmallSuite().Load()).ToArray());

    [Fact]
    public void Checksum_OtherOrderTimesAndCompression_IsTheSame()
    {
        var files = new SmallSuite().Files.Reverse().Select(f => (f.Key, f.Value.ToArray()));

        var suite = Assert.IsType<SuiteLoad.Loaded>(SuiteArchive.Load(Zip(files, CompressionLevel.NoCompression))).Suite;

        Assert.Equal(new SmallSuite().Load().Checksum, suite.Checksum);
    }

    [Fact]
    public void Checksum_OneByteOrOneNameChanged_IsAnother()
    {
        var checksum = new SmallSuite().Load().Checksum;

        Assert.NotEqual(checksum, new SmallSuite().With("LICENSE", SmallSuite.Bytes("CC0-1.1")).Load().Checksum);
        Assert.NotEqual(checksum, new SmallSuite().With("more.txt", []).Load().Checksum);
        Assert.NotEqual(new SmallSuite().With("a.txt", [1]).Load().Checksum, new SmallSuite().With("b.txt", [1]).Load().Checksum);
    }

    /// <summary>Computed with sha256sum: printf 'ab' > LICENSE; printf 'c' > x/y; sha256sum LICENSE x/y | sha256sum.</summary>
    [Fact]
    public void Checksum_KnownFiles_IsWhatSha256sumSays() => Assert.Equal(
        "878b4a41c104595dee81a1d7117bff03bac08ae859818e205a520b9a247680ef",
        SuiteChecksum.Compute([
            new SuiteFile("x/y", 1, "2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6"),
            new SuiteFile("LICENSE", 2, "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603"),
        ]));

    [Fact]
    public void Load_EverythingInOneFolder_IsFound()
    {
        var files = new SmallSuite().Files.Select(f => ("small-1.0/" + f.Key, f.Value.ToArray()));

        Assert.Equal(new SmallSuite().Load().Checksum, Assert.IsType<SuiteLoad.Loaded>(SuiteArchive.Load(Zip(files))).Suite.Checksum);
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("data/../../evil.txt")]
    [InlineData("/etc/evil.txt")]
    [InlineData("C:/evil.txt")]
    [InlineData("data\\evil.txt")]
    [InlineData("data//evil.txt")]
    [InlineData("ev\u0007il.txt")]
    public void Load_NameThatLeavesTheSuite_IsRefused(string name)
    {
        var errors = SmallSuite.Errors(SuiteArchive.Load(Zip(With(name, [1]))));

        Assert.StartsWith($"the name \"{name.Replace('\u0007', '?')}\" cannot be used; use letters", errors.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NameTwice_IsRefused() => Assert.Equal(
        ["license: the archive holds this name twice (upper and lower case are the same here); remove one."],
        SmallSuite.Errors(SuiteArchive.Load(Zip(With("license", [1])))));

    [Fact]
    public void Load_SymbolicLink_IsRefused()
    {
        var errors = SmallSuite.Errors(SuiteArchive.Load(Zip(With("link", SmallSuite.Bytes("/etc/passwd")), attributes: n => n == "link" ? 0xA1FF << 16 : 0)));

        Assert.Equal(["link: this is a symbolic link or no file at all; put the file itself into the archive."], errors);
    }

    [Fact]
    public void Load_Bomb_StopsAtTheRatio()
    {
        var bomb = Zip(With("bomb.bin", new byte[64 << 20]));
        Assert.InRange(bomb.Length, 1, 200_000);

        Assert.Equal(["bomb.bin: unpacking stopped: the archive unpacks to more than 200 times its size. Pack it with less compression."], SmallSuite.Errors(SuiteArchive.Load(bomb)));
    }

    [Fact]
    public void Load_EntryThatLiesAboutItsSize_IsNotBelieved()
    {
        // the central directory says 1 byte, the data hold 4 MiB
        var bytes = Zip([("big.bin", new byte[4 << 20])]).ToArray();
        var directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24), 1);

        var errors = SmallSuite.Errors(SuiteArchive.Load(new MemoryStream(bytes), new SuiteReadLimits { MaxFileBytes = 1 << 20 }));

        Assert.NotEmpty(errors);
    }

    [Fact]
    public void Load_MoreThanTheLimits_IsRefused()
    {
        var files = new SmallSuite().Files.Select(f => (f.Key, f.Value.ToArray())).ToList();

        Assert.Equal(["The archive holds 7 entries and at most 3 are read; a suite is kept in a few large files."], SmallSuite.Errors(SuiteArchive.Load(Zip(files), new SuiteReadLimits { MaxFiles = 3 })));
        Assert.Contains("unpacking stopped: a file may have 50 bytes", SmallSuite.Errors(SuiteArchive.Load(Zip(files), new SuiteReadLimits { MaxFileBytes = 50 })).Single(), StringComparison.Ordinal);
        Assert.Contains("a whole suite 200. Make", SmallSuite.Errors(SuiteArchive.Load(Zip(files), new SuiteReadLimits { MaxTotalBytes = 200 })).Single(), StringComparison.Ordinal);
        Assert.Contains("at most 10 are read", SmallSuite.Errors(SuiteArchive.Load(Zip(files), new SuiteReadLimits { MaxArchiveBytes = 10 })).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WhatIsNoZip_SaysSo() =>
        Assert.StartsWith("The archive cannot be read as a zip (", SmallSuite.Errors(SuiteArchive.Load(new MemoryStream([1, 2, 3]))).Single(), StringComparison.Ordinal);

    [Fact]
    public void Load_DamagedZip_NeverThrows()
    {
        var whole = Pack(new SmallSuite().Load()).ToArray();
        var damage = from at in Gen.Choose(0, whole.Length - 1) from value in Gen.Choose(0, 255) from length in Gen.Choose(at + 1, whole.Length) from cut in Gen.Elements(true, false, false) select (at, (byte)value, cut ? length : whole.Length);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(damage.ToArbitrary(), d =>
        {
            var bytes = whole[..d.Item3];
            bytes[d.at] = d.Item2;
            return SuiteArchive.Load(new MemoryStream(bytes)) is SuiteLoad.Loaded or SuiteLoad.Refused { Errors.Length: > 0 };
        }));
    }

    private static IEnumerable<(string, byte[])> With(string name, byte[] bytes) =>
        new SmallSuite().Files.Select(f => (f.Key, f.Value.ToArray())).Append((name, bytes));

    private static MemoryStream Pack(SuiteDefinition suite)
    {
        var zip = new MemoryStream();
        SuiteArchive.Pack(suite, zip);
        return zip;
    }

    private static MemoryStream Zip(IEnumerable<(string Name, byte[] Bytes)> files, CompressionLevel level = CompressionLevel.Optimal, Func<string, int>? attributes = null)
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                var entry = archive.CreateEntry(name, level);
                entry.LastWriteTime = SomeTime;
                entry.ExternalAttributes = attributes?.Invoke(name) ?? 0;
                using var stream = entry.Open();
                stream.Write(bytes);
            }
        }

        return zip;
    }
}
