namespace Arena.Tests.Support;

/// <summary>A test of what git tracks. Skipped, with the reason, where the sources are no clone.</summary>
public sealed class CloneFactAttribute : FactAttribute
{
    public CloneFactAttribute()
    {
        if (!Path.Exists(Path.Combine(RepositoryFolder.Path, ".git")))
        {
            Skip = "the sources are no git clone, so what is tracked is not known";
        }
    }
}
