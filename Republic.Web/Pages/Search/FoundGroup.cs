namespace Republic.Web.Pages.Search;

/// <summary>Lines of the palette below one heading.</summary>
public sealed record FoundGroup(string Name, IReadOnlyList<FoundOption> Options);
