namespace Republic.Web.Pages.Search;

/// <summary>Something that the palette offers to do, or a page to go to.</summary>
/// <param name="Keys">The keys that do the same without the palette, such as <c>g c</c>.</param>
public sealed record Command(string Text, string Address, string Icon, string? Keys = null);
