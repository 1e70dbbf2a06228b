namespace Arena.Web.Suites;

/// <summary><c>Arena:Suites</c>. Default: <c>eval-suites</c> beside the program or, in a clone, at its root.</summary>
internal sealed record SuiteFolderSetting(string Path)
{
    public static SuiteFolderSetting From(IConfiguration configuration, string contentRoot)
    {
        if (configuration["Arena:Suites"] is { Length: > 0 } given)
        {
            return new(System.IO.Path.GetFullPath(given));
        }

        foreach (var start in new[] { contentRoot, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var candidate = System.IO.Path.Combine(folder.FullName, "eval-suites");
                if (Directory.Exists(candidate))
                {
                    return new(candidate);
                }
            }
        }

        return new(System.IO.Path.Combine(contentRoot, "eval-suites"));
    }
}
