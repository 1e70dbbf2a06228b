using Arena.Evaluation.Families.ImageToImage;
using Xunit;

namespace Arena.Tests.Evaluation.Suites;

/// <summary>What a suite of pictures must hold.</summary>
public sealed class ImageToImageSuiteTests
{
    [Fact]
    public void Read_Pictures_HasReferencesAndNoLabels()
    {
        var suite = SmallSuite.OfPictures().Load();

        Assert.Equal(new ImageToImageTask(12, 16, "right.npy"), suite.Manifest.Task);
        Assert.Equal(["right.npy"], suite.Manifest.Task.ReferenceFiles.AsEnumerable());
        Assert.Equal(4, suite.Reference.Samples);
        Assert.Empty(suite.Reference.ClassOfSample);
        Assert.All(suite.Samples, sample => Assert.Empty(sample.Label));
    }

    [Theory]
    [InlineData("shape: [12, 16, 3]", "shape: [12, 16]", "suite.yaml line 10: \"shape\" is [12, 16]; it must be [height, width, 3], the shape of every right picture, with sides of 11 to 2048 pixels.")]
    [InlineData("shape: [12, 16, 3]", "shape: [3, 12, 16]", "suite.yaml line 10: \"shape\" is [3, 12, 16]; it must be [height, width, 3]")]
    [InlineData("shape: [12, 16, 3]", "shape: [10, 16, 3]", "suite.yaml line 10: \"shape\" is [10, 16, 3]; it must be [height, width, 3]")]
    [InlineData("reference: right.npy", "reference: ../right.npy", "suite.yaml line 9: \"reference\" is \"../right.npy\", which is not a file inside the suite")]
    [InlineData("reference: right.npy", "reference: wrong.npy", "wrong.npy: the file is missing; suite.yaml names it under \"task\". Add it or correct the name.")]
    [InlineData("  reference: right.npy\n", "", "suite.yaml line 8: \"reference\" is missing from task; add it.")]
    [InlineData("shape: [12, 16, 3]", "shape: [16, 12, 3]", "right.npy: the array is uint8 [4, 12, 16, 3]; the right pictures of 4 samples are uint8 [4, 16, 12, 3], as the task's \"shape\" says. Correct one of them.")]
    [InlineData("outputs: [image]", "outputs: [label]", "suite.yaml line 21: image-to-image cannot score the output \"label\"; remove it.")]
    [InlineData("name: psnr", "name: accuracy", "suite.yaml line 23: image-to-image has no metric \"accuracy\"; it measures: psnr, ssim.")]
    public void Read_WrongManifest_SaysFileLineAndWhatToDo(string old, string replacement, string expected) =>
        Assert.Contains(SmallSuite.OfPictures().With("suite.yaml", old, replacement).Errors(), e => e.StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void Read_OtherNumberOfReferences_SaysSo() =>
        Assert.Equal(
            ["right.npy: the array is uint8 [3, 12, 16, 3]; the right pictures of 4 samples are uint8 [4, 12, 16, 3], as the task's \"shape\" says. Correct one of them."],
            SmallSuite.OfPictures().With("right.npy", SmallSuite.References(3)).Errors());

    [Fact]
    public void Read_ReferenceThatIsNoArray_SaysSo() =>
        Assert.Equal(["right.npy: this is not an NPY file; write it with numpy.save."], SmallSuite.OfPictures().With("right.npy", [1, 2, 3]).Errors());

    [Fact]
    public void Read_LabelsInAFamilyWithoutLabels_IsAnError() =>
        Assert.Contains(
            "samples.csv line 1: \"label\" is not a column; known columns: id, group, tags, split, weight.",
            SmallSuite.OfPictures().With("samples.csv", SmallSuite.Bytes("id,label\na,x\nb,x\nc,x\nd,x\n")).Errors());
}
