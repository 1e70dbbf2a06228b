using Arena.Evaluation.Suites;
using Xunit;

namespace Arena.Tests.Evaluation.Suites;

public sealed class SuiteFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("arena-suite-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Load_SoundFolder_IsTheSameSuiteAsItsBytes()
    {
        new SmallSuite().WriteTo(folder);

        var suite = Assert.IsType<SuiteLoad.Loaded>(SuiteFolder.Load(folder)).Suite;

        Assert.Equal(new SmallSuite().Load().Checksum, suite.Checksum);
        Assert.Equal(new SmallSuite().Files.Keys, suite.Files.Select(f => f.Path));
    }

    [Fact]
    public void Load_FilesThatToolsLeave_AreNoPartOfTheSuite()
    {
        new SmallSuite().With("baselines/__pycache__/train.pyc", [1]).With(".git/config", [1]).With("data/.DS_Store", [1]).WriteTo(folder);

        Assert.Equal(new SmallSuite().Load().Checksum, Assert.IsType<SuiteLoad.Loaded>(SuiteFolder.Load(folder)).Suite.Checksum);
    }

    [Fact]
    public void Load_NoFolder_SaysSo()
    {
        var missing = Path.Combine(folder, "nowhere");

        Assert.Equal([$"There is no folder {missing}; give the folder that holds suite.yaml."], SmallSuite.Errors(SuiteFolder.Load(missing)));
    }

    [Theory]
    [InlineData("data/pictures.npy")]
    [InlineData("data")]
    public void Load_SymbolicLink_IsRefused(string link)
    {
        new SmallSuite().WriteTo(folder);
        var outside = Path.Combine(folder, "data");
        Directory.Move(outside, outside + "-elsewhere");
        if (link == "data")
        {
            Directory.CreateSymbolicLink(outside, outside + "-elsewhere");
        }
        else
        {
            Directory.CreateDirectory(outside);
            File.CreateSymbolicLink(Path.Combine(folder, link), Path.Combine(outside + "-elsewhere", "pictures.npy"));
        }

        Assert.Equal([$"{link}: this is a symbolic link; put the file itself into the suite."], SmallSuite.Errors(SuiteFolder.Load(folder)));
    }

    [Fact]
    public void Load_NameThatWouldNotTravel_IsRefused()
    {
        new SmallSuite().With("data/pictures copy.npy", [1]).WriteTo(folder);

        Assert.StartsWith("the name \"data/pictures copy.npy\" cannot be used;", SmallSuite.Errors(SuiteFolder.Load(folder)).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MoreThanTheLimits_IsRefused()
    {
        new SmallSuite().WriteTo(folder);

        Assert.Equal([$"The folder {folder} holds more than 3 files; a suite is kept in a few large ones."], SmallSuite.Errors(SuiteFolder.Load(folder, new SuiteReadLimits { MaxFiles = 3 })));
        Assert.Contains("samples.csv: the file has 128 bytes; a file may have 100 and a whole suite 536870912.", SmallSuite.Errors(SuiteFolder.Load(folder, new SuiteReadLimits { MaxFileBytes = 100 })));
        Assert.NotEmpty(SmallSuite.Errors(SuiteFolder.Load(folder, new SuiteReadLimits { MaxTotalBytes = 500 })));
    }
}
