using Arena.Ranking.Resampling;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class TrueSkillTests
{
    [Fact]
    public void Update_FourRanked_AgreesWithSampling()
    {
        // the exact posterior by importance sampling; EP is an approximation, and a good one
        Skill[] prior = [new(25, 6), new(28, 3), new(22, 5), new(26, 4)];
        var options = new TrueSkillOptions { Tau = 0, DrawProbability = 0.2 };
        var ratings = new OnlineRatings(4, options);
        for (int i = 0; i < 4; i++)
        {
            ratings[i] = prior[i];
        }

        ratings.Update([0, 1, 2, 3], [2, 0, 1, 1]);

        double margin = 0.2533471031357997 * Math.Sqrt(2) * options.Beta;
        var random = new Xoshiro256(1, 0);
        double hits = 0;
        double[] sum = new double[4], square = new double[4];
        for (int draw = 0; draw < 100_000; draw++)
        {
            double[] skill = [.. prior.Select(p => p.Mu + p.Sigma * random.NextNormal())];
            double[] shown = [.. skill.Select(s => s + options.Beta * random.NextNormal())];
            if (shown[1] - shown[2] > margin && Math.Abs(shown[2] - shown[3]) <= margin && shown[3] - shown[0] > margin)
            {
                hits++;
                for (int i = 0; i < 4; i++)
                {
                    sum[i] += skill[i];
                    square[i] += skill[i] * skill[i];
                }
            }
        }

        for (int i = 0; i < 4; i++)
        {
            double mean = sum[i] / hits;
            Assert.Equal(mean, ratings[i].Mu, 0.35);
            Assert.Equal(Math.Sqrt(square[i] / hits - mean * mean), ratings[i].Sigma, 0.25);
        }
    }

    [Fact]
    public void Update_PythonCompatible_DiffersByAMillionthOnly()
    {
        (var exact, var rough) = (new OnlineRatings(5, new TrueSkillOptions()), new OnlineRatings(5, new TrueSkillOptions { PythonCompatible = true }));
        exact.Update([0, 1, 2, 3, 4], [0, 1, 1, 2, 3]);
        rough.Update([0, 1, 2, 3, 4], [0, 1, 1, 2, 3]);
        for (int i = 0; i < 5; i++)
        {
            Assert.NotEqual(exact[i].Mu, rough[i].Mu);
            Assert.Equal(exact[i].Mu, rough[i].Mu, 1e-5);
        }
    }

    [Fact]
    public void Update_TieWithoutAnyChanceOfOne_StaysFinite()
    {
        var ratings = new OnlineRatings(2, new TrueSkillOptions { DrawProbability = 0 }) { [0] = new Skill(40, 3) };
        ratings.Update([0, 1], [0, 0]);
        Assert.True(ratings[0].Mu > ratings[1].Mu && double.IsFinite(ratings[0].Sigma));
    }

    [Fact]
    public void Quality_EqualAndCertain_IsOneAndFallsWithTheGap()
    {
        Assert.Equal(1, TrueSkill.Quality([[new Skill(25, 1e-9)], [new Skill(25, 1e-9)]]), 9);
        double near = TrueSkill.Quality([[new Skill(25, 2)], [new Skill(26, 2)]]);
        double far = TrueSkill.Quality([[new Skill(25, 2)], [new Skill(36, 2)]]);
        Assert.InRange(far, 0, near);
        Assert.Throws<ArgumentException>(() => TrueSkill.Quality([[new Skill(25, 2)]]));
    }

    [Fact]
    public void Fit_BallotsOfKnownStrengths_FindsTheirOrder()
    {
        double[] strengths = [2, 1.2, 0.4, -0.4, -1.2, -2];
        Standings standings = TrueSkill.Fit(Slates.Random(4, 6, 1500, 4, strengths: strengths));
        Assert.Equal([0, 1, 2, 3, 4, 5], standings.Order);
        Assert.Equal(TrueSkill.Name, standings.Method);
    }
}
