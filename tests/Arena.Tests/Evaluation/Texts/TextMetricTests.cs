using Arena.Evaluation.Texts;
using Xunit;

namespace Arena.Tests.Evaluation.Texts;

/// <summary>Every expected number was worked out by hand from the definitions in docs/suite-format.md.</summary>
public sealed class TextMetricTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" — … !", "")]
    [InlineData("The Cat, the CAT.", "the cat the cat")]
    [InlineData("don't stop—1,250 men", "don t stop 1 250 men")]
    [InlineData("Ärger e\u0301te\u0301 ΣΊΣΥΦΟΣ", "ärger e\u0301te\u0301 σίσυφοσ")]
    [InlineData("𐐀𐐨 x", "𐐨𐐨 x")] // letters outside the first plane
    public void Words_AreRunsOfLettersAndDigitsInLowerCase(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Words.Of(text)));

    [Theory]
    [InlineData("the cat sat", "the cat sat", 1)]
    [InlineData("the cat sat", "a dog ran", 0)]
    [InlineData("", "a dog ran", 0)]
    [InlineData("police killed the gunman", "police kill the gunman", 2.0 * 3 / 8)]
    [InlineData("the the the", "the cat the", 2.0 * 2 / 6)] // "the" counts twice, not three times
    [InlineData("the cat", "the cat sat on the mat", 2.0 * 2 / 8)]
    public void Rouge1_IsTheF1OfWordsInCommon(string output, string reference, double expected) =>
        Assert.Equal(expected, Rouge.One(Words.Of(output), Words.Of(reference)), 1e-12);

    /// <summary>The second and third are Lin's own example (2004, section 3.1): the same words, another order.</summary>
    [Theory]
    [InlineData("the cat sat", "the cat sat", 1)]
    [InlineData("police kill the gunman", "police killed the gunman", 0.75)]
    [InlineData("the gunman kill police", "police killed the gunman", 0.5)]
    [InlineData("a x b y c", "a b c", 2.0 * 3 / 8)]
    [InlineData("c b a", "a b c", 2.0 / 6)]
    [InlineData("", "a b c", 0)]
    public void RougeL_IsTheF1OfTheLongestCommonSequence(string output, string reference, double expected) =>
        Assert.Equal(expected, Rouge.Longest(Words.Of(output), Words.Of(reference)), 1e-12);

    [Theory]
    [InlineData("a b", "b a b a", 0)] // the same shares
    [InlineData("a b", "c d", 1)]
    [InlineData("", "a", 1)]
    [InlineData("a", "a b", 0.31127812445913283)] // H(3/4, 1/4) - (0 + 1) / 2
    public void Divergence_IsJensenAndShannons(string a, string b, double expected)
    {
        Assert.Equal(expected, WordDivergence.Compute(Words.Of(a), Words.Of(b)), 1e-12);
        Assert.Equal(expected, WordDivergence.Compute(Words.Of(b), Words.Of(a)), 1e-12);
    }
}
