namespace Arena.Ranking.Online;

/// <summary>How a game changes what is believed about those who played it. Holds scratch room: one thread at a time.</summary>
internal abstract class UpdateRule
{
    /// <summary>Least share of a variance that survives a game.</summary>
    public virtual double Floor => 0;

    /// <summary>Whether a weight other than 1 has a meaning: it multiplies what is added and taken.</summary>
    public virtual bool TakesWeights => true;

    /// <summary>Fills <see cref="Slate.Omega"/> and <see cref="Slate.Delta"/>; the slate holds two teams or more.</summary>
    public abstract void Apply(Slate slate);
}
