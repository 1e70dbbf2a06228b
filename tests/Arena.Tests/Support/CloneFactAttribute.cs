namespace Arena.Tests.Support;

/// <summary>A test of what git tracks. Skipped, with the reason, where the sources are no clone.</summary>
public sealed class CloneFactAttribute : FactAttribute
{
    public CloneFactAttribute()
    {
        if (!Path.Exists(Path.Combine(RepositoryFolder.Path, ".git")))
        {
            Skip = "this examines what git tracks, and the sources lie outside a git clone";
        }
    }
}
