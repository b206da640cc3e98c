namespace Republic.Web.Pages.Navigation;

/// <summary>An entry of the main navigation.</summary>
/// <param name="Folders">What belongs to it, by the first segment of an address.</param>
/// <param name="Tabs">The pages that it begins with; none where that is one.</param>
public sealed record Section(string Name, IReadOnlyList<string> Folders, IReadOnlyList<(string Name, string Address)> Tabs);
