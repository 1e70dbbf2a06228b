namespace Arena.Web.Caching;

/// <summary>
/// The same for every anonymous visitor, so the server may keep it until one of its tags is evicted.
/// A tag may name a route value: <c>board:{slug}</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublicPageAttribute(params string[] tags) : Attribute
{
    public IReadOnlyList<string> Tags { get; } = tags;

    /// <summary>The query keys that the page reads, separated by commas. Others are ignored.</summary>
    public string QueryKeys { get; init; } = "";
}
